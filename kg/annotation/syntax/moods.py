"""The mood of a finite verb: sei, habe and gebe are in reported speech, wäre and hätte may be."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from kg.annotation.syntax.words import SentenceWords
from kg.resources import table

Mood = Literal["indicative", "k1", "k2"]


@lru_cache(maxsize=1)
def moods() -> dict[str, Mood]:
    """Mood by form, from ``lexicon/syntax/finite_forms.tsv``."""
    known: dict[str, Mood] = {"k1": "k1", "k2": "k2"}
    return {r["form"]: known[r["mood"]] for r in table("syntax/finite_forms.tsv")}


def mood_at(words: SentenceWords, finite: int) -> Mood:
    """Return the mood of the finite verb at that word."""
    form = words.lower[finite]
    if (known := moods().get(form)) is not None:
        return known
    if words.tag[finite] == "VVFIN" and _present_subjunctive(form, words.lemma[finite].lower()):
        return "k1"
    return "indicative"


def _present_subjunctive(form: str, lemma: str) -> bool:
    """Third person in -e on the present stem (er gebe); weak preterites end in -te, strong ones in a consonant."""
    return form.endswith("e") and lemma.endswith("n") and form[:-1] == lemma[:-2] and not form.endswith("te")
