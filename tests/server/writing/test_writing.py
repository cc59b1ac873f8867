"""Writing: who may, whole graphs, what the shapes refuse, and that an answered write is on disk."""

from __future__ import annotations

import json
import os
import re
import signal
import threading

import pyoxigraph as ox
import pytest

from kg.store.embedded import DATA, Store
from server.sparql.using_clauses import with_using
from server.writing.change import Change, apply, observed
from tests.support.serving import PREFIXED, TOKEN, WRITER, endpoint, make_store, running, select, served, update

TURTLE = b'@prefix ex: <urn:ex:> . ex:a ex:p "1" ; ex:q [ ex:r ex:b ] .'
GRAPH = {"graph": "urn:ex:graph"}


@pytest.fixture
def checked(tmp_path):
    with served(make_store(tmp_path / "store"), write_token=TOKEN) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer falsch"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": f"Bearer {TOKEN}ä"}, 401),
        ({"Authorization": f"bearer {TOKEN}"}, 204),
    ],
)
def test_a_write_needs_the_token(scratch, headers, status):
    answers = [
        scratch.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers),
        scratch.put("/graphs", query_string=GRAPH, data=TURTLE, content_type="text/turtle", headers=headers),
        scratch.delete("/graphs", query_string=GRAPH, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [status, 201 if status == 204 else status, status]
    assert all(("WWW-Authenticate" in answer.headers) == (status == 401) for answer in answers)


def test_nothing_can_be_written_where_no_token_is_set(tmp_path):
    with served(make_store(tmp_path / "store")) as client:
        for answer in (
            client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": "Bearer "}),
            client.put("/graphs?default", data=TURTLE, content_type="text/turtle", headers=WRITER),
            client.delete("/graphs?default", headers=WRITER),
        ):
            assert (answer.status_code, answer.json["kind"]) == (403, "read-only")


def test_a_graph_is_put_got_extended_and_deleted(scratch):
    def sent(method, **kwargs):
        return scratch.open("/graphs", method=method, query_string=GRAPH, headers=WRITER, **kwargs)

    assert sent("GET").status_code == 404
    assert sent("PUT", data=TURTLE, content_type="text/turtle").status_code == 201
    assert sent("PUT", data=TURTLE, content_type="text/turtle").status_code == 204
    got = scratch.get("/graphs", query_string=GRAPH, headers={"Accept": "application/n-triples"})
    assert (got.status_code, len(got.data.splitlines())) == (200, 3)
    assert sent("POST", data=b"<urn:ex:c> <urn:ex:p> 2 .", content_type="application/n-triples").status_code == 400
    assert sent("POST", data=b"<urn:ex:c> <urn:ex:p> <urn:ex:d> .", content_type="application/n-triples").status_code == 204
    assert len(select(scratch, "SELECT * { GRAPH <urn:ex:graph> { ?s ?p ?o } }")) == 4
    assert scratch.head("/graphs", query_string=GRAPH).status_code == 200
    assert sent("DELETE").status_code == 204
    assert [sent("DELETE").status_code, sent("GET").status_code] == [404, 404]


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("text/turtle", b"<a> <b> <c> ."),
        ("application/n-triples", b"<urn:a> <urn:b> <urn:c> ."),
        ("application/rdf+xml", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
                                b'<rdf:Description rdf:about="urn:a"><x:p>c</x:p></rdf:Description></rdf:RDF>'),
        ("application/ld+json", b'{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
    ],
)  # fmt: skip
def test_graphs_are_read_in_every_triple_format(scratch, content_type, data):
    answer = scratch.put("/graphs?default", data=data, content_type=content_type, headers=WRITER)
    assert answer.status_code == 204, answer.text
    assert len(select(scratch, "SELECT * { ?s ?p ?o }")) == 1


def test_every_file_of_a_form_is_added(scratch):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n<a> <b> 1 .\r\n'
        b'--x\r\nContent-Disposition: form-data; name="b"; filename="b.nt"\r\n\r\n<urn:a> <urn:b> <urn:c> .\r\n--x--\r\n'
    )
    form = {"data": body, "content_type": "multipart/form-data; boundary=x", "headers": WRITER}
    assert scratch.post("/graphs", query_string=GRAPH, **form).status_code == 201
    assert len(select(scratch, "SELECT * { GRAPH <urn:ex:graph> { ?s ?p ?o } }")) == 2


def test_a_graph_can_be_named_by_its_address_or_get_one(scratch):
    posted = scratch.post("/graphs", data=TURTLE, content_type="text/turtle", headers=WRITER)
    assert posted.status_code == 201
    location = posted.headers["Location"]
    assert scratch.get("/graphs", query_string={"graph": location}).status_code == 200
    assert scratch.get(location).status_code == 200
    direct = scratch.put("/graphs/a/b.ttl", data=b"<> <p> <o> .", content_type="text/turtle", headers=WRITER)
    assert direct.status_code == 201
    assert select(scratch, "SELECT ?s { GRAPH ?s { ?s ?p ?o } }") == [{"s": "http://localhost/graphs/a/b.ttl"}]


@pytest.mark.parametrize(
    ("method", "query", "kwargs", "status"),
    [
        ("GET", "", {}, 400),
        ("PUT", "", {"data": TURTLE, "content_type": "text/turtle"}, 400),
        ("DELETE", "", {}, 400),
        ("GET", "graph=urn:a&default", {}, 400),
        ("GET", "graph=nonsense", {}, 400),
        ("GET", "graph=urn:a&graph=urn:b", {}, 400),
        ("PUT", "default", {"data": b"x", "content_type": "application/pdf"}, 415),
        ("PUT", "default", {"data": b"<a> <b>", "content_type": "text/turtle"}, 400),
        ("PUT", "default", {"data": b"--x--", "content_type": "multipart/form-data; boundary=x"}, 400),
        ("PATCH", "default", {}, 405),
    ],
)
def test_a_wrong_graph_request_is_refused(scratch, method, query, kwargs, status):
    answer = scratch.open("/graphs", method=method, query_string=query, headers=WRITER, **kwargs)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_an_upload_over_the_limit_is_refused(tmp_path):
    with served(tmp_path / "store", write_token=TOKEN, max_upload=100) as client:
        answer = client.put("/graphs?default", data=b" " * 101, content_type="text/turtle", headers=WRITER)
        assert (answer.status_code, answer.json["kind"]) == (413, "limit")


def test_deeply_nested_json_ld_ends_its_own_process_only(scratch):
    levels = 10_000
    data = b'{"urn:p":' * levels + b"1" + b"}" * levels
    answer = scratch.put("/graphs?default", data=data, content_type="application/ld+json", headers=WRITER)
    assert (answer.status_code, answer.json["kind"]) == (400, "limit")
    assert update(scratch, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204


WRONG = """PREFIX lb: <https://w3id.org/lagebild/ontology#> INSERT DATA { GRAPH <https://w3id.org/lagebild/article/x> {
  <https://w3id.org/lagebild/event/x> a lb:Capture } }"""


def test_what_the_shapes_refuse_is_not_written_and_the_report_says_why(checked):
    before = select(checked, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    answer = update(checked, WRONG)
    assert (answer.status_code, answer.json["kind"]) == (422, "invalid")
    report = ox.parse(answer.json["report"].encode(), ox.RdfFormat.TURTLE)
    conforms = [q.object.value for q in report if q.predicate.value == "http://www.w3.org/ns/shacl#conforms"]
    assert conforms == ["false"]
    assert select(checked, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


DECLARED = PREFIXED + """BASE <https://w3id.org/lagebild/> INSERT DATA { GRAPH <article/y> {
  <urn:Hijacking> rdfs:subClassOf <urn:Seizure> . <urn:Seizure> rdfs:subClassOf lb:Abduction .
  <urn:BorderGuard> rdfs:subClassOf lb:StateForce .
  <article/y> a schema:NewsArticle , nif:Context ; lb:sourcePath "y.txt" ; lb:contentHash "sha256:HASH" ;
    nif:isString "Der Grenzschutz entführte ein Schiff." ; prov:wasGeneratedBy <run/1> .
  <run/1> a prov:Activity .
  <entity/guard> a <urn:BorderGuard> ; rdfs:label "Grenzschutz"@de ; gaf:denotedBy <article/y#offset_4_15> .
  <event/y> a <urn:Hijacking> ; rdfs:label "Entführung"@de , "Hijacking"@en ; lb:agent AGENT ;
    gaf:denotedBy <article/y#offset_16_25> .
  <article/y#offset_4_15> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "Grenzschutz" ; nif:beginIndex 4 ;
    nif:endIndex 15 ; nif:referenceContext <article/y> ; nif:sentence <article/y#offset_0_37> .
  <article/y#offset_16_25> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "entführte" ; nif:beginIndex 16 ;
    nif:endIndex 25 ; nif:referenceContext <article/y> ; nif:sentence <article/y#offset_0_37> ;
    lb:factuality lb:Factual ; lb:confidence 0.9 .
  <article/y#offset_0_37> a nif:Sentence , nif:OffsetBasedString ; nif:anchorOf "Der Grenzschutz entführte ein Schiff." ;
    nif:beginIndex 0 ; nif:endIndex 37 ; nif:referenceContext <article/y> .
} }""".replace("HASH", "0" * 64)
INDEX = re.compile(r"(?<=Index )(\d+)")


@pytest.mark.parametrize(
    ("agent", "status"), [("<entity/guard>", 204), ("<article/y>", 422), ("1", 422)], ids=["actor", "article", "number"]
)
def test_subclasses_that_the_written_graph_declares_count(tmp_path, agent, status):
    with served(make_store(tmp_path / "store"), write_token=TOKEN) as client:
        answer = update(client, INDEX.sub(r'"\1"^^xsd:nonNegativeInteger', DECLARED).replace("AGENT", agent))
    assert answer.status_code == status, answer.text
    if status == 422:
        report = ox.parse(answer.json["report"].encode(), ox.RdfFormat.TURTLE)
        shapes = {q.object.value.rpartition("#")[2] for q in report if q.predicate.value.endswith("#sourceShape")}
        assert {shape for shape in shapes if not shape.startswith("Recommended")} == {"Event-agent"}


def test_the_shapes_can_be_left_out(tmp_path):
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        assert update(client, WRONG).status_code == 204


def test_a_store_that_another_process_writes_into_is_busy(checked, tmp_path):
    with Store(tmp_path / "store", write=True):
        answer = update(checked, "INSERT DATA { <urn:a> <urn:b> 1 }")
        assert (answer.status_code, answer.json["kind"], answer.headers["Retry-After"]) == (503, "busy", "5")
    assert update(checked, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204


def test_no_increment_is_lost_among_many_writers(scratch):
    update(scratch, "INSERT DATA { <urn:n> <urn:is> 0 }")
    step = "DELETE { <urn:n> <urn:is> ?n } INSERT { <urn:n> <urn:is> ?m } WHERE { <urn:n> <urn:is> ?n BIND(?n + 1 AS ?m) }"

    def write():
        client = scratch.application.test_client()
        for _ in range(5):
            while update(client, step).status_code == 503:
                pass

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert select(scratch, "SELECT ?n { <urn:n> <urn:is> ?n }") == [{"n": "20"}]


def test_an_answered_write_survives_the_end_of_every_process(tmp_path):
    store = tmp_path / "store"
    with running(store, write_token=TOKEN, validate_writes=False, processes=1) as server:
        for number in range(10):
            status, _ = server.send(
                "POST", "/sparql", f"INSERT DATA {{ <urn:x> <urn:p> {number} }}".encode(),
                Content_Type="application/sparql-update", **WRITER,
            )  # fmt: skip
            assert status == 204
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    assert len(ox.Store.read_only(str(store / DATA))) == 10
    with served(store) as client:
        assert len(select(client, "SELECT * { ?s ?p ?o }")) == 10


def test_what_a_build_writes_is_served_without_a_failed_request(tmp_path):
    store = make_store(tmp_path / "store", "GRAPH <g> { <a> <p> 1 }")
    with served(store) as client:
        failures, stop = [], threading.Event()

        def read():
            reader = client.application.test_client()
            while not stop.is_set():
                answer = reader.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
                if answer.status_code != 200:
                    failures.append(answer.text)

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for generation in (2, 3, 4):
            make_store(store, " ".join(f"GRAPH <g> {{ <a> <p> {n} }}" for n in range(generation)), generation)
            while len(select(client, "SELECT * { ?s ?p ?o }")) != generation:
                pass
        stop.set()
        for thread in threads:
            thread.join()
        assert failures == []


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_both_engines_read_and_write(tmp_path, engine):
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False, engine=engine) as client:
        assert len(select(client, "SELECT ?e { ?e a lb:Capture }")) == 1
        assert update(client, "INSERT DATA { GRAPH <urn:g> { _:a <urn:p> 1 } }").status_code == 204
        assert len(select(client, "SELECT ?e { ?e <urn:p> 1 }")) == 1
        assert update(client, "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }").status_code == 204
        assert select(client, "SELECT ?e { ?e <urn:p> 1 }") == []
        assert endpoint(client).config.engine == engine


def test_a_change_keeps_blank_nodes_and_is_made_in_one_step():
    store, other = ox.Store(), ox.Store()
    node, p, g = ox.BlankNode("n"), ox.NamedNode("urn:p"), ox.NamedNode("urn:g")
    old = [ox.Quad(node, p, ox.Literal("ä\n\"'"), g), ox.Quad(ox.NamedNode("urn:s"), p, node, ox.DefaultGraph())]
    for copy in (store, other):
        copy.extend(old)
    change = observed(
        store, lambda: store.update("DELETE WHERE { ?s <urn:p> ?o }; INSERT DATA { GRAPH <urn:g> { _:b <urn:p> _:b } }")
    )
    apply(other, Change.from_bytes(*change.to_bytes()))
    assert set(other) == set(store)
    assert change.removed == [old[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA { <a> <b> <c> }", "INSERT DATA { <a> <b> <c> }"),
        ("DELETE {?s ?p ?o} WHERE {?s ?p ?o}", "DELETE {?s ?p ?o} USING <urn:g> WHERE {?s ?p ?o}"),
        ("DELETE WHERE {?s ?p ?o}", "DELETE  {?s ?p ?o} USING <urn:g> WHERE  {?s ?p ?o}"),
        (
            "INSERT {?s ?p 'where'} where {?s ?p ?o # where\n}; CLEAR ALL",
            "INSERT {?s ?p 'where'} USING <urn:g> WHERE {?s ?p ?o # where\n}; CLEAR ALL",
        ),
        (
            "INSERT {?s ?p ?o} WHERE {SELECT * WHERE {?s ?p ?o}}",
            "INSERT {?s ?p ?o} USING <urn:g> WHERE {SELECT * WHERE {?s ?p ?o}}",
        ),
    ],
)
def test_using_is_put_where_an_update_reads(text, expected):
    assert with_using(text, ("urn:g",), ()) == expected


def test_the_problem_of_a_refused_write_is_json(checked):
    assert json.loads(update(checked, "nonsense").data)["kind"] == "syntax"
