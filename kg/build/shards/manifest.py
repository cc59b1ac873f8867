"""What a shard says of itself: ``shard-00003-of-00016.jsonl``, a line on the whole, then one for each file or record.

It is written after the quads, so that a shard with a manifest is a whole one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.build.options import Options
from kg.build.shards.division import Shard
from kg.build.shards.place import Place
from kg.errors import StoreError
from kg.store.manifest import Entry, entry_of

SHARD_VERSION = 1  # of the form of these files


@dataclass(frozen=True, slots=True)
class ShardHead:
    """What a shard is made from and what it holds.

    ``run`` and ``software`` say what read its articles, ``options`` how; ``own`` is a digest of its files, ``listing`` of
    those of all shards; ``quads`` the SHA-256 of its ``.nq.gz``; ``counts`` how many files and records had each outcome;
    ``refused`` the inputs that found nothing, and why.
    """

    shard: str
    run: str
    software: str
    options: dict[str, Any]
    own: str
    listing: str
    quads: str
    triples: int
    counts: dict[str, int]
    failures: list[str]
    refused: list[list[str]] = field(default_factory=list)
    version: int = SHARD_VERSION


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """What came of a file or record, which stands at ``position`` of the file ``source``.

    Of an article: what else identifies it, a digest of its ``text``, and how many ``triples`` its graph has;
    ``aside`` are the quads that don't conform.
    """

    source: str
    position: int
    entry: Entry
    passed: bool = False
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    retrieved: str | None = None
    text: str = ""
    triples: int = 0
    aside: str = ""

    @property
    def annotated(self) -> bool:
        """Whether its graph was made."""
        return bool(self.triples or self.aside)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines, what is empty left out."""
        return {name: value for name, value in {**asdict(self), "entry": self.entry.as_json()}.items() if value}


def described(options: Options) -> dict[str, Any]:
    """Return what of the options decides how articles are read."""
    published = options.published.isoformat() if options.published else None
    columns = [list(pair) for pair in options.columns.given]
    return {"base": options.base, "pipeline": options.pipeline, "date": published, "columns": columns, "below": options.below}


def manifest_name(shard: Shard) -> str:
    """Return the name of a shard's manifest."""
    return f"{shard.name}.jsonl"


def quads_name(shard: Shard) -> str:
    """Return the name of the file of a shard's quads."""
    return f"{shard.name}.nq.gz"


def read_head(place: Place, shard: Shard) -> ShardHead | None:
    """Return the head of a shard's manifest; None where it is missing or of another form."""
    try:
        with place.open(manifest_name(shard)) as file:
            return _head(file.readline())
    except FileNotFoundError:
        return None


def read_entries(place: Place, shard: Shard) -> Iterator[ShardEntry]:
    """Yield the entries of a shard's manifest; raise :class:`StoreError` on one that is damaged."""
    with place.open(manifest_name(shard)) as file:
        file.readline()
        for number, line in enumerate(file, 2):
            try:
                yield _entry(json.loads(line))
            except (ValueError, TypeError, KeyError) as error:
                named = f"{place}/{manifest_name(shard)}, line {number}"
                raise StoreError(f"{named}: is no entry ({error}): remove the file and annotate the shard again") from error


def _head(line: bytes) -> ShardHead | None:
    try:
        head = ShardHead(**json.loads(line))
    except (ValueError, TypeError):
        return None
    return head if head.version == SHARD_VERSION else None


def _entry(data: dict[str, Any]) -> ShardEntry:
    entry = entry_of(data.pop("entry"))
    return ShardEntry(**{"position": 0, **data}, entry=entry)
