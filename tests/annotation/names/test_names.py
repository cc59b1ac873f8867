"""Names that no gazetteer holds, and people and things that the text only describes."""

from __future__ import annotations

import pytest

from tests.support.naming import annotated, found

KINDS = [
    # persons: title, first name, Arabic particle, short form
    ("Generalmajor Rupert Jones sprach.", [("Generalmajor Rupert Jones", "Person", "shared")]),
    ("Der frühere Offizier Safa al-Ubeidi zweifelt.", [("Offizier Safa al-Ubeidi", "Person", "shared")]),
    ("Innenminister Barakat trat zurück.", [("Innenminister Barakat", "Person", "article")]),
    ("Später traf Joe Stork ein.", [("Joe Stork", "Person", "shared")]),
    ("Ein Anhänger, Hussein al Huthi, floh.", [("Hussein al Huthi", "Person", "shared")]),
    ("Der Polizeichef der Stadt, Mutalib Khan, schwieg.",
     [("Polizeichef", "Person", "shared"), ("Mutalib Khan", "Person", "shared")]),
    ("Das kritisierte Ertugrul Apakan.", [("Ertugrul Apakan", "Person", "shared")]),
    ("Ertugrul Apakan, Chef der Mission, schwieg.", [("Ertugrul Apakan", "Person", "shared")]),
    # places: noun of place, preposition
    ("Kadiri liegt am Fluss.", [("Kadiri", "City", "article")]),
    ("Sie flohen aus Nordjemen.", [("Nordjemen", "Region", "article")]),
    ("Im Dorf Salak brannte es.", [("Dorf Salak", "City", "article")]),
    ("Sie flohen aus der Provinz Amran.", [("Provinz Amran", "Region", "article")]),
    ("Im Bezirk Kadschaki wird gekämpft.", [("Bezirk Kadschaki", "District", "article")]),
    ("In Balad explodierte nichts.", [("Balad", "City", "article")]),
    ("Sie kämpften nördlich von Balad.", [("Balad", "City", "article")]),
    ("Die Provinz Bagdad blieb ruhig.", [("Provinz Bagdad", "Region", "article")]),
    # places: a verb that takes them
    ("Die Miliz eroberte Tarnawa.", [("Tarnawa", "City", "article")]),
    ("Die Miliz nahm gestern Tarnawa ein.", [("Tarnawa", "City", "article")]),
    ("Tarnawa wurde am Montag erobert.", [("Tarnawa", "City", "article")]),
    ("Am Abend fiel Tarnawa.", [("Tarnawa", "City", "article")]),
    ("Die Polizei befreite Tarnawa aus dem Keller.", []),
    ("Gestern eroberte Tarnawa den Titel.", []),
    ("Die Polizei nahm Tarnawa fest.", []),
    # organisations
    ("Das meldet die Zeitung Haaretz.", [("Zeitung Haaretz", "MediaOrganization", "article")]),
    ("Das sagt der Sender „Al-Huda“.", [("Sender „Al-Huda“", "MediaOrganization", "article")]),
    ("Die Huthi-Rebellen rückten vor.", [("Huthi-Rebellen", "ArmedGroup", "article")]),
    # actors of a country
    ("Die Streitkräfte des jemenitischen Präsidenten zogen ab.",
     [("Streitkräfte", "StateForce", "shared"), ("jemenitischen Präsidenten", "Person", "article")]),
    ("Jemens Regierung dementierte.", [("Regierung", "Government", "shared")]),
    ("Die „Demokratischen Streitkräfte Syriens“ rücken vor.", []),
    ("Sie kämpfen unter Führung der USA.", []),
    # things
    ("Eine Brücke über den Euphrat stürzte ein.", [("Brücke über den Euphrat", "Facility", "article")]),
    ("Sie stürmten das Gefängnis von Homs.", [("Gefängnis von Homs", "Facility", "article")]),
    ("Die Grenze zu Syrien ist zu.", [("Grenze zu Syrien", "Region", "article")]),
    # people without a name
    ("Zwei koptische Priester starben.", [("Zwei koptische Priester", "PopulationGroup", "article")]),
    ("Ein irakischer Soldat starb.", [("irakischer Soldat", "Person", "article")]),
    ("Ein Augenzeuge berichtete davon.", [("Augenzeuge", "Person", "article")]),
    ("Eine Gruppe bewaffneter Männer drang ein.", [("Gruppe bewaffneter Männer", "ArmedGroup", "article")]),
    ("Die Ingenieure schwiegen.", []),
    ("Eine separatistische Bewegung kämpft dort.", [("separatistische Bewegung", "ArmedGroup", "article")]),
]  # fmt: skip
NOTHING = [
    "Am Montag begann in Mossul der Unterricht.",
    "Die Soldaten zogen ab.",  # which, only the context says
    "Weiter mit Werbung und Tracking.",
    "Nach Angaben der Behörde war das falsch.",
]


def local(doc):
    entities = doc._.entities
    return [
        (doc.text[m.begin : m.end], entities[m.entity].kind, entities[m.entity].scope)
        for m in doc._.mentions
        if entities[m.entity].scope != "gazetteer"
    ]


@pytest.mark.parametrize(("sentence", "expected"), KINDS)
def test_unknown_names_become_local_typed_entities(sentence, expected):
    assert local(annotated(sentence)) == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_names_nobody_makes_no_entity(sentence):
    assert local(annotated(sentence)) == []


def test_surname_and_other_spelling_are_the_same_person():
    doc = annotated("Präsident Karsai sprach. Hamid Karsai warnte. Danach reiste Karzai ab. Karsais Bruder blieb.")
    assert {slug for _, slug in found(doc, "name") if "bruder" not in slug} == {"hamid-karsai"}
    assert doc._.entities["hamid-karsai"].names == (
        "Hamid Karsai", "Karsai", "Karsais", "Karzai", "Präsident Karsai",
    )  # fmt: skip


def test_another_spelling_of_a_gazetteer_place_is_linked_where_a_place_stands():
    assert found(annotated("Sie zogen sich nach Raqqah zurück.")) == [("Raqqah", "raqqa")]


def test_another_spelling_of_a_gazetteer_person_is_linked_by_the_full_name():
    doc = annotated("Ministerpräsident Haider al Abadi gratulierte.")
    assert found(doc) == [("Ministerpräsident Haider al Abadi", "haider-al-abadi")]


def test_a_name_that_only_resembles_one_is_not_linked():
    doc = annotated("Sie pilgerten nach Makka. Oberst Abadir wartete.")
    assert [e.scope for e in doc._.entities.values()] == ["article", "article"]


def test_surname_with_an_office_means_the_known_person():
    doc = annotated("Ministerpräsident al-Abadi gratulierte. Hauptmann Abadi nicht.")
    assert found(doc)[0] == ("Ministerpräsident al-Abadi", "haider-al-abadi")


def test_people_of_the_gazetteer_keep_their_entity_and_a_particular_one_does_not():
    doc = annotated("Zwölf Menschen starben. Augenzeugen schwiegen. Ein Augenzeuge sprach.")
    assert found(doc) == [
        ("Menschen", "civilians"), ("Augenzeugen", "eyewitnesses"), ("Augenzeuge", "augenzeuge"),
    ]  # fmt: skip
    assert doc._.entities["augenzeuge"].names == ("Augenzeuge", "Ein Augenzeuge")


def test_label_leaves_out_number_and_names_keep_every_form():
    doc = annotated("Zwei koptische Priester starben.")
    (priests,) = (e for e in doc._.entities.values() if e.scope == "article")
    assert priests.label == "koptische Priester"
    assert priests.names == ("Priester", "Zwei koptische Priester", "koptische Priester")


def test_a_local_slug_never_takes_that_of_the_gazetteer():
    doc = annotated("Die Provinz Mosul grüßt. Im Dorf Taliban brennt es. Der Sender Homs schweigt.")
    assert all(e.scope == "gazetteer" for s, e in doc._.entities.items() if s in ("homs", "taliban", "mosul"))


def test_mentions_are_sorted_and_a_longer_one_stands_before_those_inside_it():
    doc = annotated("Eine Brücke über den Euphrat bei Mossul stürzte ein, IS-Sprecher Abu Omar jubelte.")
    spans = [(m.begin, -m.end) for m in doc._.mentions]
    assert spans == sorted(spans)
    assert found(doc) == [
        ("Brücke über den Euphrat", "bruecke-ueber-den-euphrat"), ("Euphrat", "euphrates"), ("Mossul", "mosul"),
        ("IS-Sprecher Abu Omar", "abu-omar"), ("IS", "islamic-state"),
    ]  # fmt: skip


MEMBERS = [
    ("Kämpfer des IS flohen.", ("Kämpfer des IS", "islamic-state")),
    ("Kampfflugzeuge der Anti-IS-Koalition griffen an.", ("Kampfflugzeuge der Anti-IS-Koalition", "global-coalition")),
    ("Die letzten Anhänger der Hisbollah zogen ab.", ("letzten Anhänger der Hisbollah", "hezbollah")),
]


@pytest.mark.parametrize(("sentence", "expected"), MEMBERS)
def test_members_of_a_group_are_the_group(sentence, expected):
    assert found(annotated(sentence))[0] == expected


ODD = ["", " ", "\n\n", "((((", "A" * 5000, "- " * 2000, "IS-" * 500, "„" * 300, "ŠĐ ЖШ العربية", "NUR GROSSE BUCHSTABEN HIER"]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_makes_no_entity_of_its_own(text):
    assert all(e.scope == "gazetteer" for e in annotated(text, coreference=True)._.entities.values())


def test_many_things_of_one_name_get_slugs_of_their_own():
    adjectives = ("alte", "neue", "rote", "grüne", "kleine")
    doc = annotated(" ".join(f"Eine {a} Brücke brach." for a in adjectives))
    assert sorted(doc._.entities) == ["bruecke", "bruecke-2", "bruecke-3", "bruecke-4", "bruecke-5"]


def test_the_same_noun_takes_up_people_and_things_of_before():
    doc = annotated("Ein Augenzeuge sprach. Der Zeuge schwieg dann. Eine neue Brücke brach, und die Brücke brannte.")
    assert [(t, s) for t, s in found(doc, "epithet")] == [("Zeuge", "augenzeuge"), ("Brücke", "bruecke")]


def test_a_kind_of_group_before_a_name_is_not_a_group_of_its_own():
    doc = annotated("Acht Kämpfer der Rebellengruppe Hisbollah starben.")
    assert found(doc) == [("Acht Kämpfer der Rebellengruppe Hisbollah", "hezbollah"), ("Hisbollah", "hezbollah")]


def test_a_year_before_a_verb_is_no_attribute():
    doc = annotated("Im März 2015 eroberten Truppen die Stadt.", coreference=True)
    assert all("2015" not in name for name, _ in found(doc))
