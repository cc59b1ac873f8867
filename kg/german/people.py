"""Nouns for people and bodies of people, known by their endings: Händlern, Algerier, Angestellte, Grenzpolizisten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.german.compounds import last_parts
from kg.german.nouns import group_kind
from kg.german.word_sets import word_set
from kg.resources import table

THING, FIGHTERS = "-", "ArmedGroup"
FEMALE_ENDINGS, ADJECTIVE_NOUNS, PLURAL_NOUNS = (
    tuple(word_set("german", name)) for name in ("female_endings", "adjective_nouns", "plural_nouns")
)  # of words in small letters: Mutter; Angeklagte, Jugendliche; Fachleute


@dataclass(frozen=True, slots=True)
class People:
    """Whom a noun means without a name: their class, and whether its singular is a single person."""

    kind: str
    one: bool


@cache
def _endings() -> dict[str, People]:
    """Return lexicon/names/people_endings.tsv by inflected ending, in small letters."""
    return {
        ending + form.removeprefix("-"): People(row["kind"], row["one"] == "yes")
        for row in table("names/people_endings.tsv")
        for ending in row["endings"].split()
        for form in row["forms"].split()
    }


@cache
def _longest() -> int:
    return max(map(len, _endings()))


@lru_cache(maxsize=20_000)
def people(word: str) -> People | None:
    """Return whom a noun means, None for things and names."""
    last = word.rpartition("-")[2]  # 17-Jähriger
    if not (word[:1].isupper() or (word[:1].isdigit() and last[:1].isupper())) or not word[-1:].isalpha() or word.isupper():
        return None
    by_ending = _by_ending(word.lower())
    known = group_kind(word)
    if known is None:
        return None if by_ending is None or by_ending.kind == THING else by_ending
    return People("PopulationGroup" if known == "one" else known, by_ending is None or by_ending.one)


def is_people(word: str) -> bool:
    """Tell whether a noun, in small letters, is one for people or bodies of people by its ending."""
    by_ending = _by_ending(word)
    return by_ending is not None and by_ending.kind != THING


def means_fighters(word: str) -> bool:
    """Tell whether a noun, in small letters, means armed people by its ending: Aufständische, Rebellen."""
    by_ending = _by_ending(word)
    return by_ending is not None and by_ending.kind == FIGHTERS


def is_thing(word: str) -> bool:
    """Tell whether a noun only looks like one for people or a force: Computer, Panzer."""
    by_ending = _by_ending(word.lower())
    return by_ending is not None and by_ending.kind == THING


def is_one_woman(word: str) -> bool:
    """Tell whether a noun for people means one woman behind die: Soldatin, Frau, Angeklagte; Angeklagten are several."""
    low = word.lower()
    return low.endswith(FEMALE_ENDINGS) or (low.endswith(ADJECTIVE_NOUNS) and not low.endswith(PLURAL_NOUNS))


@lru_cache(maxsize=20_000)
def _by_ending(word: str) -> People | None:
    """Return what the longest known ending of a word means."""
    return next((_endings()[part] for part in (word, *last_parts(word, _longest())) if part in _endings()), None)
