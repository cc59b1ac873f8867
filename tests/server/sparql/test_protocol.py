"""``/sparql`` as the SPARQL 1.1 Protocol has it: ways to ask, formats, datasets, errors."""

from __future__ import annotations

import gzip
import json
from xml.dom.minidom import parseString

import pytest

from server.data.description import examples
from tests.support.serving import PREFIXED, WRITER, select, update
from tests.support.told import RESOLVED_QUERIES

WHO = "SELECT ?who { ?e a lb:Capture ; lb:agent ?who }"
ARMY = "https://w3id.org/lagebild/entity/syrian-army"


@pytest.mark.parametrize(
    ("method", "kwargs"),
    [
        ("GET", {"query_string": {"query": PREFIXED + WHO}}),
        ("POST", {"data": {"query": PREFIXED + WHO}}),
        ("POST", {"data": PREFIXED + WHO, "content_type": "application/sparql-query"}),
        ("POST", {"data": PREFIXED + WHO, "content_type": "application/sparql-query; charset=utf-8"}),
        ("QUERY", {"data": PREFIXED + WHO, "content_type": "application/sparql-query"}),
    ],
    ids=["get", "form", "direct", "direct with charset", "query method"],
)
def test_a_query_is_answered_however_it_is_sent(client, method, kwargs):
    answer = client.open("/sparql", method=method, **kwargs)
    assert answer.status_code == 200
    assert answer.json == {
        "head": {"vars": ["who"]},
        "results": {"bindings": [{"who": {"type": "uri", "value": ARMY}}]},
    }


@pytest.mark.parametrize(
    ("accept", "content_type", "begin"),
    [
        ("", "application/sparql-results+json", b'{"head"'),
        ("*/*", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"who\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?who\n"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", "application/sparql-results+xml", b"<?xml"),
        ("text/*", "text/csv; charset=utf-8", b"who\r\n"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml", b"<?xml"),
    ],
)
def test_rows_come_in_the_format_that_accept_likes_best(client, accept, content_type, begin):
    answer = client.get("/sparql", query_string={"query": PREFIXED + WHO}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.data.startswith(begin)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "content_type", "part"),
    [
        ("", "text/turtle; charset=utf-8", b"lb:agent"),
        ("application/n-triples", "application/n-triples", b"ontology#agent>"),
        ("application/rdf+xml", "application/rdf+xml", b"<rdf:RDF"),
        ("application/ld+json", "application/ld+json", b'"@id"'),
        ("application/trig", "application/trig", b"lb:agent"),
        ("application/n-quads", "application/n-quads", b"ontology#agent>"),
    ],
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?e lb:agent ?a } { ?e lb:agent ?a }", "DESCRIBE <https://w3id.org/lagebild/event/9a>"]
)
def test_graphs_come_in_the_format_that_accept_likes_best(client, query, accept, content_type, part):
    answer = client.get("/sparql", query_string={"query": PREFIXED + query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert part in answer.data


@pytest.mark.parametrize("accept", ["", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_ask_is_answered_in_every_format(client, accept):
    answer = client.get("/sparql", query_string={"query": PREFIXED + "ASK { ?e a lb:Capture }"}, headers={"Accept": accept})
    assert b"true" in answer.data


def test_format_overrides_accept(client):
    answer = client.get("/sparql", query_string={"query": PREFIXED + WHO, "format": "csv"}, headers={"Accept": "text/xml"})
    assert answer.text == f"who\r\n{ARMY}\r\n"


@pytest.mark.parametrize(
    ("request_", "status", "kind", "part"),
    [
        ({"query_string": {"query": "SELECT * {"}}, 400, "syntax", "line 1, column 11"),
        ({"query_string": {"query": "ASK {}", "format": "pdf"}}, 400, "parameters", "format=pdf"),
        ({"query_string": "query=ASK%20%7B%7D&query=ASK%20%7B%7D"}, 400, "parameters", "2 times"),
        ({"query_string": {"update": "CLEAR ALL"}}, 400, "method", "POST"),
        ({"query_string": {"query": "ASK {}", "timeout": "-1"}}, 400, "parameters", "seconds"),
        ({"query_string": {"query": "ASK {}", "default-graph-uri": "a b"}}, 400, "parameters", "IRI"),
        ({"query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "format", "text/csv"),
        ({"query_string": "query=%FF"}, 400, "encoding", "decoded"),
        ({"method": "POST", "data": b"ASK {}", "content_type": "text/plain"}, 415, "media-type", "text/plain"),
        ({"method": "POST", "data": b"ASK {}", "content_type": ""}, 415, "media-type", "missing"),
        ({"method": "POST", "data": b"x=1", "content_type": "application/x-www-form-urlencoded"}, 400, "parameters", "query="),
        ({"method": "POST", "data": b"\xff", "content_type": "application/sparql-query"}, 400, "encoding", "UTF-8"),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "read-only", "--write-token"),
        ({"method": "PUT"}, 405, "method", "GET"),
        ({"query_string": {"query": "ASK {} #" + "x" * 70_000}}, 413, "limit", "65,536"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told_what_is_wrong(client, request_, status, kind, part):
    answer = client.open("/sparql", **request_)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    problem = json.loads(answer.data)
    assert (problem["status"], problem["kind"]) == (status, kind)
    assert part in problem["detail"]


def test_a_syntax_error_names_line_and_column(client):
    problem = client.get("/sparql", query_string={"query": "SELECT *\n{ ?s ?p }"}).json
    assert (problem["line"], problem["column"]) == (2, 10)


def test_the_union_is_the_default_and_a_graph_can_be_named(client):
    everywhere = select(client, "SELECT ?label { <https://w3id.org/lagebild/entity/syrian-army> rdfs:label ?label }")
    assert {row["label"] for row in everywhere} == {"Syrische Armee", "Syrian Army"}
    sources = select(client, "SELECT ?g { GRAPH ?g { ?e a lb:Capture } }")
    assert sources == [{"g": "https://w3id.org/lagebild/article/1f"}]


@pytest.mark.parametrize(
    ("query", "parameters", "rows"),
    [
        ("SELECT ?c FROM <https://w3id.org/lagebild/graph/ontology> { ?c a owl:Class }", {}, 1),
        ("SELECT ?c FROM <https://w3id.org/lagebild/graph/gazetteer> { ?c a owl:Class }", {}, 0),
        ("SELECT ?c FROM NAMED <https://w3id.org/lagebild/graph/ontology> { ?c a owl:Class }", {}, 0),
        ("SELECT ?c FROM NAMED <https://w3id.org/lagebild/graph/ontology> { GRAPH ?g { ?c a owl:Class } }", {}, 1),
        ("SELECT ?c { ?c a owl:Class }", {"default-graph-uri": "https://w3id.org/lagebild/graph/ontology"}, 1),
        ("SELECT ?c { ?c a owl:Class }", {"default-graph-uri": "https://w3id.org/lagebild/graph/gazetteer"}, 0),
        ("SELECT ?c { ?c a owl:Class }", {"named-graph-uri": "https://w3id.org/lagebild/graph/ontology"}, 0),
        ("SELECT ?c { GRAPH ?g { ?c a owl:Class } }", {"named-graph-uri": "https://w3id.org/lagebild/graph/ontology"}, 1),
        ("SELECT ?c { GRAPH ?g { ?c a owl:Class } }", {"default-graph-uri": "https://w3id.org/lagebild/graph/ontology"}, 0),
        ("SELECT ?c FROM <urn:x> { ?c a owl:Class }", {"default-graph-uri": "https://w3id.org/lagebild/graph/ontology"}, 1),
        ("SELECT ?from { BIND('from <urn:x>' AS ?from) ?c a owl:Class }", {}, 1),
    ],
)  # fmt: skip
def test_the_dataset_is_the_protocols_or_the_querys_or_the_union(client, query, parameters, rows):
    assert len(select(client, query, **parameters)) == rows


def test_the_same_question_of_the_same_data_is_not_sent_twice(client):
    first = client.get("/sparql", query_string={"query": PREFIXED + WHO})
    again = client.get("/sparql", query_string={"query": PREFIXED + WHO}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = client.get("/sparql", query_string={"query": PREFIXED + WHO}, headers={"Accept": "text/csv"})
    assert other.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("unstable", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_with_every_call_has_no_tag(client, unstable):
    answer = client.get("/sparql", query_string={"query": f"SELECT ({unstable} AS ?x) {{}}"})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_long_answers_are_packed_for_those_who_can_unpack(client):
    query = {"query": "SELECT * { ?s ?p ?o }"}
    plain = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip;q=0"})
    packed = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed.data)) == len(plain.data) > 3 * len(packed.data)


def test_head_has_the_headers_and_no_body(client):
    answer = client.head("/sparql", query_string={"query": PREFIXED + WHO})
    assert (answer.status_code, answer.data, answer.headers["Content-Type"]) == (
        200,
        b"",
        "application/sparql-results+json",
    )


def test_any_web_page_may_ask_without_credentials(client):
    answer = client.get("/sparql", query_string={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    preflight = client.options("/sparql")
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Methods"]) == (
        204,
        "GET, HEAD, POST, QUERY, OPTIONS",
    )


@pytest.mark.parametrize(
    "example",
    [e for e in examples() if "SERVICE" not in e.query and e.name not in RESOLVED_QUERIES],
    ids=lambda example: example.name,
)
def test_every_example_query_returns_rows(client, example):
    form = "nt" if example.form == "Construct" else "csv"
    answer = client.get("/sparql", query_string={"query": example.query, "format": form})
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) > (0 if form == "nt" else 1)
    assert set(example.labels) == {"de", "en"}


def test_update_takes_the_protocols_dataset(scratch):
    update(scratch, "INSERT DATA { GRAPH <urn:a> { <urn:x> <urn:p> 1 } GRAPH <urn:b> { <urn:y> <urn:p> 2 } }")
    copy = "INSERT { GRAPH <urn:c> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(scratch, copy, **{"using-graph-uri": "urn:a"}).status_code == 204
    assert select(scratch, "SELECT ?s { GRAPH <urn:c> { ?s ?p ?o } }") == [{"s": "urn:x"}]
    assert update(scratch, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", **{"using-named-graph-uri": "urn:b"}).status_code == 204
    assert sorted(row["g"] for row in select(scratch, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) == [
        "urn:a",
        "urn:c",
    ]
    assert (
        update(scratch, "WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", **{"using-graph-uri": "urn:b"}).status_code
        == 400
    )


def test_what_was_written_is_seen_by_the_next_request_and_changes_the_tag(scratch):
    empty = scratch.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
    assert empty.json["results"]["bindings"] == []
    for number in range(5):
        assert update(scratch, f"INSERT DATA {{ <urn:x> <urn:p> {number} }}").status_code == 204
        assert len(select(scratch, "SELECT * { ?s ?p ?o }")) == number + 1
    tag = {"If-None-Match": empty.headers["ETag"]}
    assert scratch.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers=tag).status_code == 200


def test_wrong_updates_change_nothing(scratch):
    assert update(scratch, "INSERT DATA { <urn:x> <urn:p> 1 }").status_code == 204
    wrong = scratch.post("/sparql", data={"update": "CLEAR ALL; INSERT DATA { <urn:x> }"}, headers=WRITER)
    assert (wrong.status_code, wrong.json["kind"]) == (400, "syntax")
    assert update(scratch, "CLEAR ALL; LOAD <http://127.0.0.1:1/>").status_code == 400
    assert len(select(scratch, "SELECT * { ?s ?p ?o }")) == 1


def test_a_store_that_was_not_built_by_the_project_holds_what_was_written_and_nothing_else(scratch):
    assert select(scratch, "SELECT * { ?s ?p ?o }") == []
    description = scratch.get("/sparql", headers={"Accept": "application/n-triples"})
    assert description.status_code == 200
    assert b"<http://www.w3.org/ns/sparql-service-description#endpoint> <http://localhost/sparql>" in description.data


@pytest.mark.parametrize(
    ("values", "status", "content_type"),
    [
        (["tsv", "text/tab-separated-values"], 200, "text/tab-separated-values; charset=utf-8"),
        (["TSV", ""], 200, "text/tab-separated-values; charset=utf-8"),
        (["rdf+xml", "application/rdf+xml"], 200, "application/sparql-results+json"),
        (["csv", "ttl"], 200, "text/csv; charset=utf-8"),
        (["csv", "unheard-of"], 200, "text/csv; charset=utf-8"),
        ([""], 200, "application/sparql-results+json"),
        (["csv", "json"], 400, "application/problem+json"),
        (["unheard-of"], 400, "application/problem+json"),
    ],
)
def test_format_may_be_repeated_but_not_contradict_itself(client, values, status, content_type):
    answer = client.get("/sparql", query_string={"query": PREFIXED + WHO, "format": values})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type)


def test_a_format_that_a_form_of_query_cannot_have_leaves_it_to_accept(client):
    query = {"query": PREFIXED + WHO, "format": "turtle"}
    assert client.get("/sparql", query_string=query, headers={"Accept": "text/csv"}).text == f"who\r\n{ARMY}\r\n"
    assert client.get("/sparql", query_string=query, headers={"Accept": "text/turtle"}).status_code == 406


PREDICATES = ["urn:p:1", "http://ex/2014", "http://ex/", "http://ex/a#", "http://ex/a?b=1"]


@pytest.mark.parametrize("predicate", PREDICATES)
@pytest.mark.parametrize("form", ["CONSTRUCT", "graph"])
def test_a_predicate_that_xml_cannot_name_is_refused_as_rdf_xml_only(scratch, predicate, form):
    update(scratch, f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <{predicate}> 1 }} }}")
    query = {"query": "CONSTRUCT WHERE { ?s ?p ?o }"} if form == "CONSTRUCT" else {"graph": "urn:g"}
    path = "/sparql" if form == "CONSTRUCT" else "/graphs"
    answer = scratch.get(path, query_string=query, headers={"Accept": "application/rdf+xml"})
    assert (answer.status_code, answer.json["kind"]) == (406, "format")
    turtle = scratch.get(path, query_string=query, headers={"Accept": "application/n-triples"})
    assert (turtle.status_code, f"<urn:s> <{predicate}> " in turtle.text) == (200, True)


@pytest.mark.parametrize("character", ["u0001", "u000B", "uFFFE"])
def test_a_character_that_xml_does_not_have_is_refused_as_xml_only(client, character):
    for query, xml, other in (
        (f'SELECT ("a\\{character}" AS ?x) {{}}', "application/sparql-results+xml", "application/sparql-results+json"),
        (f'CONSTRUCT {{ <urn:s> <urn:p> ?x }} {{ BIND("a\\{character}" AS ?x) }}', "application/rdf+xml", "text/turtle"),
    ):
        refused = client.get("/sparql", query_string={"query": query}, headers={"Accept": xml})
        assert (refused.status_code, refused.json["kind"]) == (406, "format")
        assert client.get("/sparql", query_string={"query": query}, headers={"Accept": other}).status_code == 200


def test_xml_with_all_that_xml_does_have_is_well_formed(client):
    query = 'SELECT ("<&>\\"\\t\\n ä 😀 ]]>" AS ?x) {}'
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/sparql-results+xml"})
    literal = parseString(answer.data).getElementsByTagName("literal")[0]
    assert literal.firstChild.data == '<&>"\t\n ä 😀 ]]>'


@pytest.mark.parametrize("header", ["queryid", "user-agent", "accept", "authorization", "content-type", "x-requested-with"])
def test_preflight_allows_what_editors_and_libraries_send(client, header):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": header}
    answer = client.options("/sparql", headers=asked)
    allowed = {name.strip().casefold() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert header in allowed


def test_examples_that_ask_other_services_are_offered_only_where_that_is_allowed():
    wikidata = "https://query.wikidata.org/sparql"
    asking = {example.name for example in examples([wikidata]) if wikidata in example.query}
    assert len(asking) == 4
    assert {example.name for example in examples([wikidata])} - {example.name for example in examples()} == asking


@pytest.mark.parametrize(
    ("query", "line", "column", "part"),
    [
        ("SELEKT", 1, 7, "SELECT"),
        ('SELECT * {\n ?s <urn:ä> "ö😀" }}', 2, 20, "can't stand here"),
        ("SELECT ?s WHERE ?s a ?o }", 1, 17, "{"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x a ?y }", 1, 40, "unbound"),
        ("PREFIX a: <urn:a>\nSELECT * { ?s a:b ?o ; b:c ?d }", 2, 24, "the prefix b:"),
        ("SELECT * {\n  ?s foo:bar ?o .\n  ?o a lb:Event }", 2, 6, "foo:"),
        ("# foo:\nSELECT * { ?s <urn:a> 'foo:' ; foo:bar ?o }", 2, 32, "foo:"),
    ],
)
def test_a_syntax_error_has_the_place_in_the_text_as_sent(client, query, line, column, part):
    answer = client.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.json["kind"]) == (400, "syntax")
    assert (answer.json["line"], answer.json["column"]) == (line, column)
    assert part in answer.json["detail"]
    assert len(answer.json["detail"]) < 300
