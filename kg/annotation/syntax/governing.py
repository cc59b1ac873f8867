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
    """Verbs of saying, from ``lexicon/events/reporting.tsv``."""
    return frozenset(r["verb"].rpartition(" ")[2] for r in table("events/reporting.tsv"))
