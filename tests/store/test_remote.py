"""The store behind a SPARQL server, against one made here of Oxigraph and the standard library."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.store import open_store
from tests.support.made import small_shipped, stand_in, triples, write_reports

A, B = (NamedNode(f"https://w3id.org/lagebild/article/{name}") for name in "ab")


class Handler(BaseHTTPRequestHandler):
    """POST / is query and update, by content type; POST /guarded wants a token."""

    data: pyoxigraph.Store

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/guarded" and self.headers["Authorization"] != "Bearer open":
            self.answer(401, b"who are you?", "text/plain")
            return
        try:
            self.answer(200, *self.result(self.headers.get_content_type(), body))
        except SyntaxError as error:
            self.answer(400, f"wrong:\n{error}".encode(), "text/plain")

    def result(self, kind, body):
        if kind == "application/sparql-update":
            self.data.update(body)
            return b"", "text/plain"
        found = self.data.query(body, use_default_graph_as_union=True)
        if isinstance(found, pyoxigraph.QueryTriples):
            return found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples"
        return found.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json"

    def answer(self, status, content, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    handler = type("Own", (Handler,), {"data": pyoxigraph.Store()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def said(value: str):
    return triples(f'<article/a> schema:headline "{value}"@de ; lb:fatalities "3"^^xsd:nonNegativeInteger .')


def test_a_remote_store_does_what_the_one_on_disk_does(address, tmp_path):
    states = []
    for location in (address, tmp_path / "store"):
        with open_store(location, write=True) as store:
            store.load_shipped(small_shipped())
            store.load_shipped(small_shipped())
            store.replace({A: said("alt"), B: said("anders")})
            store.replace({A: said("neu")})
            store.remove(B)
            states.append(
                (store.base, store.graphs(), set(store.quads()), store.has(A, said("neu")), store.has(A, said("alt")))
            )
    assert states[0] == states[1]
    assert states[0][3:] == (True, False)


def test_the_command_line_builds_into_a_server_and_asks_it(address, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports")
    with stand_in(monkeypatch):
        assert main(["build", "reports", "--store", address]) == 0
        assert main(["build", "reports", "--store", address]) == 0
    assert "0 articles built (0 triples), 3 unchanged" in capsys.readouterr().err
    assert main(["validate", "--store", address]) == 0
    assert main(["query", "SELECT (COUNT(?e) AS ?n) { ?e a lb:Capture }", "--store", address, "--format", "csv"]) == 0
    assert capsys.readouterr().out.split() == ["n", "3"]
    assert main(["query", "CONSTRUCT { ?e a lb:Event } { ?e a lb:Capture }", "--store", address]) == 0
    assert capsys.readouterr().out.count("lb:Event") == 3
    assert main(["serve", "--store", address]) == 2


def test_a_token_opens_what_is_guarded_and_updates_go_to_their_own_address(address, monkeypatch):
    monkeypatch.setenv("KG_UPDATE", address + "guarded")
    with pytest.raises(StoreError, match=r"guarded: refused \(401\): set KG_TOKEN to the server's token$"):
        open_store(address, write=True).replace({A: said("neu")})
    monkeypatch.setenv("KG_TOKEN", "open")
    open_store(address, write=True).replace({A: said("neu")})
    assert open_store(address).graphs() == [A]


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(StoreError, match=r"^http://127\.0\.0\.1:1/: no answer \(.*\): is the server running there\?$"):
        open_store("http://127.0.0.1:1/").graphs()


def test_a_wrong_query_is_wrong_usage_and_said_in_one_line(address):
    with pytest.raises(UsageError, match=r"^the query is wrong: wrong: .*") as caught:
        open_store(address).query("SELECT")
    assert "\n" not in str(caught.value)
