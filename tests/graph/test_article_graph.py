from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import RdfFormat, serialize

from kg.annotation.records import Bounds, Entity, EventMention, Mention
from kg.graph import header
from kg.graph.article_graph import article_graph
from kg.namespaces import PREFIXES
from tests.support.extraction import read
from tests.support.made import BASE, ENTITIES, TEXT, annotated, article, found, setting, triples

CAPTURE = EventMention(
    "Capture",
    *found(TEXT, "eroberte"),
    (0, 36),
    agents=("syrian-army",),
    places=("abu-kamal",),
    earliest=date(2017, 11, 9),
    latest=date(2017, 11, 9),
    factuality="Reported",
    sources=("generalstab",),
    confidence=0.9,
)
MENTIONS = tuple(
    Mention(*found(TEXT, words), slug, 0)
    for words, slug in (("Die Armee", "syrian-army"), ("Abu Kamal", "abu-kamal"), ("Generalstab", "generalstab"))
)
WHOLE = """
<article/bericht-1f> a schema:NewsArticle , nif:Context ; lb:sourcePath "berichte/bericht.txt" ;
    lb:contentHash "sha256:0000000000000000000000000000000000000000000000000000000000000000" ;
    nif:isString "Die Armee eroberte Abu Kamal zurück. Das teilte der Generalstab am Donnerstag mit." ;
    schema:datePublished "2017-11-09T00:00:00Z"^^xsd:dateTime ; prov:wasGeneratedBy <run/0f> .
<run/0f> a prov:Activity ; rdfs:label "Lagebild 0" .
<event/9f84c7664d6032d9> a lb:Capture ; dcterms:identifier "9f84c7664d6032d9" ;
    rdfs:label "Einnahme: Abu Kamal, durch Syrische Armee"@de ,
    "Capture: Albu Kamal, by Syrian Army"@en ;
    lb:agent <entity/syrian-army> ; lb:place <entity/abu-kamal> ;
    lb:earliest "2017-11-09T00:00:00Z"^^xsd:dateTime ; lb:latest "2017-11-09T23:59:59Z"^^xsd:dateTime ;
    gaf:denotedBy <article/bericht-1f#offset_10_18> .
<article/bericht-1f#offset_10_18> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "eroberte" ;
    nif:beginIndex "10"^^xsd:nonNegativeInteger ; nif:endIndex "18"^^xsd:nonNegativeInteger ;
    nif:referenceContext <article/bericht-1f> ; nif:sentence <article/bericht-1f#offset_0_36> ;
    lb:factuality lb:Reported ; lb:attributedTo <entity/generalstab-bericht-1f> ; lb:confidence 0.9 .
<article/bericht-1f#offset_0_36> a nif:Sentence , nif:OffsetBasedString ;
    nif:anchorOf "Die Armee eroberte Abu Kamal zurück." ; nif:referenceContext <article/bericht-1f> ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "36"^^xsd:nonNegativeInteger .
<article/bericht-1f#offset_37_82> a nif:Sentence , nif:OffsetBasedString ;
    nif:anchorOf "Das teilte der Generalstab am Donnerstag mit." ; nif:referenceContext <article/bericht-1f> ;
    nif:beginIndex "37"^^xsd:nonNegativeInteger ; nif:endIndex "82"^^xsd:nonNegativeInteger .
<entity/syrian-army> gaf:denotedBy <article/bericht-1f#offset_0_9> .
<article/bericht-1f#offset_0_9> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "Die Armee" ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "9"^^xsd:nonNegativeInteger ;
    nif:referenceContext <article/bericht-1f> ; nif:sentence <article/bericht-1f#offset_0_36> .
<entity/abu-kamal> gaf:denotedBy <article/bericht-1f#offset_19_28> .
<article/bericht-1f#offset_19_28> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "Abu Kamal" ;
    nif:beginIndex "19"^^xsd:nonNegativeInteger ; nif:endIndex "28"^^xsd:nonNegativeInteger ;
    nif:referenceContext <article/bericht-1f> ; nif:sentence <article/bericht-1f#offset_0_36> .
<entity/generalstab-bericht-1f> a lb:Organization ; rdfs:label "Generalstab"@de ; skos:altLabel "Stab"@de ;
    gaf:denotedBy <article/bericht-1f#offset_52_63> .
<article/bericht-1f#offset_52_63> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "Generalstab" ;
    nif:beginIndex "52"^^xsd:nonNegativeInteger ; nif:endIndex "63"^^xsd:nonNegativeInteger ;
    nif:referenceContext <article/bericht-1f> ; nif:sentence <article/bericht-1f#offset_37_82> .
"""


def lines(graph):
    return serialize(sorted(graph, key=str), format=RdfFormat.N_TRIPLES).decode()


def article_triples(one, doc):
    return article_graph(one, doc, setting()).triples()


def objects(graph, term):
    prefix, _, name = term.partition(":")
    return [t.object.value.removeprefix(BASE) for t in graph if t.predicate.value == PREFIXES[prefix] + name]


def test_an_article_becomes_the_graph_of_the_contract():
    graph = article_triples(article(), annotated(events=(CAPTURE,), mentions=MENTIONS))
    assert lines(graph) == lines(triples(WHOLE))


def test_an_articles_graph_names_every_triple_once_and_is_the_same_every_time():
    made = [article_triples(article(), annotated(events=(CAPTURE,), mentions=MENTIONS)) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) == len(set(made[0]))


@pytest.mark.parametrize(
    ("values", "term", "expected"),
    [
        ({"title": "Armee in Abu Kamal"}, "schema:headline", ["Armee in Abu Kamal"]),
        ({"publisher": "Bote"}, "schema:publisher", ["Bote"]),
        ({"url": "https://bote.example/a b?x=ü"}, "schema:url", ["https://bote.example/a%20b?x=%C3%BC"]),
        ({"url": "bote.example/1"}, "schema:url", []),
        ({"source_path": "b\udcfcro.txt"}, "lb:sourcePath", ["b\ufffdro.txt"]),
        ({"published": None}, "schema:datePublished", []),
    ],
)
def test_what_is_known_of_an_article_stands_in_its_header(values, term, expected):
    assert objects(header(article(**values), setting()).triples(), term) == expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (Bounds(12, 12), {"fatalities": ["12"], "fatalitiesMin": [], "fatalitiesMax": []}),
        (Bounds(24, None), {"fatalities": [], "fatalitiesMin": ["24"], "fatalitiesMax": []}),
        (Bounds(10, 20), {"fatalities": [], "fatalitiesMin": ["10"], "fatalitiesMax": ["20"]}),
        (Bounds(0, 0), {"fatalities": ["0"], "fatalitiesMin": [], "fatalitiesMax": []}),
        (None, {"fatalities": [], "fatalitiesMin": [], "fatalitiesMax": []}),
    ],
)
def test_numbers_are_exact_or_bounded(bounds, expected):
    graph = article_triples(article(), annotated(events=(replace(CAPTURE, fatalities=bounds),)))
    assert {name: objects(graph, f"lb:{name}") for name in expected} == expected


@pytest.mark.parametrize(("time", "words"), [(found(TEXT, "am Donnerstag"), ["am Donnerstag"]), (None, [])])
def test_an_event_names_the_words_that_say_when_it_happened(time, words):
    graph = article_triples(article(), annotated(events=(replace(CAPTURE, time=time),)))
    stretches = objects(graph, "lb:timeExpression")
    anchors = {t.subject.value.removeprefix(BASE): t.object.value for t in graph if t.predicate.value.endswith("#anchorOf")}
    assert [anchors[stretch] for stretch in stretches] == words


def test_a_finer_event_has_both_types():
    graph = article_triples(article(), annotated(events=(replace(CAPTURE, kind="SuicideBombing"),)))
    event = next(t.subject for t in graph if t.predicate.value == PREFIXES["lb"] + "agent")
    types = [t.object.value for t in graph if t.subject == event and t.predicate.value.endswith("#type")]
    assert types == [PREFIXES["lb"] + "SuicideBombing", PREFIXES["lb"] + "Bombing"]


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({}, ["Einnahme: Abu Kamal, durch Syrische Armee", "Capture: Albu Kamal, by Syrian Army"]),
        ({"agents": ()}, ["Einnahme: Abu Kamal", "Capture: Albu Kamal"]),
        (
            {"places": (), "targets": ("generalstab",)},
            ["Einnahme: durch Syrische Armee, gegen Generalstab", "Capture: by Syrian Army, from Generalstab"],
        ),
        ({"places": (), "agents": ()}, ["Einnahme", "Capture"]),
        ({"kind": "Siege"}, ["Siege: Abu Kamal, durch Syrische Armee", "Siege: Albu Kamal, by Syrian Army"]),
    ],
)
def test_an_event_is_labelled_by_its_type_and_what_stands_in_its_roles(changes, labels):
    graph = article_triples(article(), annotated(events=(replace(CAPTURE, sources=(), **changes),)))
    event = next(t.subject for t in graph if "/event/" in str(t.subject))
    assert [t.object.value for t in graph if t.subject == event and t.predicate.value.endswith("#label")] == labels


def test_events_that_share_a_trigger_share_its_mention_and_the_first_says_how_certain_it_is():
    second = replace(CAPTURE, places=(), factuality="Future", sources=())
    graph = article_triples(article(), annotated(events=(CAPTURE, second)))
    assert len({t.subject for t in graph if "/event/" in str(t.subject)}) == 2
    assert objects(graph, "lb:factuality") == ["ontology#Reported"]
    assert objects(graph, "lb:attributedTo") == ["entity/generalstab-bericht-1f"]


def test_two_events_at_the_same_words_and_place_stay_two():
    graph = article_triples(article(), annotated(events=(CAPTURE, replace(CAPTURE, agents=()))))
    assert len({t.subject for t in graph if "/event/" in str(t.subject)}) == 2


def test_mentions_of_one_occurrence_are_one_event_and_each_keeps_its_certainty():
    again = replace(CAPTURE, begin=43, end=49, places=(), factuality="Factual", sources=(), fatalities=Bounds(3, 3))
    events = tuple(replace(event, occurrence=0) for event in (replace(CAPTURE, earliest=None), again))
    graph = article_triples(article(), annotated(events=events))
    assert len({t.subject for t in graph if "/event/" in str(t.subject)}) == 1
    assert objects(graph, "lb:place") == ["entity/abu-kamal"]
    assert objects(graph, "lb:fatalities") == ["3"]
    assert objects(graph, "lb:earliest") == ["2017-11-09T00:00:00Z"]
    assert objects(graph, "lb:factuality") == ["ontology#Reported", "ontology#Factual"]


def test_an_occurrence_named_by_a_finer_and_a_general_type_has_both():
    events = tuple(replace(CAPTURE, kind=kind, begin=n, occurrence=0) for n, kind in enumerate(("Bombing", "SuicideBombing")))
    graph = article_triples(article(), annotated(events=events))
    event = next(t.subject for t in graph if t.predicate.value == PREFIXES["lb"] + "agent")
    types = [t.object.value for t in graph if t.subject == event and t.predicate.value.endswith("#type")]
    assert types == [PREFIXES["lb"] + name for name in ("Bombing", "SuicideBombing")]


REPORT = "Bei einem Anschlag in Kabul sind am Montag zehn Polizisten getötet worden. Die Taliban nahmen Kundus ein."


@pytest.mark.parametrize(
    "text",
    [
        f"Es schneit in Erbil. {REPORT}",
        f"In Basra ist es ruhig.\n\n{REPORT} Das meldete die Agentur.",
        f"Die Armee eroberte am Freitag Tikrit. {REPORT}",
        f"Anschlag in Kabul.\n\n{REPORT}",
        f"{REPORT} Der Anschlag wurde verurteilt.",
    ],
)
def test_an_unchanged_sentence_keeps_its_event(text):
    def events(text):
        return {t.subject.value for t in article_triples(article(text), read(text)) if "/event/" in str(t.subject)}

    assert len(events(REPORT)) == 3
    assert events(REPORT) <= events(text)


def test_two_sentences_of_the_same_words_are_two_events():
    text = "Kundus fiel. Es war Montag. Kundus fiel."
    graph = article_triples(article(text), annotated(text, events=tuple(
        EventMention("Capture", begin, begin + 4, (0, 0)) for begin in (7, 35)
    )))  # fmt: skip
    assert len({t.subject for t in graph if "/event/" in str(t.subject)}) == 2


def test_a_shared_entity_is_described_but_bears_no_article_in_its_name():
    someone = Entity("max-muster", "Person", "Max Muster", ("Muster",), "shared")
    mention = Mention(*found(TEXT, "Generalstab"), "max-muster", 0)
    graph = article_triples(article(), annotated(mentions=(mention,), entities=(*ENTITIES, someone)))
    described = {t.subject.value for t in graph if t.predicate.value.endswith("#altLabel")}
    assert described == {BASE + "entity/max-muster"}


def test_offsets_count_code_points_and_sentences_shed_their_white_space():
    text = "  𝔄ber Mossul fiel.\n\n"
    mention = Mention(*found(text, "Mossul"), "abu-kamal", 0)
    graph = article_triples(article(text), annotated(text, mentions=(mention,)))
    assert objects(graph, "nif:anchorOf") == ["Mossul", "𝔄ber Mossul fiel."]
    assert objects(graph, "nif:beginIndex") == ["7", "2"]


def test_a_local_place_lies_where_the_text_puts_it():
    south = Entity("suedsyrien", "Region", "Südsyrien", ("Süden",), "article", within="syria")
    mention = Mention(*found(TEXT, "Generalstab"), "suedsyrien", 0)
    graph = article_triples(article(), annotated(mentions=(mention,), entities=(*ENTITIES, south)))
    placed = [(t.subject.value, t.object.value) for t in graph if t.predicate.value.endswith("#locatedIn")]
    assert placed == [(f"{BASE}entity/suedsyrien-bericht-1f", f"{BASE}entity/syria")]
