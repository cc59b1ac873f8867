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
