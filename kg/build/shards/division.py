"""How the work is divided into shards: by content alone, so that the name of a file and the order of files don't matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.build.flow import below
from kg.build.inputs import Inputs
from kg.build.options import Options
from kg.errors import UsageError
from kg.reading import Article, Skipped, Source, read_some

MOST_SHARDS = 99_999
SAMPLED = 65_536  # bytes of the beginning and of the end that stand for a file: archives are not read through to be dealt out
FILES_A_SHARD = 8  # fewer than these: files are divided, record by record


@dataclass(frozen=True, slots=True)
class Shard:
    """One of ``of`` shards, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``3/16``; raise :class:`UsageError` on what names no shard."""
        found = re.fullmatch(r"(\d{1,5})/(\d{1,5})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MOST_SHARDS:
            raise UsageError(f"--shard {text}: write the number of the shard and that of all, from 1/16 to 16/16")
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """The beginning of the names of its files."""
        return f"shard-{self.number:05}-of-{self.of:05}"

    def holds(self, digest: str) -> bool:
        """Say whether what has this hexadecimal digest belongs here."""
        return int(digest[-15:], 16) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What came of a file or of the record at ``position`` in it."""

    source: str
    position: int
    outcome: Article | Skipped


class Division:
    """The files of all shards, and which of them, or of their records, belong to one."""

    def __init__(self, inputs: Inputs, shard: Shard) -> None:
        self.shard = shard
        self.by_record = len(inputs.sources) < FILES_A_SHARD * shard.of
        self._keys = {source: _key(source.path) for source in inputs.sources}
        self._inputs = inputs

    @property
    def listing(self) -> str:
        """A digest of all files, the same for all shards of the same inputs."""
        return _digest(f"{source.path}\0{key}" for source, key in self._keys.items())

    @property
    def own(self) -> str:
        """A digest of the files that this shard is made from: while it is the same, so is the shard."""
        members = (f"{source.path}\0{key}" for source, key in self._keys.items() if self._reads(key))
        passed = (f"{skipped.path}\0{skipped.detail}" for skipped in self.passed())
        return _digest([f"by record: {self.by_record}", *members, *passed])

    def found(self, options: Options) -> Iterator[ReadOutcome]:
        """Yield what comes of the files and records of this shard, in the order of a build."""
        for source, key in self._keys.items():
            if self._reads(key):
                for position, outcome in self._some(source, options):
                    if isinstance(outcome, Article) or not self.by_record or self.shard.holds(_of_record(outcome)):
                        yield ReadOutcome(source.path, position, below(outcome, options))

    def _some(self, source: Source, options: Options) -> Iterator[tuple[int, Article | Skipped]]:
        return read_some(
            source.path,
            root=source.root,
            published=options.published,
            columns=options.columns,
            wanted=self.shard.holds if self.by_record else None,
        )

    def passed(self) -> list[Skipped]:
        """Return what is no file to read, the part of this shard."""
        return [skipped for skipped in self._inputs.passed if self.shard.holds(_of_record(skipped))]

    def source(self, path: str) -> Source | None:
        """Return the source of this path."""
        return next((source for source in self._keys if source.path == path), None)

    def _reads(self, key: str) -> bool:
        return self.by_record or self.shard.holds(key)


def _key(path: str) -> str:
    """Return a digest of what a file holds; of one that can't be read, of its path."""
    try:
        with Path(path).open("rb") as file:
            begin = file.read(SAMPLED)
            size = file.seek(0, 2)
            file.seek(max(SAMPLED, size - SAMPLED))
            return sha256(b"%d\0%b\0%b" % (size, begin, file.read(SAMPLED))).hexdigest()
    except OSError:
        return sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


def _of_record(outcome: Article | Skipped) -> str:
    if isinstance(outcome, Article):
        return outcome.content_hash
    return sha256(f"{outcome.path}\0{outcome.record}".encode("utf-8", "surrogatepass")).hexdigest()


def _digest(lines: Iterator[str] | list[str]) -> str:
    digest = sha256()
    for line in sorted(lines):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
