"""A sentence as the syntax sees it: parallel lists of forms, tags and lemmas."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotation.words.token_table import TokenTable
from kg.german.punctuation import DASHES

CLAUSE_DASHES = frozenset((*DASHES, "--"))
OPENING = frozenset(("(", "["))
CLOSING = frozenset((")", "]"))


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one sentence without white space; ``index[k]`` is the position of word ``k`` in the document."""

    index: tuple[int, ...]
    text: tuple[str, ...]
    lower: tuple[str, ...]
    tag: tuple[str, ...]
    lemma: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.index)


def words_of(tokens: TokenTable, first: int, behind: int) -> SentenceWords:
    """Return the words of the sentence from token ``first`` up to that ``behind`` its last."""
    index = tuple(i for i in range(first, behind) if not tokens.words[i].isspace())
    columns = (tokens.words, tokens.lower, tokens.tags, tokens.lemmas)
    if index == tuple(range(first, first + len(index))):  # nearly always: white space stands at the end
        return SentenceWords(index, *(tuple(column[first : first + len(index)]) for column in columns))
    return SentenceWords(index, *(tuple(column[i] for i in index) for column in columns))
