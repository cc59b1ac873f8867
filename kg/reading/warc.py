"""WARC: the HTML pages among the answers that a crawl has stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kg.reading.encoding import LARGEST
from kg.reading.outcome import RefusedError

PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Response:
    """One stored page."""

    url: str | None
    body: bytes


def read_responses(path: str) -> Iterator[Response]:
    """Yield the pages of ``path``; raise :class:`RefusedError` where it breaks off, after those before the break."""
    if not Path(path).stat().st_size:
        raise RefusedError("empty", "the file is empty: fill or remove it")
    read = 0
    with Path(path).open("rb") as file:
        try:
            for record in ArchiveIterator(file, check_digests=False):
                read += 1
                page = _response(record) if _is_page(record) else None
                _exhausted(record)
                if page is not None:
                    yield page
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, UnicodeError) as error:
            if not read:
                raise RefusedError("unreadable", "no WARC record in it: give a WARC file or another ending") from error
            raise RefusedError(
                "unreadable",
                "the WARC breaks off or is damaged here: fetch it again; the records before are read",
                f"record {read}",
            ) from error
    if not read:
        raise RefusedError("unreadable", "no WARC record in it: give a WARC file or another ending")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind in PAGES and (record.http_headers.get_statuscode() or "").startswith("200")


def _response(record: Any) -> Response:
    body = record.content_stream().read(LARGEST)
    return Response(record.rec_headers.get_header("WARC-Target-URI"), body)


def _exhausted(record: Any) -> None:
    """Read on to the record's end and raise :class:`EOFError` when the file ends before it."""
    while record.raw_stream.read(65536):
        pass
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError(f"{record.raw_stream.limit} bytes are missing")
