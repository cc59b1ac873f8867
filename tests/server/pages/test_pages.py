"""Pages for people, and our own resources by their address."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from tests.support.serving import TOKEN, make_store, served, update

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = (
    "/", "/sparql", "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "/search?q=kamal", "/entity/abu-kamal",
    "/event/9a", "/article/1f", "/.well-known/void",
)  # fmt: skip


def text(client, path: str) -> str:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_nothing_and_load_nothing_from_elsewhere(client, path):
    page = text(client, path)
    policy = client.get(path, headers=BROWSER).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert re.findall(r"<(?:iframe|object|embed)| on\w+=|javascript:|style=", page) == []
    assert re.findall(r'<script(?! type="application/json" id="view">| type="module" src="/static/client/)', page) == []
    assert re.findall(r'(?:<link[^>]* href|src)="(?!/static/|data:)[^"]*"', page) == []
    assert page.count("<h1") == 1
    assert '<html lang="de">' in page


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", ["2 Ereignisse", "Einnahme: Abu Kamal", 'data-view="map"']),
        ("/sparql", ["<textarea", "Wer nahm wann welchen Ort ein"]),
        ("/sparql?query=ASK%20%7B%7D", ["Ja, das gibt es.", "format=csv"]),
        ("/sparql?query=CONSTRUCT%20WHERE%20%7B%20%3Fs%20a%20%3Fo%20%7D", ["<pre tabindex", "format=ttl"]),
        ("/sparql?query=SELECT%20(1%20AS%20%3Fone)%20%7B%7D", ["1 Zeilen.", '<th scope="col">one</th>', "<td>"]),
        ("/search?q=kamal", ["5 Treffer für <q>kamal</q>", "/entity/abu-kamal", "type=Capture"]),
        ("/search?q=kamal&type=Capture", ["1 Treffer für", "jede Art"]),
        ("/event/9a", ["Einnahme: Abu Kamal", "zurückerobert</mark>", "Factual", "/entity/syrian-army"]),
        ("/event/9b", ["Reported", "laut", "Syrische Armee"]),
        ("/article/1f", ["Armee nimmt Abu Kamal ein", "/event/9b"]),
        ("/entity/syrian-army", ["Syrische Armee", "http://www.wikidata.org/entity/Q380614", "agent", "/event/9a"]),
    ],
)  # fmt: skip
def test_pages_show_what_the_graph_says(client, path, parts):
    page = text(client, path)
    assert [part for part in parts if part not in page] == []


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/nowhere", 404, "There is nothing here"),
        ("/static/nothing.css", 404, "There is nothing here"),
        ("/entity/nobody", 404, "Nothing is known of https://w3id.org/lagebild/entity/nobody"),
        ("/search", 400, "Give the words to look for"),
        ("/search?q=%ff", 400, "can&#39;t be decoded"),
        ("/graphs?graph=urn:none", 404, "There is no graph urn:none"),
        ("/reconcile/match", 405, "use OPTIONS, POST"),
        ("/sparql?query=ASK%7B%7D&timeout=abc", 400, "timeout=abc"),
    ],
)
def test_what_goes_wrong_is_a_page_for_browsers_and_problem_details_for_programs(client, path, status, part):
    page = client.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert "Content-Security-Policy" in page.headers
    assert part in page.text
    assert 'action="/search"' in page.text
    details = client.get(path)
    assert (details.status_code, details.headers["Content-Type"]) == (status, "application/problem+json")


def test_the_data_description_is_a_page_for_browsers_and_rdf_where_a_format_is_asked_for(client):
    page = text(client, "/.well-known/void")
    for part in ("</b> Klassen", "ontology#Capture", "graph/gazetteer", "Wer nahm wann welchen Ort ein", "format=ttl"):
        assert part in page
    turtle = client.get("/.well-known/void?format=ttl", headers=BROWSER)
    assert (turtle.status_code, turtle.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")


def test_a_wrong_query_is_explained_in_the_editor(client):
    answer = client.get("/sparql", query_string={"query": "SELECT * {"}, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "can&#39;t be parsed" in answer.text
    assert "SELECT * {</textarea>" in answer.text


def test_data_are_shown_as_text(tmp_path):
    nasty = '<script>alert("x")</script>'
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        literal = ox.Literal(nasty, language="de")
        data = f"""<https://w3id.org/lagebild/entity/x> a lb:City ; rdfs:label {literal} ; <urn:p> <javascript:alert(1)> ;
          gaf:denotedBy <urn:m> . <urn:m> nif:referenceContext <urn:a> ; nif:sentence <urn:s> .
          <urn:s> nif:anchorOf {literal} ."""
        prefixes = """PREFIX lb: <https://w3id.org/lagebild/ontology#> PREFIX gaf: <http://groundedannotationframework.org/gaf#>
          PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
          PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"""
        assert update(client, f"{prefixes} INSERT DATA {{ {data} }}").status_code == 204
        for path in ("/entity/x", "/search?q=alert", "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"):
            page = text(client, path)
            assert "<script>" not in page
            assert 'href="javascript' not in page
            assert "&lt;script&gt;" in page


@pytest.mark.parametrize("resource", ["entity/syrian-army", "event/9a", "article/1f", "graph/gazetteer"])
@pytest.mark.parametrize(
    ("extension", "accept", "content_type", "format_"),
    [
        (".ttl", "", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        (".nt", BROWSER["Accept"], "application/n-triples", ox.RdfFormat.N_TRIPLES),
        (".rdf", "", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        (".jsonld", "", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("", "", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("", "application/ld+json, text/html;q=0.9", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_a_resource_comes_as_rdf(client, resource, extension, accept, content_type, format_):
    answer = client.get(f"/{resource}{extension}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Vary"]) == (200, content_type, "Accept")
    triples = [quad.triple for quad in ox.parse(answer.data, format_)]
    iri = "https://w3id.org/lagebild/" + resource
    assert resource.startswith("graph") or any(triple.subject.value == iri for triple in triples)
    assert triples
    links = answer.headers["Link"]
    assert f'<http://localhost/{resource}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<{iri}>; rel="describes"' in links


def test_an_event_comes_with_its_mentions_and_sentences(client):
    answer = client.get("/event/9a.nt")
    assert "Die Armee hat Abu Kamal zur" in answer.text
    assert "ontology#Factual" in answer.text


@pytest.mark.parametrize("path", ["/entity/nobody", "/event/<x>", "/article/", "/entity/a%20b", "/elsewhere/x", "/entity/%22"])
@pytest.mark.parametrize("headers", [{}, BROWSER])
def test_what_is_unknown_is_not_found(client, path, headers):
    assert client.get(path, headers=headers).status_code == 404


def test_a_name_beyond_ascii_is_found_however_it_is_written(tmp_path):
    iri = "https://w3id.org/lagebild/entity/m%C3%BCnchen"
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        assert update(client, f"INSERT DATA {{ <{iri}> <urn:p> 1 }}").status_code == 204
        for path in ("/entity/münchen", "/entity/m%C3%BCnchen", "/entity/münchen.ttl"):
            assert client.get(path).status_code == 200


def test_the_ontology_and_the_description_come_as_rdf(client):
    assert b"lb:Capture" in client.get("/ontology").data
    description = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).data
    for part in (
        b"void#classPartition",
        b"void#propertyPartition",
        b"shacl#SPARQLExecutable",
        b"shacl#prefix",
        b"void#triples",
    ):
        assert part in description
    service = client.get("/sparql", headers={"Accept": "application/n-triples"}).data
    assert (
        b"<http://localhost/sparql> <http://www.w3.org/ns/sparql-service-description#endpoint> <http://localhost/sparql>"
        in service
    )
    assert b"sparql-service-description#defaultGraph" in service


def test_an_empty_store_has_an_overview_too(tmp_path):
    with served(tmp_path / "store", write_token=TOKEN) as client:
        assert "0 Ereignisse" in text(client, "/")
