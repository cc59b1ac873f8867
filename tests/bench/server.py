"""Our endpoint beside its peers, on the same generated triples: requests a second, latencies, and ratios.

``python -m tests.bench.server [--seconds 4] [--rounds 2] [--peers ours,oxigraph,...]``. Oxigraph server and
rdflib-endpoint come with the project's ``bench`` extra; Fuseki is left out, and said to be, where there is no Java or its
jar is not in ``.cache/java``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.store import DATA, GENERATION
from tests.bench.data import AGGREGATE, EVENTS, HEAVY, SORT, THOUSAND, point, quads
from tests.serving import _RUN as RUN
from tests.serving import free_port

BIN = Path(sys.executable).parent
JAVA = Path(__file__).parents[2] / ".cache" / "java"
CONNECTIONS = 8
TASKS = ("point", "1,000 rows", "aggregate", "point beside join", "point beside sort")
MEMORY = 6 << 30  # bytes of address space, for every server; a heap of 3 GiB for Java
DEAD = {"rate": 0.0, "p50": float("inf"), "p99": float("inf"), "failed": 0.0}
_JSON = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True)
class Peer:
    """One server: how it is started on a port, and the path of its endpoint."""

    name: str
    command: Callable[[Path, int], list[str]]
    path: str


def _ours(data: Path, port: int) -> list[str]:
    return [sys.executable, "-c", RUN, json.dumps([str(data / "ours"), port, {}])]


def _oxigraph(data: Path, port: int) -> list[str]:
    return [str(BIN / "oxigraph"), "serve-read-only", "-l", str(data / "oxigraph"), "-b", f"127.0.0.1:{port}"]


def _rdflib_endpoint(data: Path, port: int) -> list[str]:
    command = [str(BIN / "rdflib-endpoint"), "serve", "--store", "Oxigraph", "--host", "127.0.0.1"]
    return [*command, "--port", str(port), str(data / "data.nt")]


def _fuseki(data: Path, port: int) -> list[str]:
    jar = next(JAVA.glob("jena-fuseki-server-*.jar"))
    return ["java", "-Xmx3g", "-jar", str(jar), "--localhost", "--port", str(port), f"--file={data / 'data.nt'}", "/ds"]


PEERS = (
    Peer("ours", _ours, "/sparql"),
    Peer("oxigraph", _oxigraph, "/query"),
    Peer("rdflib-endpoint", _rdflib_endpoint, "/"),
    Peer("fuseki", _fuseki, "/ds/sparql"),
)


def prepare(folder: Path) -> None:
    """Write the triples in the forms that the servers read."""
    (folder / "ours").mkdir()
    store = ox.Store(str(folder / "ours" / DATA))
    store.bulk_extend(quads())
    store.flush()
    (folder / "ours" / GENERATION).write_text("1\n", encoding="ascii")
    with (folder / "data.nt").open("wb") as file:
        ox.serialize((quad.triple for quad in quads()), file, format=ox.RdfFormat.N_TRIPLES)
    if (BIN / "oxigraph").exists():
        subprocess.run(
            [BIN / "oxigraph", "load", "-l", folder / "oxigraph", "-f", folder / "data.nt"], check=True, capture_output=True
        )


@contextmanager
def started(peer: Peer, data: Path) -> Iterator[int]:
    """Yield the port of a running server."""
    port = free_port()
    log = (data / f"{peer.name}.log").open("w")
    process = subprocess.Popen(
        peer.command(data, port),
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=None if peer.name == "fuseki" else _bound,
    )
    try:
        _wait(process, port, peer.path)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    end = time.monotonic() + 180
    address = f"http://127.0.0.1:{port}{path}?query={quote('ASK { ?s ?p ?o }')}"
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} did not start")  # type: ignore[index]
        try:
            request = urllib.request.Request(address, headers=_JSON)
            with urllib.request.urlopen(request, timeout=30) as answer:
                if b"true" in answer.read():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)
    raise SystemExit(f"{process.args[0]} did not answer in time")  # type: ignore[index]


def measure(port: int, path: str, queries: list[str], seconds: float, connections: int = CONNECTIONS) -> dict[str, float]:
    """Return the figures of one load."""
    requests = [("GET", f"{path}?query={quote(query)}", _JSON, "") for query in queries]
    command = [sys.executable, "-m", "tests.bench.load", "127.0.0.1", str(port), str(connections), str(seconds)]
    done = subprocess.run(command, input=json.dumps(requests), capture_output=True, text=True)
    if done.returncode:  # nobody answers any more
        return DEAD
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


@contextmanager
def heavy(port: int, path: str, query: str) -> Iterator[None]:
    """Have one client ask a heavy query, again and again."""
    request = json.dumps([("GET", f"{path}?query={quote(query)}", _JSON, "")])
    command = [sys.executable, "-m", "tests.bench.load", "127.0.0.1", str(port), "1", "600"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
    assert process.stdin is not None
    process.stdin.write(request)
    process.stdin.close()
    try:
        time.sleep(1.0)
        yield
    finally:
        process.kill()
        process.wait()


def figures(peer: Peer, data: Path, seconds: float) -> dict[str, dict[str, float]]:
    """Return the figures of every task for one server."""
    points = [point(37 * n % EVENTS) for n in range(EVENTS)]  # every event once, so that no cache helps
    with started(peer, data) as port:
        found = {}
        for task, queries in (("point", points), ("1,000 rows", [THOUSAND]), ("aggregate", [AGGREGATE])):
            measure(port, peer.path, queries, seconds)  # also for a JVM to get warm
            found[task] = measure(port, peer.path, queries, seconds)
        for task, query in (("point beside join", HEAVY), ("point beside sort", SORT)):
            with heavy(port, peer.path, query):
                found[task] = measure(port, peer.path, points, seconds, 4)
    return found


def usable(names: Sequence[str]) -> list[Peer]:
    """Return the servers that can be started; say which can't."""
    there = []
    for peer in PEERS:
        if peer.name not in names:
            continue
        installed = peer.name == "ours" or (BIN / peer.name).exists()
        if peer.name == "fuseki":
            installed = shutil.which("java") is not None and any(JAVA.glob("jena-fuseki-server-*.jar"))
        if installed:
            there.append(peer)
        else:
            print(f"{peer.name} is not installed and is left out", file=sys.stderr)
    return there


def report(rounds: dict[str, list[dict[str, dict[str, float]]]]) -> None:
    """Print the medians of all rounds, and how many times as fast as each peer ours is."""
    medians = {
        name: {
            task: {f: statistics.median(r[task][f] for r in runs) for f in ("rate", "p50", "p99", "failed")} for task in TASKS
        }
        for name, runs in rounds.items()
    }
    print(f"{'':20}{'server':18}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'failed':>8}{'ours is x':>11}")
    for task in TASKS:
        for name, found in medians.items():
            row = found[task]
            ratio = medians["ours"][task]["rate"] / row["rate"] if "ours" in medians and row["rate"] else float("inf")
            print(
                f"{task:20}{name:18}{row['rate']:12,.0f}{row['p50']:10.2f}{row['p99']:10.2f}{row['failed']:8.0f}{ratio:11.2f}"
            )


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peers", default=",".join(peer.name for peer in PEERS))
    args = parser.parse_args()
    peers = usable(args.peers.split(","))
    rounds: dict[str, list[dict[str, dict[str, float]]]] = {peer.name: [] for peer in peers}
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        for number in range(args.rounds):
            for peer in peers:
                print(f"round {number + 1} of {args.rounds}: {peer.name}", file=sys.stderr)
                rounds[peer.name].append(figures(peer, Path(folder), args.seconds))
    report(rounds)


if __name__ == "__main__":
    main()
