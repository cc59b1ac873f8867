"""RSS and Atom: one article for each entry, as far as the feed gives its text."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.reading.characters import one_line
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.formats.libraries import library
from kg.reading.formats.records import draft_of
from kg.reading.outcome import RefusedError
from kg.reading.pages.block_text import text_of_markup


def outcomes(content: Content) -> Outcomes:
    """Yield the entries of a feed; raise :class:`RefusedError` where there are none."""
    raw = content.read()
    feed = library("feedparser", "a feed").parse(raw, sanitize_html=False)
    if not feed.version and not feed.entries:
        raise RefusedError("kind", "XML, but no feed: give RSS or Atom, or its articles as HTML or JSON Lines")
    if not feed.entries:
        raise RefusedError("empty", "a feed without entries: fetch it again, or leave it out")
    for number, entry in enumerate(feed.entries, 1):
        link = entry.get("link") or f"entry {number}"
        try:
            yield _found(entry, feed.feed, link, number)
        except RefusedError as error:
            yield RefusedError(error.reason, error.detail, link)


def _found(entry: Any, feed: Any, link: str, number: int) -> Extracted:
    fields = {
        "text": text_of_markup(_longest(entry)),
        "title": text_of_markup(entry.get("title", "")),
        "url": entry.get("link", ""),
        "publisher": _outlet(entry, feed),
        "published": _day(entry),
    }
    if not fields["text"]:
        raise RefusedError("empty", "the entry has no text: read the page that it links to")
    summary = text_of_markup(entry.get("summary", ""))
    if summary and summary not in fields["text"]:
        fields["teaser"] = summary
    raw = "\n".join(fields[name] for name in sorted(fields)).encode("utf-8", "replace")
    return Extracted(draft_of({k: v for k, v in fields.items() if v}), raw, link, str(number), entry.get("id") or None)


def _longest(entry: Any) -> str:
    """Return the entry's text: ``content:encoded`` where it has one, else its summary."""
    given = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    return str(max(given, key=len))


def _outlet(entry: Any, feed: Any) -> str:
    source = entry.get("source", {})
    return one_line(text_of_markup(source.get("title", "") or feed.get("title", "")))


def _day(entry: Any) -> str:
    """Return the day of publication, else of the update, in the time zone that the feed gives."""
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(parsed[0], parsed[1], parsed[2]).isoformat() if parsed else ""
