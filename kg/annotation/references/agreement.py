"""The genders that a mention may have, from its noun, its article, and how the text puts articles before its name."""

from __future__ import annotations

from functools import cache

from kg.annotation.records import Entity
from kg.german.nouns import first_names, gender, is_title
from kg.german.transliteration import fold
from kg.namespaces import PLACE_KINDS
from kg.resources import table

ALL, AND = "mfnp", "und"
BY_KIND = {"City": "n", "Country": "n", "PopulationGroup": "p"}


@cache
def _articles() -> dict[str, str]:
    return {row["article"]: row["genders"] for row in table("references/article_genders.tsv")}


def genders_of(determiner: str) -> str:
    """Return the genders that an article allows, all where it says nothing."""
    return _articles().get(determiner.lower(), ALL)


def common(one: str, other: str) -> str:
    """Return the genders that two clues leave; the first clue where they contradict each other."""
    return "".join(letter for letter in one if letter in other) or one


def noun_gender(noun: str) -> str | None:
    """Return the gender of a noun or of the last part of a compound (IS-Miliz), None for a name."""
    return gender(noun.rpartition("-")[2]) or gender(noun)


def person_gender(name: str, noun: str) -> str:
    """Return f for a woman, by her title or first name, else m."""
    if is_title(noun):
        return gender(noun) or ("f" if noun.endswith("in") else "m")
    return first_names().get(fold(name.partition(" ")[0]), "m")


def described_gender(entity: Entity, noun: str, clues: str) -> str:
    """Return the genders of who is only described: ``clues`` are those that the form of the phrase allows."""
    known = noun_gender(noun)
    if entity.kind == "Person":
        single = common(known, "mfn") if known else clues.replace("p", "")
        return "f" if noun.endswith("in") else single or "m"
    plural = entity.kind == "PopulationGroup" and "p" in clues
    return common(clues, known) if known else "p" if plural else clues  # ein Anwohner is one, though the noun is mostly several


def gender_of(entity: Entity, name: str, noun: str, clues: str) -> str:
    """Return the genders of a mention: ``name`` its text, ``noun`` its head, ``clues`` what articles before it allow."""
    if entity.kind == "Person":
        told = fold(name.partition(" ")[0]) in first_names()
        return person_gender(name if told else entity.label, noun)  # Merkel sagte, ihr Land …
    known = noun_gender(noun) if f" {AND} " not in name else "p"  # Frauen und Mädchen
    if known is not None:
        return known
    if entity.kind == "Country" and clues != ALL:
        return clues  # die Türkei, der Irak
    return BY_KIND.get(entity.kind, clues) if entity.kind in PLACE_KINDS or entity.kind in BY_KIND else clues
