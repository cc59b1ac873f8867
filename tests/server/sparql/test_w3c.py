"""The W3C's own tests of the SPARQL Protocol and the Graph Store Protocol, replayed from their manifests.

The manifests are not part of the project: they are read where they lie beside it. With ``LAGEBILD_REQUIRE_GOLD=1`` it is
a failure when they don't; :mod:`tests.test_server_protocol` and :mod:`tests.test_server_writing` always run.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.support.places import PROJECT
from tests.support.serving import TOKEN, WRITER, served, update

SUITE = PROJECT.parent / "shared" / "w3c"
MANIFESTS = ("protocol/manifest.ttl", "graph-store-protocol/manifest-indirect.ttl", "graph-store-protocol/manifest-direct.ttl")
TESTS = 34 + 9 + 4
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
CODES = {"OK": {200}, "Created": {201}, "NoContent": {204}, "NotFound": {404}, "BadRequest": {400}}
RESULTS = ("sparql-results", "csv", "tab-separated")
TRIPLES = ("turtle", "n-triples", "rdf+xml", "ld+json", "trig", "n-quads")


def entries():
    """Return (manifest, its graph, test) of every test."""
    found = []
    for name in MANIFESTS:
        if not (SUITE / name).is_file():
            continue
        graph = Graph().parse(SUITE / name, format="turtle")
        found += [
            (name, graph, test) for test in Collection(graph, graph.value(graph.value(None, RDF.type, MF.Manifest), MF.entries))
        ]
    return found


ENTRIES = entries()


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(tmp_path_factory.mktemp("w3c") / "store", write_token=TOKEN, validate_writes=False) as client:
        yield client


@pytest.mark.skipif(
    not ENTRIES and not os.environ.get("LAGEBILD_REQUIRE_GOLD"), reason="the W3C's manifests are not beside the project"
)
def test_all_manifests_are_there():
    assert len(ENTRIES) == TESTS


@pytest.mark.parametrize(("manifest", "graph", "test"), ENTRIES, ids=[str(test).rsplit("#", 1)[-1] for _, _, test in ENTRIES])
def test_w3c(client, manifest, graph, test):
    assert update(client, "CLEAR ALL").status_code == 204
    for data in graph.objects(test, UT.graphData):
        file = SUITE / "protocol" / Path(str(graph.value(data, UT.graph))).name
        put = client.put(
            "/graphs?graph=" + quote(str(graph.value(data, RDFS.label)), safe=""),
            data=file.read_bytes(), content_type="application/n-triples", headers=WRITER,
        )  # fmt: skip
        assert put.status_code == 201
    location = ""
    for request in Collection(graph, graph.value(graph.value(test, MF.action), HT.requests)):
        answer = send(client, manifest, graph, request, location)
        location = answer.headers.get("Location", location)
        check(graph, graph.value(request, HT.resp), answer)


def send(client, manifest, graph, request, location):
    """Send one request of a test as it is written, but to our addresses and with the token."""
    headers = {}
    if written := graph.value(request, HT.headers):
        headers = {str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue)) for h in Collection(graph, written)}
    body = graph.value(request, HT.body)
    data = b""
    if body is not None:
        data = str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding) or "UTF-8"))
    path = str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", quote(location, safe=""))
    path = path.replace("/gsp", "/graphs", 1) if "/gsp" in path.split("?")[0] else path
    environ = {"CONTENT_TYPE": headers.pop("content-type", "")}
    method = str(graph.value(request, HT.methodName))
    return client.open(path, method=method, data=data, headers={**headers, **WRITER}, environ_overrides=environ)


def check(graph, expected, answer):
    """Compare an answer with what the manifest expects."""
    codes = [str(code).rsplit("#", 1)[-1] for code in graph.objects(expected, MF.expectedStatus)]
    if codes:
        right = [
            answer.status_code // 100 == int(c[10]) if c.startswith("StatusCode") else answer.status_code in CODES[c]
            for c in codes
        ]
        assert any(right), (answer.status, codes, answer.text)
    content_type = answer.headers.get("Content-Type", "")
    form = str(graph.value(expected, MF.expectedFormat) or "")
    if form and answer.status_code // 100 == 2:
        assert any(part in content_type for part in (TRIPLES if form == "RDF" else RESULTS)), content_type
    truth = graph.value(expected, MF.expectedBoolean)
    if truth is not None:
        assert answer.json["boolean"] is truth.toPython()
    body = graph.value(expected, HT.body)
    turtle = str(graph.value(body, CNT.chars) or "") if body is not None else ""
    if turtle.strip():
        assert isomorphic(Graph().parse(data=answer.data), Graph().parse(data=turtle))
