"""HanTa's morphology, several times faster on a word form met for the first time; its readings and lemmas are the same.

HanTa asks for every stretch of a word and every class of morphemes how well they fit. Here a stretch is looked up once,
which gives the few classes it can have at all; what one that is no known morpheme may be is kept by its ending, and it is
followed only from where an unknown one may stand.
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
STRETCHES_KEPT = 20_000
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

    ``unknown`` are those of ``inner`` that an unknown morpheme may take.
    """

    opening: dict[int, tuple[ClassPair, float]]
    inner: dict[ClassPair, list[Step]]
    unknown: dict[ClassPair, list[Step]]


class Morphology(HanoverTagger):  # type: ignore[misc]  # HanTa has no types
    """The German model that HanTa ships; numbers stand for classes of morphemes, negative ones close a word."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._known = _by_morpheme(self.LP_m_t)
        self._open = [number for number in self.LP_hapax_t if number in self.LP_s_t]
        self._endings = frozenset(self.LP_s_t[self._open[0]])  # the same for all of them
        self._by_size = [
            {number: self.Int_t + self.LP_hapax_t[number] + self.LP_len_t[number][size] for number in self._open}
            for size in range(LONGEST_MORPHEME + 1)
        ]
        self._by_ending = cache(self._fits_of_ending)
        self._lemma_suffixes = cache(self._suffixes_of_lemmas)
        self._steps = cache(self._steps_to)
        self._guesses = cache(self._guessed)  # bounded by the endings that the model knows
        self._within = lru_cache(maxsize=STRETCHES_KEPT)(self._endings_within)
        self._fits = lru_cache(maxsize=STRETCHES_KEPT)(self._known_or_guessed)

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
        """Return the states that the word's beginnings of 0, 1, 2 ... characters may reach; leave in ``back`` how."""
        known, guesses, size = self._known, self._guesses, len(word)
        surely = size if strict else 2 if size >= 4 else 0  # a stretch of so many characters is a known morpheme or none
        endings = [] if strict else [self._within(word[max(end - LONGEST_ENDING, 0) : end]) for end in range(size + 1)]
        table = [{OPEN: 0.0}, *self._opened(word, steps, surely, endings)]
        if back is not None:
            back[:] = [dict.fromkeys(row, (OPEN, 0)) for row in table]
        for begin in range(1, size):
            if not table[begin]:
                continue
            states = [(state, before, steps.inner[state]) for state, before in _best(table[begin]) if state in steps.inner]
            unsure = [(state, before, steps.unknown[state]) for state, before, _ in states if state in steps.unknown]
            for end in range(begin + 1, size + 1) if states else ():
                stretch, length = word[begin:end], end - begin
                fits, following = known.get(stretch), states
                if unsure and length > surely:
                    ending = endings[end][length if length < OF_ANY_LENGTH else OF_ANY_LENGTH]  # faster than min()
                    if fits is None:
                        fits, following = guesses(ending, length if length < LONGEST_MORPHEME else LONGEST_MORPHEME), unsure
                    else:
                        fits = self._fits(stretch, ending)
                elif fits is None:
                    continue
                row = table[end]
                for state, before, steps_on in following:
                    for number, reached, step in steps_on:
                        if number in fits:
                            score = before + step + fits[number]
                            if reached not in row or score > row[reached]:
                                row[reached] = score
                                if back is not None:
                                    back[end][reached] = state, begin
        return table

    def _opened(self, word: str, steps: Steps, surely: int, endings: list[tuple[str, ...]]) -> Iterator[Row]:
        """Yield the states that the first morpheme may reach, for each number of characters it may have."""
        opening, size = steps.opening, len(word)
        for end in range(1, size + 1):
            fits = self._known.get(word[:end])
            if end > surely:
                ending = endings[end][min(end, OF_ANY_LENGTH)]
                if fits is None and end < size:
                    fits = self._guesses(ending, min(end, LONGEST_MORPHEME))
                else:
                    fits = self._fits(word[:end], ending, end == size)
            yield {opening[n][0]: opening[n][1] + fit for n, fit in fits.items() if n in opening} if fits else {}

    def _steps_to(self, target: int | None) -> Steps:
        """Return the steps between morphemes, only those on a way to ``target`` unless it is None."""
        reachable = None if target is None else self.reachability.get(target, frozenset())
        found = {
            state: [(n, (state[1], n), step) for n, step in follow if reachable is None or n in reachable]
            for state, follow in self.LP_trans_nonfinal.items()
        }
        opening = {number: (state, step) for number, state, step in found.pop(OPEN)}
        inner = {state: follow for state, follow in found.items() if follow}
        unknown = {state: [step for step in follow if step[0] in self.LP_hapax_t] for state, follow in inner.items()}
        return Steps(opening, inner, {state: follow for state, follow in unknown.items() if follow})

    def _endings_within(self, tail: str) -> tuple[str, ...]:
        """Return the longest ending that tells of its class, of stretches of 0, 1, 2 ... letters that end in ``tail``."""
        found = ["", ""]
        for letters in range(1, OF_ANY_LENGTH):
            ending = tail[-letters:]
            found.append(ending if ending in self._endings else found[-1])
        return tuple(found)

    def _known_or_guessed(self, stretch: str, ending: str, whole: bool = False) -> Fits:
        """Return the classes that a stretch is known to have or may have by its ending; ``whole``: it is all of its word."""
        guesses = self._guesses(ending, min(len(stretch), LONGEST_MORPHEME))
        if whole:
            guesses = {number: guess - WHOLE_WORD for number, guess in guesses.items()}
        return {**guesses, **self._known.get(stretch, NO_CLASSES)}

    def _guessed(self, ending: str, size: int) -> Fits:
        """Return the classes of an unknown morpheme by its ending and its number of characters."""
        sizes = self._by_size[size]
        return {n: guess for n, fit in self._by_ending(ending) if (guess := sizes[n] + fit) > LOWEST}

    def _fits_of_ending(self, ending: str) -> list[tuple[int, float]]:
        """Return the classes that unknown morphemes of an ending may have; of most classes there are none."""
        fits = ((number, self.LP_s_t[number][ending]) for number in self._open)
        return [(number, fit) for number, fit in fits if fit > LOWEST]

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


def _by_morpheme(fits: Mapping[int, Mapping[str, float]]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for number, morphemes in fits.items():
        for morpheme, fit in morphemes.items():
            found[morpheme][number] = fit
    return dict(found)


def _best(row: Row) -> list[tuple[ClassPair, float]]:
    """Return the states worth following, in the order they were reached."""
    if len(row) <= MORPHEME_BEAM:
        return list(row.items())
    bound = sorted(row.values(), reverse=True)[MORPHEME_BEAM] - 1
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
