"""Words cut at their hyphens: the parts in which names are matched, so that Tal-Afar, Tal Afar and IS-Kämpfer agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.german.transliteration import UNJOINED_ARTICLES, articles, fold

ARTICLE = "al-"  # the one form that stands for every Arabic article
JOINTS = frozenset("-‐‑‒")  # hyphens that join; dashes between words are tokens of their own


@lru_cache(maxsize=100_000)
def cut(word: str) -> tuple[tuple[str, int, int], ...]:
    """Return (normal form, begin, end) of every part of one token, offsets within the token.

    The normal form has no diacritics and keeps its case; an Arabic article is :data:`ARTICLE`.
    """
    parts: list[tuple[str, int, int]] = []
    begin = 0
    for end in [i for i, c in enumerate(word) if c in JOINTS] + [len(word)]:
        if end > begin:
            parts.append((_normal(word[begin:end], end < len(word) - 1), begin, end))
        begin = end + 1
    return tuple(parts)


def _normal(part: str, joined: bool) -> str:
    small = part.lower()
    if small in articles() and not part.isupper() and (joined or small in UNJOINED_ARTICLES):
        return ARTICLE
    return fold(part)


@dataclass(slots=True)
class Parts:
    """The parts of a document's words, as parallel lists."""

    norms: list[str]
    tokens: list[int]  # index of the token that a part belongs to
    begins: list[int]  # offsets of the part in the text
    ends: list[int]
    first: list[int]  # index of the first part of every token; one more at the end

    @classmethod
    def of(cls, words: Iterable[tuple[int, str]]) -> Parts:
        """Cut ``words``, given as (offset in the text, form)."""
        norms: list[str] = []
        tokens: list[int] = []
        begins: list[int] = []
        ends: list[int] = []
        first: list[int] = []
        for index, (offset, word) in enumerate(words):
            first.append(len(norms))
            for norm, begin, end in cut(word):
                norms.append(norm)
                tokens.append(index)
                begins.append(offset + begin)
                ends.append(offset + end)
        return cls(norms, tokens, begins, ends, [*first, len(norms)])

    def opens_word(self, i: int) -> bool:
        """Tell whether part ``i`` is the first of its token."""
        return i == 0 or self.tokens[i - 1] != self.tokens[i]

    def closes_word(self, i: int) -> bool:
        """Tell whether part ``i`` is the last of its token."""
        return i + 1 == len(self.tokens) or self.tokens[i + 1] != self.tokens[i]


def name_parts(name: str) -> list[str]:
    """Return the normal forms of the parts of a name as the gazetteer writes it."""
    return [norm for word in name.split() for norm, _, _ in cut(word.strip(',.„“"()'))]


def closed(word: str) -> str:
    """Return a compound without its hyphens: Terrormiliz for Terror-Miliz."""
    first, *rest = word.split("-")
    return first + "".join(part.lower() for part in rest)
