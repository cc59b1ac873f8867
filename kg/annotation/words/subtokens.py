"""The text of a Doc as a row of small pieces: words as they are, tokens that begin with a digit taken apart.

German writes dots after ordinals and into thousands, so tokens such as ``2014.``, ``9.–11.`` and ``3./4.`` hold several
numbers and may hold the full stop; the readers of dates and quantities want them apart, with their offsets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotation.words.token_table import TokenTable

DIGITS = frozenset("0123456789")
NUMERIC = re.compile(r"\d{1,3}(?:[.'’]\d{3})+(?![\d])|\d+,\d+(?![\d])|\d+er\b|\d+|[^\W\d_]+|\S")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel lists: ``words`` in lower case, their ``begins`` and ``ends`` in ``text``; ``firsts`` open sentences."""

    text: str
    words: list[str]
    begins: list[int]
    ends: list[int]
    firsts: frozenset[int]

    def capital(self, index: int) -> bool:
        """Whether the piece begins with a capital letter."""
        return self.text[self.begins[index]].isupper()

    def glued(self, index: int) -> bool:
        """Whether no space stands between the piece and the one before."""
        return index > 0 and self.begins[index] == self.ends[index - 1]


def pieces_of(tokens: TokenTable) -> Pieces:
    """Return the pieces of a document; white space has none."""
    words: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    firsts: set[int] = set()
    starts = {first for first, _ in tokens.sentences}
    for i, (word, begin) in enumerate(zip(tokens.lower, tokens.begins, strict=True)):
        if i in starts:
            firsts.add(len(words))
        if word[0] in DIGITS and not word.isdigit():
            for found in NUMERIC.finditer(word):
                words.append(found.group())
                begins.append(begin + found.start())
                ends.append(begin + found.end())
        elif not word.isspace():
            words.append(word)
            begins.append(begin)
            ends.append(tokens.ends[i])
    return Pieces(tokens.text, words, begins, ends, frozenset(firsts))
