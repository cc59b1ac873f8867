"""Whether an article speaks of war, terror or revolt at all: in one that doesn't, an attack is a striker's or a hacker's."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.annotation.syntax.sentence import Syntax
from kg.knowledge.event_lexicon import EventLexicon

SHORTEST_TEXT = 80  # a shorter text says too little of what it is about
LEAST_WAR = 0.015  # of the words; articles on wars have 0.03 and more, nearly all others less than 0.01
NOUN_TAGS = frozenset(("NN", "NE"))
ARMED_KINDS = frozenset(("ArmedGroup", "Militia", "Coalition"))


def warlike_sentences(doc: Doc, lexicon: EventLexicon) -> Sequence[bool]:
    """Tell for each sentence whether its events may be those of a conflict.

    In an article that speaks of war they all may be, in another only those of a sentence that does so by itself.
    """
    entities = doc._.entities
    armed = {m.head for m in doc._.mentions if m.kind == "name" and entities[m.entity].kind in ARMED_KINDS}
    told = [_told(syntax, lexicon, armed) for syntax in doc._.clauses]
    words = sum(word.isalpha() for syntax in doc._.clauses for word in syntax.words.text)
    if words < SHORTEST_TEXT or sum(told) >= LEAST_WAR * words:
        return [True] * len(told)
    return [count > 0 for count in told]


def _told(syntax: Syntax, lexicon: EventLexicon, armed: set[int]) -> int:
    """Return how many words of a sentence speak of war or name somebody armed."""
    words = syntax.words
    nouns = (k for k in range(len(words)) if words.tag[k] in NOUN_TAGS)
    spoken = {words.index[k] for k in nouns if lexicon.is_a(words.lemma[k], "war")}
    return len(spoken | (armed & set(words.index)))
