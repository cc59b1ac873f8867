"""What the verb around a time expression says: "bis Ende Juni" is over beside a preterite, to come in what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.annotation.words.token_table import TokenTable
from kg.german.finite_forms import is_preterite
from kg.resources import table

CLAUSE_ENDS = frozenset(("$,", "$.", "$("))
INFINITIVES, PERFECT = frozenset(("PTKZU", "VVIZU")), frozenset(("VVPP", "VAPP"))  # getroffen zu haben


def past_verbs(tokens: TokenTable) -> frozenset[int]:
    """Return where in the text the finite full verbs in the preterite begin."""
    verbs = (k for k, tag in enumerate(tokens.tags) if tag == "VVFIN")
    return frozenset(tokens.begins[k] for k in verbs if is_preterite(tokens.lower[k], tokens.lemmas[k].lower()))


@cache
def _intending() -> frozenset[str]:
    """Verbs and nouns over an infinitive of what is to come (planen, drohen, Absicht), from ``lexicon/events/stance.tsv``."""
    rows = (r for r in table("events/stance.tsv") if r["factuality"] == "Future" and r["what"] in ("zu", "noun"))
    return frozenset(r["word"] for r in rows)


def intended_verbs(tokens: TokenTable) -> frozenset[int]:
    """Return where the infinitives with zu begin that say what somebody means to do: plante, am Sonntag anzugreifen."""
    tags, starts = tokens.tags, {first for first, _ in tokens.sentences}
    at = (k for k, tag in enumerate(tags) if tag in INFINITIVES and tags[k - 1] not in PERFECT)
    return frozenset(tokens.begins[k] for k in at if not _intending().isdisjoint(_governing(tokens, starts, k)))


def _governing(tokens: TokenTable, starts: set[int], infinitive: int) -> Iterator[str]:
    """Yield the verbs, whole or with their particle, and nouns of the clause before that of an infinitive."""
    tags = tokens.tags
    comma = _clause_begin(tags, starts, infinitive) - 1
    before = range(_clause_begin(tags, starts, comma), comma) if comma > 0 and tags[comma] == "$," else range(0)
    particle = next((tokens.lower[k] for k in before if tags[k] == "PTKVZ"), "")
    for k in before:
        if tags[k].startswith("VV"):
            yield from (tokens.lemmas[k], particle + tokens.lemmas[k])
        elif tags[k] == "NN":
            yield tokens.lemmas[k]


def _clause_begin(tags: list[str], starts: set[int], at: int) -> int:
    while at > 0 and at not in starts and tags[at - 1] not in CLAUSE_ENDS:
        at -= 1
    return at
