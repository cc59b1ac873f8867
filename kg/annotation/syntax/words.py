"""A sentence as the syntax sees it: parallel lists of forms, tags and lemmas."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

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


def words_of(sentence: Span) -> SentenceWords:
    """Return the words of a tagged sentence."""
    tokens = [t for t in sentence if not t.is_space]
    return SentenceWords(
        tuple(t.i for t in tokens),
        tuple(t.text for t in tokens),
        tuple(t.lower_ for t in tokens),
        tuple(t.tag_ for t in tokens),
        tuple(t.lemma_ for t in tokens),
    )
