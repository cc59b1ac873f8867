"""Headlines in capitals, written as German writes words, so that tags and names can be read: ARMEE NIMMT DORF EIN."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.annotation.words.morphology import german_morphology
from kg.annotation.words.tagger import stts
from kg.german.stts import HEAD_NOUNS
from kg.knowledge.gazetteer import shipped_gazetteer

SHOUTED = re.compile(r"[^\n.!?:]{12,}")  # a stretch that may be a sentence
SHOUTED_WORD = re.compile(r"[^\W\d_]+")
FEWEST_SHOUTED = 3  # words; fewer are an acronym or a label
LONGEST_SHOUTED = 40  # characters of a word whose reading is asked for


def in_true_case(text: str) -> str:
    """Return ``text`` with its sentences in capitals in the usual case; as long as before, so that all offsets stay."""
    return SHOUTED.sub(lambda found: _quietly(found[0]) if found[0].isupper() else found[0], text)


def _quietly(sentence: str) -> str:
    words = SHOUTED_WORD.findall(sentence)
    if len(words) < FEWEST_SHOUTED or not any(word not in _acronyms() for word in words):
        return sentence
    first = next(SHOUTED_WORD.finditer(sentence)).start()
    return SHOUTED_WORD.sub(lambda found: _cased(found[0], opens=found.start() == first), sentence)


def _cased(word: str, *, opens: bool) -> str:
    if word in _acronyms():
        return word
    low = word.lower()
    if len(low) != len(word):
        return word
    return low.capitalize() if opens or _is_noun(low) else low


@cache
def _acronyms() -> frozenset[str]:
    """Names of the gazetteer, or parts of them, that are always in capitals."""
    names = (name for entry in shipped_gazetteer().entries.values() for name in entry.names)
    return frozenset(part for name in names for part in SHOUTED_WORD.findall(name) if len(part) > 1 and part.isupper())


@lru_cache(maxsize=20_000)
def _is_noun(word: str) -> bool:
    """Whether a word in small letters is likelier a noun or a name than anything else."""
    model = german_morphology()
    found = model._tag_word(word[-LONGEST_SHOUTED:], cutoff=1, casesensitive=False, conditional=False)
    return not found or stts(model.int2tag[found[0][0]]) in HEAD_NOUNS
