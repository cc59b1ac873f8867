"""Verbs by what they do with the clauses that they govern."""

from __future__ import annotations

from functools import cache

from kg.resources import table


@cache
def object_control() -> frozenset[str]:
    """Verbs whose object does what their infinitive says, from ``lexicon/syntax/control.tsv``."""
    return frozenset(r["word"] for r in table("syntax/control.tsv"))


@cache
def reporting_verbs() -> frozenset[str]:
    """Verbs that say by themselves, from ``lexicon/events/reporting.tsv``: not those that do with a noun (Schluss kommen)."""
    return frozenset(r["verb"] for r in table("events/reporting.tsv") if " " not in r["verb"])
