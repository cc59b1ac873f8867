"""What the inputs of a build name: the files to read, in an order that does not depend on that of the inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.reading import Skipped, Source, discover
from kg.store import holds_a_store


@dataclass(frozen=True)
class Inputs:
    """What the inputs name: files to read, in an order that does not depend on that of the inputs, and what is none."""

    sources: list[Source] = field(default_factory=list)
    passed: list[Skipped] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # an input that finds nothing, and why


def find(inputs: Iterable[str], *, perhaps_none: bool = False) -> Inputs:
    """Return what ``inputs`` name.

    Raises :class:`UsageError` when none of them finds a file to read, unless there may be none any more.
    """
    given = list(inputs)
    found = Inputs()
    read = list(discover(given, found.refused)) if given else []
    if not read and found.refused and not perhaps_none:
        raise UsageError("; ".join(f"{given}: {why}" for given, why in found.refused))
    for one in _of_the_user(read):
        if isinstance(one, Skipped):
            found.passed.append(one)
        else:
            found.sources.append(one)
    found.sources.sort(key=lambda source: source.path)
    return found


def _of_the_user(found: list[Source | Skipped]) -> list[Source | Skipped]:
    """Leave out the files of stores, which may lie below the inputs."""
    folders = {Path(one.path).parent for one in found}
    stores = {above for folder in folders for above in (folder, *folder.parents) if holds_a_store(above)}
    return [one for one in found if stores.isdisjoint(Path(one.path).parents)] if stores else found
