"""Pronouns of the third person and what they agree with (``kg/lexicon/references/pronouns.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import table

PERSONAL = frozenset(("PPER", "PRF", "PDS", "PIS"))  # PIS: beide


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Genders that it may stand for (letters of m f n p); ``by_verb``: only the verb tells its number."""

    gender: str
    possessive: bool
    by_verb: bool


@cache
def _table() -> dict[tuple[str, bool], Pronoun]:
    rows = table("references/pronouns.tsv")
    return {
        (r["form"], r["possessive"] == "yes"): Pronoun(r["gender"], r["possessive"] == "yes", r["verb"] == "yes") for r in rows
    }


def pronoun(word: str, tag: str) -> Pronoun | None:
    """Return what ``word`` with STTS ``tag`` stands for, None when it is no such pronoun."""
    if tag == "PPOSAT":
        return _table().get((word.lower(), True))
    return _table().get((word.lower(), False)) if tag in PERSONAL else None
