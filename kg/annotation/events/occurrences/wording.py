"""How a mention is worded: its noun and number, words that part events, who or what only an event told before has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotation.events.discourse import ASSAULTS, Told
from kg.annotation.events.referents import is_amount
from kg.annotation.syntax.attributes import LONGEST_GENITIVE_CHAIN
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import SentenceWords
from kg.german.numerals import digits, load_numerals
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.resources import table

AS_THE_LEMMA = frozenset(("nsf", "asf", "nsm", "nsn", "asn"))  # readings in which a noun has the form of its lemma
OWNER_TAGS = frozenset(("PPOSAT", "NE", "FM"))
SENTENCE_ENDS = frozenset((".", "!", "?"))
SMALLEST_TELLING_NUMBER = 3  # a smaller number is no sign of the same thing


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a mention say; ``marks`` are the kinds of words in its clause that part events (events/another.tsv)."""

    noun: str  # lemma of the event noun, "" for a verb
    preposition: str  # before the noun, "" for none
    plural: bool
    totalled: bool  # it stands for all of them: die Zahl der Toten durch die Angriffe, seit Beginn der Angriffe
    possessive: bool  # the noun has an owner in place of an article: sein, Assads
    told_means: bool  # a verb's clause names who or what only an attack told before has: die Bombe, der Attentäter
    another: bool  # an adjective says that it is one more
    marks: frozenset[str]
    updating: bool  # its sentence says that numbers were others before or are others now
    headline: bool  # its sentence ends without a full stop
    numbers: frozenset[int]


def worded(event: Told, syntax: Syntax) -> Wording:
    """Return how ``event`` is worded in the sentence of ``syntax``."""
    trigger, words = event.argued.trigger, syntax.words
    is_noun = trigger.chunk is not None and event.argued.entry.pos == "N"
    chunk = syntax.chunks[trigger.clause][trigger.chunk or 0] if is_noun else None
    clause, form, lemma = syntax.clauses[trigger.clause].words, words.lower[trigger.word], words.lemma[trigger.word].lower()
    adjectives, marks = _markers()
    near = range(_list_of(syntax, trigger.clause, chunk).begin, chunk.head) if chunk else _verb_adjectives(event, syntax)
    return Wording(
        noun=lemma if chunk else "",
        preposition=_preposition(syntax, trigger.clause, chunk) if chunk else "",
        plural=chunk is not None and _is_plural(chunk.readings, form, lemma),
        totalled=chunk is not None and _is_totalled(syntax, trigger.clause, chunk) and _is_plural(chunk.readings, form, lemma),
        possessive=chunk is not None and chunk.determiner is not None and words.tag[chunk.determiner] in OWNER_TAGS,
        told_means=chunk is None and event.kind in ASSAULTS and _names_told_means(syntax, trigger.clause, event.kind),
        another=any(words.lower[k].startswith(adjectives) for k in near),
        marks=frozenset(marks[words.lower[k]] for k in clause if words.lower[k] in marks),
        updating=any(marks.get(form) == "update" for form in words.lower),
        headline=words.text[-1] not in SENTENCE_ENDS,
        numbers=frozenset(n for k in range(len(words)) if words.tag[k] == "CARD" and (n := _telling_number(words.lower[k]))),
    )


def is_definite(words: SentenceWords, chunk: Chunk) -> bool:
    """Whether a definite article or demonstrative opens a noun phrase."""
    return chunk.determiner is not None and words.lower[chunk.determiner].startswith("d")


def _preposition(syntax: Syntax, clause: int, chunk: Chunk) -> str:
    """Return what stands before a noun or before the one that it is the genitive of: nach dem Bekanntwerden der Ermordung."""
    for _ in range(LONGEST_GENITIVE_CHAIN):
        if chunk.preposition is None and chunk.genitive_of is not None:
            chunk = syntax.chunks[clause][chunk.genitive_of]
    return chunk.preposition or ""


def _is_totalled(syntax: Syntax, clause: int, chunk: Chunk) -> bool:
    """Whether a phrase hangs on a noun of amount, over however many others, or opens a time: seit Beginn der Luftangriffe."""
    chunks, up = syntax.chunks[clause], chunk.follows
    if chunk.genitive_of is not None and chunks[chunk.genitive_of].preposition == "seit":
        return True
    for _ in range(LONGEST_GENITIVE_CHAIN):
        if up is None:
            return False
        if is_amount(syntax.words.lemma[chunks[up].head]):
            return True
        up = chunks[up].genitive_of if chunks[up].genitive_of is not None else chunks[up].follows
    return False


def _list_of(syntax: Syntax, clause: int, chunk: Chunk) -> Chunk:
    """Return the first member of the list that a noun phrase is in: weitere Schüsse und Explosionen."""
    return chunk if chunk.list_with is None else syntax.chunks[clause][chunk.list_with]


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the stems of adjectives that mark another event, and what other words mark."""
    rows = [(row["word"], row["what"]) for row in table("events/another.tsv")]
    return tuple(word for word, what in rows if what == "adjective"), {word: what for word, what in rows if what != "adjective"}


def _verb_adjectives(event: Told, syntax: Syntax) -> list[int]:
    """Return the adjectives of a verb's clause; behind a participle another verb may begin (getötet, weitere verletzt)."""
    words, trigger = syntax.words, event.argued.trigger
    end = trigger.word if words.tag[trigger.word] == "VVPP" else len(words)
    return [k for k in syntax.clauses[trigger.clause].words if words.tag[k] == "ADJA" and k < end]


def _names_told_means(syntax: Syntax, clause: int, kind: str) -> bool:
    """Whether a definite noun of a verb's clause is what an attack is made with, or who made it."""
    words, lexicon = syntax.words, load_event_lexicon()
    for chunk in syntax.chunks[clause]:
        whole = chunk.genitive_of is None and words.tag[chunk.begin - 1] != "PIS"  # einer der Angreifer
        if is_definite(words, chunk) and whole and chunk.preposition is None and words.tag[chunk.head] == "NN":
            lemma = words.lemma[chunk.head]
            if lexicon.is_a(lemma, "means") or (kind == "Bombing" and lexicon.is_a(lemma, "vehicle")):
                return True
    return False


def _is_plural(readings: frozenset[str], form: str, lemma: str) -> bool:
    """Whether a noun phrase is plural by its words, or by a form that no singular has (Angriffe; but Angriffs, den Toten)."""
    if form != lemma and not form.endswith("s") and form != lemma + "n":
        return True
    left = [reading for reading in readings if form == lemma or reading not in AS_THE_LEMMA]
    return bool(left) and all(reading[1] == "p" for reading in left)


@cache
def _telling_number(form: str) -> int | None:
    value = digits(form)
    found = int(value) if value is not None else load_numerals().word(form)
    return found if found is not None and found >= SMALLEST_TELLING_NUMBER else None
