"""The file for Protégé keeps the rules of OWL 2 DL; the same is checked with Protégé's own libraries in tests/java."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.export.formats import EXPORT_FORMATS
from kg.export.selection import Selection
from kg.knowledge.triples import load_shipped
from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, EVENT_SUBKINDS, LB, NIF, PLACE_KINDS
from kg.store.embedded import Store
from tests.support import owl_profile
from tests.support.made import BASE, triples

SYNTAX = {"owl": RdfFormat.RDF_XML, "owl-ttl": RdfFormat.TURTLE}
A, B = (NamedNode(f"{BASE}article/{name}") for name in ("a-1f", "b-2e"))


def article(name: str, town: str, event: str, extra: str = "") -> str:
    return f"""
    <article/{name}> a schema:NewsArticle, nif:Context ; lb:sourcePath "{name}.txt" ; lb:contentHash "sha256:0" ;
        nif:isString "Die Armee nahm die Stadt ein." ; schema:headline "Stadt {name} gefallen"@de ;
        schema:datePublished "2017-11-09T00:00:00Z"^^xsd:dateTime ; prov:wasGeneratedBy <run/0f> .
    <run/0f> a prov:Activity ; rdfs:label "Lagebild 0" .
    <event/{event}> a lb:Capture ; rdfs:label "Einnahme: Mossul"@de, "capture: Mosul"@en ; lb:place <entity/{town}> ;
        lb:agent <entity/stab-{name}> ; lb:latest "2017-11-09T23:59:59Z"^^xsd:dateTime ;
        lb:fatalities "3"^^xsd:nonNegativeInteger ; gaf:denotedBy <article/{name}#offset_10_14> .
    <article/{name}#offset_10_14> a gaf:Mention, nif:OffsetBasedString ; nif:anchorOf "nahm" ; nif:beginIndex
        "10"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger ;
        nif:referenceContext <article/{name}> ; lb:factuality lb:Factual ; lb:confidence 0.87 ;
        lb:attributedTo <entity/unknown-spokesman> .
    <entity/stab-{name}> a lb:StateForce ; rdfs:label "Stab"@de ; gaf:denotedBy <article/{name}#offset_10_14> .
    {extra}"""


def filled(folder, what) -> Store:
    store = Store(folder / "store", write=True)
    store.load_shipped(what)
    store.replace({A: triples(article("a-1f", "mosul", "1")), B: triples(article("b-2e", "raqqa", "2"))})
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a store that no test writes into."""
    with filled(tmp_path_factory.mktemp("read"), load_shipped()) as opened:
        yield opened


@pytest.fixture(scope="module")
def turtle(store):
    return graph(store)


@pytest.fixture
def own(tmp_path):
    """Return a store with no gazetteer to write into."""
    everything = load_shipped()
    with filled(tmp_path, replace(everything, gazetteer=())) as opened:
        yield opened


def exported(store, name: str = "owl-ttl") -> bytes:
    out = io.BytesIO()
    EXPORT_FORMATS[name](store, out)
    return out.getvalue()


def graph(store, name: str = "owl-ttl"):
    return owl_profile.read(exported(store, name), SYNTAX[name])


def test_file_stays_inside_owl_2_dl_and_declares_every_individual(turtle):
    assert [str(f) for f in owl_profile.findings(turtle, named_individuals=True)] == []


def test_rdf_xml_and_turtle_say_the_same(store, turtle):
    assert set(graph(store, "owl")) == set(turtle)


def test_nothing_is_imported_and_one_ontology_is_named(turtle):
    found = turtle
    assert list(found.subjects(RDF.type, OWL.Ontology)) == [URIRef(f"{BASE}export")]
    assert set(found.objects(None, OWL.imports)) == set()
    assert len(list(found.objects(URIRef(f"{BASE}export"), OWL.versionIRI))) == 1


def test_every_individual_has_one_label_in_each_language(turtle):
    found = turtle
    individuals = set(found.subjects(RDF.type, OWL.NamedIndividual))
    assert len(individuals) > 1000
    languages = {node: sorted(str(o.language) for o in found.objects(node, RDFS.label)) for node in individuals}
    assert {node: told for node, told in languages.items() if told != ["de", "en"]} == {}


def test_no_two_things_share_a_label(turtle):
    named = defaultdict(set)
    for node, label in turtle.subject_objects(RDFS.label):
        named[(str(label), label.language)].add(str(node))
    assert {label: nodes for label, nodes in named.items() if len(nodes) > 1} == {}


@pytest.mark.parametrize(
    ("node", "language", "label"),
    [
        ("event/1", "de", "Einnahme: Mossul · 1"),
        ("event/2", "en", "capture: Mosul · 2"),
        ("entity/stab-a-1f", "en", "Stab · stab-a-1f"),
        ("entity/mosul", "de", "Mossul"),
        ("entity/unknown-spokesman", "de", "entity/unknown-spokesman"),
        ("article/a-1f", "en", "Stadt a-1f gefallen · a-1f"),
        ("article/a-1f#offset_10_14", "de", "nahm · a-1f, 10–14"),
        ("run/0f", "en", "Lagebild 0"),
    ],
)
def test_label(turtle, node, language, label):
    labels = turtle.objects(URIRef(BASE + node), RDFS.label)
    assert [str(o) for o in labels if o.language == language] == [label]


def test_time_is_xsd_date_time_only(turtle):
    kinds = Counter(o.datatype for o in turtle.objects() if getattr(o, "datatype", None))
    assert kinds[XSD.dateTime] == 4
    assert {XSD.date, XSD.gYear, XSD.gYearMonth}.isdisjoint(kinds)


def test_facts_are_those_of_the_store(store):
    facts = {t for name in (A, B) for t in store.triples(name) if t.predicate.value != str(RDFS.label)}
    assert facts <= {quad.triple for quad in parse(exported(store), RdfFormat.TURTLE)}


def test_a_selection_holds_the_articles_that_a_query_names_and_the_whole_vocabulary(store):
    chosen = Selection(store, 'SELECT ?a { ?a schema:headline "Stadt b-2e gefallen"@de }')
    found = graph(chosen)
    assert [str(f) for f in owl_profile.findings(found, named_individuals=True)] == []
    subjects = {str(s) for s in found.subjects()}
    assert {f"{BASE}event/2", f"{BASE}entity/mosul", f"{BASE}article/b-2e"} <= subjects
    assert {f"{BASE}event/1", f"{BASE}entity/stab-a-1f", f"{BASE}article/a-1f"}.isdisjoint(subjects)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a {", "--articles: the query is wrong"),
        ("ASK { ?a ?b ?c }", "--articles: the query is no SELECT"),
        ("SELECT ?a { ?a a lb:Capture }", "--articles: the query answers with no article of this store"),
    ],
)
def test_a_selection_that_selects_nothing_is_an_error(store, query, message):
    with pytest.raises(UsageError, match=message):
        Selection(store, query)


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("<entity/x> <https://example.org/near> <entity/mosul> .", "a property that the ontology doesn't declare"),
        ("<entity/x> a <https://example.org/Battle> .", "a class that the ontology doesn't declare"),
        ('<event/1> lb:agent "IS" .', "a literal where a thing is meant"),
        ("<event/1> lb:injured <entity/mosul> .", "a thing where a literal is meant"),
        ('<event/1> lb:earliest "2017-11-09"^^xsd:date .', f"the datatype {XSD.date}"),
        ("<event/1> lb:place [ a lb:City ] .", "a blank node"),
    ],
)
def test_a_statement_outside_owl_2_dl_is_named(own, extra, why):
    own.replace({A: triples(article("a-1f", "mosul", "1", extra))})
    with pytest.raises(StoreError, match=f"OWL 2 DL has no place for {why}"):
        exported(own)


def test_a_character_that_xml_has_no_place_for_keeps_its_width(own):
    text = next(t for t in own.triples(A) if t.predicate.value == str(NIF.isString))
    said = Triple(text.subject, text.predicate, Literal("Die\u000bArmee"))
    own.replace({A: [*(t for t in own.triples(A) if t != text), said]})
    assert "Die\ufffdArmee" in {str(o) for o in graph(own, "owl").objects()}


def test_an_empty_store_is_an_error(tmp_path):
    with Store(tmp_path / "empty", write=True) as empty, pytest.raises(StoreError, match="nothing in this store yet"):
        exported(empty)


def test_the_command_line_writes_the_file(own, tmp_path):
    own.close()
    target = tmp_path / "graph.owl"
    assert main(["export", "--store", str(own.folder), "--format", "owl", "-o", str(target)]) == 0
    assert b"<owl:Ontology" in target.read_bytes()
    query = 'SELECT ?a { ?a schema:headline "Stadt a-1f gefallen"@de }'
    part = tmp_path / "part.nq"
    arguments = ["export", "--store", str(own.folder), "--format", "nq", "--articles", query, "-o", str(part)]
    assert main(arguments) == 0
    names = {quad.graph_name.value for quad in parse(part.read_bytes(), RdfFormat.N_QUADS)}
    assert names == {f"{BASE}graph/ontology", f"{BASE}graph/gazetteer", A.value}


def test_every_kind_of_actor_place_and_event_has_examples_in_both_languages(turtle):
    kinds = {LB[kind] for kind in (*ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS)}
    languages = {kind: sorted(str(o.language) for o in turtle.objects(kind, SKOS.example)) for kind in kinds}
    assert {kind: found for kind, found in languages.items() if found != ["de", "en"]} == {}


def test_classes_that_only_an_alignment_names_stay_out_of_the_class_tree(turtle):
    classes = {str(s) for s in turtle.subjects(RDF.type, OWL.Class)}
    assert not any("newsreader-project" in iri for iri in classes)
    assert {"https://schema.org/City", "http://semanticweb.cs.vu.nl/2009/11/sem/Event", str(LB.Siege)} <= classes
    assert any("newsreader-project" in str(o) for o in turtle.objects(LB.Siege, SKOS.closeMatch))
