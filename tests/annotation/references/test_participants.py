"""People whom only a noun phrase tells: one entity each, told again by a definite phrase, in the graph where they take part."""

from __future__ import annotations

import pytest

from tests.support.extraction import read


def described(text: str) -> list[tuple[str, str]]:
    """Return (text, entity) of the mentions that only describe somebody."""
    doc = read(text)
    return [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if m.kind == "description"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zwei Händler flohen. Die Händler kamen aus Homs.", [("Zwei Händler", "haendler"), ("Händler", "haendler")]),
        ("Zwei Händler flohen, drei Händler blieben.", [("Zwei Händler", "haendler"), ("drei Händler", "haendler-2")]),
        ("Präsident Baschar al-Assad reiste ab.", []),
        ("Ein Sprecher sagte nichts.", []),
        ("Der Hubschrauber landete.", []),
    ],
)
def test_each_is_one_entity(text: str, expected: list[tuple[str, str]]) -> None:
    assert described(text) == expected


def test_a_single_person_is_told_from_a_body_of_people() -> None:
    entities = read("Ein malischer Offizier und eine malische Patrouille flohen.")._.entities
    assert {slug: entities[slug].kind for slug in ("malischer-offizier", "malische-patrouille")} == {
        "malischer-offizier": "Person",
        "malische-patrouille": "StateForce",
    }


def test_their_names_are_the_ways_in_which_the_text_puts_them() -> None:
    entity = read("In Homs wurden zwei algerische Händler entführt.")._.entities["algerische-haendler"]
    assert (entity.label, entity.scope, entity.names) == (
        "algerische Händler",
        "article",
        ("Händler", "algerische Händler", "zwei algerische Händler"),
    )


def test_a_name_before_the_comma_names_them() -> None:
    doc = read("Dulmar, einer der gesuchten Händler, floh. Später wurde Dulmar gesehen.")
    found = [doc.text[m.begin : m.end] for m in doc._.mentions if m.entity == "dulmar"]
    assert found == ["Dulmar", "gesuchten Händler", "Dulmar"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drei Händler flohen aus Homs. Sie kamen nach Hama.", [("Sie", "haendler")]),
        ("Ein Richter verließ das Haus. Er schwieg.", [("Er", "richter")]),
        ("Eine Lehrerin verließ das Haus. Er schwieg.", []),
        ("Betrunkene Kosaken ritten durch Homs. Die Leute fürchten sich vor ihnen.", [("ihnen", "betrunkene-kosaken")]),
        ("Zwei Kosaken ritten durch Homs. Sie plünderten.", [("Sie", "kosaken")]),
        ("Teure Kartoffeln wuchsen in Homs. Es gab viel davon.", []),
    ],
)
def test_a_pronoun_takes_them_up(text: str, expected: list[tuple[str, str]]) -> None:
    doc = read(text)
    assert [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if m.kind == "pronoun"] == expected


def test_an_unlisted_noun_means_people_only_where_a_pronoun_takes_it_up() -> None:
    assert described("Betrunkene Kosaken ritten durch Homs. Es regnete.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Hassan und sein Bruder Karim flohen. Später wurden sie gesehen.", ["karim", "omar-hassan"]),
        ("Haftars Truppen flohen. Später wurden sie gesehen.", ["truppen"]),
        ("Die Hisbollah wurde von Frankreichs Regierung gewarnt. Diese schwieg.", ["hezbollah"]),
    ],
)
def test_a_pronoun_takes_up_all_of_a_list_and_a_subject_first(text: str, expected: list[str]) -> None:
    assert sorted(m.entity for m in read(text)._.mentions if m.kind == "pronoun") == expected


def test_soldiers_that_an_organisation_borrows_are_not_the_organisation() -> None:
    doc = read("In Homs starben ein UN-Soldat und drei NATO-Soldaten.")
    assert [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if m.entity != "homs"] == [
        ("UN-Soldat", "un-soldat"),
        ("UN", "united-nations"),
        ("NATO-Soldaten", "nato"),
    ]


def test_one_of_many_is_the_person_before_the_comma() -> None:
    doc = read("Abu Omar, einer der gesuchten Händler, floh.")
    assert [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions] == [
        ("Abu Omar", "abu-omar"),
        ("gesuchten Händler", "abu-omar"),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Die Behörden suchen nach mutmaßlichen Händlern aus Homs.", "mutmaßliche Händler"),
        ("In Homs wurde das Auto eines malischen Offiziers gesehen.", "malischer Offizier"),
        ("Man sprach in Homs mit einer erfahrenen Richterin.", "erfahrene Richterin"),
        ("Die Leute fürchten sich vor den fremden Bauern.", "fremde Bauern"),
        ("Drei verletzte Händler kamen.", "verletzte Händler"),
    ],
)
def test_they_are_called_as_a_subject_would_be(text: str, label: str) -> None:
    assert label in {entity.label for entity in read(text)._.entities.values()}
