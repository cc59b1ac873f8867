"""HTML: the article by trafilatura, then the rules of plain text for what it leaves standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from kg.reading.characters import one_line
from kg.reading.outcome import RefusedError
from kg.reading.plain_text import Draft, read_plain

START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.I | re.S,
)
DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def is_html(raw: bytes) -> bool:
    """Tell by its first bytes whether ``raw`` is an HTML page."""
    return START.match(raw[:2000]) is not None


def read_html(raw: bytes, url: str | None = None) -> Draft:
    """Return the draft of the page ``raw``; raise :class:`RefusedError` when there is no article in it."""
    found = bare_extraction(
        raw,
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
