"""Records of tables, feeds and JSON: what their fields say of an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.reading.characters import one_line
from kg.reading.formats.page import read_html
from kg.reading.formats.sniffing import is_html
from kg.reading.metadata import best_date, dates, impossible_date
from kg.reading.plain_text import Draft, read_plain


def draft_of(fields: Mapping[str, str]) -> Draft:
    """Return the draft of a record, whose ``text`` is plain text or HTML; what the other fields say wins over it."""
    text, title = fields["text"], one_line(fields.get("title", "")) or None
    if is_html(text.encode("utf-8", "replace")[:2000]):
        draft = read_html(text)
    else:
        draft = read_plain("\n\n".join(_parts(text, title, fields.get("teaser"))), title)
    draft.title = title or draft.title
    draft.published = day_named(fields.get("published", "")) or draft.published
    draft.impossible = impossible_date(fields.get("published", "")) or draft.impossible
    url = fields.get("url", "")
    draft.url = url if url.startswith(("http://", "https://")) else draft.url
    draft.publisher = fields.get("publisher") or draft.publisher
    return draft


def day_named(text: str) -> date | None:
    """Return the day that a date field names, in the common ways of writing."""
    return best_date(dates(text))


def _parts(text: str, title: str | None, teaser: str | None) -> list[str]:
    """Return title, teaser and text, without what the text begins with itself."""
    parts = [text]
    if teaser and one_line(teaser)[:40] not in one_line(text):
        parts.insert(0, teaser)
    if title and not text.startswith(title):
        parts.insert(0, f"# {title}")
    return parts
