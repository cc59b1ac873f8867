"""Nouns for people and bodies of people are known by their endings (lexicon/names/people_endings.tsv)."""

from __future__ import annotations

import pytest

from kg.german.people import People, is_people, is_thing, people


@pytest.mark.parametrize(
    ("noun", "kind", "one"),
    [
        ("Händlern", "PopulationGroup", True),
        ("Algerier", "PopulationGroup", True),
        ("Kriegsgefangenen", "PopulationGroup", True),
        ("Gemüsehändler", "PopulationGroup", True),
        ("Besatzung", "PopulationGroup", False),
        ("Grenzpolizisten", "StateForce", True),
        ("Militärkonvois", "StateForce", False),
        ("Rebellengruppe", "ArmedGroup", False),
        ("Terroreinheit", "StateForce", False),
        ("Stammesmiliz", "Militia", False),
        ("Landgericht", "Government", False),
    ],
)
def test_a_noun_for_people_has_its_kind(noun: str, kind: str, one: bool) -> None:
    assert people(noun) == People(kind, one)


@pytest.mark.parametrize("noun", ["Hubschrauber", "Zentimetern", "Parlamentsgebäude", "Konzern", "Sekunden", "Flugzeuge", "IS"])
def test_what_only_ends_like_one_means_nobody(noun: str) -> None:
    assert people(noun) is None


def test_things_are_told_from_words_of_which_nothing_is_known() -> None:
    assert [is_thing(noun) for noun in ("Panzer", "Händler", "Tisch")] == [True, False, False]
    assert [is_people(noun) for noun in ("panzer", "händler", "tisch")] == [False, True, False]
