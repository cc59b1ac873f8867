"""The files that a call names: files, folders with all below them, patterns."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import UsageError

ENDINGS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the folder below which its path names its article (None: the whole path does)."""

    path: str
    root: str | None


def discover(inputs: Sequence[str]) -> Iterator[Source]:
    """Yield the files of ``inputs``, each once, folders in sorted order.

    A file given by itself is named below its own folder; where two files would then bear one name, both are named by
    the path as given. Raises :class:`UsageError` for an input that finds nothing.
    """
    if not inputs:
        raise UsageError("no input: give files, folders or patterns such as 'reports/*.txt'")
    found: dict[str, Source] = {}
    for given in inputs:
        for source in _sources(given):
            found.setdefault(os.path.realpath(source.path), source)
    names = Counter(_below(source) for source in found.values())
    for source in found.values():
        yield source if names[_below(source)] == 1 else replace(source, root=None)


def _sources(given: str) -> list[Source]:
    path = Path(given)
    if path.is_dir():
        files = sorted(_walk(given))
        if not files:
            raise UsageError(f"{given}: no article in this folder (endings: {' '.join(ENDINGS)})")
        return [Source(file, given) for file in files]
    if path.exists():
        return [Source(given, path.parent.as_posix())]
    matches = _matches(path)
    if not matches:
        raise UsageError(f"{given}: no such file or folder, and no match as a pattern: see the path")
    return [source for match in matches for source in _sources(match)]


def _matches(pattern: Path) -> list[str]:
    """Return what matches, files and folders with files, sorted; hidden ones only where the pattern says so."""
    anchor = Path(pattern.anchor)
    below = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    hidden = "/." in f"/{below}".replace("/..", "")
    found = sorted(p for p in anchor.glob(below) if hidden or not p.name.startswith("."))
    return [str(p) for p in found if p.is_file() or any(_walk(str(p)))]


def _walk(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (str(Path(parent, f)) for f in files if f.lower().endswith(ENDINGS) and not f.startswith("."))


def _below(source: Source) -> str:
    return os.path.relpath(source.path, source.root or ".") if source.root is not None else source.path
