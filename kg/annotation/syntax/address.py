"""Who is only spoken to: Herr Kehrer, die SDF haben das Dorf eingenommen; was tun Sie dagegen, Frau Ministerin."""

from __future__ import annotations

from kg.annotation.syntax.words import SentenceWords
from kg.german.stts import RELATIVE
from kg.german.word_sets import word_set

ADDRESSES = word_set("syntax", "addresses")
ENDS = frozenset(".?!")
ADDRESS_TAGS = frozenset(("NE", "NN", "FM"))


def addressed(words: SentenceWords) -> frozenset[int]:
    """Return the words that address somebody: Herr or Frau with a name or title, which a comma parts from the rest."""
    begins = (k for k, word in enumerate(words.text) if word in ADDRESSES)
    return frozenset(i for begin in begins for i in _address(words, begin))


def _address(words: SentenceWords, begin: int) -> range:
    end = begin + 1
    while end < len(words) and words.tag[end] in ADDRESS_TAGS:
        end += 1
    before, behind = (words.text[begin - 1] if begin else ":"), (words.text[end] if end < len(words) else ".")
    closing = before == "," and behind in ENDS
    opening = before in (":", '"', "„", "»") and behind == "," and _verb_follows(words, end + 1)
    return range(begin, end) if end > begin + 1 and (closing or opening) else range(0)


def _verb_follows(words: SentenceWords, begin: int) -> bool:
    """Whether no second comma stands before the next finite verb: Herr Kehrer, Leiter des Instituts, sagte addresses nobody."""
    if begin >= len(words) or words.tag[begin] in RELATIVE:
        return False
    for k in range(begin, len(words)):
        if words.text[k] == ",":
            return False
        if words.tag[k].endswith("FIN"):
            return True
    return False
