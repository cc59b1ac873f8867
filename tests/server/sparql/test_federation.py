"""SERVICE: never by a worker, and by the web process only to endpoints that are allowed."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from tests.support.serving import make_store, select, served


class Remote(BaseHTTPRequestHandler):
    """An endpoint that answers as its server's ``reply`` says and remembers what it was asked."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body)["query"][0])
        status, data, headers = self.server.reply
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_error(500)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def listening():
    with ThreadingHTTPServer(("127.0.0.1", 0), Remote) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.url = f"http://127.0.0.1:{server.server_port}/sparql"
        yield server
        server.shutdown()


@pytest.fixture
def remote(listening):
    """Return the other endpoint, which has not been asked anything yet."""
    listening.asked, listening.reply = [], (200, b"", {})
    return listening


@pytest.fixture(scope="module")
def client(tmp_path_factory, listening):
    store = make_store(tmp_path_factory.mktemp("federation") / "store")
    with served(store, allow_service=[listening.url]) as client:
        yield client


def results(*rows, names=("place", "n")) -> tuple[int, bytes, dict[str, str]]:
    bindings = [{name: term for name, term in zip(names, row, strict=True) if term} for row in rows]
    return 200, json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}}).encode(), {}


ABU_KAMAL = {"type": "uri", "value": "https://w3id.org/lagebild/entity/abu-kamal"}
NUMBER = {"type": "literal", "value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
QUERY = "SELECT ?place ?n {{ ?e a lb:Capture ; lb:place ?place . {service} }}"


def test_an_allowed_endpoint_is_asked_and_its_rows_are_joined(client, remote):
    remote.reply = results((ABU_KAMAL, NUMBER), ({"type": "uri", "value": "urn:elsewhere"}, NUMBER), (None, NUMBER))
    rows = select(client, QUERY.format(service=f"SERVICE <{remote.url}> {{ ?place <urn:n> ?n }}"))
    assert rows == [{"place": ABU_KAMAL["value"], "n": "7"}] * 2
    assert "SELECT * WHERE { ?place <urn:n> ?n } LIMIT 10001" in remote.asked[0]
    assert "PREFIX lb:" in remote.asked[0]


def test_the_endpoint_can_be_named_by_a_prefix(client, remote):
    remote.reply = results((ABU_KAMAL, NUMBER))
    query = f"PREFIX r: <{remote.url[:-3]}>" + "SELECT * { SERVICE r:rql { ?place <urn:n> ?n } }"
    assert client.get("/sparql", query_string={"query": query}).status_code == 200
    assert len(remote.asked) == 1


@pytest.mark.parametrize(
    "term",
    [
        {"type": "literal", "value": 'a"\\\n} SERVICE <http://127.0.0.1:1/> {'},
        {"type": "literal", "value": "ä", "xml:lang": "de"},
        {"type": "bnode", "value": "b0"},
    ],
)
def test_what_comes_back_is_data_only(client, remote, term):
    remote.reply = results((term,), names=("x",))
    answer = client.get("/sparql", query_string={"query": f"SELECT ?x {{ SERVICE <{remote.url}> {{ ?s ?p ?x }} }}"})
    value = answer.json["results"]["bindings"][0]["x"]["value"]
    assert value == (term["value"] if term["type"] == "literal" else "urn:lagebild:remote-node:b0")


@pytest.mark.parametrize(
    "reply",
    [
        (302, b"", {"Location": "http://127.0.0.1:1/"}),
        (500, b"", {}),
        (200, b"not json", {}),
        (200, b'{"head": {}}', {}),
        (200, b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "a b"}}]}}', {}),
        results(*[(NUMBER,)] * 10_001, names=("x",)),
    ],
    ids=["redirect", "failure", "no json", "no results", "no iri", "too many"],
)
def test_an_endpoint_that_fails_is_named_unless_silent(client, remote, reply):
    remote.reply = reply
    query = "SELECT ?x {{ SERVICE {silent} <{url}> {{ ?s ?p ?x }} }}"
    loud = client.get("/sparql", query_string={"query": query.format(silent="", url=remote.url)})
    assert (loud.status_code, loud.json["kind"]) == (400, "service")
    silent = client.get("/sparql", query_string={"query": query.format(silent="SILENT", url=remote.url)})
    assert silent.json["results"]["bindings"] == [{}]
    assert len(remote.asked) == 2  # nothing but the two: no redirect was followed


@pytest.mark.parametrize(
    "service",
    [
        "SERVICE <http://127.0.0.1:{port}/other> {{ }}",
        "SERVICE ?x {{ }}",
        "SERVICE SILENT <http://127.0.0.1:1/> {{ }}",
        "SERVICE",
    ],
)
def test_no_other_endpoint_is_asked(client, remote, service):
    query = "SELECT * { " + service.format(port=remote.server_port) + " }"
    answer = client.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.json["kind"]) == (400, "refused")
    assert remote.asked == []
