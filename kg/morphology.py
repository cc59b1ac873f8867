"""HanTa's morphology, several times faster on a word form met for the first time; its readings and lemmas are the same.

HanTa asks for every stretch of a word and every class of morphemes how well they fit. Here a stretch is looked up once,
which gives the few classes it can have at all, and what a stretch that is no known morpheme may be is kept by its ending.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache

from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger
from numpy import logaddexp

MODEL = "morphmodel_ger.pgz"
BEAM = 3  # states followed from one morpheme to the next, as in HanTa
LOWEST = -1e6  # a logarithm below this is no probability
WHOLE_WORD = 4.6  # what it costs to take a whole word for one unknown morpheme
ENDINGS_KEPT = 50_000
STRETCHES_LONGEST = 24  # characters; HanTa knows lengths up to this

State = tuple[int, int]
Row = dict[State, float]
Back = dict[State, tuple[State, int]]
Fits = Mapping[int, float]


class Morphology(HanoverTagger):  # type: ignore[misc]  # HanTa has no types
    """The German model that HanTa ships; numbers stand for classes of morphemes, negative ones close a word."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._guesses = lru_cache(maxsize=ENDINGS_KEPT)(self._guessed)

    @cached_property
    def _known(self) -> dict[str, dict[int, float]]:
        """The classes of every known morpheme, with the logarithm of how likely it is in each."""
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for number, morphemes in self.LP_m_t.items():
            for morpheme, fit in morphemes.items():
                found[morpheme][number] = fit
        return dict(found)

    @cached_property
    def _open(self) -> list[int]:
        return [number for number in self.LP_hapax_t if number in self.LP_s_t]

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Return (tag, logarithm of its probability) of a word in small letters, the most likely first."""
        table: list[Row] = [{(EMPTY, START): 0.0}, *({} for _ in word)]
        for begin in range(len(word)):
            rows = [(end, fits) for end, fits in self._stretches(word, begin, strict=False) if fits]
            for state, before in _best(table[begin]):
                follow = self.LP_trans_nonfinal.get(state, ())
                for end, fits in rows:
                    row = table[end]
                    for number, step in follow:
                        if (fit := fits.get(number)) is not None:
                            score = before + step + fit
                            following = (state[1], number)
                            if score > row.get(following, LOWEST):
                                row[following] = score
        return self._readings(table[-1])

    def _readings(self, row: Row) -> list[tuple[int, float]]:
        last: Row = {}
        for state, before in row.items():
            for number, step in self.LP_trans_final.get(state, ()):
                score, following = before + step, (state[1], number)
                if score > last.get(following, LOWEST):
                    last[following] = score
        tags: dict[int, float] = {}
        for (_, number), score in last.items():
            tags[-number] = logaddexp(tags[-number], score) if -number in tags else score
        return sorted(tags.items(), key=lambda found: -found[1]) or [(UNKNOWN, 0)]

    def analyze_viterbi(self, word: str, targetpos: int) -> list[tuple[int, int]]:
        """Return (class, end) of every morpheme of a word in small letters that closes with ``targetpos``."""
        for strict in (True, False):  # unknown morphemes only where known ones don't make up the word
            table, back = self._paths(word, targetpos, strict)
            if table[-1]:
                best = max(table[-1], key=table[-1].__getitem__)
                return _followed(best, back)
        return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]

    def _paths(self, word: str, target: int, strict: bool) -> tuple[list[Row], list[Back]]:
        table: list[Row] = [{(EMPTY, START): 0.0}, *({} for _ in range(len(word) + 1))]
        back: list[Back] = [{} for _ in table]
        for begin in range(len(word)):
            rows = [(end, fits) for end, fits in self._stretches(word, begin, strict) if fits]
            for state, before in _best(table[begin]) if rows else ():
                follow = self._follow(state, target)
                for end, fits in rows:
                    row = table[end]
                    for number, step in follow:
                        if (fit := fits.get(number)) is not None:
                            score = before + step + fit
                            following = (state[1], number)
                            if score > row.get(following, LOWEST):
                                row[following] = score
                                back[end][following] = state, begin
        for state, before in table[-2].items():
            step = self.LP_trans.get(state, {}).get(target, -math.inf)
            if before + step > table[-1].get((state[1], target), LOWEST):
                table[-1][state[1], target] = before + step
                back[-1][state[1], target] = state, len(word)
        return table, back

    def _follow(self, state: State, target: int) -> list[tuple[int, float]]:
        reachable = self.reachability.get(target, frozenset())
        return [found for found in self.LP_trans_nonfinal.get(state, ()) if found[0] in reachable]

    def _stretches(self, word: str, begin: int, strict: bool) -> list[tuple[int, Fits]]:
        ends = range(begin + 1, len(word) + 1)
        if strict:
            return [(end, self._known.get(word[begin:end], {})) for end in ends]
        return [(end, self._fits(word[begin:end], len(word))) for end in ends]

    def _fits(self, stretch: str, length: int) -> Fits:
        """Return the classes that a stretch of a word of ``length`` characters may have, known or guessed."""
        known, size = self._known.get(stretch), len(stretch)
        if size <= 2 and length >= 4:
            return known or {}
        guesses = self._guesses(stretch[-4:], min(size, STRETCHES_LONGEST), size == length)
        return {**guesses, **known} if known else guesses

    def _guessed(self, ending: str, size: int, whole: bool) -> Fits:
        """Return the classes of an unknown morpheme by its last four characters and its number of characters."""
        guesses = {}
        for number in self._open:
            by_ending = self.LP_s_t[number]
            tails = (ending[-n:] for n in (4, 3, 2, 1) if size > n and ending[-n:] in by_ending)
            fit = by_ending[next(tails, "")]
            guess = self.Int_t + self.LP_hapax_t[number] + self.LP_len_t[number][size] + fit
            guess -= WHOLE_WORD if whole else 0
            if guess > LOWEST:
                guesses[number] = guess
        return guesses


def _best(row: Row) -> list[tuple[State, float]]:
    """Return the states worth following, in the order they were reached."""
    bound = sorted(row.values(), reverse=True)[BEAM] - 1 if len(row) > BEAM else LOWEST
    return [(state, score) for state, score in row.items() if score >= bound]


def _followed(state: State, back: list[Back]) -> list[tuple[int, int]]:
    """Return the path that ends in ``state``, from its first morpheme on."""
    path: list[tuple[int, int]] = []
    at = len(back) - 1
    while at > 0:
        path.append((state[1], at))
        state, at = back[at][state]
    return path[::-1]
