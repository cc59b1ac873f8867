"""Finite verbs in the preterite: beside one, "bis Ende Juni" is the June that is over."""

from __future__ import annotations

from spacy.tokens import Doc, Token

WEAK_ENDINGS = ("te", "ten", "test", "tet")


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
