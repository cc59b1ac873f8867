"""Other people's SPARQL servers on 127.0.0.1, and one of our own that answers as the test wants."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from tests.support.places import PROJECT
from tests.support.serving import free_port

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
FUSEKI_JARS = PROJECT / ".cache" / "fuseki"
JENA = PROJECT / ".cache" / "jena"
PATIENCE = 120  # seconds for a server that begins
UNION = "--set=tdb2:unionDefaultGraph=true"


@dataclass
class SparqlServer:
    """A server that can be stopped and started again over the same data; ``update`` is where it takes updates."""

    command: list[str]
    address: str
    update: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True, cwd=self.folder)
        end = time.monotonic() + PATIENCE
        while not _answers(self.address):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a fault would: by SIGKILL."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}?query=ASK%20%7B%7D", timeout=5):
            return True
    except urllib.error.HTTPError as error:
        with error:
            return error.code == 401
    except OSError:
        return False


def oxigraph_server(folder: Path, *options: str, union: bool = True) -> SparqlServer:
    """Return Oxigraph's own server over ``folder``, not started yet."""
    port = free_port()
    command = [str(OXIGRAPH), "serve", "-l", str(folder / "data"), "-b", f"127.0.0.1:{port}", *options]
    command += ["--union-default-graph"] if union else []
    return SparqlServer(command, f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update", folder)


def fuseki_server(folder: Path, *options: str, union: bool = True) -> SparqlServer:
    """Return Apache Jena Fuseki with TDB2 over ``folder``, not started yet; ``make fuseki-check`` fetches it."""
    port = free_port()
    [jar] = FUSEKI_JARS.glob("jena-fuseki-server-*.jar")
    (folder / "data").mkdir(exist_ok=True)
    java = [shutil.which("java") or "java", "-Xmx1g", "-jar", str(jar), "--localhost", f"--port={port}", *options]
    command = [*java, *([UNION] if union else []), "--tdb2", f"--loc={folder / 'data'}", "--update", "/ds"]
    address = f"http://127.0.0.1:{port}/ds"
    return SparqlServer(command, address, address, folder)


@contextmanager
def started(server: SparqlServer) -> Iterator[SparqlServer]:
    """Have a server run for as long as the context lasts."""
    try:
        server.start()
        yield server
    finally:
        server.kill()


Fault = tuple[int, bytes, dict[str, str]]


class ScriptedServer:
    """A store in memory behind HTTP on 127.0.0.1, which fails as ``faults`` say: one is taken for each request.

    ``asked`` are the requests until now: path, media type, Authorization; ``before`` is called ahead of each.
    """

    def __init__(self) -> None:
        self.data = pyoxigraph.Store()
        self.faults: list[Fault | None] = []
        self.asked: list[tuple[str, str, str | None]] = []
        self.before: Callable[[], None] = lambda: None
        self.slow = 0.0  # seconds until a request is read
        self.address = ""

    def failing(self, *faults: Fault | None) -> None:
        """Let the next requests fail in this way; None: answer that one as usual."""
        self.faults = list(faults)

    @property
    def kinds(self) -> Sequence[str]:
        """Whether each request until now was a query or an update."""
        return [kind.rpartition("-")[2] for _, kind, _ in self.asked]

    def answer(self, kind: str, body: str) -> tuple[int, bytes, str]:
        """Return status, body and media type for a query or update."""
        try:
            if kind == "application/sparql-update":
                self.data.update(body)
                return 200, b"", "text/plain"
            found = self.data.query(body, use_default_graph_as_union=True)
        except SyntaxError as error:
            return 400, f"wrong:\n{error}".encode(), "text/plain"
        if isinstance(found, pyoxigraph.QueryTriples):
            return 200, found.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples"
        return 200, found.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json"


class _Handler(BaseHTTPRequestHandler):
    script: ScriptedServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        time.sleep(self.script.slow)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        kind = self.headers.get_content_type()
        self.script.before()
        self.script.asked.append((self.path, kind, self.headers["Authorization"]))
        fault = self.script.faults.pop(0) if self.script.faults else None
        if fault is None:
            status, content, media = self.script.answer(kind, body)
            self._send(status, content, {"Content-Type": media})
        elif fault[0] == 0:
            self.close_connection = True  # no answer at all
        else:
            self._send(*fault)

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def scripted() -> Iterator[ScriptedServer]:
    """Yield a scripted server that listens."""
    script = ScriptedServer()
    handler = type("Own", (_Handler,), {"script": script, "timeout": 10})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        script.address = f"http://127.0.0.1:{server.server_port}/"
        yield script
        server.shutdown()
        thread.join()
