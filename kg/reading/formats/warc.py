"""WARC: the HTML pages among the answers that a crawl has stored."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kg.reading.content import LARGEST, Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.libraries import library
from kg.reading.formats.page import read_html
from kg.reading.outcome import RefusedError

PAGES = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
NONE = "no WARC record in it: give a WARC file or another ending"
BROKEN = "the WARC breaks off or is damaged here: fetch it again; the records before are read"


def outcomes(content: Content) -> Outcomes:
    """Yield the pages, each with the time it was fetched; what breaks off is named, after those before the break."""
    others: Counter[str] = Counter()
    pages = 0
    for record, kind, body in _answers(content):
        url = record.rec_headers.get_header("WARC-Target-URI")
        if kind not in PAGES:
            others[kind] += 1
            continue
        pages += 1
        try:
            yield _page(record, url, body)
        except RefusedError as error:
            yield RefusedError(error.reason, error.detail, url)
    if not pages and not others:
        raise RefusedError("empty", "no answer of a site in it: see what the crawl has stored")
    if others:
        named = ", ".join(f"{kind}: {number}" for kind, number in others.most_common(5))
        yield RefusedError("kind", f"what is no page is left out ({named})", "other records")


def _answers(content: Content) -> Iterator[tuple[Any, str, bytes]]:
    """Yield the answers, their media type or status, the bytes of pages.

    Each record is read to its end before it is handed on, so that a page cut short is none.
    """
    read = 0
    with content.open() as file:
        try:
            for record in ArchiveIterator(file, check_digests=False):
                read += 1
                kind = _kind(record)
                body = _stored(record) if kind in PAGES else b""
                _exhaust(record)
                if kind:
                    yield record, kind, body
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, UnicodeError, zlib.error) as error:
            record_named = f"record {read}" if read else None
            raise RefusedError("unreadable", BROKEN if read else NONE, record_named) from error
    if not read:
        raise RefusedError("unreadable", NONE)


def _kind(record: Any) -> str:
    """Return the media type of a good answer, the status of another; empty for what is no answer."""
    if record.rec_type != "response" or record.http_headers is None:
        return ""
    status = record.http_headers.get_statuscode() or ""
    if not status.startswith("200"):
        return f"status {status or 'unknown'}"
    return (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower() or "unknown"


def _stored(record: Any) -> bytes:
    """Return a page's bytes, with what the library unpacks itself unpacked."""
    if _coding(record) in LATER:
        return bytes(record.raw_stream.read(LARGEST))
    return bytes(record.content_stream().read(LARGEST))


def _coding(record: Any) -> str:
    return (record.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _page(record: Any, url: str | None, body: bytes) -> Extracted:
    body = LATER[_coding(record)](body) if _coding(record) in LATER else body
    charset = CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    draft = read_html(decoded(body, charset[1] if charset else None), url)
    draft.url = url or draft.url
    own = record.rec_headers.get_header("WARC-Record-ID")
    return Extracted(draft, body, url, own, retrieved=_time(record.rec_headers.get_header("WARC-Date")))


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


LATER = {"br": _unpacked_brotli, "zstd": _unpacked_zstd}  # what warcio unpacks only with a library, or not at all


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _exhaust(record: Any) -> None:
    """Read on to the record's end and raise :class:`EOFError` when the file ends before it."""
    while record.raw_stream.read(65536):
        pass
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError(f"{record.raw_stream.limit} bytes are missing")
