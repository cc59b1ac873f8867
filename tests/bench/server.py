"""Our endpoint beside its peers, on the same generated triples: requests a second, latencies, and ratios.

``python -m tests.bench.server [--seconds 3] [--rounds 2] [--peers ours,oxigraph,...]``. Oxigraph server and
rdflib-endpoint come with the project's ``bench`` extra, Fuseki by ``make bench-server`` through Maven; a server that is not
there is left out, and said to be. All have the same memory.

First the servers are asked as fast as they answer, by 8 connections: requests a second count. No text of a query comes
twice, but in the two tasks "again". Then point look-ups are due at the same rate for all, 1,000 a second, while another
client asks a heavy query: latencies count. The heavy queries are a join that takes minutes, a sort of a product that takes
memory as long as it is let, and the join again by a client that waits two seconds for each answer, then leaves and asks
again.
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

from kg.store.embedded import DATA, GENERATION
from tests.bench.data import AGGREGATE, EVENTS, HEAVY, SORT, THOUSAND, aggregate, point, quads, thousand
from tests.support.serving import _RUN as RUN
from tests.support.serving import free_port

BIN = Path(sys.executable).parent
FUSEKI = Path(__file__).parents[2] / ".cache" / "fuseki"
CONNECTIONS = 8
FASTEST = ("point", "1,000 rows", "1,000 rows again", "aggregate", "aggregate again")
HEAVIES = {
    "beside nothing": (None, None), "beside join": (HEAVY, None), "beside sort": (SORT, None), "beside given up": (HEAVY, 2.0)
}  # fmt: skip
RATE = 1000  # point look-ups a second beside the heavy queries
WATCHED = 12.0  # seconds beside a heavy query; a server without limits needs them to use up its memory
PATIENCE = 20.0  # seconds for a server that has not answered at all
TIMEOUT = 10  # seconds
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
    # Without --timeout-s: it starts a thread a query that lives as long, and under load the memory ends and most fail.
    return [str(BIN / "oxigraph"), "serve-read-only", "-l", str(data / "oxigraph"), "-b", f"127.0.0.1:{port}"]


def _rdflib_endpoint(data: Path, port: int) -> list[str]:
    command = [str(BIN / "rdflib-endpoint"), "serve", "--store", "Oxigraph", "--host", "127.0.0.1"]
    return [*command, "--port", str(port), str(data / "data.nt")]


def _fuseki(data: Path, port: int) -> list[str]:
    command = ["java", "-Xmx3g", "-jar", str(_jar()), "--localhost", "--port", str(port), f"--timeout={1000 * TIMEOUT}"]
    return [*command, f"--file={data / 'data.nt'}", "/ds"]


def _jar() -> Path | None:
    return next(FUSEKI.glob("jena-fuseki-server-*.jar"), None)


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
        cwd=data,
        env={**os.environ, "FUSEKI_BASE": str(data / "fuseki"), "PYTHONPATH": str(Path(__file__).parents[2])},
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


def measure(port: int, path: str, queries: list[str], seconds: float, *options: str) -> dict[str, float]:
    """Return the figures of one load."""
    done = subprocess.run(
        _load(port, CONNECTIONS, seconds, *options), input=_requests(path, queries), capture_output=True, text=True
    )
    if done.returncode:  # nobody answers any more
        return DEAD
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


@contextmanager
def heavy(port: int, path: str, query: str | None, patience: float | None) -> Iterator[None]:
    """Have one client ask a heavy query, again and again; at each answer, or when it has waited too long for one."""
    if query is None:
        yield
        return
    options = [] if patience is None else ["--patience", str(patience)]
    process = subprocess.Popen(
        _load(port, 1, 600, *options), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None
    process.stdin.write(_requests(path, [query]))
    process.stdin.close()
    try:
        time.sleep(1.0 if patience is None else 3 * patience)
        yield
    finally:
        process.kill()
        process.wait()


def _load(port: int, connections: int, seconds: float, *options: str) -> list[str]:
    command = [sys.executable, "-m", "tests.bench.load", "127.0.0.1", str(port), str(connections), str(seconds)]
    return [*command, *options]


def _requests(path: str, queries: list[str]) -> str:
    return json.dumps([("GET", f"{path}?query={quote(query)}", _JSON, "") for query in queries])


def figures(peer: Peer, data: Path, seconds: float) -> dict[str, dict[str, float]]:
    """Return the figures of every task for one server."""
    points = [point(37 * n % EVENTS) for n in range(EVENTS)]  # every event once
    asked = {
        "point": points,
        "1,000 rows": [thousand(n) for n in range(10_000)],
        "aggregate": [aggregate(n) for n in range(5000)],
        "1,000 rows again": [THOUSAND],
        "aggregate again": [AGGREGATE],
    }
    found = {}
    with started(peer, data) as port:
        for task in FASTEST:
            half = len(asked[task]) // 2  # what warms up is not asked again, but where the task is to ask again
            measure(port, peer.path, asked[task][:half] or asked[task], seconds)
            found[task] = measure(port, peer.path, asked[task][half:], seconds)
            if not found[task].get("answers"):  # too slow for the time; so that there is a ratio
                found[task] = measure(port, peer.path, asked[task][half:], PATIENCE)
    half = len(points) // 2
    for task, (query, patience) in HEAVIES.items():
        with started(peer, data) as port:  # afresh: a query that can't be stopped would run on into the next task
            measure(port, peer.path, points[:half], seconds)
            with heavy(port, peer.path, query, patience):
                found[task] = measure(port, peer.path, points[half:], WATCHED, "--rate", str(RATE))
    return found


def usable(names: Sequence[str]) -> list[Peer]:
    """Return the servers that can be started; say which can't."""
    there = []
    for peer in PEERS:
        if peer.name not in names:
            continue
        installed = peer.name == "ours" or (BIN / peer.name).exists()
        if peer.name == "fuseki":
            installed = shutil.which("java") is not None and _jar() is not None
        if installed:
            there.append(peer)
        else:
            print(f"{peer.name} is not installed and is left out", file=sys.stderr)
    return there


def report(rounds: dict[str, list[dict[str, dict[str, float]]]]) -> None:
    """Print the medians of all rounds, and how each server compares with ours."""
    medians = {
        name: {
            task: {f: statistics.median(r[task][f] for r in runs) for f in ("rate", "p50", "p99", "failed")}
            for task in (*FASTEST, *HEAVIES)
        }
        for name, runs in rounds.items()
    }
    print(f"{'':20}{'server':18}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'failed':>8}{'ours is x':>11}")
    for task in FASTEST:
        for name, found in medians.items():
            ratio = _ratio(medians["ours"][task]["rate"], found[task]["rate"])
            print(_line(task, name, found[task], ratio))
    print(f"\n{RATE:,} point look-ups due a second{'':51}{'p99 is x ours':>14}")
    for task in HEAVIES:
        for name, found in medians.items():
            print(_line(task, name, found[task], _ratio(found[task]["p99"], medians["ours"][task]["p99"])))


def _ratio(one: float, other: float) -> float:
    return one / other if other else float("inf")


def _line(task: str, name: str, row: dict[str, float], ratio: float) -> str:
    cells = f"{row['rate']:12,.1f}{row['p50']:10.2f}{row['p99']:10.2f}{row['failed']:8.0f}{ratio:11.2f}"
    return f"{task:20}{name:18}{cells}"


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peers", default=",".join(peer.name for peer in PEERS))
    args = parser.parse_args()
    peers = usable(["ours", *args.peers.split(",")])
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
