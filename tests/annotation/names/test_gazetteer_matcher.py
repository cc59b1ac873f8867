"""Names of the gazetteer are found as German writes them, and nothing else is."""

from __future__ import annotations

import pytest

from kg.annotation.records import Entity
from kg.errors import ResourceError
from kg.knowledge.gazetteer import Gazetteer, shipped_gazetteer
from tests.support.extraction import read
from tests.support.naming import annotated, found, gazetteer

NAMES = [
    # acronyms want their case; verbs and prepositions are no names
    ("Es ist gut, dass er an der Tür steht und hit sagt.", []),
    ("Der IS griff Homs an.", [("IS", "islamic-state"), ("Homs", "homs")]),
    ("Die UN und die UNO tagen.", [("UN", "united-nations"), ("UNO", "united-nations")]),
    # adjectives inside a name
    ("Der Islamische Staat zog ab.", [("Islamische Staat", "islamic-state")]),
    ("Kämpfer des Islamischen Staates flohen.", [("Islamischen Staates", "islamic-state")]),
    ("Ein islamischer Staat war ihr Ziel.", []),
    ("Sie dankten den Vereinten Nationen.", [("Vereinten Nationen", "united-nations")]),
    ("Einheiten der irakischen Armee rückten vor.", [("irakischen Armee", "iraqi-army")]),
    ("Irakische Armee rückt vor.", [("Irakische Armee", "iraqi-army")]),
    ("Laut der Syrischen Beobachtungsstelle für Menschenrechte starb niemand.",
     [("Syrischen Beobachtungsstelle für Menschenrechte", "observatory")]),
    ("Die Demokratischen Kräfte Syriens rücken vor.", [("Demokratischen Kräfte Syriens", "syrian-democratic-forces")]),
    # genitives, hyphens, articles, diacritics
    ("Mossuls Altstadt liegt am Fluss.", [("Mossuls", "mosul")]),
    ("Tal-Afar fiel, Tal Afar ist frei.", [("Tal-Afar", "tal-afar"), ("Tal Afar", "tal-afar")]),
    ("Al-Rakka und ar-Raqqa sind eine Stadt.", [("Al-Rakka", "raqqa"), ("ar-Raqqa", "raqqa")]),
    ("Sie trafen Baschār al-Assad.", [("Baschār al-Assad", "bashar-al-assad")]),
    ("Die Hamas schwieg.", [("Hamas", "hamas")]),
    ("„Islamischer Staat“ (IS) nennt sie sich.", [("Islamischer Staat", "islamic-state"), ("IS", "islamic-state")]),
    # compounds: the head decides
    ("IS-Kämpfer flohen.", [("IS-Kämpfer", "islamic-state")]),
    ("IS- Kämpfer flohen.", [("IS- Kämpfer", "islamic-state")]),
    ("Die Hisbollah-Miliz griff ein.", [("Hisbollah-Miliz", "hezbollah")]),
    ("Die Mossul-Offensive begann.", [("Mossul", "mosul")]),
    ("Ein IS-Propagandavideo erschien.", [("IS", "islamic-state")]),
    ("Talibankämpfer flohen, ein Talibansprecher schwieg.",
     [("Talibankämpfer", "taliban"), ("Talibansprecher", "taliban")]),
    ("Sie beschossen Talibanstellungen.", [("Taliban", "taliban")]),
    ("Ein Taliban-Sprecher sagte nichts.", [("Taliban-Sprecher", "taliban")]),
    ("Die Anti-IS-Koalition flog Angriffe.", [("Anti-IS-Koalition", "global-coalition")]),
    ("US-Soldaten und US-Militär sind dort.", [("US-Soldaten", "us-military"), ("US-Militär", "us-military")]),
    # the noun before a name belongs to it
    ("Sie nahmen die Stadt Homs ein.", [("Stadt Homs", "homs")]),
    ("In den Städten Homs und Hama wird gekämpft.", [("Homs", "homs"), ("Hama", "hama")]),
    ("IS-Chef Abu Bakr al-Baghdadi sprach.",
     [("IS-Chef Abu Bakr al-Baghdadi", "abu-bakr-al-baghdadi"), ("IS", "islamic-state")]),
    ("Präsident Assad reiste ab.", [("Präsident Assad", "bashar-al-assad")]),
    # which of two things
    ("In der Provinz Homs wird gekämpft.", [("Provinz Homs", "homs-governorate")]),
    ("Die Region Deraa blieb ruhig.", [("Region Deraa", "daraa-governorate")]),
    ("Die Provinz Bagdad blieb ruhig.", []),
    ("In Hit starben zwei.", [("Hit", "hit")]),
    ("Die Stadt Hit fiel.", [("Stadt Hit", "hit")]),
    ("Der Hit lief im Radio.", []),
    ("Ein Schuss traf den Flughafen Bagdad.", [("Flughafen Bagdad", "baghdad-airport"), ("Bagdad", "baghdad")]),
    ("Das Verteidigungsministerium der Vereinigten Staaten schwieg.",
     [("Verteidigungsministerium der Vereinigten Staaten", "us-department-of-defense"),
      ("Vereinigten Staaten", "united-states")]),
    ("Die zweitgrößte Stadt Syriens brennt.", [("Syriens", "syria")]),
    ("Kämpfe in der Ost-Ukraine dauern an.", [("Ost-Ukraine", "donbas")]),
    ("Ein Gefecht in Süd-Syrien dauert an.", []),
    # papers whose names are words
    ("Die Welt war entsetzt.", []),
    ("Laut „Die Welt“ war das so.", [("Die Welt", "the-world")]),
    # parts of other names
    ("Jordan Peele drehte einen Film.", []),
    ("Die Tehrik-i-Taliban griff an.", []),
    # adjectives of countries and what they are of
    ("Irakische Truppen rückten vor.", [("Irakische Truppen", "iraqi-army")]),
    ("Die schwer bewaffneten irakischen Soldaten zogen ab.", [("irakischen Soldaten", "iraqi-army")]),
    ("Offensiven irakischer und syrischer Truppen begannen.",
     [("irakischer", "iraqi-army"), ("syrischer Truppen", "syrian-army")]),
    ("Die jemenitische Regierung dementierte.", [("jemenitische Regierung", "yemen-government")]),
]  # fmt: skip
WORLD = [
    # towns of the world: by a word of place, small ones in an article that speaks of their country
    ("Ein Schuss fiel in Faisalabad.", [("Faisalabad", "faisalabad")]),
    ("Der Anschlag auf Quetta traf viele.", [("Quetta", "quetta")]),
    ("Faisalabad heißt ein Lokal.", []),
    ("Bewaffnete überfielen Damasak.", []),
    ("Bewaffnete stürmten in Baidoa ein Hotel.", []),
    ("In Somalia stürmten sie bei Baidoa ein Hotel.", [("Somalia", "somalia"), ("Baidoa", "baidoa")]),
    ("Somalische Truppen räumten Baidoa.", [("Somalische Truppen", "somali-army"), ("Baidoa", "baidoa")]),
    ("Das Essen kam aus Essen.", [("Essen", "essen")]),
    ("In den Provinzen Hama und Homs brennt es.", [("Hama", "hama-governorate"), ("Homs", "homs-governorate")]),
    ("Minister Karim Homs schwieg.", []),
    ("Sie lasen das Magazin „Dabiq“.", [("Dabiq", "dabiq-magazine")]),
    ("Nils Meier wohnt am Nil.", [("Nil", "nile")]),
    ("Die Beratungen des UN-Sicherheitsrates stocken.", [("UN-Sicherheitsrates", "un-security-council")]),
]  # fmt: skip
NAMED = {e.slug for e in shipped_gazetteer().entries.values() if e.kind not in ("PopulationGroup", "ArmedGroup")}
DEMONYMS = [
    ("Ein syrischer Luftangriff traf die Stadt.", [("syrischer", "syria")]),
    ("In irakischen und syrischen Städten explodierten Bomben.", [("irakischen", "iraq"), ("syrischen", "syria")]),
    ("Die syrisch-irakische Grenze ist zu.", [("syrisch", "syria"), ("irakische", "iraq")]),
    ("In der nordsyrischen Wüste.", [("nordsyrischen", "syria")]),
    ("Die US-geführte Allianz flog Angriffe.", [("US", "united-states")]),
    ("Ein US-Luftangriff traf sie.", [("US", "united-states")]),
    ("Ein irakischer Soldat starb.", [("irakischer", "iraq")]),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMES)
def test_names_are_found_and_nothing_else(sentence, expected):
    assert found(annotated(sentence, names=False), "name") == expected


@pytest.mark.parametrize(("sentence", "expected"), WORLD)
def test_towns_of_the_world_are_known_where_grammar_says_place(sentence, expected):
    doc = read(sentence)
    shipped = {slug for slug, entity in doc._.entities.items() if entity.scope == "gazetteer" and slug in NAMED}
    assert [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if m.entity in shipped] == expected


@pytest.mark.parametrize(("sentence", "expected"), DEMONYMS)
def test_adjective_of_a_country_alone_is_a_demonym(sentence, expected):
    doc = annotated(sentence, names=False)
    assert found(doc, "demonym") == expected
    assert found(doc, "name") == []


def test_an_unknown_first_name_makes_another_person():
    doc = annotated("Rifaat al-Assad lebt in Frankreich.", names=False)
    assert found(doc) == [("Frankreich", "france")]


def test_entities_are_those_that_a_mention_names():
    doc = annotated("Die jemenitische Regierung tagte in Bagdad.", names=False)
    assert doc._.entities == {
        "yemen-government": Entity("yemen-government", "Government", "Regierung (Jemen)", (), "shared"),
        "baghdad": Entity("baghdad", "City", "Bagdad"),
    }


def test_head_of_a_mention_is_the_noun_that_carries_the_case():
    doc = annotated("Sie nahmen die Stadt Homs ein.", names=False)
    assert [doc[m.head].text for m in doc._.mentions] == ["Stadt"]


def test_offsets_count_code_points():
    doc = annotated("😀 In Mossul 😀 wird gefeiert.", names=False)
    assert found(doc) == [("Mossul", "mosul")]


@pytest.mark.parametrize(
    ("name", "kinds", "slug"),
    [("Raqqah", ("City",), "raqqa"), ("Tel Afar", ("City",), "tal-afar"), ("Baghdad", ("City",), "baghdad"),
     ("Raqqah", ("Person",), None), ("Makka", ("City",), None), ("Hims", ("City",), None),
     ("Haider al-Abadi", ("Person",), "haider-al-abadi")],
)  # fmt: skip
def test_another_spelling_is_known_by_its_key(name, kinds, slug):
    assert gazetteer().by_key(name, kinds) == slug


def test_country_of_climbs_from_place_or_actor():
    assert [gazetteer().country_of(s) for s in ("baghdad-airport", "iraqi-army", "syrian-democratic-forces", "taliban")] == [
        "iraq", "iraq", "syria", None,
    ]  # fmt: skip


def test_one_line_of_turtle_makes_a_new_actor_known():
    prefixes = "".join(f"@prefix {p}: <{i}> .\n" for p, i in (
        ("lb", "https://w3id.org/lagebild/ontology#"), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("", "https://w3id.org/lagebild/entity/"), ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ))  # fmt: skip
    line = ':x a lb:Militia ; rdfs:label "Neue Wacht"@de, "New Guard"@en ; skos:altLabel "Nowa-Wacht"@de .'
    known = Gazetteer.read([("new.ttl", prefixes + line)])
    assert known.entries["x"].kind == "Militia"
    assert known.entries["x"].names == ("Neue Wacht", "New Guard", "Nowa-Wacht")


@pytest.mark.parametrize("turtle", ["this is no Turtle", "@prefix a: <b:> .\n"])
def test_a_gazetteer_that_names_nothing_raises(turtle):
    with pytest.raises(ResourceError):
        Gazetteer.read([("broken.ttl", turtle)])


def test_the_shipped_gazetteer_knows_the_islamic_state():
    assert "IS" in shipped_gazetteer().entries["islamic-state"].names
