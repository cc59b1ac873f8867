"""The items of an RSS or Atom feed: where each article stands, and a word that changes when the item does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from kg.reading.formats.libraries import library
from kg.watching.addresses import web_address
from kg.watching.fetching import Fetched, NotFetchedError, unpacked

SAID = ("updated", "published", "title", "summary")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item; ``address`` is None where it leads to none that can be asked, and ``link`` says what it gives."""

    address: str | None
    link: str
    stamp: str


def feed_items(answer: Fetched, largest: int) -> Iterator[FeedItem]:
    """Yield the items; raise :class:`NotFetchedError` on an answer that is no feed."""
    parser = library("feedparser", "a feed")
    headers = {"content-type": answer.headers.get("content-type", ""), "content-location": answer.address}
    found = parser.parse(
        BytesIO(unpacked(answer, largest)), response_headers=headers, sanitize_html=False, resolve_relative_uris=True
    )
    if not found.version and not found.entries:
        raise NotFetchedError("is no feed: give the address of RSS or Atom")
    return (_item(entry) for entry in found.entries)


def _item(entry: Any) -> FeedItem:
    link = str(entry.get("link", ""))
    said = "\n".join(str(entry.get(name, "")) for name in SAID)
    stamp = sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
    try:
        return FeedItem(web_address(link), link, stamp)
    except ValueError:
        return FeedItem(None, link or str(entry.get("title", "an item without a link")), stamp)
