"""How a mention is worded: its number, words that mark another event, who or what only an event told before has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotation.events.triggers import Trigger
from kg.annotation.syntax.sentence import Syntax
from kg.german.numerals import digits, load_numerals
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.resources import table

AS_THE_LEMMA = frozenset(("nsf", "asf", "nsm", "nsn", "asn"))  # readings in which a noun has the form of its lemma
SMALLEST_TELLING_NUMBER = 3  # a smaller number is no sign of the same thing


@dataclass(frozen=True, slots=True)
class Markers:
    """Words that part events: of one more (adjectives by their stems), of changing numbers, of other times, of what follows."""

    adjectives: tuple[str, ...]
    adverbs: frozenset[str]
    updates: frozenset[str]
    background: frozenset[str]
    sequels: frozenset[str]


@lru_cache(maxsize=1)
def load_markers() -> Markers:
    """Read ``lexicon/events/another.tsv`` once."""
    rows = [(row["what"], row["word"]) for row in table("events/another.tsv")]
    of = {what: tuple(word for kind, word in rows if kind == what) for what, _ in rows}
    others = (frozenset(of[what]) for what in ("adverb", "update", "background", "sequel"))
    return Markers(of["adjective"], *others)


def verb_adjectives(syntax: Syntax, trigger: Trigger) -> list[int]:
    """Return the adjectives of a verb's clause; behind a participle another verb may begin (getötet, weitere verletzt)."""
    words = syntax.words
    end = trigger.word if words.tag[trigger.word] == "VVPP" else len(words)
    return [k for k in syntax.clauses[trigger.clause].words if words.tag[k] == "ADJA" and k < end]


def names_told_means(syntax: Syntax, clause: int, kind: str) -> bool:
    """Whether a definite noun of a verb's clause is what an attack is made with, or who made it."""
    words, lexicon = syntax.words, load_event_lexicon()
    for chunk in syntax.chunks[clause]:
        definite = chunk.determiner is not None and words.lower[chunk.determiner].startswith("d")
        whole = chunk.genitive_of is None and words.tag[chunk.begin - 1] != "PIS"  # einer der Angreifer
        if definite and whole and chunk.preposition is None and words.tag[chunk.head] == "NN":
            lemma = words.lemma[chunk.head]
            if lexicon.is_a(lemma, "means") or (kind == "Bombing" and lexicon.is_a(lemma, "vehicle")):
                return True
    return False


def is_plural(readings: frozenset[str], form: str, lemma: str) -> bool:
    """Whether a noun phrase is plural by its words, or by a form that no singular has (Angriffe; but Angriffs, den Toten)."""
    if form != lemma and not form.endswith("s") and form != lemma + "n":
        return True
    left = [reading for reading in readings if form == lemma or reading not in AS_THE_LEMMA]
    return bool(left) and all(reading[1] == "p" for reading in left)


@cache
def telling_number(form: str) -> int | None:
    """Return the number that a word is, None for one too small to tell anything."""
    value = digits(form)
    found = int(value) if value is not None else load_numerals().word(form)
    return found if found is not None and found >= SMALLEST_TELLING_NUMBER else None
