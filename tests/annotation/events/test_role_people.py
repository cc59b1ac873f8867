"""Nouns that no table lists are people where only people can stand: who arrests, whom somebody murders."""

from __future__ import annotations

import pytest

from kg.annotation.references.unlisted_nouns import may_mean_people, may_mean_several
from tests.support.extraction import read


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Berittene Husaren verhafteten in Kundus drei Bäcker.", "Arrest", ["berittene Husaren"], ["Bäcker"]),
        ("Vier Taucher wurden bei Gao von Husaren verschleppt.", "Abduction", ["Husaren"], ["Taucher"]),
        ("Am Montag eroberten Husaren und Kürassiere die Stadt Kundus.", "Capture", ["Husaren", "Kürassiere"], []),
        ("Junge Husaren flogen Luftangriffe auf Kundus.", "Airstrike", ["junge Husaren"], []),
        ("In Kundus wurde ein Matrose erschossen.", "Killing", [], ["Matrose"]),
        ("Die Kameras entdeckten zwei Massengräber in Kundus.", "Discovery", [], []),
        ("Kugeln töteten am Montag zwei Polizisten in Kundus.", "Killing", [], ["Polizisten"]),
    ],
)
def test_who_fills_a_role_of_people_is_people(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    doc = read(text)
    events = [e for e in doc._.events if e.kind == kind]
    told = [[[doc._.entities[s].label for s in slugs] for slugs in (e.agents, e.targets)] for e in events]
    assert told == [[agents, targets]]


def test_people_known_by_their_role_are_of_the_article_alone() -> None:
    doc = read("In Kundus erschossen zwei Husaren einen Matrosen.")
    made = {e.label: (e.kind, e.scope) for e in doc._.entities.values() if e.scope == "article"}
    assert made == {"Husaren": ("PopulationGroup", "article"), "Matrose": ("Person", "article")}


@pytest.mark.parametrize(
    ("noun", "lemma", "people", "several"),
    [
        ("Husaren", "Husar", True, True),
        ("Kürassiere", "Kürassier", True, True),
        ("Köche", "Koch", True, False),
        ("Versuche", "Versuch", True, False),
        ("Bomben", "Bombe", False, False),
        ("Zeitungen", "Zeitung", False, False),
        ("Krankheiten", "Krankheit", False, False),
        ("Brücken", "Brücke", False, False),
        ("IS-Leute", "IS-Leute", False, False),
    ],
)
def test_nouns_known_as_something_else_are_no_people(noun: str, lemma: str, people: bool, several: bool) -> None:
    assert (may_mean_people(noun, lemma), may_mean_several(noun, lemma)) == (people, several)
