"""SPARQLWrapper, the client that most Python programs use, in every format it knows and for every form of query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDF, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from tests.support.serving import PREFIXED, make_store, running

ARMY = "https://w3id.org/lagebild/entity/syrian-army"
FORMS = {
    "select": "SELECT ?who { ?e a lb:Capture ; lb:agent ?who }",
    "ask": "ASK { ?e a lb:Capture }",
    "construct": "CONSTRUCT { ?e lb:agent ?who } { ?e a lb:Capture ; lb:agent ?who }",
    "describe": "DESCRIBE <https://w3id.org/lagebild/event/9a>",
}
ROWS = {JSON: "application/sparql-results+json", XML: "application/sparql-results+xml", CSV: "text/csv",
        TSV: "text/tab-separated-values"}  # fmt: skip
GRAPHS = {TURTLE: "text/turtle", N3: "text/turtle", RDF: "application/rdf+xml", RDFXML: "application/rdf+xml",
          XML: "application/rdf+xml", JSONLD: "application/ld+json", JSON: "application/ld+json"}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(make_store(tmp_path_factory.mktemp("wrapper") / "store"), processes=1) as server:
        yield server


def answer(server, form, format_, method):
    client = SPARQLWrapper(server.url + "/sparql")
    client.setQuery(PREFIXED + FORMS[form])
    client.setMethod(method)
    client.setReturnFormat(format_)
    response = client.query().response
    return response.status, response.headers["Content-Type"].split(";")[0], response.read()


@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")  # of a format that the form of query can't have
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("format_", [JSON, XML, TURTLE, N3, RDF, RDFXML, CSV, TSV, JSONLD])
@pytest.mark.parametrize("form", ["select", "ask"])
def test_rows_and_truths_come_in_the_format_wanted_or_as_json(server, form, format_, method):
    status, media_type, body = answer(server, form, format_, method)
    assert (status, media_type) == (200, ROWS.get(format_, ROWS[JSON]))
    assert (ARMY if form == "select" else "true") in body.decode()


@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("format_", [JSON, XML, TURTLE, N3, RDF, RDFXML, CSV, TSV, JSONLD])
@pytest.mark.parametrize("form", ["construct", "describe"])
def test_graphs_come_in_the_format_wanted_or_as_turtle(server, form, format_, method):
    status, media_type, body = answer(server, form, format_, method)
    assert (status, media_type) == (200, GRAPHS.get(format_, GRAPHS[TURTLE]))
    quads = ox.parse(body, ox.RdfFormat.from_media_type(media_type))
    assert ox.NamedNode(ARMY) in {quad.object for quad in quads}


def test_what_was_converted_is_what_was_asked_for(server):
    client = SPARQLWrapper(server.url + "/sparql")
    client.setQuery(PREFIXED + FORMS["select"])
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"] == [{"who": {"type": "uri", "value": ARMY}}]
    client.setReturnFormat(TSV)
    assert client.queryAndConvert() == f"?who\n<{ARMY}>\n".encode()
