"""WARC: the HTML pages among the answers that a crawl has stored."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from kg.reading.archives.warc_records import (
    ABOUT_OTHERS,
    LATER_UNPACKED,
    PAGE_TYPES,
    BrokenRecord,
    StoredRecord,
    stored_records,
)
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.libraries import library
from kg.reading.formats.page import read_html
from kg.reading.outcome import RefusedError
from kg.reading.plain_text import Draft

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
NONE = "no WARC record in it: give a WARC file or another ending"
BROKEN = "breaks off or is damaged: fetch it again; the records that are whole are read"


def outcomes(content: Content) -> Outcomes:
    """Yield the pages, each with the time it was fetched, and by its address each record that is none or can't be read."""
    number = 0
    with content.open() as file:
        for number, stored in enumerate(stored_records(file), 1):
            try:
                if isinstance(stored, BrokenRecord) or stored.kind not in ABOUT_OTHERS:
                    yield _outcome(stored)
            except RefusedError as error:
                yield RefusedError(error.reason, error.detail, stored.url or f"record {number}")
    if not number:
        raise RefusedError("unreadable", NONE)


def _outcome(stored: StoredRecord | BrokenRecord) -> Extracted:
    if isinstance(stored, BrokenRecord):
        raise RefusedError("unreadable", BROKEN)
    if stored.kind not in PAGE_TYPES:
        raise RefusedError("kind", f"no page but {stored.kind}: left out")
    return _page(stored)


def _page(stored: StoredRecord) -> Extracted:
    record, url = stored.record, stored.url
    body = UNPACKED[stored.coding](stored.body) if stored.coding else stored.body
    charset = CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    draft = partial(_draft, body, charset[1] if charset else None, url)
    own = record.rec_headers.get_header("WARC-Record-ID")
    return Extracted(draft, body, url, own, retrieved=_time(record.rec_headers.get_header("WARC-Date")))


def _draft(body: bytes, charset: str | None, url: str | None) -> Draft:
    draft = read_html(decoded(body, charset), url)
    draft.url = url or draft.url
    return draft


def _unpacked_brotli(packed: bytes) -> bytes:
    brotli = library("brotli", "a page packed with Brotli")
    try:
        return bytes(brotli.decompress(packed))
    except brotli.error as error:
        raise RefusedError("unreadable", "its Brotli packing is damaged: fetch it again") from error


def _unpacked_zstd(packed: bytes) -> bytes:
    zstandard = library("zstandard", "a page packed with Zstandard")
    try:
        return bytes(zstandard.ZstdDecompressor().decompressobj().decompress(packed))
    except zstandard.ZstdError as error:
        raise RefusedError("unreadable", "its Zstandard packing is damaged: fetch it again") from error


UNPACKED = dict(zip(LATER_UNPACKED, (_unpacked_brotli, _unpacked_zstd), strict=True))


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
