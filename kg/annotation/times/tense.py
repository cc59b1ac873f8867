"""What the verb around a time expression says: "bis Ende Juni" is over beside a preterite, to come in what is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from kg.resources import table

WEAK_ENDINGS = ("te", "ten", "test", "tet")
CLAUSE_ENDS = frozenset(("$,", "$.", "$("))
INFINITIVES, PERFECT = frozenset(("PTKZU", "VVIZU")), frozenset(("VVPP", "VAPP"))  # getroffen zu haben


def past_verbs(doc: Doc) -> frozenset[int]:
    """Return where in the text the finite full verbs in the preterite begin."""
    return frozenset(token.idx for token in doc if token.tag_ == "VVFIN" and _is_past(token))


def _is_past(token: Token) -> bool:
    """Tell a preterite from a present by its form: -te on a stem, or another vowel without the -t of the present."""
    form, lemma = token.lower_, token.lemma_.lower()
    stem = lemma.removesuffix("en").removesuffix("n")
    if form in (lemma, stem + "e", stem + "t", stem + "et"):
        return False
    return form.endswith(WEAK_ENDINGS) or not form.endswith(("t", "e", "st"))


@cache
def _intending() -> frozenset[str]:
    """Verbs and nouns over an infinitive of what is to come (planen, drohen, Absicht), from ``lexicon/events/stance.tsv``."""
    rows = (r for r in table("events/stance.tsv") if r["factuality"] == "Future" and r["what"] in ("zu", "noun"))
    return frozenset(r["word"] for r in rows)


def intended_verbs(doc: Doc) -> frozenset[int]:
    """Return where the infinitives with zu begin that say what somebody means to do: plante, am Sonntag anzugreifen."""
    tokens = list(doc)
    at = (k for k, token in enumerate(tokens) if token.tag_ in INFINITIVES and tokens[k - 1].tag_ not in PERFECT)
    return frozenset(tokens[k].idx for k in at if not _intending().isdisjoint(_governing(tokens, k)))


def _governing(tokens: Sequence[Token], infinitive: int) -> Iterator[str]:
    """Yield the verbs, whole or with their particle, and nouns of the clause before that of an infinitive."""
    comma = _clause_begin(tokens, infinitive) - 1
    before = tokens[_clause_begin(tokens, comma) : comma] if comma > 0 and tokens[comma].tag_ == "$," else []
    particle = next((token.lower_ for token in before if token.tag_ == "PTKVZ"), "")
    for token in before:
        if token.tag_.startswith("VV"):
            yield from (token.lemma_, particle + token.lemma_)
        elif token.tag_ == "NN":
            yield token.lemma_


def _clause_begin(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and not tokens[at].is_sent_start and tokens[at - 1].tag_ not in CLAUSE_ENDS:
        at -= 1
    return at
