"""``kg serve`` as it runs: several processes, figures, log, stopping, and the clients that people use."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from kg.errors import UsageError
from server import create_app, run
from server.app import endpoint_of
from server.config import Config
from tests.support.hostile import ENDLESS
from tests.support.serving import PREFIXED, TOKEN, WRITER, descendants, make_store, running, served

ARMY = "https://w3id.org/lagebild/entity/syrian-army"
WHO = PREFIXED + "SELECT ?who { ?e a lb:Capture ; lb:agent ?who }"
SLOW = ENDLESS["count of a product"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("operation")
    log = folder / "access.log"
    with running(make_store(folder / "store"), write_token=TOKEN, processes=2, access_log=str(log)) as server:
        server.log = log
        yield server


@pytest.mark.parametrize(
    ("method", "path", "data", "headers"),
    [
        ("GET", "/sparql?" + urlencode({"query": WHO}), None, {}),
        ("GET", "/sparql/?" + urlencode({"query": WHO}), None, {}),
        ("POST", "/sparql", urlencode({"query": WHO}).encode(), {"Content_Type": "application/x-www-form-urlencoded"}),
        ("POST", "/sparql", WHO.encode(), {"Content_Type": "application/sparql-query"}),
        ("QUERY", "/sparql", WHO.encode(), {"Content_Type": "application/sparql-query"}),
        ("POST", "/sparql", (WHO + " #" + "x" * 9000).encode(), {"Content_Type": "application/sparql-query"}),
    ],
    ids=["get", "slash", "form", "direct", "query method", "long"],
)
def test_a_query_is_answered_on_every_way(server, method, path, data, headers):
    status, body = server.send(method, path, data, **headers)
    assert (status, json.loads(body)["results"]["bindings"]) == (200, [{"who": {"type": "uri", "value": ARMY}}])


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/sparql?query=ASK%20%7B", 400, b'"kind": "syntax"'),
        ("/sparql?update=CLEAR%20ALL", 400, b'"kind": "method"'),
        ("/sparql", 200, b"sparql-service-description#Service"),
        ("/graphs?graph=" + quote("https://w3id.org/lagebild/article/1f"), 200, b"zur\xc3\xbcckerobert"),
        ("/graphs?graph=urn:none", 404, b'"kind": "missing"'),
        ("/search?q=kamal", 200, b"entity/abu-kamal"),
        ("/nothing", 404, b'"kind": "missing"'),
        ("/openapi.json", 200, b'"openapi": "3.1.0"'),
    ],
)
def test_everything_else_is_answered_beside_it(server, path, status, part):
    answer = server.get(path)
    assert answer[0] == status
    assert part in answer[1]


def test_every_process_sees_what_was_written(server):
    headers = {"Content_Type": "application/sparql-update", **WRITER}
    for number in range(5):
        text = f"DELETE WHERE {{ <urn:n> ?p ?o }}; INSERT DATA {{ <urn:n> <urn:is> {number} }}"
        assert server.send("POST", "/sparql", text.encode(), **headers)[0] == 204
        for _ in range(10):
            rows = json.loads(server.ask("SELECT ?n { <urn:n> <urn:is> ?n }")[1])["results"]["bindings"]
            assert [row["n"]["value"] for row in rows] == [str(number)]


def test_the_worker_of_a_client_that_leaves_is_stopped(server):
    before = server.metric("killed_client_gone_total")
    host, port = server.url.removeprefix("http://").split(":")
    for request in (
        f"GET /sparql?{urlencode({'query': SLOW})} HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET /sparql?{urlencode({'query': SLOW + ' #' + 'x' * 9000})} HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(request.encode())
            time.sleep(0.5)
    end = time.monotonic() + 8
    while server.metric("killed_client_gone_total") < before + 2:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_figures_and_log_tell_what_happened(server):
    queries = server.metric('request_seconds_count{operation="query"}')
    assert server.ask("ASK {}")[0] == 200
    assert server.ask("ASK { nonsense")[0] == 400
    assert server.metric('request_seconds_count{operation="query"}') == queries + 2
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    wrong = {"client": "127.0.0.1", "status": 400, "kind": "syntax", "method": "GET", "path": "/sparql"}
    assert any(wrong.items() <= line.items() for line in lines)
    assert all(
        set(line) == {"time", "client", "method", "path", "query", "status", "bytes", "ms", "kind", "agent"} for line in lines
    )
    assert not any(TOKEN in json.dumps(line) for line in lines)


def test_a_fork_server_or_a_web_process_that_dies_is_replaced(tmp_path):
    with running(make_store(tmp_path / "store"), processes=1) as server:
        for module in (b"server.workers.fork_server", b"multiprocessing"):
            victims = [pid for pid in descendants(server.process.pid) if module in cmdline(pid)]
            assert victims
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            wait_for_answer(server)


def wait_for_answer(server):
    """Ask until there is an answer, which may take as long as starting a process."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if server.ask(WHO)[0] == 200:
                return
        time.sleep(0.1)
    pytest.fail("no answer")


def cmdline(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_stopping_lets_running_requests_end_and_leaves_nothing(tmp_path):
    with running(make_store(tmp_path / "store"), processes=1) as server, ThreadPoolExecutor() as threads:
        assert server.ask(WHO)[0] == 200
        below = descendants(server.process.pid)
        assert below
        queries = [f"{PREFIXED} {SLOW}", f"{PREFIXED} {SLOW} #{'x' * 9000}"]  # straight to a worker, and through Flask
        answers = [threads.submit(server.get, "/sparql?" + urlencode({"query": q, "timeout": 2})) for q in queries]
        while server.metric("running") < 3:
            time.sleep(0.01)
        server.process.send_signal(signal.SIGTERM)
        assert [answer.result()[0] for answer in answers] == [408, 408]
        server.process.wait(20)
    end = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in below):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_sparqlwrapper_asks_and_reads_every_form(server):
    client = SPARQLWrapper(server.url + "/sparql")
    client.setQuery(WHO)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["who"]["value"] == ARMY
    client.setMethod(POST)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert() == f"who\r\n{ARMY}\r\n".encode()
    client.setQuery(PREFIXED + "CONSTRUCT { ?e lb:agent ?who } { ?e a lb:Capture ; lb:agent ?who }")
    client.setReturnFormat(TURTLE)
    assert b"lb:agent" in client.queryAndConvert()


def test_sparqlwrapper_updates(server):
    client = SPARQLWrapper(server.url + "/sparql")
    client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    client.setMethod(POST)
    client.setQuery("INSERT DATA { <urn:wrapper> <urn:p> 1 }")
    client.query()
    assert json.loads(server.ask("ASK { <urn:wrapper> <urn:p> 1 }")[1])["boolean"] is True


def test_rdflib_reads_and_writes(server):
    store = SPARQLUpdateStore(server.url + "/sparql", server.url + "/sparql", headers=dict(WRITER), autocommit=True)
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("urn:rdflib:graph"))
    triple = (rdflib.URIRef("urn:rdflib:s"), rdflib.URIRef("urn:rdflib:p"), rdflib.Literal("ä", lang="de"))
    graph.add(triple)
    reader = rdflib.Graph(SPARQLStore(server.url + "/sparql", returnFormat="json"), identifier=graph.identifier)
    assert list(reader) == [triple]
    assert [str(row.who) for row in rdflib.Graph(reader.store).query(WHO)] == [ARMY]
    graph.remove(triple)
    assert list(reader) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_as_in_the_readme(server):
    command = ["curl", "-s", "-G", server.url + "/sparql", "--data-urlencode", f"query={WHO}", "-H", "Accept: text/csv"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"who\n{ARMY}\n"


def test_schemathesis_finds_no_server_error(server, tmp_path):
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", server.url + "/openapi.json",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--max-examples", os.environ.get("LAGEBILD_EXAMPLES", "5"), "--seed", "7", "--generation-database", "none",
        "--header", f"Authorization: Bearer {TOKEN}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:]


def test_an_address_in_use_is_named(tmp_path):
    app = create_app(make_store(tmp_path / "store"))
    try:
        with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="can't listen"):
            run(app, "127.0.0.1", taken.getsockname()[1])
    finally:
        endpoint_of(app).close()


@pytest.mark.parametrize("name", ["nonsense", "Timeout"])
def test_an_unknown_setting_is_refused(name):
    with pytest.raises(TypeError, match=name):
        Config.from_json({name: 1})


def test_health_needs_a_worker_that_answers(tmp_path):
    with served(make_store(tmp_path / "store")) as client:
        assert client.get("/health").json["status"] == "ok"


def test_a_long_body_is_taken_only_from_who_may_write(server):
    body = b"<urn:long> <urn:p> <urn:o> .\n" * 20_000
    path = "/graphs?graph=urn:long"
    with contextlib.suppress(OSError):  # or the connection is closed while the body is still being sent
        assert server.send("PUT", path, body, Content_Type="application/n-triples")[0] == 401
    assert server.get(path)[0] == 404
    assert server.send("PUT", path, body, Content_Type="application/n-triples", **WRITER)[0] == 201


def test_head_has_the_length_and_no_body(server):
    path = "/sparql?" + urlencode({"query": WHO})
    assert server.send("HEAD", path, None) == (200, b"")
    assert server.send("HEAD", "/graphs?graph=urn:none", None)[0] == 404
    assert server.ask("ASK {}")[0] == 200
