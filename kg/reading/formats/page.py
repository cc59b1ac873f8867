"""HTML: the article by trafilatura, then the rules of plain text for what it leaves standing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from kg.reading.characters import one_line
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.text import text_articles
from kg.reading.outcome import RefusedError
from kg.reading.pages.block_text import text_of_markup
from kg.reading.pages.dating import date_in_title, hide_updates
from kg.reading.pages.inline import unmark_sentences
from kg.reading.pages.layout import flatten_layout_tables, join_parts
from kg.reading.pages.leads import leads
from kg.reading.pages.tickers import keep_entry_times
from kg.reading.paragraphs import KEPT_LINE
from kg.reading.plain_text import Draft, headline, read_plain
from kg.reading.press.exports import may_be_export

DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
NO_ARTICLE = "no article found in the HTML: save the page again, or its text"
LONGEST_PAGE = 5_000_000  # characters with all markup: the longest live tickers have two million
EMBEDDED = re.compile(r"data:[\w/+.-]{3,40};base64,[A-Za-z0-9+/=\s]+")  # images inside the page
LEAD_HEAD = 40  # characters that tell a lead


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
    tree = _tree(page)
    unmark_sentences(tree)
    flatten_layout_tables(tree)
    dated = date_in_title(tree)
    hide_updates(tree)
    join_parts(tree)
    keep_entry_times(tree)
    above = leads(tree)
    found = _extracted(tree, url)
    title = headline(one_line(found.title))[0] if found.title else None
    paragraphs = list(_paragraphs(found.body, title))
    draft = read_plain("\n\n".join(_with_leads(paragraphs, above)), title)
    draft.published = _date(found.date) or dated or draft.published
    draft.url = found.url or url or draft.url
    draft.publisher = found.sitename or draft.publisher
    return draft


def _tree(page: str) -> Any:
    """Return the tree of a page; raise :class:`RefusedError` on one that is empty, or far too long for an article."""
    page = EMBEDDED.sub("", page)
    if len(page) > LONGEST_PAGE:
        raise RefusedError("unreadable", f"a page of {len(page):,} characters, {LONGEST_PAGE:,} at most: split it")
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise RefusedError("empty", NO_ARTICLE) from error


def _extracted(tree: Any, url: str | None) -> Document:
    """Return what the library takes for the article: with more of the page where it first finds nothing."""
    for more in (False, True):
        found = bare_extraction(
            deepcopy(tree),
            url=url,
            favor_recall=more,
            include_comments=False,
            include_tables=True,
            include_images=False,
            with_metadata=True,
            date_extraction_params=DATES,
        )
        if isinstance(found, Document) and found.body is not None and (found.text or "").strip():
            return found
    raise RefusedError("empty", NO_ARTICLE)


def _paragraphs(body: Any, title: str | None) -> Iterator[str]:
    """Yield title and paragraphs, headings marked as Markdown does, so that the rules of plain text know them."""
    if title:
        yield f"# {title}"
    for element in body.iter("head", "p", "quote", "item", "row"):
        if any(parent.tag in ("p", "quote", "item", "row") for parent in element.iterancestors()):
            continue  # its text has come with the element around it
        if element.tag == "row":
            yield from _row(element)
            continue
        for text in _lines(element):
            if text and text != title:
                yield f"## {text}" if element.tag == "head" else text


def _lines(element: Any) -> list[str]:
    """Return the paragraphs of an element: two line breaks part them."""
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "").lstrip("\n")
    return [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", "".join(element.itertext()))]


def _row(row: Any) -> Iterator[str]:
    """Yield the row of a table as one line that no rule takes for a menu; a row of headings says nothing alone."""
    cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
    if any(cells) and not all(cell.get("role") == "head" for cell in row.iter("cell")):
        yield f"{KEPT_LINE} {'; '.join(cell for cell in cells if cell)}"


def _with_leads(paragraphs: list[str], above: Sequence[str]) -> list[str]:
    """Return the paragraphs with those leads behind the title that the library has left out."""
    whole = " ".join(paragraphs)
    missing = [lead for lead in above if lead[:LEAD_HEAD] not in whole]
    place = 1 if paragraphs and paragraphs[0].startswith("# ") else 0
    return [*paragraphs[:place], *missing, *paragraphs[place:]]


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
