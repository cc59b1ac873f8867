"""HanTa's morphology, several times faster on a word form met for the first time; its readings and lemmas are the same.

HanTa asks for every stretch of a word and every class of morphemes how well they fit. Here a stretch is looked up once,
which gives the few classes it can have at all, and what a stretch that is no known morpheme may be is kept by its ending.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger
from numpy import logaddexp

MODEL = "morphmodel_ger.pgz"
MORPHEME_BEAM = 3  # states followed from one morpheme to the next, as in HanTa
LOWEST = -1e6  # a logarithm below this is no probability
WHOLE_WORD = 4.6  # what it costs to take a whole word for one unknown morpheme
LONGEST_MORPHEME = 24  # characters of a morpheme; HanTa keeps no count of longer ones
LONGEST_ENDING = 4
STRETCHES_KEPT = 20_000
OPEN = (EMPTY, START)
NO_CLASSES: dict[int, float] = {}

ClassPair = tuple[int, int]  # the last two classes
Row = dict[ClassPair, float]  # how likely the best path to a state is, as a logarithm
Back = dict[ClassPair, tuple[ClassPair, int]]  # the state before on that path, and where its morpheme ends
Fits = dict[int, float]  # the classes that a stretch of a word may have, and how well it fits


@dataclass(frozen=True, slots=True)
class Steps:
    """How likely a class opens a word, and for each state inside it which classes follow, to which state, how likely.

    After ``unsure`` states an unknown morpheme may follow.
    """

    opening: dict[int, float]
    inner: dict[ClassPair, list[tuple[int, ClassPair, float]]]
    unsure: frozenset[ClassPair]


class Morphology(HanoverTagger):  # type: ignore[misc]  # HanTa has no types
    """The German model that HanTa ships; numbers stand for classes of morphemes, negative ones close a word."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._known = _by_morpheme(self.LP_m_t)
        self._open = [number for number in self.LP_hapax_t if number in self.LP_s_t]
        self._endings = frozenset(self.LP_s_t[self._open[0]])  # the same for all of them
        self._steps = cache(self._steps_to)
        self._guesses = cache(self._guessed)  # bounded by the endings that the model knows
        self._fits = lru_cache(maxsize=STRETCHES_KEPT)(self._known_or_guessed)

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Return (tag, logarithm of its probability) of a word in small letters, the most likely first."""
        table, _ = self._paths(word, self._steps(None), strict=False)
        last: Row = {}
        for state, before in table[-1].items():
            for number, step in self.LP_trans_final.get(state, ()):
                if before + step > last.get((state[1], number), LOWEST):
                    last[state[1], number] = before + step
        tags: dict[int, float] = {}
        for (_, number), score in last.items():
            tags[-number] = logaddexp(tags[-number], score) if -number in tags else score
        return sorted(tags.items(), key=lambda found: -found[1]) or [(UNKNOWN, 0)]

    def analyze_viterbi(self, word: str, targetpos: int) -> list[tuple[int, int]]:
        """Return (class, end) of every morpheme of a word in small letters that closes with ``targetpos``."""
        for strict in (True, False):  # unknown morphemes only where known ones don't make up the word
            table, back = self._paths(word, self._steps(targetpos), strict)
            closing: Row = {}
            for state, before in table[-1].items():
                score = before + self.LP_trans.get(state, {}).get(targetpos, -math.inf)
                if score > LOWEST:
                    closing[state] = score
            if closing:
                best = max(_first_by_class(closing).values(), key=closing.__getitem__)
                return [*_followed(best, back), (targetpos, len(word) + 1)]
        return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]

    def _paths(self, word: str, steps: Steps, strict: bool) -> tuple[list[Row], list[Back]]:
        """Return the states that the word's beginnings of 0, 1, 2 ... characters may reach, and how they were reached."""
        table: list[Row] = [{OPEN: 0.0}, *self._opened(word, steps.opening, strict)]
        back: list[Back] = [dict.fromkeys(row, (OPEN, 0)) for row in table]
        inner, known, size = steps.inner, self._known, len(word)
        least = 2 if size >= 4 else 0  # characters up to which a stretch is surely a known morpheme
        for begin in range(1, size):
            states = [(state, score, inner[state]) for state, score in _best(table[begin]) if state in inner]
            sure = size if strict or steps.unsure.isdisjoint(state for state, _, _ in states) else least
            for end in range(begin + 1, size + 1) if states else ():
                stretch = word[begin:end]
                fits = known.get(stretch) if end - begin <= sure else self._any(stretch)
                if not fits:
                    continue
                row = table[end]
                for state, before, follow in states:
                    for number, reached, step in follow:
                        if number in fits:
                            score = before + step + fits[number]
                            if reached not in row or score > row[reached]:
                                row[reached] = score
                                back[end][reached] = state, begin
        return table, back

    def _opened(self, word: str, opening: dict[int, float], strict: bool) -> Iterator[Row]:
        """Yield the states that the first morpheme may reach, for each number of characters it may have."""
        for end in range(1, len(word) + 1):
            fits = self._fitting(word, 0, end, strict)
            yield {(START, n): opening[n] + fit for n, fit in fits.items() if n in opening}

    def _fitting(self, word: str, begin: int, end: int, strict: bool) -> Fits:
        """Return the classes that a stretch of ``word`` may have; ``strict``: only what is known of it."""
        stretch = word[begin:end]
        if strict or (end - begin <= 2 and len(word) >= 4):
            return self._known.get(stretch, NO_CLASSES)
        return self._any(stretch, end - begin == len(word))

    def _steps_to(self, target: int | None) -> Steps:
        """Return the steps between morphemes, only those on a way to ``target`` unless it is None."""
        reachable = None if target is None else self.reachability.get(target, frozenset())
        found = {
            state: [(n, (state[1], n), step) for n, step in follow if reachable is None or n in reachable]
            for state, follow in self.LP_trans_nonfinal.items()
        }
        opening = {number: step for number, _, step in found.pop(OPEN)}
        inner = {state: follow for state, follow in found.items() if follow}
        unsure = frozenset(state for state, follow in inner.items() if any(n in self.LP_hapax_t for n, _, _ in follow))
        return Steps(opening, inner, unsure)

    def _any(self, stretch: str, whole: bool = False) -> Fits:
        """Return the classes that a stretch, or a ``whole`` word, is known to have or may have by its ending."""
        if stretch in self._known:
            return self._fits(stretch, whole)
        return self._guesses(self._ending(stretch), min(len(stretch), LONGEST_MORPHEME), whole)

    def _known_or_guessed(self, stretch: str, whole: bool) -> Fits:
        guesses = self._guesses(self._ending(stretch), min(len(stretch), LONGEST_MORPHEME), whole)
        return {**guesses, **self._known[stretch]}

    def _ending(self, stretch: str) -> str:
        """Return the longest ending of a stretch that tells of its class."""
        for letters in range(min(LONGEST_ENDING, len(stretch) - 1), 0, -1):
            if stretch[-letters:] in self._endings:
                return stretch[-letters:]
        return ""

    def _guessed(self, ending: str, size: int, whole: bool) -> Fits:
        """Return the classes of an unknown morpheme by its ending and its number of characters."""
        guesses = {}
        for number in self._open:
            guess = self.Int_t + self.LP_hapax_t[number] + self.LP_len_t[number][size] + self.LP_s_t[number][ending]
            if guess > LOWEST:
                guesses[number] = guess - WHOLE_WORD if whole else guess
        return guesses


def _by_morpheme(fits: Mapping[int, Mapping[str, float]]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for number, morphemes in fits.items():
        for morpheme, fit in morphemes.items():
            found[morpheme][number] = fit
    return dict(found)


def _best(row: Row) -> list[tuple[ClassPair, float]]:
    """Return the states worth following, in the order they were reached."""
    bound = sorted(row.values(), reverse=True)[MORPHEME_BEAM] - 1 if len(row) > MORPHEME_BEAM else LOWEST
    return [(state, score) for state, score in row.items() if score >= bound]


def _first_by_class(closing: Row) -> dict[int, ClassPair]:
    """Return of the states with the same last class the likeliest, which HanTa takes for one."""
    found: dict[int, ClassPair] = {}
    for state, score in closing.items():
        if state[1] not in found or score > closing[found[state[1]]]:
            found[state[1]] = state
    return found


def _followed(state: ClassPair, back: list[Back]) -> list[tuple[int, int]]:
    """Return the path that ends in ``state``, from its first morpheme on."""
    path: list[tuple[int, int]] = []
    at = len(back) - 1
    while at > 0:
        path.append((state[1], at))
        state, at = back[at][state]
    return path[::-1]
