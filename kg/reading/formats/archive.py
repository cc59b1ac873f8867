"""GZIP and ZIP: the files in them, within bounds; archives inside archives are named and left."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.reading import formats
from kg.reading.content import LARGEST, Content, Extracted, Outcomes
from kg.reading.outcome import RefusedError

MOST_MEMBERS = 100_000
LARGEST_UNPACKED = 4 * 2**30  # bytes of all members
MOST_RATIO = 200  # unpacked to packed size: texts reach about 20, bombs 1,000
SMALL = 2**20  # bytes below which the ratio says nothing
BY_LINES = (".jsonl", ".ndjson")  # read line by line, of any size
NESTED = "an archive in an archive: unpack it and give its files"
BOMB = "unpacks to far more than texts do, as a bomb would: unpack it by hand"
ENCRYPTED = 0x1


def outcomes(content: Content) -> Outcomes:
    """Yield what is in the archive, each record named by its file in it."""
    if content.is_member:
        raise RefusedError("kind", NESTED)
    if content.head().startswith(b"\x1f\x8b"):
        yield from _gzip(content)
    else:
        yield from _zip(content)


def _gzip(content: Content) -> Outcomes:
    name = PurePosixPath(content.name).name
    name = name[:-3] if name.lower().endswith(".gz") else name
    inside = content.member(name, lambda: cast(BinaryIO, _Unpacked(content.open())), None)
    try:
        if not inside.name.lower().endswith(BY_LINES):
            _refuse_bomb(len(inside.read()), content.size or LARGEST)
        yield from formats.read_content(inside)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise RefusedError("unreadable", "a gzip file that breaks off or is damaged: fetch it again") from error


class _Unpacked(gzip.GzipFile):
    """What a gzip file holds; closing it closes that file too."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed)
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def _refuse_bomb(unpacked: int, packed: int) -> None:
    if unpacked > max(SMALL, MOST_RATIO * packed):
        raise RefusedError("unreadable", BOMB)


def _zip(content: Content) -> Outcomes:
    try:
        with content.open() as file, zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > LARGEST_UNPACKED:
                raise RefusedError("unreadable", BOMB)
            for info in sorted(members, key=lambda info: info.filename):
                yield from _member(content, archive, info)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise RefusedError("unreadable", "a ZIP archive that breaks off or is damaged: fetch it again") from error


def _member(content: Content, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Outcomes:
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if any(part.startswith(".") and part != ".." for part in path.parts) or path.parts[0] == "__MACOSX":
        return  # what systems leave in archives, hidden as in folders
    try:
        _refuse(path, info)
        inside = content.member(name, lambda: cast(BinaryIO, archive.open(info)), info.file_size)
        for outcome in formats.read_content(inside):
            yield _named(outcome, name)
    except RefusedError as error:
        yield _named(error, name)
    except (NotImplementedError, RuntimeError, zipfile.BadZipFile, EOFError, zlib.error):
        yield RefusedError("unreadable", "damaged, or packed in a way that is not known: pack it anew", name)


def _refuse(path: PurePosixPath, info: zipfile.ZipInfo) -> None:
    if path.is_absolute() or ".." in path.parts:
        raise RefusedError("unreadable", "a name that leads out of the archive: pack it anew")
    if info.flag_bits & ENCRYPTED:
        raise RefusedError("unreadable", "encrypted: pack it without a password")
    _refuse_bomb(info.file_size, info.compress_size)
    if formats.by_name(path.name) is None:
        raise RefusedError("kind", f"no format that is read ({path.suffix or 'no ending'}): leave it out")


def _named(outcome: Extracted | RefusedError, member: str) -> Extracted | RefusedError:
    """Return the outcome named by the archive's member first."""
    record = f"{member}, {outcome.record}" if outcome.record else member
    if isinstance(outcome, RefusedError):
        return RefusedError(outcome.reason, outcome.detail, record)
    own = f"{member}#{outcome.own}" if outcome.own else member
    return Extracted(outcome.draft, outcome.raw, record, own, outcome.everywhere, outcome.retrieved)
