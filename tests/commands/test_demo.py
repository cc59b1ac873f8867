"""``kg demo`` as a user runs it: it builds, prints the address, serves, and answers the question it is made for."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from kg.cli import main
from server.app import endpoint_of

QUERY = """PREFIX lb: <https://w3id.org/lagebild/ontology#>
PREFIX gaf: <http://groundedannotationframework.org/gaf#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?place ?day ?sentence {
  ?event a lb:Capture ; lb:agent/rdfs:label ?who ; lb:place/rdfs:label ?place ; lb:earliest ?day ;
    gaf:denotedBy/nif:sentence/nif:anchorOf ?sentence
  FILTER (LANG(?who) = "de" && LANG(?place) = "de") }"""
PATIENCE = 120  # seconds; a busy machine takes its time


@pytest.fixture
def demo(tmp_path):
    """Run the demo on a free port; yield (process, address)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("kg"), "demo", "--store", "graph", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        yield process, f"http://127.0.0.1:{port}"
        process.kill()


def answer(process, address: str, path: str) -> bytes:
    """Ask until the server is there."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address + path, timeout=PATIENCE) as response:
                return response.read()
        except HTTPError as error:
            pytest.fail(f"{error}: {error.read().decode()}")
        except URLError:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < end
            time.sleep(0.1)


def test_the_demo_tells_who_captured_which_place_when_and_in_what_words(demo):
    process, address = demo
    content = answer(process, address, "/sparql?" + urlencode({"query": QUERY}))
    rows = [{k: v["value"] for k, v in row.items()} for row in json.loads(content)["results"]["bindings"]]
    assert rows
    assert all(row["day"].endswith("T00:00:00Z") and row["sentence"] for row in rows)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "12 articles built" in told
    assert f"Serving at {address}/" in told


@pytest.fixture
def started(monkeypatch):
    """What would be served: the endpoint's settings, address and port; nothing is."""
    found = []

    def run(app, host, port):
        endpoint = endpoint_of(app)
        found.append((endpoint.config, host, port))
        endpoint.close()

    monkeypatch.setattr("server.run", run)
    return found


def test_demo_serves_what_it_built(started, tmp_path):
    assert main(["demo", "--store", str(tmp_path / "demo"), "--port", "8123"]) == 0
    [(config, host, port)] = started
    assert (config.write_token, config.allow_service, host, port) == (None, (), "127.0.0.1", 8123)


def test_every_option_of_serve_reaches_the_endpoint(started, tmp_path):
    store = str(tmp_path / "demo")
    main(["demo", "--store", store, "--no-serve"])
    options = "--write-token t --no-validate-writes --allow-service http://a.example/ --allow-service http://b.example/"
    more = "--timeout 3 --engine disk --public-url https://c.example --access-log -"
    assert main(["serve", "--store", store, *options.split(), *more.split()]) == 0
    config = started[0][0]
    assert (config.write_token, config.validate_writes, config.timeout) == ("t", False, 3.0)
    assert config.allow_service == ("http://a.example/", "http://b.example/")
    assert (config.engine, config.public_url, config.access_log) == ("disk", "https://c.example", "-")


def test_who_may_write_begins_with_an_empty_store(started, tmp_path):
    assert main(["serve", "--store", str(tmp_path / "new"), "--write-token", "t"]) == 0
    assert started[0][0].write_token == "t"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--store {folder}/new", "no store here"),
        ("--store {folder}/notes.txt --write-token t", "this is a file"),
        ("--store http://127.0.0.1:9/sparql --write-token t", "only a copy of this store is served here"),
    ],
)
def test_what_can_not_be_served_is_named(started, tmp_path, capsys, options, message):
    (tmp_path / "notes.txt").write_text("Notizen")
    assert main(["serve", *options.format(folder=tmp_path).split()]) != 0
    assert message in capsys.readouterr().err
    assert not started
