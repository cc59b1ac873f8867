"""Verbs by what they do with the clauses that they govern."""

from __future__ import annotations

from functools import cache

from kg.annotation.syntax.attributes import Ref
from kg.annotation.syntax.sentence import Syntax
from kg.german.word_sets import word_set
from kg.resources import table

GIVING = word_set("syntax", "giving_verbs")
BLAME = word_set("syntax", "blame_nouns")


@cache
def object_control() -> frozenset[str]:
    """Verbs whose object does what their infinitive says, from ``lexicon/syntax/control.tsv``."""
    return frozenset(r["word"] for r in table("syntax/control.tsv"))


@cache
def reporting_verbs() -> frozenset[str]:
    """Verbs that say by themselves, from ``lexicon/events/reporting.tsv``: not those that do with a noun (Schluss kommen)."""
    return frozenset(r["verb"] for r in table("events/reporting.tsv") if " " not in r["verb"])


def is_blamed(syntax: Syntax, ref: Ref) -> bool:
    """Gaben Moskau die Schuld: whether a phrase behind the verb stands right before the blame that it is given."""
    chunks, k, finite = syntax.chunks[ref[0]], ref[1], syntax.clauses[ref[0]].finite
    if k < 0 or k + 1 >= len(chunks) or finite is None or syntax.words.lemma[chunks[k + 1].head] not in BLAME:
        return False
    behind = chunks[k].begin > finite and chunks[k].end == chunks[k + 1].begin
    return behind and chunks[k].preposition is None and syntax.words.lemma[finite] in GIVING
