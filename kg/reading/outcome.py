"""What comes of a file or record that gives no article: named, with the reason and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import InputError

SkipReason = Literal["language", "kind", "empty", "unreadable", "duplicate"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one ``record`` of a file, that gives no article; ``detail`` says why and what to do, in one line."""

    path: str
    record: str | None
    reason: SkipReason
    detail: str

    def __str__(self) -> str:
        named = self.path if self.record is None else f"{self.path}, {self.record}"
        return f"{named}: {self.detail}"


class RefusedError(InputError):
    """A format's reader gives up on a file or record; the reader of files makes a :class:`Skipped` of it."""

    def __init__(self, reason: SkipReason, detail: str, record: str | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.record = record

    def skipped(self, path: str) -> Skipped:
        """Return the outcome for the file ``path``."""
        return Skipped(path, self.record, self.reason, self.detail)
