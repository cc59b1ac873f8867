"""What the readers of time expressions read from (Line), count from (Now) and give back (Found)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.annotation.times.calendar import Span
from kg.annotation.times.lexicon import TimeLexicon, TimeWord
from kg.annotation.words.subtokens import Pieces

CLAUSE_BOUNDS = frozenset(',;:!?()„“”"»«–')
CLAUSE_REACH = 40  # pieces to either side that are searched for signs of the future
BULLETS = ("-", "–", "•", "*", "·")
SKIPPED = 6  # articles and adverbs in a row that a reader passes over
FIRST_REACH = 2  # pieces from "seit" back to the superlative
SHORTEST_SUPERLATIVE = 5  # letters
NOTHING = TimeWord("")
INTRODUCTIONS = frozenset(("since", "until", "before", "after", "between", "startingat", "in", "to")) | frozenset(
    ("offset", "anchored", "dayadjective", "shade", "about")
)


@dataclass(frozen=True, slots=True)
class Now:
    """What relative expressions count from: the publication day, and the days that the text last spoke of."""

    published: date | None
    anchor: Span | None = None
    of_noun: bool = False  # the anchor only says of which day something is: die Anschläge vom 13. November
    ahead: bool | None = None  # set where a preposition has decided whether bare days are past or to come
    joined: bool = False  # behind a joint, where a bare day needs no other introduction
    heading: Span | None = None  # the day that stands in a line of its own
    day: Span | None = None  # the last stretch of few days that the text spoke of
    story: Span | None = None  # the days that the text last gave with their year
    story_end: int = 0  # piece behind them


@dataclass(frozen=True, slots=True)
class Found:
    """An expression that ends before piece ``end``. ``span`` is None where it was understood but names no days.

    ``floating`` marks what was placed by the publication day alone (im Juli, am Freitag). ``anchor`` are the days
    that later expressions count from, where it is not the span itself; ``fleeting`` ones leave no anchor.
    """

    end: int
    span: Span | None
    floating: bool = False
    anchor: Span | None = None
    fleeting: bool = False


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The pieces of a text with the entry of each."""

    pieces: Pieces
    entries: list[TimeWord]
    lexicon: TimeLexicon

    def is_first_since(self, index: int) -> bool:
        """Whether there was nothing like it before: erstmals seit 2011; der schwerste Anschlag seit 2004."""
        if index < FIRST_REACH or self.kind(index - 1) == "first":
            return index > 0 and self.kind(index - 1) == "first"
        adjective = self.pieces.words[index - FIRST_REACH]
        superlative = len(adjective) > SHORTEST_SUPERLATIVE and adjective.rstrip("nrs").endswith("ste")
        return superlative and self.pieces.capital(index - 1)

    def entry(self, index: int) -> TimeWord:
        """Return the entry of a piece, an empty one for other words and beyond the ends."""
        return self.entries[index] if 0 <= index < len(self.entries) else NOTHING

    def kind(self, index: int) -> str:
        """Return the kind of a piece's entry, "" for other words."""
        return self.entries[index].kind if 0 <= index < len(self.entries) else ""

    def word(self, index: int) -> str:
        """Return a piece in lower case, "" beyond the ends."""
        words = self.pieces.words
        return words[index] if 0 <= index < len(words) else ""

    def opens_entry(self, index: int) -> bool:
        """Whether a piece is the first of the text, of a sentence or of a line, perhaps behind a bullet."""
        if index == 0 or index in self.pieces.firsts or self.word(index - 1) in BULLETS:
            return True
        return "\n" in self.pieces.text[self.pieces.ends[index - 1] : self.pieces.begins[index]]

    def follows(self, end: int, index: int) -> bool:
        """Whether ``index`` stands in the sentence of the piece before ``end``, or in the next."""
        return sum(at in self.pieces.firsts for at in range(end, index + 1)) <= 1

    def skip(self, index: int, *kinds: str) -> int:
        """Return the first index from ``index`` on whose piece is of none of these kinds."""
        last = index + SKIPPED
        while index < last and self.kind(index) in kinds:
            index += 1
        return index

    def dotted(self, index: int) -> bool:
        """Whether a number with its ordinal dot stands here."""
        entry = self.entry(index)
        if entry.kind != "digits" or len(entry.text) > 2:
            return False
        return self.word(index + 1) == "." and self.pieces.glued(index + 1)

    def introduced(self, index: int) -> bool:
        """Whether the word before lets a bare day, month or season be one, not a surname or a paper's title."""
        before = self.entry(index - 1)
        if before.kind == "at":
            return self.kind(index - 2) != "paper"
        if before.kind == "from":
            return self.kind(index + 1) in ("until", "to")
        return before.kind in INTRODUCTIONS or (before.kind == "article" and before.text == "oblique")

    def looks_ahead(self, index: int) -> bool:
        """Whether the clause around speaks of the future: an auxiliary of it and no sign of the past."""
        kinds = set(self._clause_kinds(index))
        return "ahead" in kinds and "behind" not in kinds

    def looks_back(self, index: int) -> bool:
        """Whether the clause around has a sign of the past."""
        return "behind" in self._clause_kinds(index)

    def _clause_kinds(self, index: int) -> Iterator[str]:
        """Yield the kinds of the words around ``index`` up to where its clause ends."""
        for at in range(index - 1, max(-1, index - CLAUSE_REACH), -1):
            if at + 1 in self.pieces.firsts or self._bounds_clause(at):
                break
            yield self.entries[at].kind
        for at in range(index, min(len(self.entries), index + CLAUSE_REACH)):
            if at > index and (at in self.pieces.firsts or self._bounds_clause(at)):
                break
            yield self.entries[at].kind

    def _bounds_clause(self, at: int) -> bool:
        word = self.pieces.words[at]
        return word in CLAUSE_BOUNDS or (word == "." and not self.dotted(at - 1))


def ahead(line: TimeLine, index: int, now: Now) -> bool:
    """Whether a bare day at ``index`` is one to come."""
    return line.looks_ahead(index) if now.ahead is None else now.ahead
