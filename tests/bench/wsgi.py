"""The endpoint under several HTTP servers: which one `kg serve` should run under.

``python -m tests.bench.wsgi [--seconds 3] [--rounds 2]``. Each runs the same application on the triples of
:mod:`tests.bench.server` with two processes where it knows more than one: waitress and gunicorn call Flask, granian once
calls Flask too and once the event loop of :mod:`server.web_process`, as ``kg serve`` has it. 8 connections, no query twice.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from server.app import create_app
from tests.bench.data import EVENTS, aggregate, point, thousand
from tests.bench.server import BIN, PEERS, Peer, measure, prepare, started

STORE = "LAGEBILD_BENCH_STORE"  # environment variable with the store of `application`
PROCESSES = 2
_APPLICATION = "tests.bench.wsgi:application()"


def application() -> Callable[..., object]:
    """Return the Flask application; a server calls it in each of its processes."""
    return create_app(os.environ[STORE], share=PROCESSES).wsgi_app


def _gunicorn(*options: str) -> Callable[[Path, int], list[str]]:
    def command(data: Path, port: int) -> list[str]:
        workers = ["--workers", str(PROCESSES), "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
        return [str(BIN / "gunicorn"), *workers, *options, _APPLICATION]

    return command


def _waitress(data: Path, port: int) -> list[str]:
    code = f"import waitress, tests.bench.wsgi as w; waitress.serve(w.application(), host='127.0.0.1', port={port}, threads=8)"
    return [sys.executable, "-c", code]


def _granian(data: Path, port: int) -> list[str]:
    options = ["--interface", "wsgi", "--workers", str(PROCESSES), "--blocking-threads", "4", "--factory", "--no-ws"]
    address = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    return [str(BIN / "granian"), *options, *address, "tests.bench.wsgi:application"]


SERVERS = (
    Peer("granian, RSGI", PEERS[0].command, "/sparql"),
    Peer("granian, WSGI", _granian, "/sparql"),
    Peer("gunicorn, threads", _gunicorn("--threads", "4"), "/sparql"),
    Peer("gunicorn, sync", _gunicorn(), "/sparql"),
    Peer("waitress", _waitress, "/sparql"),
)
TASKS: dict[str, Callable[[int], str]] = {"point": point, "1,000 rows": thousand, "aggregate": aggregate}


def main() -> None:
    """Measure and print requests a second and p99, and the ratio to the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        prepare(data)
        os.environ[STORE] = str(data / "ours")
        for number in range(args.rounds):
            for server in SERVERS:
                print(f"round {number + 1} of {args.rounds}: {server.name}", file=sys.stderr)
                with started(server, data) as port:
                    ask = partial(measure, port, server.path)
                    for task, query in TASKS.items():
                        queries = [query(n) for n in range(EVENTS if task == "point" else 4000)]
                        ask(queries[: len(queries) // 2], args.seconds)
                        found.setdefault((task, server.name), []).append(ask(queries[len(queries) // 2 :], args.seconds))
    print(f"{'':14}{'server':20}{'requests/s':>12}{'p99 ms':>10}{'failed':>8}{'x the first':>13}")
    for task in TASKS:
        first = 0.0
        for server in SERVERS:
            rate, p99, failed = (statistics.median(r[f] for r in found[task, server.name]) for f in ("rate", "p99", "failed"))
            first = first or rate
            print(f"{task:14}{server.name:20}{rate:12,.0f}{p99:10.2f}{failed:8.0f}{rate / first:13.2f}")


if __name__ == "__main__":
    main()
