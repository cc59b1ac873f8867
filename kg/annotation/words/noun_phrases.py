"""Where a noun phrase begins: with the attributes before its noun."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.german.numerals import YEAR
from kg.german.stts import ATTRIBUTIVE

PAST_ENDINGS = ("te", "ten")
MOST_ATTRIBUTES = 25  # before one noun


def attributes_start(words: Sequence[str], tags: Sequence[str], noun: int, may_stand: Callable[[int], bool]) -> int:
    """Return the first attribute of the noun phrase that token ``noun`` closes; ``may_stand`` tells which tokens may be one."""
    first, bound = noun, max(0, noun - MOST_ATTRIBUTES)
    while first > bound and _is_attribute(words, tags, first - 1) and may_stand(first - 1):
        first -= 1
    return first


def _is_attribute(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    if tags[k] not in ATTRIBUTIVE and not (tags[k] == "ADJD" and tags[k + 1] in ("ADJA", "ADJD")):  # schwer bewaffnete Kämpfer
        return False
    if YEAR.fullmatch(words[k]):
        return False
    after_year = k > 0 and words[k].endswith(PAST_ENDINGS) and YEAR.fullmatch(words[k - 1])
    return not after_year  # (im März) 2015 eroberten Truppen: a verb
