"""Numbers of German news with what bounds them: mindestens 18, mehr als tausend, zwei Dutzend, 3,5 Millionen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kg.annotation.records import Bounds
from kg.annotation.words.subtokens import DIGITS, Pieces
from kg.german.compounds import last_parts
from kg.german.numerals import Numerals, digits, load_numerals
from kg.german.people import is_people
from kg.german.punctuation import DASHES
from kg.resources import table

REMEMBERED_WORDS = 50_000  # word forms
LONGEST_BOUND = 6  # words before a number
MOST_SCALES = 3  # zwei Dutzend Millionen
GREATEST = 10**10  # more than there are people
BOUND_KINDS = frozenset(("atleast", "morethan", "atmost", "lessthan", "about"))
NUMBER_KINDS = ("set", "scale", "vague", "none", "article", "halves", "between")
NOUN_KINDS = ("dead", "injured", "people", "role", "measure")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that ends before piece ``end``: both bounds equal, or open above ("Dutzende")."""

    end: int
    low: int
    high: int | None
    article: bool = False  # "ein", which may be no number at all


@dataclass(frozen=True, slots=True)
class CountLexicon:
    """The words of ``quantities/quantities.tsv`` by kind, and the numerals; remembers what kind of noun a compound is."""

    forms: Mapping[str, Mapping[str, int]]  # kind -> word -> value
    bounds: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word -> (all words, kind), longest first
    endings: Mapping[str, str]  # last part of a compound -> the kind of noun that it makes
    longest_ending: int
    numerals: Numerals
    starters: frozenset[str]
    nouns: dict[str, str] = field(default_factory=dict)
    words: dict[str, int | None] = field(default_factory=dict)

    def has(self, kind: str, word: str) -> bool:
        """Whether the word stands in the table as of that kind."""
        return word in self.forms[kind]

    def noun(self, word: str) -> str:
        """Return what a noun in lower case counts: dead, injured, people, role, measure; else things."""
        found = self.nouns.get(word)
        if found is None:
            if len(self.nouns) >= REMEMBERED_WORDS:
                self.nouns.clear()
            found = self.nouns[word] = self._classify(word)
        return found

    def number_word(self, word: str) -> int | None:
        """Return the number that a word names (zwölf, eintausendzweihundert)."""
        if word not in self.words:
            if len(self.words) >= REMEMBERED_WORDS:
                self.words.clear()
            self.words[word] = self.numerals.word(word) if word.isalpha() else None
        return self.words[word]

    def _classify(self, word: str) -> str:
        for kind in NOUN_KINDS:
            if word in self.forms[kind]:
                return kind
        known = next((self.endings[part] for part in last_parts(word, self.longest_ending) if part in self.endings), None)
        return known or ("role" if is_people(word) else "things")


def load_counts() -> CountLexicon:
    """Read ``quantities/quantities.tsv`` and ``german/numbers.tsv``."""
    forms: dict[str, dict[str, int]] = {kind: {} for kind in NOUN_KINDS}
    bounds: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    endings: dict[str, str] = {}
    for row in table("quantities/quantities.tsv"):
        form, kind = row["form"].removeprefix("*"), row["kind"]
        value = int(row["value"]) if row["value"].isdecimal() else 0
        forms.setdefault(kind, {})[form] = value
        if row["form"].startswith("*"):
            endings.setdefault(form, kind)
        if kind in BOUND_KINDS:
            words = tuple(form.split())
            bounds.setdefault(words[0], []).append((words, kind))
    numeric = {word for kind in NUMBER_KINDS for word in forms[kind]}
    return CountLexicon(
        forms=forms,
        bounds={first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in bounds.items()},
        endings=endings,
        longest_ending=max(map(len, endings)),
        numerals=load_numerals(),
        starters=frozenset(numeric | set(bounds)),
    )


def starts_number(lexicon: CountLexicon, word: str) -> bool:
    """Whether a number, or what bounds one, may begin with this word."""
    return word in lexicon.starters or word[0] in DIGITS or lexicon.number_word(word.removesuffix("-")) is not None


def read_bounded(lexicon: CountLexicon, pieces: Pieces, index: int) -> tuple[int, Bounds, bool] | None:
    """Read a number with the words that bound it: where it ends, the bounds, and whether it is only an article."""
    if lexicon.has("between", pieces.words[index]):
        return _read_between(lexicon, pieces, index)
    kind, at = read_bound(lexicon, pieces, index)
    if (cut := _read_cut(lexicon, pieces, at)) is not None:
        return cut
    number = read_count(lexicon, pieces, at)
    if number is None:
        return None
    last = _read_upper(lexicon, pieces, number) or (_read_limit(lexicon, pieces, number) if kind == "atleast" else None)
    if last is not None:
        return last.end, Bounds(number.low, last.high), False
    return number.end, bound(number, kind), number.article


def _read_between(lexicon: CountLexicon, pieces: Pieces, index: int) -> tuple[int, Bounds, bool] | None:
    first = read_count(lexicon, pieces, index + 1)
    if first is None or first.end >= len(pieces.words) or not lexicon.has("and", pieces.words[first.end]):
        return None
    second = read_count(lexicon, pieces, first.end + 1)
    if second is None or second.high is None or first.low >= second.high:
        return None
    return second.end, Bounds(first.low, second.high), False


def _read_upper(lexicon: CountLexicon, pieces: Pieces, number: Number) -> Number | None:
    """Read ``bis 30``, ``oder vier``, ``-30`` behind a number."""
    if number.end >= len(pieces.words) or number.article:
        return None
    word = pieces.words[number.end]
    if not lexicon.has("to", word) and word not in DASHES:
        return None
    upper = read_count(lexicon, pieces, number.end + 1)
    return upper if upper is not None and upper.high is not None and upper.high > number.low else None


def _read_cut(lexicon: CountLexicon, pieces: Pieces, index: int) -> tuple[int, Bounds, bool] | None:
    """Read ``drei- bis viertausend``: the first number leaves its scale to the second."""
    first, to, word = (*pieces.words[index : index + 3], "", "", "")[:3]
    low = lexicon.number_word(first[:-1]) if first.endswith("-") else None
    if low is None or not lexicon.has("to", to) or (upper := read_count(lexicon, pieces, index + 2)) is None:
        return None
    low *= next((value for name, value in lexicon.forms["scale"].items() if word.endswith(name)), 1)
    return (upper.end, Bounds(low, upper.high), False) if upper.high is not None and low < upper.high else None


def _read_limit(lexicon: CountLexicon, pieces: Pieces, number: Number) -> Number | None:
    """Read ``, höchstens aber 200`` behind a number with a lower bound."""
    at = number.end + (pieces.words[number.end : number.end + 1] == [","])
    kind, at = read_bound(lexicon, pieces, at)
    at += at < len(pieces.words) and lexicon.has("but", pieces.words[at])
    upper = read_count(lexicon, pieces, at) if kind == "atmost" else None
    return upper if upper is not None and upper.high is not None and upper.high > number.low else None


def read_bound(lexicon: CountLexicon, pieces: Pieces, index: int) -> tuple[str, int]:
    """Read the words before a number: what bound they set ("about" for none) and where the number begins."""
    kind, last = "about", index + LONGEST_BOUND
    while index < min(last, len(pieces.words)):
        for words, named in lexicon.bounds.get(pieces.words[index], ()):
            if tuple(pieces.words[index : index + len(words)]) == words:
                kind = named if named != "about" else kind
                index += len(words)
                break
        else:
            break
    return kind, index


def bound(number: Number, kind: str) -> Bounds:
    """Return the limits that the words before it give a number; about, rund, knapp count as exact."""
    limits = {
        "atleast": Bounds(number.low, None),
        "morethan": Bounds(number.low + (number.high is not None), None),
        "atmost": Bounds(None, number.high),
        "lessthan": Bounds(None, number.high - 1 if number.high else number.high),
    }
    return limits.get(kind, Bounds(number.low, number.high))


def read_count(lexicon: CountLexicon, pieces: Pieces, index: int) -> Number | None:
    """Read a number without its bounds: 25.000, zwölf, 3,5 Millionen, zwei Dutzend, mehrere hundert, Dutzende."""
    if index >= len(pieces.words):
        return None
    word = pieces.words[index]
    forms = lexicon.forms
    if word in forms["set"]:
        return Number(index + 1, forms["set"][word], None)
    if word in forms["vague"]:
        return _scaled_vague(lexicon, pieces, index, forms["vague"][word])
    if word in forms["article"] and index + 1 < len(pieces.words):
        return _article(lexicon, pieces, index)
    if word in forms["none"]:
        return Number(index + 1, 0, 0)
    if word in forms["halves"]:
        return _scaled(lexicon, pieces, index + 1, Fraction(forms["halves"][word], 2))
    if word[0] in DIGITS:
        value, end = _digits(pieces, index)
        return None if value is None else _scaled(lexicon, pieces, end, value)
    named = lexicon.number_word(word)
    return None if named is None else _scaled(lexicon, pieces, index + 1, Fraction(named))


def _digits(pieces: Pieces, index: int) -> tuple[Fraction | None, int]:
    """Return the value of digits, also with a space between thousands (25 000)."""
    value = digits(pieces.words[index])
    following = pieces.words[index + 1] if index + 1 < len(pieces.words) else ""
    if value is not None and 0 < value < 1000 and len(following) == 3 and following.isdecimal() and following.isascii():
        return value * 1000 + int(following), index + 2
    return value, index + 1


def _article(lexicon: CountLexicon, pieces: Pieces, index: int) -> Number | None:
    """Read ``ein``, ``ein Dutzend``, ``ein paar hundert``, ``eine halbe Million``."""
    following, third = (*pieces.words[index + 1 : index + 3], "")[:2]
    if lexicon.has("vague", following):
        return read_count(lexicon, pieces, index + 1)
    if lexicon.has("half", following) and lexicon.has("scale", third):
        return _scaled(lexicon, pieces, index + 2, Fraction(1, 2))
    number = _scaled(lexicon, pieces, index + 1, Fraction(1))
    return number and Number(number.end, number.low, number.high, article=number.end == index + 1)


def _scaled(lexicon: CountLexicon, pieces: Pieces, end: int, value: Fraction) -> Number | None:
    """Multiply by the Dutzend, Tausend, Millionen that follow; None where no whole number comes out."""
    last = min(end + MOST_SCALES, len(pieces.words))
    while end < last and lexicon.has("scale", pieces.words[end]):
        value *= lexicon.forms["scale"][pieces.words[end]]
        end += 1
    return Number(end, int(value), int(value)) if value.denominator == 1 and value <= GREATEST else None


def _scaled_vague(lexicon: CountLexicon, pieces: Pieces, index: int, low: int) -> Number:
    """Read a vague number: of hundreds and dozens only two are certain."""
    following = pieces.words[index + 1] if index + 1 < len(pieces.words) else ""
    if lexicon.has("scale", following):
        return Number(index + 2, 2 * lexicon.forms["scale"][following], None)
    return Number(index + 1, low, None)
