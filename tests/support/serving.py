"""A small store in the project's own shape, and ways to serve it, for the tests of the server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Flask
from flask.testing import FlaskClient

from kg.namespaces import DEFAULT_BASE, PREFIXES
from kg.store.embedded import DATA, GENERATION
from server import create_app
from server.app import endpoint_of
from tests.support.places import PROJECT

TOKEN = "geheim"
WRITER = {"Authorization": f"Bearer {TOKEN}"}
PREFIXED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"@base <{DEFAULT_BASE}> .\n"
SAMPLE = """
GRAPH <graph/ontology> {
  lb:Capture a owl:Class ; rdfs:subClassOf lb:Event ; rdfs:label "Einnahme"@de , "Capture"@en .
  lb:Airstrike rdfs:subClassOf lb:Event . lb:StateForce rdfs:subClassOf lb:Actor . lb:ArmedGroup rdfs:subClassOf lb:Actor .
  lb:City rdfs:subClassOf lb:Place .
}
GRAPH <graph/gazetteer> {
  <entity/syrian-army> a lb:StateForce ; rdfs:label "Syrische Armee"@de , "Syrian Army"@en ;
    skos:altLabel "Regierungstruppen"@de ; skos:exactMatch wd:Q380614 .
  <entity/islamic-state> a lb:ArmedGroup ; rdfs:label "Islamischer Staat"@de , "Islamic State"@en ;
    skos:altLabel "Terrormiliz"@de ; skos:exactMatch wd:Q2429253 .
  <entity/abu-kamal> a lb:City ; rdfs:label "Abu Kamal"@de , "Abu Kamal"@en ; geo:asWKT "POINT(40.9 34.4)"^^geo:wktLiteral ;
    lb:latitude 34.4 ; lb:longitude 40.9 .
}
GRAPH <article/1f> {
  <article/1f> a schema:NewsArticle , nif:Context ; lb:sourcePath "abu-kamal.txt" ; lb:contentHash "sha256:1f" ;
    nif:isString "Die Armee hat Abu Kamal zurückerobert. Laut der Armee starben 12 Menschen." ;
    schema:headline "Armee nimmt Abu Kamal ein"@de ; schema:datePublished "2017-11-09T00:00:00Z"^^xsd:dateTime ;
    prov:wasGeneratedBy <run/1> .
  <event/9a> a lb:Capture ; rdfs:label "Einnahme: Abu Kamal"@de , "Capture: Abu Kamal"@en ;
    lb:agent <entity/syrian-army> ; lb:target <entity/islamic-state> ; lb:place <entity/abu-kamal> ;
    lb:earliest "2017-11-09T00:00:00Z"^^xsd:dateTime ; lb:latest "2017-11-09T23:59:59Z"^^xsd:dateTime ;
    lb:fatalities 12 ; gaf:denotedBy <article/1f#offset_24_37> .
  <event/9b> a lb:Airstrike ; rdfs:label "Luftangriff: Abu Kamal"@de ; lb:agent <entity/syrian-army> ;
    lb:place <entity/abu-kamal> ; gaf:denotedBy <article/1f#offset_57_63> .
  <article/1f#offset_24_37> a gaf:Mention ; nif:anchorOf "zurückerobert" ; nif:referenceContext <article/1f> ;
    nif:sentence <article/1f#offset_0_38> ; lb:factuality lb:Factual .
  <article/1f#offset_57_63> a gaf:Mention ; nif:anchorOf "starben" ; nif:referenceContext <article/1f> ;
    nif:sentence <article/1f#offset_39_74> ; lb:factuality lb:Reported ; lb:attributedTo <entity/syrian-army> .
  <article/1f#offset_0_38> a nif:Sentence ; nif:anchorOf "Die Armee hat Abu Kamal zurückerobert." ;
    nif:referenceContext <article/1f> .
  <article/1f#offset_39_74> a nif:Sentence ; nif:anchorOf "Laut der Armee starben 12 Menschen." ;
    nif:referenceContext <article/1f> .
  <entity/syrian-army> gaf:denotedBy <article/1f#offset_0_9> .
  <entity/abu-kamal> gaf:denotedBy <article/1f#offset_14_23> .
}
"""


def make_store(folder: Path, trig: str = SAMPLE, generation: int = 1) -> Path:
    """Write a store of the quads in ``trig``, over the one that is there; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / DATA))
    store.clear()
    store.bulk_load(input=(_HEAD + trig).encode(), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    (folder / GENERATION).write_text(f"{generation}\n", encoding="ascii")
    return folder


@contextmanager
def served(store: Path, **settings: Any) -> Iterator[FlaskClient]:
    """Yield a client of the Flask application for a store; all its processes end afterwards."""
    app = create_app(store, **settings)
    try:
        yield app.test_client()
    finally:
        endpoint_of(app).close()


def endpoint(client: FlaskClient) -> Any:
    """Return the endpoint behind a client."""
    app: Flask = client.application
    return endpoint_of(app)


def select(client: FlaskClient, query: str, **parameters: Any) -> list[dict[str, str]]:
    """Return the rows of a query as plain values."""
    answer = client.get("/sparql", query_string={"query": PREFIXED + query, **parameters})
    assert answer.status_code == 200, answer.text
    return [{name: term["value"] for name, term in row.items()} for row in answer.json["results"]["bindings"]]


def update(client: FlaskClient, text: str, **parameters: Any) -> Any:
    """Send an update with the token."""
    return client.post(
        "/sparql", data=text.encode(), content_type="application/sparql-update", headers=WRITER, query_string=parameters
    )


class Server:
    """``kg serve``'s own way: several processes under the HTTP server, at ``url``."""

    def __init__(self, store: Path, url: str, process: subprocess.Popen[str]) -> None:
        self.store = store
        self.url = url
        self.process = process

    def ask(self, query: str, timeout: float = 30, **parameters: Any) -> tuple[int, bytes]:
        """Return status and body of a query by GET."""
        return self.get("/sparql?" + urlencode({"query": query, **parameters}), timeout)

    def get(self, path: str, timeout: float = 30, **headers: str) -> tuple[int, bytes]:
        """Return status and body of a GET."""
        return self.send("GET", path, None, timeout, **headers)

    def send(
        self, method: str, path: str, data: bytes | None, timeout: float = 30, **headers: str
    ) -> tuple[int, bytes]:
        """Return status and body of a request; underscores in header names stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def metric(self, name: str) -> float:
        """Return one figure of ``/metrics``."""
        lines = self.get("/metrics")[1].decode().splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith(f"lagebild_{name} ")))


_RUN = """
import json, sys
from server import create_app, run
store, port, settings = json.loads(sys.argv[1])
run(create_app(store, **settings), "127.0.0.1", port)
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(store: Path, patience: float = 60, **settings: Any) -> Iterator[Server]:
    """Yield a running server, which must answer within ``patience`` seconds; it is stopped as by Ctrl-C."""
    port = free_port()
    command = [sys.executable, "-c", _RUN, json.dumps([str(store), port, settings])]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        server = Server(store, f"http://127.0.0.1:{port}", process)
        try:
            wait_for(server, patience)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            finally:
                assert process.stderr is not None
                process.stderr.close()


def wait_for(server: Server, patience: float = 60) -> None:
    """Wait until a server answers; raise when it ends before, or has not begun after so many seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(server.process.stderr.read() if server.process.stderr is not None else "the server has ended")
        try:
            if server.get("/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def descendants(pid: int) -> list[int]:
    """Return the processes below ``pid``, zombies left out; Linux."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, left = [], [pid]
    while left:
        for child in parents.get(left.pop(), ()):
            found.append(child)
            left.append(child)
    return found


def open_files(pid: int = os.getpid()) -> int:
    """Return how many descriptors a process has open; Linux."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
