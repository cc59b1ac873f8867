"""Numbers of people and things with what they count: ``doc._.quantities``.

A quantity runs from the words that bound its number to the noun counted: "mindestens 18 Tote". "rund", "etwa",
"knapp" are taken as exact; "Dutzende" is 24 or more, "Hunderte" 200 or more, "mehrere" 3 or more. Measures, money,
lengths of time, ages, ordinals, and numbers inside a time expression are none; "ein" counts people only.
"""

from __future__ import annotations

from typing import Literal, cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.quantities.counts import CountLexicon, load_counts, read_bounded, starts_number
from kg.annotation.records import Bounds, Quantity, Timex, register_extensions
from kg.annotation.words.subtokens import DIGITS, Pieces, pieces_of
from kg.annotation.words.token_table import tokens_of
from kg.german.inflection import ADJECTIVE_ENDINGS
from kg.german.nouns import name_cues

CountedUnit = Literal["dead", "injured", "people", "things"]
ADJECTIVES_BEFORE_NOUN = 3  # words that may stand between a number and its noun
TOLL_REACH = 30  # pieces from "die Zahl der Toten" to its number
PASSIVE_REACH = 8  # pieces from "wurden" to "verletzt"
SYMBOLS = frozenset("%€$§£°#")
NUMBERING = frozenset(":/.-–§#+")


class Quantities:
    """Finds counted nouns; wants ``doc._.timexes`` set, so that no year is taken for a count."""

    def __init__(self, name: str, lexicon: CountLexicon) -> None:
        self.name = name
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quantities``."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Quantity, ...]:
        """Return the quantities of ``doc``, in text order, not overlapping each other."""
        pieces = pieces_of(tokens_of(doc))
        times = _begins_of_times(doc._.timexes)
        found: list[Quantity] = []
        index = 0
        for start, word in enumerate(pieces.words):
            if start < index or not starts_number(self.lexicon, word):
                continue
            if pieces.begins[start] in times:
                continue
            read = read_quantity(self.lexicon, pieces, start)
            if read is not None:
                index = read[0]
                found.append(read[1])
        return tuple(q for q in found if not _inside(q, times))

    def set_annotations(self, doc: Doc, quantities: tuple[Quantity, ...]) -> None:
        """Write what :meth:`match` found."""
        doc._.quantities = quantities


def _begins_of_times(timexes: tuple[Timex, ...]) -> frozenset[int]:
    return frozenset(at for timex in timexes for at in range(timex.begin, timex.end))


def _inside(quantity: Quantity, times: frozenset[int]) -> bool:
    return quantity.begin in times or quantity.end - 1 in times


def read_quantity(lexicon: CountLexicon, pieces: Pieces, start: int) -> tuple[int, Quantity] | None:
    """Read the quantity that begins at piece ``start``: where it ends, and the record."""
    if not _may_start(lexicon, pieces, start):
        return None
    read = read_bounded(lexicon, pieces, start)
    if read is None:
        return None
    if _is_preposition(lexicon, pieces, start, read[1]):
        return read_quantity(lexicon, pieces, start + 1)
    end, limits, article = read
    if _is_numbering(pieces, end):
        return None
    last, kind = _read_counted(lexicon, pieces, end) or _read_bare(lexicon, pieces, start, end)
    if any(at in pieces.firsts for at in range(start + 1, last + 1)):
        return None
    unit = _unit(kind, single=article or limits == Bounds(0, 0))
    if unit is None:
        return None
    return last + 1, Quantity(pieces.begins[start], pieces.ends[last], limits.low, limits.high, unit)


def _may_start(lexicon: CountLexicon, pieces: Pieces, start: int) -> bool:
    """Whether nothing before makes the number part of something else: 20:52, § 25, Tag 5."""
    if start == 0:
        return True
    before = pieces.words[start - 1]
    if pieces.words[start][0] not in DIGITS:
        return not lexicon.has("asking", before)  # wie viele Menschen starben
    if pieces.capital(start - 1) and lexicon.noun(before) == "measure" and not _counts_noun(pieces, start):
        return False
    return before not in SYMBOLS and not (before in NUMBERING and pieces.glued(start))


def _counts_noun(pieces: Pieces, start: int) -> bool:
    """Vergangene Woche 40 Holzfäller: a noun right behind a number is what it counts."""
    return start + 1 < len(pieces.words) and pieces.capital(start + 1)


def _is_numbering(pieces: Pieces, end: int) -> bool:
    """Whether a sign glued to the number makes it an ordinal, a time, a part of a word; a full stop does not."""
    if end >= len(pieces.words) or pieces.words[end] not in NUMBERING or not pieces.glued(end):
        return False
    return pieces.words[end] != "." or not (end + 1 == len(pieces.words) or end + 1 in pieces.firsts)


def _is_preposition(lexicon: CountLexicon, pieces: Pieces, start: int, limits: Bounds) -> bool:
    """Whether "über" is no comparison (über 80 Menschen) but a preposition (Kontrolle über drei Städte)."""
    if start == 0 or limits.low is None or not lexicon.has("preposition", pieces.words[start]):
        return False
    if lexicon.has("vague", pieces.words[start + 1]):
        return True
    if lexicon.has("governs", pieces.words[start - 1]):
        return True
    return (limits.low - 1) % 10 != 0 and pieces.capital(start - 1)


def _unit(kind: str, *, single: bool) -> CountedUnit | None:
    """Return the unit for a kind of noun; "ein" and "kein" count only people."""
    if kind == "measure" or (single and kind in ("things", "role")):
        return None
    return "people" if kind == "role" else cast(CountedUnit, kind)


def _read_counted(lexicon: CountLexicon, pieces: Pieces, at: int) -> tuple[int, str] | None:
    """Return the last piece of what is counted and its kind, past adjectives and "der", "von"; None for no noun."""
    at = _skip_partitive(lexicon, pieces, at)
    said: tuple[int, str] | None = None  # what an adjective or "weitere" says, should no noun follow
    for gap in range(at, min(at + ADJECTIVES_BEFORE_NOUN + 1, len(pieces.words))):
        word = pieces.words[gap]
        if _is_age(pieces, gap):
            continue
        if not word[0].isalpha():
            return (gap, "measure") if word in SYMBOLS else said
        if lexicon.noun(word) == "measure":
            return gap, "measure"
        if _is_noun(pieces, gap):
            return _noun_at(lexicon, pieces, gap, said[1] if said is not None else "role")
        condition = _condition(lexicon, word)
        if condition is not None:
            said = (gap, condition)
        if not word.endswith(ADJECTIVE_ENDINGS) or lexicon.has("stop", word):
            return said if said is not None and said[1] != "role" else _read_passive(lexicon, pieces, gap) or said
    return said


def _is_age(pieces: Pieces, at: int) -> bool:
    """Whether a piece is the number or the hyphen of ein 13-jähriges Mädchen."""
    number = at if pieces.words[at].isdecimal() else at - 1
    parts = pieces.words[number : number + 3]
    return len(parts) == 3 and parts[0].isdecimal() and parts[1] == "-" and parts[2].lower() in name_cues("aged")


def _read_passive(lexicon: CountLexicon, pieces: Pieces, at: int) -> tuple[int, str] | None:
    """Read "wurden verletzt" behind a number without a noun (120 wurden verletzt): the number's last piece and unit."""
    if not lexicon.has("passive", pieces.words[at]):
        return None
    for ahead in range(at + 1, min(at + PASSIVE_REACH, len(pieces.words))):
        condition = _condition(lexicon, pieces.words[ahead])
        if condition in ("dead", "injured"):
            return at - 1, condition
        if not pieces.words[ahead][0].isalnum():
            break
    return None


def _read_bare(lexicon: CountLexicon, pieces: Pieces, start: int, end: int) -> tuple[int, str]:
    """Return what a number counts that no noun follows: Dutzende kamen um, Tausende flohen are people."""
    in_such_numbers = start > 0 and pieces.words[start - 1] == "zu"  # zu Hunderten
    nominal = lexicon.has("set", pieces.words[end - 1]) and pieces.capital(end - 1)
    return (end - 1, "people") if nominal and not in_such_numbers else _read_toll(lexicon, pieces, start, end)


def _read_toll(lexicon: CountLexicon, pieces: Pieces, start: int, end: int) -> tuple[int, str]:
    """Return what a bare number counts of which the sentence before it has "die Zahl der Toten"; else no unit."""
    if start == 0 or not lexicon.has("tollto", pieces.words[start - 1]):
        return end - 1, "measure"
    for at in range(start - 2, max(-1, start - TOLL_REACH), -1):
        word = pieces.words[at]
        kind = "dead" if lexicon.has("deadtoll", word) else None
        if lexicon.has("toll", word) and lexicon.has("partitive", pieces.words[at + 1]):
            kind = lexicon.noun(pieces.words[at + 2])
        if kind is not None:
            return end - 1, kind if kind in ("dead", "injured", "people") else "measure"
        if at in pieces.firsts or word == ".":
            break
    return end - 1, "measure"


def _condition(lexicon: CountLexicon, word: str) -> str | None:
    """Return what a word in small letters says of the counted: dead, injured, or "role" for further ones."""
    kinds = {"deadword": "dead", "injuredword": "injured", "further": "role"}
    return next((unit for kind, unit in kinds.items() if lexicon.has(kind, word)), None)


def _is_noun(pieces: Pieces, index: int) -> bool:
    if pieces.capital(index):
        return True
    begin, end = pieces.begins[index], pieces.ends[index]
    text = pieces.text[begin:end]
    return "-" in text and text.rpartition("-")[2][:1].isupper()


def _noun_at(lexicon: CountLexicon, pieces: Pieces, index: int, said: str) -> tuple[int, str]:
    """Return the noun, which is the next piece where a name as adjective stands before it: 14 Berliner Polizisten."""
    kind = lexicon.noun(pieces.words[index])
    following = index + 1
    if kind in ("things", "role") and pieces.words[index].endswith("er") and following < len(pieces.words):
        next_kind = lexicon.noun(pieces.words[following])
        if next_kind != "things" and pieces.capital(following):
            return following, said if said != "role" else next_kind
    return index, said if said != "role" and kind in ("people", "role") else kind


def _skip_partitive(lexicon: CountLexicon, pieces: Pieces, at: int) -> int:
    """Skip "der" (zwei der Getöteten) and "von" (Dutzende von Toten; vier von fünf Brücken)."""
    if at >= len(pieces.words):
        return at
    if not (lexicon.has("partitive", pieces.words[at]) or lexicon.has("of", pieces.words[at])):
        return at
    if at + 1 < len(pieces.words) and starts_number(lexicon, pieces.words[at + 1]):
        whole = read_bounded(lexicon, pieces, at + 1)
        return whole[0] if whole is not None else at + 1
    return at + 1


@Language.factory("lagebild_quantities", requires=["token.is_sent_start", "doc._.timexes"], assigns=["doc._.quantities"])
def create(nlp: Language, name: str) -> Quantities:
    """Return the component ``lagebild_quantities``."""
    register_extensions()
    return Quantities(name, load_counts())
