"""Words that order events in time (``lexicon/events/sequence.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.resources import table


@dataclass(frozen=True, slots=True)
class SequenceWords:
    """Words that order events in time, and days by the parts of adjectives (vier-monatig)."""

    onward: frozenset[str]
    breaks: frozenset[str]
    later: frozenset[str]
    along: frozenset[str]
    so_far: frozenset[str]
    imminent: frozenset[str]
    spans: dict[str, int]
    numbers: dict[str, int]


@lru_cache(maxsize=1)
def sequence_words() -> SequenceWords:
    """Read the table once."""
    rows = list(table("events/sequence.tsv"))
    onward, breaks, later, along, so_far, imminent = (
        frozenset(r["word"] for r in rows if r["what"] == what)
        for what in ("onward", "break", "later", "along", "sofar", "imminent")
    )
    spans, numbers = ({r["word"]: int(r["days"]) for r in rows if r["what"] == what} for what in ("lasting", "number"))
    return SequenceWords(onward, breaks, later, along, so_far, imminent, spans, numbers)
