"""The shipped queries that join with Wikidata, against an endpoint of our own that has Wikidata's shape and IRIs."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode

from kg.knowledge.triples import load_shipped
from kg.namespaces import FOAF
from kg.resources import listed
from kg.store.embedded import Store
from tests.support.made import BASE, triples
from tests.support.serving import make_store, running, served

WIKIDATA = "https://query.wikidata.org/sparql"
QUERIES = {file.name: file.read_text(encoding="utf8") for file in listed("queries", ".rq") if "federated-" in file.name}
ITEMS = """
GRAPH <graph/items> {
  wd:Q83317 <http://www.wikidata.org/prop/direct/P17> wd:Q796 ; <http://www.wikidata.org/prop/direct/P1082> 1683000 ;
    <http://www.wikidata.org/prop/direct/P625> "Point(43.13 36.34)"^^geo:wktLiteral .
  wd:Q164528 <http://www.wikidata.org/prop/direct/P17> wd:Q796 ; <http://www.wikidata.org/prop/direct/P1082> 500 .
  wd:Q30 <http://www.wikidata.org/prop/direct/P463> wd:Q7184 .
  wd:Q159 <http://www.wikidata.org/prop/direct/P463> wd:Q1065 .
  wd:Q7184 rdfs:label "NATO"@de , "NATO"@en .
  <https://en.wikipedia.org/wiki/Peshmerga> <http://schema.org/about> wd:Q215880 .
}
"""
FACTS = """
<event/1> a lb:Capture ; lb:place <entity/mosul> ; lb:agent <entity/iraqi-army> .
<event/2> a lb:Capture ; lb:place <entity/mosul> ; lb:agent <entity/united-states>, <entity/russia> .
"""
ANSWERS = {
    "federated-population.rq": [("mosul", "Mossul", "1683000", "2")],
    "federated-coordinates.rq": [("mosul", "Mossul", "36.345", "43.145", "Point(43.13 36.34)")],
    "federated-membership.rq": [
        ("united-states", "Vereinigte Staaten", "http://www.wikidata.org/entity/Q7184", "NATO")
    ],
    "federated-titles.rq": [
        ("peshmerga", "Peschmerga", "https://en.wikipedia.org/wiki/Peshmerga", "http://www.wikidata.org/entity/Q215880")
    ],
}


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory):
    """Return the address of a second endpoint."""
    with running(make_store(tmp_path_factory.mktemp("items") / "store", ITEMS), processes=1) as server:
        yield f"{server.url}/sparql"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a store with the gazetteer and a few events."""
    place = tmp_path_factory.mktemp("ours") / "store"
    with Store(place, write=True) as store:
        store.load_shipped(load_shipped())
        store.replace({NamedNode(f"{BASE}article/1"): triples(FACTS)})
    return place


@pytest.fixture(scope="module")
def client(folder, wikidata):
    with served(folder, allow_service=(wikidata,)) as client:
        yield client


def asked(client, text: str):
    return client.get("/sparql", query_string={"query": text})


def test_there_is_a_query_for_each_kind_of_join():
    assert set(QUERIES) == set(ANSWERS)
    assert all(WIKIDATA in text for text in QUERIES.values())


@pytest.mark.parametrize("name", ANSWERS)
def test_query_joins_our_facts_with_what_the_other_endpoint_says(client, wikidata, name):
    answer = asked(client, QUERIES[name].replace(WIKIDATA, wikidata))
    assert answer.status_code == 200, answer.text
    rows = answer.json["results"]["bindings"]
    values = [tuple(row[v]["value"].removeprefix(f"{BASE}entity/") for v in answer.json["head"]["vars"]) for row in rows]
    assert values == ANSWERS[name]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_endpoint_that_is_not_on_the_list_is_refused(client, name):
    answer = asked(client, QUERIES[name])
    assert answer.status_code == 400
    assert f"SERVICE <{WIKIDATA}> is not allowed" in answer.json["detail"]


def test_without_a_list_no_endpoint_is_asked(folder, wikidata):
    with served(folder) as closed:
        for text in QUERIES.values():
            answer = asked(closed, text.replace(WIKIDATA, wikidata))
            assert answer.status_code == 400
            assert "SERVICE is switched off" in answer.json["detail"]


def test_the_query_for_titles_asks_for_every_title_of_the_gazetteer():
    pages = {t.object.value for t in load_shipped().gazetteer if t.predicate.value == str(FOAF.isPrimaryTopicOf)}
    assert set(re.findall(r"<(https://en\.wikipedia\.org/[^>]+)>", QUERIES["federated-titles.rq"])) == pages
