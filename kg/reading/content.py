"""Bytes to read: of a file, or of a member of an archive; and what a format's reader makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kg.reading.columns import ColumnMap
from kg.reading.outcome import RefusedError
from kg.reading.plain_text import Draft

LARGEST = 50 * 2**20  # bytes of a file that is held in memory as a whole
READ_AT_ONCE = 2**20  # bytes of a file up to which it is opened but once
HEAD = 4096  # bytes that tell the format
NO_COLUMNS = ColumnMap()


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes under a name, opened when wanted; ``size`` is None where only reading tells it.

    ``is_member`` says that they come out of an archive: archives inside archives are not opened.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    columns: ColumnMap = NO_COLUMNS
    is_member: bool = False

    @classmethod
    def of_file(cls, path: str, columns: ColumnMap = NO_COLUMNS) -> Content:
        """Return the content of the file ``path``; its size is that of now. A small one is read at once."""
        file = Path(path)
        size = file.stat().st_size
        if size > READ_AT_ONCE:
            return cls(path, lambda: file.open("rb"), size, columns)
        raw = file.read_bytes()
        return cls(path, lambda: BytesIO(raw), len(raw), columns)

    def head(self) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(HEAD)

    def read(self) -> bytes:
        """Return all bytes; raise :class:`RefusedError` when there are none, or more than an article has."""
        if self.size is None or self.size <= LARGEST:
            with self.open() as file:
                raw = file.read(LARGEST + 1)
            if not raw.strip():
                raise RefusedError("empty", "the file is empty: fill or remove it")
            if len(raw) <= LARGEST:
                return raw
        limit = LARGEST // 2**20
        raise RefusedError("unreadable", f"larger than {limit} MB, which is no article: split it into articles")

    def member(self, name: str, opened: Callable[[], BinaryIO], size: int | None) -> Content:
        """Return the content of a member of this archive."""
        return replace(self, name=name, open=opened, size=size, is_member=True)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article that a format's reader has found.

    ``draft`` may be a function that makes it, so that of many records only those wanted are gone through. ``raw`` are the
    bytes that tell whether it has changed; ``record`` names it in its file for people, ``own`` for the article's id below
    the file's name; ``everywhere`` is a name that is its own wherever the file lies.
    """

    draft: Draft | Callable[[], Draft]
    raw: bytes
    record: str | None = None
    own: str | None = None
    everywhere: str | None = None
    retrieved: datetime | None = None

    def drafted(self) -> Draft:
        """Return the draft; raise :class:`RefusedError` where none can be made."""
        return self.draft() if callable(self.draft) else self.draft


Outcomes = Iterator[Extracted | RefusedError]
