"""What became of every file and record that builds were given: ``lagebild-inputs.jsonl`` beside the graphs.

The graphs say what articles say; this says where they came from on this machine, what gave none, and why.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import StoreError

FILE = "lagebild-inputs.jsonl"  # inside the store's folder
Outcome = Literal[
    "read", "replaced", "unchanged", "copy", "language", "kind", "empty", "unreadable", "duplicate", "failed"
]  # fmt: skip
IN_STORE = frozenset(("read", "replaced", "unchanged", "copy"))


@dataclass(frozen=True, slots=True)
class FailedSentence:
    """A sentence that could not be annotated and was left out; offsets are code points of the article's text."""

    begin: int
    end: int
    error: str


@dataclass(frozen=True, slots=True)
class LeftOutPassage:
    """The beginning of a passage around the article that was not read, and what it was taken for."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file, or of one ``record`` of a file.

    ``path`` is as the user gave it, ``file`` where it really lies; ``article`` the id of the article that stands for it,
    where one does; ``detail`` says why it gives none, or what else there is to know.
    """

    path: str
    record: str | None
    outcome: Outcome
    detail: str = ""
    article: str | None = None
    file: str = ""
    hash: str = ""
    version: str = ""
    failed_sentences: tuple[FailedSentence, ...] = ()
    left_out: tuple[LeftOutPassage, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether its file has gone from the disk."""
        return not Path(self.file).exists()

    def __str__(self) -> str:
        named = self.path if self.record is None else f"{self.path}, {self.record}"
        return f"{named}: {self.detail}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines, what is empty left out."""
        return {name: value for name, value in asdict(self).items() if value}


class Manifest:
    """The entries of all builds into one store, by file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._files: dict[str, list[Entry]] = {}
        for entry in _read(self._path):
            self._files.setdefault(entry.file, []).append(entry)

    def __iter__(self) -> Iterator[Entry]:
        return (entry for file in sorted(self._files) for entry in self._files[file])

    def of_file(self, file: str) -> list[Entry]:
        """Return the entries of one file."""
        return self._files.get(file, [])

    def put(self, file: str, entries: Iterable[Entry]) -> None:
        """Let ``entries`` be all that is known of ``file``; none: forget it."""
        self._files[file] = list(entries)
        if not self._files[file]:
            del self._files[file]

    def forget(self, articles: Collection[str]) -> None:
        """Forget every file and record that one of ``articles`` stands for."""
        for file in list(self._files):
            self.put(file, [entry for entry in self._files[file] if entry.article not in articles])

    def write(self) -> None:
        """Put it on the disk, whole or as it was."""
        new = self._path.with_name(f"{FILE}.new")
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="ascii") as out:
                out.writelines(f"{json.dumps(entry.as_json())}\n" for entry in self)
            new.replace(self._path)
        except OSError as error:
            raise StoreError(f"{self._path}: can't be written: {error.strerror or error}; is the disk full?") from error


def _read(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, 1):
        try:
            yield entry_of(json.loads(line))
        except (ValueError, TypeError) as error:
            raise StoreError(f"{path}, line {number}: is no entry ({error}): remove the file, a build makes it anew") from error


def entry_of(data: dict[str, Any]) -> Entry:
    """Return the entry that :meth:`Entry.as_json` wrote; raises TypeError on what is none."""
    failed = tuple(FailedSentence(**each) for each in data.pop("failed_sentences", ()))
    left_out = tuple(LeftOutPassage(**each) for each in data.pop("left_out", ()))
    return Entry(**{"record": None, **data}, failed_sentences=failed, left_out=left_out)
