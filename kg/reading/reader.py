"""One file to its articles, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path, PurePath

from kg.reading import formats
from kg.reading.article import LONGEST_ARTICLE, Article, Block, article_id, content_hash
from kg.reading.columns import ColumnMap
from kg.reading.content import NO_COLUMNS, Content, Extracted
from kg.reading.language import foreign
from kg.reading.outcome import RefusedError, Skipped
from kg.reading.plain_text import Draft

TIME_ZONES = timedelta(days=1)  # so far the day of another place may be ahead


def read_articles(
    path: str, *, root: str | None, published: date | None = None, columns: ColumnMap = NO_COLUMNS
) -> Iterator[Article | Skipped]:
    """Yield what comes of the file ``path``: its articles, and for each record without one why it is skipped.

    ``root`` is the folder below which the path names the article (None: the path as given does). ``published`` wins
    over the date that the text gives; ``columns`` says which columns of a table give what. A file that can't be read
    at all is one :class:`Skipped`; nothing is raised.
    """
    for _, outcome in read_some(path, root=root, published=published, columns=columns):
        yield outcome


def read_some(
    path: str,
    *,
    root: str | None,
    published: date | None = None,
    columns: ColumnMap = NO_COLUMNS,
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[tuple[int, Article | Skipped]]:
    """Yield what :func:`read_articles` does, each with its number in the file.

    Of articles only those whose content hash is ``wanted``; the others are counted, but not gone through.
    """
    number = -1
    shown = path.replace("\\", "/")
    try:
        for number, outcome in enumerate(_outcomes(path, columns)):
            if isinstance(outcome, RefusedError) or wanted is None or wanted(content_hash(outcome.raw)):
                yield number, _article(outcome, shown, _name(shown, root), published)
    except Exception as error:  # whatever is wrong with one file costs that file, never the others
        yield number + 1, _unreadable(shown, error)


def _unreadable(shown: str, error: Exception) -> Skipped:
    """Return why a file can't be read at all."""
    if isinstance(error, RefusedError):
        return error.skipped(shown)
    if isinstance(error, FileNotFoundError):
        return Skipped(shown, None, "unreadable", "there is no such file (any more): give it again or leave it out")
    if isinstance(error, OSError):
        why = error.strerror or str(error)
        return Skipped(shown, None, "unreadable", f"can't be read ({why}): see its permissions")
    why = f"{type(error).__name__}: {error}".split("\n")[0]  # a library's own error on damaged input
    return Skipped(shown, None, "unreadable", f"damaged, or in a form that is not known ({why}): save it anew")


def _outcomes(path: str, columns: ColumnMap) -> Iterator[Extracted | RefusedError]:
    file = Path(path)
    if not file.is_file() and file.exists():
        raise RefusedError("kind", "no file but a folder, pipe, socket or device: save what it gives as a file")
    yield from formats.read_content(Content.of_file(path, columns))


def _name(shown: str, root: str | None) -> str:
    if root is None:
        return shown
    try:
        return PurePath(shown).relative_to(root.replace("\\", "/")).as_posix()
    except ValueError:
        return shown


def _article(outcome: Extracted | RefusedError, shown: str, name: str, published: date | None) -> Article | Skipped:
    if isinstance(outcome, RefusedError):
        return outcome.skipped(shown)
    try:
        draft = outcome.drafted()
        article = _assembled(outcome, draft, name)
        _refuse(article)
        if published is None:
            _refuse_date(article.published, draft.impossible)
    except RefusedError as error:
        return Skipped(shown, outcome.record, error.reason, error.detail)
    return replace(article, source_path=shown, published=published or article.published)


def _assembled(found: Extracted, draft: Draft, name: str) -> Article:
    """Return the article of a draft; ``name`` is that of its file.

    Raises :class:`RefusedError` when nothing of a text is left or far too much.
    """
    pieces = [(kind, text) for kind, text in draft.pieces if text]
    if not pieces:
        raise RefusedError("empty", "no article text in it, only what stands around one: see the file")
    blocks, begin = [], 0
    for kind, piece in pieces:
        blocks.append(Block(begin, begin + len(piece), kind))
        begin += len(piece) + 2
    own = name if found.own is None else f"{name}#{found.own}"
    return Article(
        id=article_id(draft.url or found.everywhere or own),
        source_path=name,
        text="\n\n".join(text for _, text in pieces),
        blocks=tuple(blocks),
        title=draft.title,
        published=draft.published,
        url=draft.url,
        publisher=draft.publisher,
        content_hash=content_hash(found.raw),
        retrieved=found.retrieved,
        record=found.record,
        left_out=tuple(draft.left_out),
    )


def _refuse(article: Article) -> None:
    length = len(article.text)
    if length > LONGEST_ARTICLE:
        raise RefusedError("unreadable", f"{length:,} characters, an article has at most {LONGEST_ARTICLE:,}: split it")
    language = foreign(article.text)
    if language is not None:
        raise RefusedError("language", f"not German but, as it seems, {language}: leave it out, or translate it")


def _refuse_date(published: date | None, impossible: str | None) -> None:
    """Refuse an article that nobody can have written yet; all its relative times would be wrong."""
    if published is None and impossible is not None:
        raise RefusedError("unreadable", f"dated {impossible}, which is no day: mend it, or give --date")
    if published is not None and published > date.today() + TIME_ZONES:
        raise RefusedError("unreadable", f"dated {published}, which is in the future: mend it, or give --date")
