"""HanTa's morphology, several times faster on a word form met for the first time; its readings and lemmas are the same.

HanTa asks for every stretch of a word and every class of morphemes how well they fit. Here a stretch is looked up once,
which gives the few classes it can have at all; what one that is no known morpheme may be is known by its ending, and it is
followed only where that may come out among the best.
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
OF_ANY_LENGTH = LONGEST_ENDING + 1  # the length of stretch from which on its whole ending counts
ENDINGS_KEPT = 20_000
FIRST_LETTERS = 4  # the characters that tell how long a morpheme may be
OPEN = (EMPTY, START)
NO_CLASSES: dict[int, float] = {}

ClassPair = tuple[int, int]  # the last two classes
Step = tuple[int, ClassPair, float]  # to which class, to which state, and how likely as a logarithm
Row = dict[ClassPair, float]  # how likely the best path to a state is, as a logarithm
Back = dict[ClassPair, tuple[ClassPair, int]]  # the state before on that path, and where its morpheme ends
Fits = dict[int, float]  # the classes that a stretch of a word may have, and how well it fits


@dataclass(frozen=True, slots=True)
class Steps:
    """How likely a class opens a word, and for each state inside it which classes follow, to which state, how likely.

    ``unknown`` is how likely the best of the latter is that an unknown morpheme may take.
    """

    opening: dict[int, tuple[ClassPair, float]]
    inner: dict[ClassPair, list[Step]]
    unknown: dict[ClassPair, float]


class Morphology(HanoverTagger):  # type: ignore[misc]  # HanTa has no types
    """The German model that HanTa ships; numbers stand for classes of morphemes, negative ones close a word."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._known = _by_morpheme(self.LP_m_t)
        self._open = [number for number in self.LP_hapax_t if number in self.LP_s_t]
        self._by_size = [self._fits_of_size(size) for size in range(LONGEST_MORPHEME + 1)]
        self._by_ending = {ending: self._fits_of_ending(ending) for ending in self.LP_s_t[self._open[0]]}  # the same for all
        best = {number: max(self.LP_s_t[number].values()) for number in self._open}
        self._best_guess = [max((fit + best[n] for n, fit in fits.items()), default=-math.inf) for fits in self._by_size]
        self._longest = _longest_by_first_letters(self._known)
        self._lemma_suffixes = cache(self._suffixes_of_lemmas)
        self._steps = cache(self._steps_to)
        self._within = lru_cache(maxsize=ENDINGS_KEPT)(self._fits_within)

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Return (tag, logarithm of its probability) of a word in small letters, the most likely first."""
        last: Row = {}
        for state, before in self._paths(word, self._steps(None), strict=False)[-1].items():
            for number, step in self.LP_trans_final.get(state, ()):
                if before + step > last.get((state[1], number), LOWEST):
                    last[state[1], number] = before + step
        tags: dict[int, float] = {}
        for (_, number), score in last.items():
            tags[-number] = float(logaddexp(tags[-number], score)) if -number in tags else score
        return sorted(tags.items(), key=lambda found: -found[1]) or [(UNKNOWN, 0)]

    def knows(self, word: str) -> bool:
        """Tell whether known morphemes make up a word in small letters: trinkwasser, but not tschirkel."""
        return bool(self._paths(word, self._steps(None), strict=True)[-1])

    def analyze_viterbi(self, word: str, targetpos: int) -> list[tuple[int, int]]:
        """Return (class, end) of every morpheme of a word in small letters that closes with ``targetpos``."""
        for strict in (True, False):  # unknown morphemes only where known ones don't make up the word
            back: list[Back] = [{} for _ in range(len(word) + 1)]
            closing: Row = {}
            for state, before in self._paths(word, self._steps(targetpos), strict, back)[-1].items():
                score = before + self.LP_trans.get(state, {}).get(targetpos, -math.inf)
                if score > LOWEST:
                    closing[state] = score
            if closing:
                best = max(_first_by_class(closing).values(), key=closing.__getitem__)
                return [*_followed(best, back), (targetpos, len(word) + 1)]
        return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]

    def _paths(self, word: str, steps: Steps, strict: bool, back: list[Back] | None = None) -> list[Row]:
        """Return the states that the word's beginnings of 0, 1, 2 ... characters may reach; leave in ``back`` how.

        Of those inside the word some are left out that are not worth following.
        """
        size = len(word)
        surely = size if strict else 2 if size >= 4 else 0  # a stretch of so many characters is a known morpheme or none
        endings = [] if strict else [self._within(word[max(end - LONGEST_ENDING, 0) : end]) for end in range(size + 1)]
        table = [{OPEN: 0.0}, *self._opened(word, steps, surely, endings)]
        bounds = [-math.inf] * size if strict else [*map(_bound, table[:-1])]
        bounds.append(-math.inf)  # at the end of the word all count
        if back is not None:
            back[:] = [dict.fromkeys(row, (OPEN, 0)) for row in table]
        for begin in range(1, size):
            best = _best(table[begin]) if table[begin] else ()
            states = [(state, before, steps.inner[state]) for state, before in best if state in steps.inner]
            if not states:
                continue
            unknown = max(before + steps.unknown[state] for state, before, _ in states)
            farthest = begin + self._longest.get(word[begin : begin + FIRST_LETTERS], FIRST_LETTERS - 1)
            for end in range(begin + 1, (min(farthest, size) if strict else size) + 1):
                known = self._known.get(word[begin:end], NO_CLASSES) if end <= farthest else NO_CLASSES
                length = end - begin if end - begin < LONGEST_MORPHEME else LONGEST_MORPHEME  # faster than min()
                guesses = NO_CLASSES
                if end - begin > surely and unknown + self._best_guess[length] >= bounds[end]:
                    guesses = endings[end][length if length < OF_ANY_LENGTH else OF_ANY_LENGTH]
                elif not known:
                    continue
                row, behind = table[end], None if back is None else back[end]
                _follow(states, known, guesses, self._by_size[length], begin, row, behind)
        return table

    def _opened(self, word: str, steps: Steps, surely: int, endings: list[tuple[Fits, ...]]) -> Iterator[Row]:
        """Yield the states that the first morpheme may reach, for each number of characters it may have."""
        opening, size = steps.opening, len(word)
        for end in range(1, size + 1):
            row: Row = {}
            if end > surely:
                sizes = self._by_size[min(end, LONGEST_MORPHEME)]
                whole = WHOLE_WORD if end == size else 0.0
                for number, fit in endings[end][min(end, OF_ANY_LENGTH)].items():
                    if number in opening and number in sizes:
                        state, step = opening[number]
                        row[state] = step + (sizes[number] + fit - whole)
            for number, fit in self._known.get(word[:end], NO_CLASSES).items():
                if number in opening:
                    state, step = opening[number]
                    row[state] = step + fit
            yield row

    def _steps_to(self, target: int | None) -> Steps:
        """Return the steps between morphemes, only those on a way to ``target`` unless it is None."""
        reachable = None if target is None else self.reachability.get(target, frozenset())
        found = {
            state: [(n, (state[1], n), step) for n, step in follow if reachable is None or n in reachable]
            for state, follow in self.LP_trans_nonfinal.items()
        }
        opening = {number: (state, step) for number, state, step in found.pop(OPEN)}
        inner = {state: follow for state, follow in found.items() if follow}
        unknown = {
            state: max((step for number, _, step in follow if number in self.LP_hapax_t), default=-math.inf)
            for state, follow in inner.items()
        }
        return Steps(opening, inner, unknown)

    def _fits_within(self, tail: str) -> tuple[Fits, ...]:
        """Return what stretches of 0, 1, 2 ... letters that end in ``tail`` may be by the longest ending that tells."""
        none = self._by_ending[""]
        found = [none, none]
        for letters in range(1, OF_ANY_LENGTH):
            found.append(self._by_ending.get(tail[-letters:], found[-1]))
        return tuple(found)

    def _fits_of_size(self, size: int) -> Fits:
        """Return the classes that unknown morphemes of a number of characters may have."""
        fits = {n: self.Int_t + self.LP_hapax_t[n] + self.LP_len_t[n][size] for n in self._open}
        return {number: fit for number, fit in fits.items() if fit > LOWEST}

    def _fits_of_ending(self, ending: str) -> Fits:
        """Return the classes that unknown morphemes of an ending may have; of most classes there are none."""
        return {number: fit for number in self._open if (fit := self.LP_s_t[number][ending]) > LOWEST}

    def makelemma(self, stem_morphemes: list[str], pos: str) -> str:
        """Return the lemma of a word whose stem is made of ``stem_morphemes``; ``pos`` is HanTa's name of its tag."""
        stem = "".join(stem_morphemes)
        suffixes, longest = self._lemma_suffixes(pos.split("(")[0])
        ending = "#" + stem
        found = next((suffixes[end] for n in range(min(longest, len(ending)), 0, -1) if (end := ending[-n:]) in suffixes), "")
        if self.tag2int.get(pos, 0) in self.capitalizedlemmata:
            stem = stem[0].upper() + stem[1:]
        return stem + found

    def _suffixes_of_lemmas(self, pos: str) -> tuple[dict[str, str], int]:
        """Return what lemmas of a part of speech end in, by the ending of the stem, and how long such an ending may be."""
        suffixes = self.lemmasuffixtable.get(pos) or {}
        return suffixes, max(map(len, suffixes), default=0)


@cache
def german_morphology() -> Morphology:
    """Return the model, which a process loads once."""
    return Morphology()


def _by_morpheme(fits: Mapping[int, Mapping[str, float]]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for number, morphemes in fits.items():
        for morpheme, fit in morphemes.items():
            found[morpheme][number] = fit
    return dict(found)


def _longest_by_first_letters(known: Mapping[str, object]) -> dict[str, int]:
    """Return how many characters known morphemes have at most, by their first ones."""
    longest: dict[str, int] = {}
    for morpheme in known:
        first = morpheme[:FIRST_LETTERS]
        longest[first] = max(longest.get(first, 0), len(morpheme))
    return longest


def _follow(
    states: list[tuple[ClassPair, float, list[Step]]],
    known: Fits,
    guesses: Fits,
    sizes: Fits,
    begin: int,
    row: Row,
    back: Back | None,
) -> None:
    """Go on from ``states`` over a stretch that begins at ``begin``; leave in ``row`` what that reaches, in ``back`` how."""
    for state, before, steps in states:
        for number, reached, step in steps:
            if number in known:
                score = before + step + known[number]
            elif number in guesses and number in sizes:
                score = before + step + (sizes[number] + guesses[number])
            else:
                continue
            if reached not in row or score > row[reached]:
                row[reached] = score
                if back is not None:
                    back[reached] = state, begin


def _best(row: Row) -> list[tuple[ClassPair, float]]:
    """Return the states worth following, in the order they were reached."""
    if len(row) <= MORPHEME_BEAM:
        return list(row.items())
    bound = _bound(row)
    return [(state, score) for state, score in row.items() if score >= bound]


def _bound(row: Row) -> float:
    """Return how likely a state must be to be worth following; it only rises as others are reached."""
    return sorted(row.values(), reverse=True)[MORPHEME_BEAM] - 1 if len(row) > MORPHEME_BEAM else -math.inf


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
