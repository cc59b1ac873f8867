"""Sets of small words by name, from the ``word_sets.tsv`` of each station."""

from __future__ import annotations

from functools import cache

from kg.errors import ResourceError
from kg.resources import table


@cache
def word_set(station: str, name: str) -> frozenset[str]:
    """Return one set of ``lexicon/<station>/word_sets.tsv``; raise :class:`ResourceError` on one that is not there."""
    file = f"{station}/word_sets.tsv"
    words = next((row["words"].split() for row in table(file) if row["set"] == name), [])
    if not words:
        raise ResourceError(f"lexicon/{file}: no words of the set {name!r}")
    return frozenset(words)
