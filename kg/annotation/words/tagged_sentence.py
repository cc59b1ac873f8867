"""The words of one sentence with tags and lemmas that may still change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.german.stts import FINITE

Tagged = tuple[str, str]
LemmaAs = Callable[[str, str, bool], str | None]
STOPS = ("$,", "$.")


class TaggedSentence:
    """Words, their tags and their lemmas.

    ``lemma_as(word, tag, known)`` gives the lemma that a word has with a tag, None when it must be a ``known`` reading of
    the word and is none.
    """

    def __init__(self, words: Sequence[str], tagged: Sequence[Tagged], lemma_as: LemmaAs) -> None:
        self.words, self.lemma_as = words, lemma_as
        self.tags = [tag for tag, _ in tagged]
        self.lemmas = [lemma for _, lemma in tagged]

    def _parts(self) -> list[tuple[int, int]]:
        """Stretches between commas and stops."""
        ends = [k for k, tag in enumerate(self.tags) if tag in STOPS] + [len(self.tags)]
        begins = [0, *(k + 1 for k in ends[:-1])]
        return [(b, e) for b, e in zip(begins, ends, strict=True) if b < e]

    def _set(self, k: int, tag: str, known: bool = True) -> None:
        """Give word ``k`` another tag, if it can have it where that must be ``known``."""
        if (lemma := self.lemma_as(self.words[k], tag, known)) is not None:
            self.tags[k], self.lemmas[k] = tag, lemma

    def _finite_at(self, begin: int, end: int) -> int | None:
        return next((k for k in range(begin, end) if self.tags[k] in FINITE), None)
