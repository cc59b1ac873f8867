"""Nouns of statements (Polizeiangaben), of those who speak for others (Armeesprecher), of sources without a name."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.german.compounds import last_parts
from kg.german.transliteration import fold
from kg.resources import table

SHORTEST_END = 5  # letters of a noun that may close a compound
PLURALS = ("n", "en", "")


@cache
def _nouns(what: str) -> frozenset[str]:
    return frozenset(fold(r["noun"]).lower() for r in table("german/reporting_nouns.tsv") if r["what"] == what)


@cache
def _endings(what: str, shortest: int = 0) -> tuple[str, ...]:
    """Return the nouns longer than ``shortest`` letters: all of them are looked for at the end of a word at once."""
    return tuple(noun for noun in _nouns(what) if len(noun) > shortest)


@cache
def _statement_forms() -> frozenset[str]:
    return frozenset(noun + ending for noun in _nouns("statement") for ending in (*PLURALS, "s"))


@cache
def _ends() -> frozenset[str]:
    """Ends of compounds that name a statement or a speaker, in all numbers."""
    nouns = [n for n in _nouns("statement") | _nouns("speaker") if len(n) > SHORTEST_END]
    return frozenset(noun + ending for noun in nouns for ending in (*PLURALS, "s"))


@lru_cache(maxsize=20_000)
def names_statement(lemma: str) -> bool:
    """Whether a noun, or the last part of a compound, means what somebody states (Angaben, Armeebericht)."""
    low = fold(lemma).lower()
    return low in _nouns("statement") or low.endswith(_endings("statement", SHORTEST_END))


@lru_cache(maxsize=20_000)
def names_claim(lemma: str) -> bool:
    """Whether a noun means a claim that a clause may tell (Vorwurf, Anschuldigung), or any other statement."""
    return names_statement(lemma) or fold(lemma).lower().endswith(_endings("claim"))


@lru_cache(maxsize=20_000)
def names_circle(form: str) -> bool:
    """Whether the form of a noun means people who are not to be named (Sicherheitskreise, aus Quellen)."""
    return fold(form).lower().endswith(_endings("circle"))


@lru_cache(maxsize=20_000)
def speaks_for(lemma: str) -> bool:
    """Whether a noun means somebody who speaks for those in its genitive or first part (Armeesprecher, Vertreter)."""
    return fold(lemma).lower().endswith(_endings("speaker"))


@lru_cache(maxsize=20_000)
def states(form: str) -> bool:
    """Whether the form of a noun means what somebody states, or those who do (Angaben, Kreise)."""
    low = fold(form).lower()
    return low in _nouns("circle") or low in _statement_forms()


@lru_cache(maxsize=20_000)
def who_states(form: str) -> str:
    """Return the first part of a compound of these nouns: Polizei of Polizeiangaben, Regierung of Regierungssprecher."""
    low = fold(form).lower()
    end = next((part for part in last_parts(low, max(map(len, _ends()))) if part in _ends()), None)
    if end is None:
        return ""
    first = form[: len(form) - len(end)].rstrip("-")
    return first.removesuffix("s") if first.endswith(("ungs", "heits", "schafts", "ions", "ums")) else first
