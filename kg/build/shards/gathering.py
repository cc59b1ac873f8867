"""The shards of a place: whether all are there, made alike, and whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.build.options import Options
from kg.build.shards.division import Shard
from kg.build.shards.manifest import ShardHead, manifest_name, quads_name, read_head
from kg.build.shards.place import Place, sha256_of
from kg.errors import StoreError, UsageError
from kg.provenance import run_id
from kg.reading import ColumnMap

NAME = re.compile(r"shard-(\d{5})-of-(\d{5})\.jsonl")
MOST_MISSING_NAMED = 10


@dataclass(frozen=True, slots=True)
class Gathered:
    """A shard that is there."""

    shard: Shard
    head: ShardHead

    @property
    def number(self) -> int:
        """The number of the shard, from 1."""
        return self.shard.number

    def check(self, place: Place) -> None:
        """Raise :class:`StoreError` where the quads are not those that the manifest was written for."""
        name = quads_name(self.shard)
        try:
            with place.open(name) as file:
                digest = sha256_of(file)
        except FileNotFoundError:
            digest = ""
        if digest != self.head.quads:
            again = f"remove {manifest_name(self.shard)} and annotate the shard again"
            raise StoreError(f"{place}/{name}: missing or damaged: {again}")


def number_of_shards(place: Place) -> int | None:
    """Return into how many shards the place divides the work; None for an empty one.

    Raises :class:`UsageError` where there are shards of several divisions.
    """
    numbers = {int(found[2]) for name in place.names() if (found := NAME.fullmatch(name))}
    if len(numbers) > 1:
        named = " and of ".join(map(str, sorted(numbers)))
        raise UsageError(f"{place}: holds shards of {named}: remove those of one division, or give each a place of its own")
    return next(iter(numbers), None)


def gathered(place: Place) -> tuple[list[Gathered], Options]:
    """Return all shards of a place and the options that they were made with.

    Raises :class:`UsageError` where some are missing or differ in what made them.
    """
    number = number_of_shards(place)
    if number is None:
        raise UsageError(f"{place}: no shards here: make them with kg annotate --shard 1/N INPUT -o {place}")
    heads = {shard: read_head(place, shard) for shard in (Shard(n, number) for n in range(1, number + 1))}
    shards = [Gathered(shard, head) for shard, head in heads.items() if head is not None]
    if missing := [shard for shard, head in heads.items() if head is None]:
        raise UsageError(f"{place}: {_listed(missing)} missing: kg annotate --shard {missing[0]} INPUT -o {place}")
    _check_alike(place, shards)
    return shards, _options(shards[0].head)


def _check_alike(place: Place, shards: list[Gathered]) -> None:
    first = shards[0].head
    if other := [s.shard for s in shards if (s.head.run, s.head.options) != (first.run, first.options)]:
        raise UsageError(f"{place}: {_listed(other)} made by other software or otherwise than shard 1: make them again")
    if other := [s.shard for s in shards if s.head.listing != first.listing]:
        raise UsageError(f"{place}: {_listed(other)} made from other files than shard 1: annotate all again")
    if first.run != run_id(first.options["pipeline"]):
        raise UsageError(f"{place}: made by other software ({first.software}, run {first.run}): annotate again")


def _listed(shards: Iterable[Shard]) -> str:
    numbers = [str(shard.number) for shard in shards]
    more = f" and {len(numbers) - MOST_MISSING_NAMED} more" if len(numbers) > MOST_MISSING_NAMED else ""
    return f"shard{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:MOST_MISSING_NAMED])}{more}"


def _options(head: ShardHead) -> Options:
    given = head.options
    return Options(
        given["base"],
        given["pipeline"],
        published=date.fromisoformat(given["date"]) if given["date"] else None,
        below=given["below"],
        columns=ColumnMap(tuple((name, header) for name, header in given["columns"])),
        run=head.run,
    )
