"""One file to its articles, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from kg.errors import InputError
from kg.reading.article import Article, Block, article_id, content_hash
from kg.reading.encoding import LARGEST, decoded
from kg.reading.html import is_html, read_html
from kg.reading.jsonl import NAMED, Record, read_records
from kg.reading.plain_text import Draft, read_plain
from kg.reading.warc import read_responses

LONGEST = 1_000_000  # code points of cleaned text
JSON_LINES = (".jsonl", ".ndjson", ".json")
HTML = (".html", ".htm", ".xhtml")
WARC = (".warc", ".warc.gz")


def read_articles(path: str, *, root: str | None, published: date | None = None) -> Iterator[Article]:
    """Yield the articles of the file ``path``: text, HTML, JSON Lines or WARC.

    ``root`` is the folder below which the path names the article (None: the path as given does). ``published`` wins
    over the date that the text gives. Raises :class:`InputError` for what can't be read; in a file of several articles
    that comes after those that can.
    """
    shown = path.replace("\\", "/")
    name = _name(shown, root)
    try:
        if shown.endswith(WARC):
            found = _from_warc(path, name)
        elif shown.endswith(JSON_LINES):
            found = _from_json(path, name)
        else:
            found = iter([_from_file(path, name)])
        for article in found:
            yield replace(article, source_path=shown, published=published or article.published)
    except FileNotFoundError as error:
        raise InputError(f"{shown}: there is no such file (any more): give it again or leave it out") from error
    except OSError as error:
        raise InputError(f"{shown}: can't be read ({error.strerror or error}): see its permissions") from error


def _name(shown: str, root: str | None) -> str:
    if root is None:
        return shown
    try:
        return PurePath(shown).relative_to(root.replace("\\", "/")).as_posix()
    except ValueError:
        return shown


def _from_file(path: str, name: str) -> Article:
    if Path(path).stat().st_size > LARGEST:
        raise InputError(f"{path}: larger than {LARGEST // 2**20} MB, which is no article: split it into articles")
    raw = Path(path).read_bytes()
    if path.lower().endswith(HTML) or is_html(raw):
        if not raw.strip():
            raise InputError(f"{path}: the file is empty: fill or remove it")
        draft = read_html(raw, path)
    else:
        draft = read_plain(decoded(raw, path))
    return assembled(draft, name, content_hash(raw), path)


def _from_json(path: str, name: str) -> Iterator[Article]:
    empty: list[int] = []
    for record in read_records(path):
        try:
            own = record.id or record.url or f"{name}#{record.line}"
            article = assembled(_record_draft(record), own, record.hash, path)
        except InputError:
            empty.append(record.line)
            continue
        yield article
    if empty:
        named = ", ".join(map(str, empty[:NAMED])) + (" ..." if len(empty) > NAMED else "")
        raise InputError(f"{path}: no article text in record {named}: mend them; the others are read")


def _record_draft(record: Record) -> Draft:
    if is_html(record.text.encode("utf-8", "replace")[:2000]):
        draft = read_html(record.text.encode("utf-8", "replace"), f"line {record.line}")
    else:
        titled = record.title is None or record.text.startswith(record.title)
        draft = read_plain(record.text if titled else f"# {record.title}\n\n{record.text}", record.title)
    draft.title = record.title or draft.title
    draft.published = record.published or draft.published
    draft.url = record.url or draft.url
    draft.publisher = record.publisher or draft.publisher
    return draft


def _from_warc(path: str, name: str) -> Iterator[Article]:
    none = True
    for response in read_responses(path):
        try:
            draft = read_html(response.body, f"{path}, {response.url}", response.url)
            draft.url = response.url
            article = assembled(draft, response.url or name, content_hash(response.body), path)
        except InputError:
            continue  # crawls hold many pages without an article: start pages, searches, errors
        none = False
        yield article
    if none:
        raise InputError(f"{path}: no page with an article in it: see which pages the crawl has stored")


def assembled(draft: Draft, name: str, digest: str, shown: str) -> Article:
    """Return the article of ``draft``; ``name`` gives its id where it has no URL.

    Raises :class:`InputError` when nothing of a text is left or far too much.
    """
    pieces = [(kind, text) for kind, text in draft.pieces if text]
    if not pieces:
        raise InputError(f"{shown}: no article text in it, only what stands around one: see the file")
    text = "\n\n".join(text for _, text in pieces)
    if len(text) > LONGEST:
        raise InputError(f"{shown}: {len(text):,} characters, an article has at most {LONGEST:,}: split it")
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
