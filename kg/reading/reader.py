"""One file to its articles, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from kg.reading.article import LONGEST_ARTICLE, Article, Block, article_id, content_hash
from kg.reading.columns import ColumnMap
from kg.reading.encoding import LARGEST, decoded
from kg.reading.html import is_html, read_html
from kg.reading.jsonl import Record, read_records
from kg.reading.outcome import RefusedError, Skipped
from kg.reading.plain_text import Draft, read_plain
from kg.reading.warc import read_responses

NO_COLUMNS = ColumnMap()
JSON_LINES = (".jsonl", ".ndjson", ".json")
HTML = (".html", ".htm", ".xhtml")
WARC = (".warc", ".warc.gz")


def read_articles(
    path: str, *, root: str | None, published: date | None = None, columns: ColumnMap = NO_COLUMNS
) -> Iterator[Article | Skipped]:
    """Yield what comes of the file ``path``: its articles, and for each record without one why it is skipped.

    ``root`` is the folder below which the path names the article (None: the path as given does). ``published`` wins
    over the date that the text gives; ``columns`` says which columns of a table give what. A file that can't be read
    at all is one :class:`Skipped`; nothing is raised.
    """
    shown = path.replace("\\", "/")
    try:
        for found in _outcomes(path, _name(shown, root)):
            if isinstance(found, RefusedError):
                yield found.skipped(shown)
            else:
                yield replace(found, source_path=shown, published=published or found.published)
    except RefusedError as error:
        yield error.skipped(shown)
    except FileNotFoundError:
        yield Skipped(shown, None, "unreadable", "there is no such file (any more): give it again or leave it out")
    except OSError as error:
        why = error.strerror or str(error)
        yield Skipped(shown, None, "unreadable", f"can't be read ({why}): see its permissions")


def _outcomes(path: str, name: str) -> Iterator[Article | RefusedError]:
    if not Path(path).is_file() and Path(path).exists():
        raise RefusedError("kind", "no file but a pipe, socket or device: save what it gives as a file")
    if path.endswith(WARC):
        yield from _from_warc(path, name)
    elif path.endswith(JSON_LINES):
        yield from _from_json(path, name)
    else:
        yield _from_file(path, name)


def _name(shown: str, root: str | None) -> str:
    if root is None:
        return shown
    try:
        return PurePath(shown).relative_to(root.replace("\\", "/")).as_posix()
    except ValueError:
        return shown


def _from_file(path: str, name: str) -> Article:
    if Path(path).stat().st_size > LARGEST:
        limit = LARGEST // 2**20
        raise RefusedError("unreadable", f"larger than {limit} MB, which is no article: split it into articles")
    raw = Path(path).read_bytes()
    if path.lower().endswith(HTML) or is_html(raw):
        if not raw.strip():
            raise RefusedError("empty", "the file is empty: fill or remove it")
        draft = read_html(raw)
    else:
        draft = read_plain(decoded(raw, path))
    return assembled(draft, name, content_hash(raw), path)


def _from_json(path: str, name: str) -> Iterator[Article | RefusedError]:
    for record in read_records(path):
        if isinstance(record, RefusedError):
            yield record
            continue
        try:
            own = record.id or record.url or f"{name}#{record.line}"
            article = assembled(_record_draft(record), own, record.hash, path)
        except RefusedError as error:
            yield RefusedError(error.reason, error.detail, f"record {record.line}")
        else:
            yield replace(article, record=f"record {record.line}")


def _record_draft(record: Record) -> Draft:
    if is_html(record.text.encode("utf-8", "replace")[:2000]):
        draft = read_html(record.text.encode("utf-8", "replace"))
    else:
        titled = record.title is None or record.text.startswith(record.title)
        draft = read_plain(record.text if titled else f"# {record.title}\n\n{record.text}", record.title)
    draft.title = record.title or draft.title
    draft.published = record.published or draft.published
    draft.url = record.url or draft.url
    draft.publisher = record.publisher or draft.publisher
    return draft


def _from_warc(path: str, name: str) -> Iterator[Article | RefusedError]:
    for response in read_responses(path):
        try:
            draft = read_html(response.body, response.url)
            draft.url = response.url
            article = assembled(draft, response.url or name, content_hash(response.body), path)
        except RefusedError as error:
            yield RefusedError(error.reason, error.detail, response.url)
        else:
            yield replace(article, record=response.url)


def assembled(draft: Draft, name: str, digest: str, shown: str) -> Article:
    """Return the article of ``draft``; ``name`` gives its id where it has no URL.

    Raises :class:`RefusedError` when nothing of a text is left or far too much.
    """
    pieces = [(kind, text) for kind, text in draft.pieces if text]
    if not pieces:
        raise RefusedError("empty", "no article text in it, only what stands around one: see the file")
    text = "\n\n".join(text for _, text in pieces)
    if len(text) > LONGEST_ARTICLE:
        raise RefusedError("unreadable", f"{len(text):,} characters, an article has at most {LONGEST_ARTICLE:,}: split it")
    blocks, begin = [], 0
    for kind, piece in pieces:
        blocks.append(Block(begin, begin + len(piece), kind))
        begin += len(piece) + 2
    return Article(
        id=article_id(draft.url or name),
        source_path=shown,
        text=text,
        blocks=tuple(blocks),
        title=draft.title,
        published=draft.published,
        url=draft.url,
        publisher=draft.publisher,
        content_hash=digest,
    )
