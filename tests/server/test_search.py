"""Search: what is found, best first, and the facets."""

from __future__ import annotations

import pytest

from tests.support.serving import TOKEN, make_store, served, update

BASE = "https://w3id.org/lagebild/"


def found(client, **parameters):
    answer = client.get("/search", query_string=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("abu kamal", {"entity/abu-kamal", "event/9a", "event/9b", "article/1f", "article/1f#offset_0_38"}),
        ("Regierungstruppen", {"entity/syrian-army"}),
        ("zuruckerob", {"event/9a", "article/1f#offset_0_38"}),
        ("ZURÜCKEROBERT!", {"event/9a", "article/1f#offset_0_38"}),
        ("Syrian", {"entity/syrian-army"}),
        ("kamal armee zurück", {"event/9a", "article/1f#offset_0_38"}),
        ("nirgends", set()),
        ('" OR NEAR(* ^ -', set()),
        ("?!", set()),
    ],
)
def test_names_headlines_events_and_sentences_are_found(client, words, expected):
    answer = found(client, q=words)
    assert {result["iri"].removeprefix(BASE) for result in answer["results"]} == expected
    assert answer["total"] == len(expected)


def test_the_thing_itself_comes_before_what_mentions_it(client):
    assert found(client, q="Abu Kamal")["results"][0]["iri"] == BASE + "entity/abu-kamal"


def test_a_result_tells_what_it_is_and_where_it_stands(client):
    result = found(client, q="zurückerobert", kind="event")["results"][0]
    assert result.pop("score") > 0
    assert result == {
        "iri": BASE + "event/9a",
        "kind": "event",
        "types": ["Capture"],
        "label": "Einnahme: Abu Kamal",
        "article": BASE + "article/1f",
        "snippet": "Capture: Abu Kamal · Einnahme: Abu Kamal · Die Armee hat Abu Kamal zurückerobert.",
    }


def test_facets_count_and_narrow_down(client):
    facets = found(client, q="Abu Kamal")["facets"]
    assert facets["type"] == [{"value": name, "label": name, "count": 1} for name in ("Airstrike", "Capture", "City")]
    assert facets["actor"][0] == {"value": BASE + "entity/syrian-army", "label": "Syrische Armee", "count": 2}
    assert facets["place"] == [{"value": BASE + "entity/abu-kamal", "label": "Abu Kamal", "count": 2}]
    assert {value["value"]: value["count"] for value in facets["year"]} == {"2017": 2}
    narrowed = found(client, q="Abu Kamal", type="Capture", year="2017", actor=BASE + "entity/islamic-state")
    assert [result["iri"] for result in narrowed["results"]] == [BASE + "event/9a"]


def test_pages_follow_each_other(client):
    whole = found(client, q="kamal")["results"]
    pages = [found(client, q="kamal", limit=2, offset=offset)["results"] for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [result for page in pages for result in page] == whole


def test_the_address_of_the_next_page_comes_along_until_there_is_none(client):
    address, seen = "/search?q=kamal&limit=2&kind=event", 0
    narrow = client.get(address).json
    assert (narrow["next"], narrow["previous"]) == (None, None)
    address = "/search?q=kamal&limit=2"
    while address:
        answer = client.get(address)
        seen += len(answer.json["results"])
        assert (f'<{answer.json["next"]}>; rel="next"' in answer.headers.get("Link", "")) is bool(answer.json["next"])
        address = answer.json["next"]
    assert seen == answer.json["total"] == 5
    assert answer.json["previous"] == "/search?q=kamal&limit=2&offset=2"


def test_the_page_links_to_the_next_and_the_previous(client):
    page = client.get("/search?q=kamal&limit=2&offset=2", headers={"Accept": "text/html"}).text
    for part in ("5 Treffer für", "3–4 von 5", 'href="/search?q=kamal&amp;limit=2&amp;offset=4"', "offset=0", 'start="3"'):
        assert part in page


NAMESAKES = """
  <entity/islamic-state> a lb:ArmedGroup ; rdfs:label "Islamischer Staat"@de ; skos:altLabel "IS"@de .
  <entity/cells> a lb:ArmedGroup ; rdfs:label "IS-Zellen"@de .
  <entity/issa> a lb:Person ; rdfs:label "Issa Issa"@de .
  <entity/dam> a lb:Facility ; rdfs:label "Staudamm von Mossul, Mossul"@de .
  <entity/mosul> a lb:City ; rdfs:label "Mossul"@de , "Mosul"@en ; gaf:denotedBy <urn:m1> , <urn:m2> .
  <entity/mosul-in-texas> a lb:City ; rdfs:label "Texas"@de ; skos:altLabel "Mosul"@en .
  <entity/neu> a lb:City ; rdfs:label "Neustadt"@de .
  <entity/neu2> a lb:City ; rdfs:label "Neustadt"@de ; gaf:denotedBy <urn:m1> .
  <article/1> a schema:NewsArticle ; schema:headline "Mossul Mossul Mossul IS IS IS"@de .
  <article/1#offset_0_9> a nif:Sentence ; nif:anchorOf "Mossul: IS in Mossul." ; nif:referenceContext <article/1> .
  <article/1#offset_9_19> a nif:Sentence ; nif:anchorOf "Das ist Islamabad." ; nif:referenceContext <article/1> .
"""


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    with served(make_store(tmp_path_factory.mktemp("namesakes") / "store", f"GRAPH <g> {{ {NAMESAKES} }}")) as client:
        yield client


@pytest.mark.parametrize(
    ("words", "expected", "corrected"),
    [
        ("IS", ["islamic-state", "cells", "1", "1#offset_0_9"], None),
        ("Mossul", ["mosul", "dam", "1", "1#offset_0_9"], None),
        ("mosul", ["mosul", "mosul-in-texas"], None),
        ("Neustadt", ["neu2", "neu"], None),
        ("isl", ["islamic-state", "1#offset_9_19"], None),
        ("Mossull", ["mosul", "dam", "1", "1#offset_0_9"], "mossul"),
        ("Msosul", ["mosul", "dam", "1", "1#offset_0_9"], "mossul"),
        ("Islamicher Stat", ["islamic-state"], "islamischer staat"),
        ("IX", [], None),
        ("Xyzzy", [], None),
    ],
)
def test_names_come_first_then_things_then_texts_and_errors_are_forgiven(namesakes, words, expected, corrected):
    answer = found(namesakes, q=words)
    assert [result["iri"].removeprefix(BASE).partition("/")[2] for result in answer["results"]] == expected
    assert answer.get("corrected") == corrected


def test_the_page_says_what_was_looked_for_instead(namesakes):
    page = namesakes.get("/search?q=Mossull", headers={"Accept": "text/html"}).text
    assert "Nichts enthält «Mossull»: Dies enthält «mossul»." in page


@pytest.mark.parametrize(
    "kwargs", [{"query_string": {"format": "srj"}}, {"headers": {"Accept": "application/sparql-results+json"}}]
)
def test_results_come_as_sparql_results_too(client, kwargs):
    query = {"q": "Regierungstruppen", **kwargs.pop("query_string", {})}
    answer = client.get("/search", query_string=query, **kwargs)
    assert answer.headers["Content-Type"] == "application/sparql-results+json"
    assert answer.json["head"]["vars"] == ["iri", "kind", "label", "article", "snippet", "score"]
    assert answer.json["results"]["bindings"][0]["iri"] == {"type": "uri", "value": BASE + "entity/syrian-army"}


@pytest.mark.parametrize("query", [{}, {"q": " "}, {"q": "x", "limit": "viele"}, {"q": "x", "offset": "-1"}])
def test_a_wrong_search_is_refused(client, query):
    answer = client.get("/search", query_string=query)
    assert (answer.status_code, answer.json["kind"]) == (400, "parameters")


def test_what_was_written_is_found(tmp_path):
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        assert found(client, q="Palmyra")["total"] == 0
        triples = "<urn:palmyra> a lb:City ; rdfs:label 'Palmyra'@de"
        prefixes = "PREFIX lb: <https://w3id.org/lagebild/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        assert update(client, f"{prefixes} INSERT DATA {{ {triples} }}").status_code == 204
        assert [result["iri"] for result in found(client, q="Palmyra")["results"]] == ["urn:palmyra"]
