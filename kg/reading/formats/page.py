"""HTML: the article by trafilatura, then the rules of plain text for what it leaves standing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from kg.reading.characters import one_line
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.text import text_articles
from kg.reading.outcome import RefusedError
from kg.reading.pages.block_text import text_of_markup
from kg.reading.plain_text import Draft, read_plain
from kg.reading.press_exports import may_be_export

DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def outcomes(content: Content) -> Outcomes:
    """Yield the article of a page."""
    raw = content.read()
    page = decoded(raw)
    if may_be_export(page):
        yield from text_articles(text_of_markup(page), raw)
    else:
        yield Extracted(read_html(page), raw)


def read_html(page: str, url: str | None = None) -> Draft:
    """Return the draft of ``page``; raise :class:`RefusedError` when there is no article in it."""
    found = bare_extraction(
        page,
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_images=False,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    if not isinstance(found, Document) or found.body is None:
        raise RefusedError("empty", "no article found in the HTML: save the page again, or its text")
    title = one_line(found.title) if found.title else None
    draft = read_plain("\n\n".join(_paragraphs(found.body, title)), title)
    draft.published = _date(found.date) or draft.published
    draft.url = found.url or url or draft.url
    draft.publisher = found.sitename or draft.publisher
    return draft


def _paragraphs(body: Any, title: str | None) -> Iterator[str]:
    """Yield title and paragraphs, headings marked as Markdown does, so that the rules of plain text know them."""
    if title:
        yield f"# {title}"
    for element in body.iter("head", "p", "quote", "item"):
        if element.getparent() is not None and element.getparent().tag in ("p", "quote", "item"):
            continue  # its text has come with the element around it
        text = " ".join("".join(element.itertext()).split())
        if text and text != title:
            yield f"## {text}" if element.tag == "head" else text


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
