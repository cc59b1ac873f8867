"""The records of a WARC file one after the other; behind one that breaks off or is damaged, reading goes on at the next."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kg.reading.content import LARGEST

PAGE_TYPES = ("text/html", "application/xhtml+xml")
LATER_UNPACKED = ("br", "zstd")  # what warcio unpacks only with a library, or not at all
ABOUT_OTHERS = frozenset(("warcinfo", "request", "metadata"))
FAULTS = (ArchiveLoadFailed, EOFError, OSError, ValueError, UnicodeError, zlib.error)
RECORD_BEGIN = re.compile(rb"WARC/1\.[0-9]\r?\nWARC-")  # of a record
ADDRESS = re.compile(rb"^WARC-Target-URI: *<?([^\r\n>]+)", re.MULTILINE)
MEMBER = b"\x1f\x8b\x08"  # begin of what gzip packed
PACKED_RECORD = re.compile(re.escape(MEMBER))
LONGEST_BEGIN = 1024  # bytes that tell a begin, if packed by its first words
AT_ONCE, FEW = 4096, 16  # bytes that are unpacked at once, few where they may be damaged
MOST_IN_MEMORY = 8 << 20  # bytes of a member; a longer one is unpacked to disk
LARGEST_MEMBER = 4 << 30
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record, read to its end; ``kind`` is the media type of a good answer, else what it is; ``body`` that of a page."""

    record: Any
    kind: str
    body: bytes

    @property
    def url(self) -> str | None:
        """The address that it was fetched from."""
        return _address(self.record)

    @property
    def coding(self) -> str:
        """How its body is packed still."""
        coding = _coding(self.record)
        return coding if coding in LATER_UNPACKED else ""


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that breaks off or is damaged."""

    url: str | None


def stored_records(file: BinaryIO) -> Iterator[StoredRecord | BrokenRecord]:
    """Yield the records of ``file``, those that can't be read among them; none where it is no WARC."""
    packed = file.read(len(MEMBER)) == MEMBER
    file.seek(0)
    if not packed:
        yield from _plain(file)
        return
    for member in _members(file):
        if isinstance(member, BrokenRecord):
            yield member
        else:
            with member:
                yield from _plain(member)


def _plain(file: BinaryIO) -> Iterator[StoredRecord | BrokenRecord]:
    """Yield the records of a WARC that is not packed."""
    place = _next_begin(file, 0, RECORD_BEGIN)
    while place is not None:
        file.seek(place)
        records = ArchiveIterator(file, check_digests=False)
        current = None
        try:
            while (current := _quietly(partial(next, records, None))) is not None:
                found = _quietly(partial(_read, current))
                current = None
                yield found
            return
        except FAULTS:
            place = _next_begin(file, records.offset + 1, RECORD_BEGIN)
            yield BrokenRecord(_address(current))


def _members(file: BinaryIO) -> Iterator[BinaryIO | BrokenRecord]:
    """Yield what each gzip member holds; the library's own unpacking takes damage for the end, or for content."""
    place = _next_begin(file, 0, PACKED_RECORD)
    while place is not None:
        whole = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 - who takes it closes it
        length = _unpack(file, place, whole)
        if length is not None:
            whole.seek(0)
            yield whole  # type: ignore[misc]
        else:
            whole.close()
            yield BrokenRecord(_packed_address(file, place))
        place = _next_begin(file, place + (length or 1), PACKED_RECORD)


def _unpack(file: BinaryIO, place: int, out: SpooledTemporaryFile[bytes]) -> int | None:
    """Unpack the member at ``place``; return the bytes that it takes, None where it is damaged or far too long."""
    file.seek(place)
    unpacker, taken = zlib.decompressobj(31), 0
    try:
        while not unpacker.eof and (piece := file.read(AT_ONCE)):
            taken += len(piece)
            out.write(unpacker.decompress(piece))
            if out.tell() > LARGEST_MEMBER:
                return None
    except zlib.error:
        return None
    return taken - len(unpacker.unused_data) if unpacker.eof else None


def _read(record: Any) -> StoredRecord:
    """Read a record to its end; raise :class:`EOFError` when the file ends, or the next record begins, before it."""
    kind = _kind(record)
    raw = record.raw_stream.read(LARGEST) if kind in PAGE_TYPES else b""
    before = raw[-LONGEST_BEGIN:]
    whole = not RECORD_BEGIN.search(raw)
    while block := record.raw_stream.read(BLOCK):
        whole = whole and not RECORD_BEGIN.search(before + block)
        before = block[-LONGEST_BEGIN:]
    if not whole:
        raise EOFError("another record begins in it")
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError(f"{record.raw_stream.limit} bytes are missing")
    record.raw_stream = io.BytesIO(raw)
    return StoredRecord(record, kind, _stored(record) if kind in PAGE_TYPES else b"")


def _kind(record: Any) -> str:
    """Return the media type of a good answer, the status of another; of what is no answer, the type of record."""
    if record.rec_type != "response" or record.http_headers is None:
        return str(record.rec_type)
    status = record.http_headers.get_statuscode() or ""
    if not status.startswith("200"):
        return f"status {status or 'unknown'}"
    return (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower() or "unknown"


def _stored(record: Any) -> bytes:
    """Return a page's bytes, with what the library unpacks itself unpacked."""
    if _coding(record) in LATER_UNPACKED:
        return bytes(record.raw_stream.read(LARGEST))
    return bytes(record.content_stream().read(LARGEST))


def _coding(record: Any) -> str:
    return (record.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _address(record: Any) -> str | None:
    return record.rec_headers.get_header("WARC-Target-URI") if record is not None else None


def _next_begin(file: BinaryIO, place: int, begin: re.Pattern[bytes]) -> int | None:
    """Return where the next record begins, from ``place`` on."""
    file.seek(place)
    kept = b""
    while block := file.read(BLOCK):
        searched = kept + block
        for match in begin.finditer(searched):
            if begin is RECORD_BEGIN or _begins(searched[match.start() : match.start() + LONGEST_BEGIN]):
                return place - len(kept) + match.start()
        place += len(block)
        kept = searched[-LONGEST_BEGIN:]
    return None


def _begins(data: bytes) -> bool:
    """Tell whether what is packed begins as a record does."""
    return _unpacked_head(data).startswith(b"WARC/1.")


def _packed_address(file: BinaryIO, place: int) -> str | None:
    """Return the address in the head of the damaged record at ``place``, as far as that can be unpacked."""
    file.seek(place)
    found = ADDRESS.search(_unpacked_head(file.read(LONGEST_BEGIN)))
    return found[1].decode("utf-8", "replace") if found else None


def _unpacked_head(data: bytes) -> bytes:
    """Unpack as much as is whole."""
    unpacker, head = zlib.decompressobj(31), b""
    try:
        for begin in range(0, len(data), FEW):
            head += unpacker.decompress(data[begin : begin + FEW])
    except zlib.error:  # as far as this it was whole
        pass
    return head


def _quietly(call: Callable[[], Any]) -> Any:
    """Do what the library writes about to stderr: the record that it is about is named by who reads."""
    with redirect_stderr(io.StringIO()):
        return call()
