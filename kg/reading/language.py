"""Texts in other languages than German: named by a detector, and only where few words are German ones."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from kg.german.word_sets import word_set

FUNCTION_WORDS = word_set("reading", "function_words")
LOOKED_AT = 5000  # characters
FEWEST_TELLING = 6  # in fewer nobody can tell
FREQUENT = (b"e", b"n", b"i")
LATIN = 0.5  # share of Latin letters below which a text is not German, however short
GERMAN_WORDS = 0.25  # share of German function words from which a text is German: it has about 0.45, Danish 0.15
SHORT_TEXT, SHORT_GERMAN = 25, 0.12  # words of a teaser or heading, and the share from which it is German
OTHER_SCRIPT = "a language in another script"


def foreign(text: str) -> str | None:
    """Return the code or a name of the language of ``text`` where it is surely not German, else None."""
    sample = text[:LOOKED_AT]
    if not _is_latin(sample):
        return OTHER_SCRIPT
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if len(words) < FEWEST_TELLING:
        return None
    share = sum(map(FUNCTION_WORDS.__contains__, words)) / len(words)
    if share >= (GERMAN_WORDS if len(words) > SHORT_TEXT else SHORT_GERMAN):
        return None
    language = str(_detector().classify(sample)[0])
    return None if language == "de" else language


def _is_latin(sample: str) -> bool:
    plain = sample.encode("ascii", "ignore")
    if len(sample) - len(plain) <= sum(map(plain.count, FREQUENT)):  # so many Latin letters that no others outnumber them
        return True
    letters = {c: number for c, number in Counter(sample).items() if c.isalpha()}
    latin = sum(number for c, number in letters.items() if "LATIN" in unicodedata.name(c, ""))
    return latin >= LATIN * sum(letters.values())


@cache
def _detector() -> Any:
    import py3langid  # its model takes a moment to load

    return py3langid
