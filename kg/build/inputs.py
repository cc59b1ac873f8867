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
    good: list[str] = []
    found = Inputs()
    for given in inputs:
        try:
            good += [given] if list(discover([given])) else []
        except UsageError as error:
            found.refused.append((given, str(error).removeprefix(f"{given}: ")))
    if not good and found.refused and not perhaps_none:
        raise UsageError("; ".join(f"{given}: {why}" for given, why in found.refused))
    for one in _of_the_user(list(discover(good)) if good else []):
        if isinstance(one, Skipped):
            found.passed.append(one)
        else:
            found.sources.append(one)
    found.sources.sort(key=lambda source: source.path)
    return found


def _of_the_user(found: list[Source | Skipped]) -> list[Source | Skipped]:
    """Leave out the files of stores, which may lie below the inputs."""
    folders = {folder for one in found for folder in Path(one.path).parents}
    stores = {folder for folder in folders if holds_a_store(folder)}
    return [one for one in found if stores.isdisjoint(Path(one.path).parents)]
