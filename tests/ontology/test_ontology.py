"""The vocabulary: everything declared, labelled, defined; inside OWL 2 DL; the same terms as kg.namespaces."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from types import ModuleType

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD, ClosedNamespace

from kg.namespaces import (
    ACTOR_KINDS,
    EVENT_KINDS,
    EVENT_SUBKINDS,
    FACTUALITIES,
    FOAF,
    GAF,
    GEO,
    LB,
    NIF,
    ONTOLOGY_IRI,
    PLACE_KINDS,
    PROPERTIES,
    SCHEMA,
    SEM,
)
from kg.resources import listed, text
from tests.support.places import PROJECT

FILES = ("actors.ttl", "alignments.ttl", "cities.ttl", "lagebild.ttl", "linkset.ttl", "places.ttl", "towns.ttl")
COMPUTED = {"ControlPeriod", "Resolution"}
OWN_CLASSES = {*COMPUTED, "Actor", "Place", "Event", "Factuality", *ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS}
PREFIXES = """
@prefix : <https://w3id.org/lagebild/entity/> .
@prefix ex: <https://example.org/> .
@prefix gaf: <http://groundedannotationframework.org/gaf#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix lb: <https://w3id.org/lagebild/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@cache
def profile() -> ModuleType:
    """Load the checker beside this file; the tests are no package."""
    spec = importlib.util.spec_from_file_location("owl_profile", PROJECT / "tests" / "support" / "owl_profile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["owl_profile"] = module
    spec.loader.exec_module(module)
    return module


@cache
def shipped(file: str) -> Graph:
    return profile().read(text("ontology", file))  # type: ignore[no-any-return]


@cache
def everything() -> Graph:
    union = Graph()
    for file in FILES:
        union += shipped(file)
    return union


def own(kind: URIRef) -> set[str]:
    return {
        str(s).removeprefix(str(LB))
        for s in shipped("lagebild.ttl").subjects(RDF.type, kind)
        if str(s).startswith(str(LB))
    }


def test_these_files_are_shipped() -> None:
    assert tuple(f.name for f in listed("ontology", ".ttl")) == FILES


def test_declared_terms_are_those_of_the_closed_vocabulary() -> None:
    declared_properties = own(OWL.ObjectProperty) | own(OWL.DatatypeProperty) | own(OWL.AnnotationProperty)
    assert own(OWL.Class) == OWN_CLASSES
    assert declared_properties == set(PROPERTIES)
    assert own(OWL.NamedIndividual) == set(FACTUALITIES)


def test_no_term_is_listed_twice_in_the_closed_vocabulary() -> None:
    names = [*ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS, *FACTUALITIES, *PROPERTIES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("namespace", [SEM, GAF, NIF, GEO, SCHEMA, FOAF])
def test_every_foreign_term_of_the_closed_vocabulary_is_declared(namespace: ClosedNamespace) -> None:
    declared = set(shipped("lagebild.ttl").subjects(RDF.type))
    terms = [namespace[name] for name in dir(namespace)]
    assert terms
    assert [t for t in terms if t not in declared] == []


@pytest.mark.parametrize("file", FILES)
def test_file_stays_inside_owl_2_dl(file: str) -> None:
    vocabulary = () if file == "lagebild.ttl" else (shipped("lagebild.ttl"),)
    assert [str(f) for f in profile().findings(shipped(file), *vocabulary, named_individuals=True)] == []


def test_all_files_together_stay_inside_owl_2_dl() -> None:
    assert [str(f) for f in profile().findings(everything(), named_individuals=True)] == []


def test_ontology_has_one_version_and_imports_nothing() -> None:
    graph = everything()
    assert set(graph.subjects(RDF.type, OWL.Ontology)) == {ONTOLOGY_IRI}
    assert len(set(graph.objects(ONTOLOGY_IRI, OWL.versionIRI))) == 1
    assert set(graph.objects(None, OWL.imports)) == set()


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_own_term_speaks_german_and_english(predicate: URIRef) -> None:
    graph = shipped("lagebild.ttl")
    terms = OWN_CLASSES | set(PROPERTIES) | set(FACTUALITIES)
    languages = {t: sorted(getattr(o, "language", "") for o in graph.objects(LB[t], predicate)) for t in terms}
    assert {t: found for t, found in languages.items() if found != ["de", "en"]} == {}


def test_every_own_term_names_the_ontology_that_defines_it() -> None:
    graph = shipped("lagebild.ttl")
    terms = OWN_CLASSES | set(PROPERTIES) | set(FACTUALITIES)
    assert {t for t in terms if list(graph.objects(LB[t], RDFS.isDefinedBy)) != [ONTOLOGY_IRI]} == set()


def test_every_declared_term_of_others_has_labels_and_a_home() -> None:
    graph = shipped("lagebild.ttl")
    declared = {
        s
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype)
        for s in graph.subjects(RDF.type, kind)
    }
    assert {s for s in declared if len(list(graph.objects(s, RDFS.label))) != 2} == set()
    assert {s for s in declared if len(list(graph.objects(s, RDFS.isDefinedBy))) != 1} == set()


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        *((k, "Event") for k in EVENT_KINDS),
        *EVENT_SUBKINDS.items(),
        *((k, "Place") for k in PLACE_KINDS),
        *((k, "Actor") for k in (*ACTOR_KINDS, "Country")),
    ],
)
def test_kind_is_below_its_parent(kind: str, parent: str) -> None:
    assert LB[parent] in set(shipped("lagebild.ttl").transitive_objects(LB[kind], RDFS.subClassOf))


def test_actor_and_place_overlap_and_both_exclude_event() -> None:
    graph = shipped("lagebild.ttl")
    apart = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    assert frozenset((LB.Event, LB.Actor)) in apart
    assert frozenset((LB.Event, LB.Place)) in apart
    assert frozenset((LB.Actor, LB.Place)) not in apart


@pytest.mark.parametrize(
    ("turtle", "rule", "term"),
    [
        ("ex:e lb:place :mosul ; ex:near :mosul .", "undeclared property", "https://example.org/near"),
        ("ex:e a ex:Battle .", "undeclared class", "https://example.org/Battle"),
        ('ex:e lb:agent "IS" .', "literal on an object property", str(LB.agent)),
        ("ex:e lb:fatalities :mosul .", "no literal on a data property", str(LB.fatalities)),
        ('ex:e lb:earliest "2017-11-09"^^xsd:date .', "datatype outside OWL 2", str(XSD.date)),
        ('ex:e lb:latest "2017-11"^^xsd:gYearMonth .', "datatype outside OWL 2", str(XSD.gYearMonth)),
        ("ex:e lb:fatalities 3 .", "datatype outside the range", str(XSD.integer)),
        (
            'ex:e lb:earliest "2017-11-09"^^xsd:dateTime .',
            "not a value of its datatype",
            f"2017-11-09 as {XSD.dateTime}",
        ),
        (
            'ex:e skos:altLabel "1,5"^^xsd:decimal .',
            "not a value of its datatype",
            f"1,5 as {XSD.decimal}",
        ),
        ("ex:e lb:place [ a lb:City ] .", "blank node", str(LB.place)),
        ("ex:p a owl:ObjectProperty, owl:DatatypeProperty .", "illegal punning", "https://example.org/p"),
        (
            "ex:p a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty .",
            "restricted transitive property",
            "https://example.org/p",
        ),
        ("ex:C a owl:Class ; rdfs:subClassOf ex:D .", "undeclared class", "https://example.org/D"),
        ("ex:p a owl:ObjectProperty ; rdfs:range ex:D .", "undeclared range", "https://example.org/D"),
        ("ex:e owl:imports ex:o .", "undeclared property", str(OWL.imports)),
        ("ex:e a lb:Capture .", "individual that is not declared", "https://example.org/e"),
    ],
)
def test_profile_check_fires(turtle: str, rule: str, term: str) -> None:
    graph = profile().read(PREFIXES + turtle)
    found = profile().findings(graph, shipped("lagebild.ttl"), named_individuals=True)
    assert (rule, term) in {(f.rule, f.term) for f in found}


def test_profile_check_accepts_what_an_article_says() -> None:
    turtle = """
    ex:e a lb:Capture ; rdfs:label "Einnahme: Mossul"@de ; lb:agent :iraqi-army ; lb:place :mosul ;
        lb:earliest "2017-07-10T00:00:00Z"^^xsd:dateTime ; lb:fatalities "3"^^xsd:nonNegativeInteger ;
        gaf:denotedBy ex:m .
    ex:m a gaf:Mention ; lb:factuality lb:Factual ; lb:confidence 0.87 ; lb:attributedTo :iraqi-army .
    :mosul geo:asWKT "POINT(43.1 36.3)"^^geo:wktLiteral ; skos:altLabel "Mosul"@de .
    """
    graph = profile().read(PREFIXES + turtle)
    assert profile().findings(graph, shipped("lagebild.ttl")) == []
