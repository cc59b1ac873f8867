"""Names of actors and places as a sentence needs them, in German and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.german.declension import Case, declined, grammar, located, where
from kg.resources import table

_CASES: dict[str, Case] = {"": "nominative", "acc": "accusative", "dat": "dative"}
SORT_OF_PEOPLE = "-"
_FROM = {"from": "aus", "to": "nach"}
_IN_BRACKETS = re.compile(r" \([^()]*\)$")
_BEHIND_THE_NOUN = re.compile(r" (?:of|in|for|against|to|from|on|by) |[,(]")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or place: its IRI, its name, the class that it is of, and the language of the name."""

    iri: str
    name: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class EnglishName:
    """What an English name takes: "the" or nothing, and what says where; ``plural`` decides was or were."""

    plural: bool
    article: str
    preposition: str


def form(named: Named, slot: str, language: str) -> str:
    """Return the name for a slot: ``""``, ``acc``, ``dat``, ``where``, ``from`` or ``to``; what tells it apart is left out."""
    plain = replace(named, name=_IN_BRACKETS.sub("", named.name))
    return _german(plain, slot) if language == "de" else _english(plain, slot)


def widest_left_out(named: Sequence[Named]) -> list[Named]:
    """Return places without those that another's name holds already: the prison of Basra, not also Basra."""
    return [one for one in named if not any(one.name != other.name and one.name in other.name for other in named)]


def is_plural(named: Named, language: str) -> bool:
    """Whether a verb behind the name stands in the plural."""
    if language == "de" or named.language == "de":
        return grammar(named.name, named.kind).plural
    return english_name(named).plural


def english_name(named: Named) -> EnglishName:
    """Return what the English name takes, by the last word of its first phrase."""
    first = _BEHIND_THE_NOUN.split(named.name)[0].split()
    row = _english_nouns().get(first[-1] if first else "")
    if row is None:
        return EnglishName(named.kind == "PopulationGroup", "", "on" if named.kind == "WaterBody" else "in")
    return EnglishName(row["number"] == "p", row["article"], row["preposition"] or "in")


def _german(named: Named, slot: str) -> str:
    if slot == "where":
        return where(named.name, named.kind)
    if slot == "to" and grammar(named.name, named.kind).gender:
        return f"in {declined(named.name, named.kind, 'accusative')}"
    if slot in _FROM:
        return located(_FROM[slot], named.name, named.kind)
    return declined(named.name, named.kind, _CASES[slot])


def _english(named: Named, slot: str) -> str:
    takes = english_name(named)
    phrase = _with_article(named, takes.article)
    return f"{takes.preposition} {phrase}" if slot == "where" else phrase


def _with_article(named: Named, article: str) -> str:
    if article == SORT_OF_PEOPLE:
        return named.name[:1].lower() + named.name[1:] if " " not in named.name else named.name
    return f"{article} {named.name}" if article else named.name


@cache
def _english_nouns() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("sentences/english_names.tsv", "pages")}
