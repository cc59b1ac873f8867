"""The files that a call names: files, folders with all below them, patterns."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import UsageError
from kg.reading import formats
from kg.reading.content import HEAD
from kg.reading.formats import NOT_FROM_FOLDERS
from kg.reading.formats.sniffing import sniffed
from kg.reading.outcome import Skipped

FILE_ENDINGS = tuple(ending for ending in formats.ENDINGS if ending not in NOT_FROM_FOLDERS)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the folder below which its path names its article (None: the whole path does)."""

    path: str
    root: str | None


def discover(inputs: Sequence[str], refused: list[tuple[str, str]] | None = None) -> Iterator[Source | Skipped]:
    """Yield the files of ``inputs``, each once, folders in sorted order, and what in them is no file to read.

    A file given by itself is named below its own folder; where two files would then bear one name, both are named by
    the path as given. An input that finds nothing goes to ``refused`` with the reason; without that list, it is a
    :class:`UsageError`.
    """
    if not inputs:
        raise UsageError("no input: give files, folders or patterns such as 'reports/*.txt'")
    found: dict[str, Source | Skipped] = {}
    for given in inputs:
        try:
            sources = _sources(given)
        except UsageError as error:
            if refused is None:
                raise
            refused.append((given, str(error).removeprefix(f"{given}: ")))
            continue
        for source in sources:
            found.setdefault(os.path.realpath(source.path), source)
    names = Counter(_below(source) for source in found.values() if isinstance(source, Source))
    for source in found.values():
        if isinstance(source, Source) and names[_below(source)] > 1:
            source = replace(source, root=None)
        yield source


def _sources(given: str) -> list[Source | Skipped]:
    path = Path(given)
    if path.is_dir():
        found = sorted(_walk(given), key=lambda source: source.path)
        if not any(isinstance(source, Source) for source in found):
            raise UsageError(f"{given}: no article in this folder (endings: {' '.join(FILE_ENDINGS)})")
        return found
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
    return [str(p) for p in found if not p.is_dir() or any(isinstance(s, Source) for s in _walk(str(p)))]


def _walk(folder: str) -> Iterator[Source | Skipped]:
    """Yield what lies below ``folder``, hidden files and folders apart."""
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        links = [f for f in folders if Path(parent, f).is_symlink() and not f.startswith(".")]
        yield from (_skipped(str(Path(parent, f)), "a link to a folder: give that folder itself") for f in links)
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (_source(str(Path(parent, f)), folder) for f in files if not f.startswith("."))
    for error in unreadable:
        yield Skipped(str(error.filename), None, "unreadable", f"can't be read ({error.strerror}): see its permissions")


def _source(path: str, folder: str) -> Source | Skipped:
    if not Path(path).is_file():
        return _skipped(path, "no file but a pipe, socket, device or broken link: leave it out")
    if path.lower().endswith(NOT_FROM_FOLDERS):
        return _skipped(path, "JSON beside articles mostly holds notes on them: give it by its own name to read it")
    if not path.lower().endswith(FILE_ENDINGS) and not _is_known(path):
        return _skipped(path, f"no format that is read from folders ({' '.join(FILE_ENDINGS)}): leave it out")
    return Source(path, folder)


def _skipped(path: str, detail: str) -> Skipped:
    return Skipped(path, None, "kind", detail)


def _is_known(path: str) -> bool:
    """Tell whether the first bytes of a file with a strange ending are those of a format that is read."""
    try:
        with Path(path).open("rb") as file:
            return sniffed(file.read(HEAD), path) in formats.FORMATS
    except OSError:
        return False


def _below(source: Source) -> str:
    return os.path.relpath(source.path, source.root or ".") if source.root is not None else source.path
