"""Hours of bad and mixed load on a running server: does it answer in time, fail no read, and keep its size?

``python -m tests.bench.soak [--rounds 1000] [--minutes 30]``. First ``rounds`` hostile queries, each followed by a quick
one; then ``minutes`` of readers, hostile queries and writes, while ``kg build`` writes into the same store every minute.
Prints the figures; exit status 1 when a read failed, a listener was reached or processes were left.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kg.resources import listed
from tests.bench.data import AGGREGATE, THOUSAND, point
from tests.support.hostile import fuzz
from tests.support.serving import TOKEN, WRITER, Server, descendants, open_files, running

DEADLINE = 0.5  # seconds that a hostile query may take
GRACE = 0.1
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?c }"
_MIB = 1 << 20


@dataclass
class Tally:
    """What was seen."""

    answers: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    late: list[tuple[float, str]] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    builds: int = 0


def main() -> None:
    """Run both parts and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=30)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        store = Path(folder) / "store"
        articles = Path(folder) / "articles"
        write_articles(articles, 0)
        build(articles, store)
        reached = watched(listener)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        with running(store, write_token=TOKEN, validate_writes=False, per_client=64) as server:
            for number in range(50):
                server.ask(point(number))
            fine = not args.rounds or hostile(server, args.rounds, url)
            fine &= not args.minutes or mixed(server, args.minutes, articles, url)
        print(f"the listener was reached {len(reached)} times")
    sys.exit(0 if fine and not reached else 1)


def watched(listener: socket.socket) -> list[object]:
    """Return a list that grows with every connection to a listener."""
    reached: list[object] = []

    def accept() -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            reached.append(address)
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    return reached


def hostile(server: Server, rounds: int, url: str) -> bool:
    """Send hostile queries, one after the other."""
    chance, tally = random.Random(9), Tally()
    before = state(server)
    for number in range(rounds):
        name, text = fuzz(chance, url)
        status, taken = answered(server, text)
        tally.late.append((taken - DEADLINE, name))
        tally.answers[f"{status}"] += 1
        if status not in (200, 400, 408, 413):
            tally.failures.append(f"{name}: {status}")
        if server.ask(_COUNT)[0] != 200:
            tally.failures.append(f"after {name}")
        if number % 100 == 99:
            print(f"{number + 1} rounds: {state(server)}", file=sys.stderr)
    over = [f"{name} ({1000 * late:.0f} ms)" for late, name in tally.late if late > GRACE]
    print(f"{rounds} hostile queries with a deadline of {DEADLINE} s: {dict(tally.answers)}")
    latest = f"{1000 * max(tally.late)[0]:.0f} ms"
    print(f"latest answer {latest} after the deadline, later than {1000 * GRACE:.0f} ms: {', '.join(over) or 'none'}")
    print(f"before {before}\nafter  {state(server)}")
    return report_failures(tally)


def answered(server: Server, query: str) -> tuple[int, float]:
    """Return the status of the answer to a query and the seconds until it came; reading what may be long comes after."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    try:
        begin = time.perf_counter()
        connection.request(
            "POST",
            f"/sparql?timeout={DEADLINE}",
            query.encode("utf-8", "replace"),
            {"Content-Type": "application/sparql-query"},
        )
        answer = connection.getresponse()
        taken = time.perf_counter() - begin
        answer.read()
        return answer.status, taken
    finally:
        connection.close()


def mixed(server: Server, minutes: float, articles: Path, url: str) -> bool:
    """Read, write, build and attack at the same time."""
    tally, stop = Tally(), threading.Event()
    tasks = [(reader, n) for n in range(3)] + [(attacker, 0), (writer, 0)]
    threads = [threading.Thread(target=task, args=(server, tally, stop, random.Random(n), url)) for task, n in tasks]
    threads.append(threading.Thread(target=builder, args=(server, tally, stop, articles)))
    for thread in threads:
        thread.start()
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        time.sleep(min(20, max(0.1, end - time.monotonic())))
        tally.sizes.append(memory(server))
        print(f"{state(server)}, {tally.builds} builds, {dict(tally.answers)}", file=sys.stderr)
    stop.set()
    for thread in threads:
        thread.join()
    third = max(1, len(tally.sizes) // 3)
    early, late = statistics.median(tally.sizes[:third]), statistics.median(tally.sizes[-third:])
    tally.latencies.sort()
    p50, p99 = (1000 * tally.latencies[int(len(tally.latencies) * part)] for part in (0.5, 0.99))
    print(f"{minutes:g} minutes of mixed load, {tally.builds} builds into the same store: {dict(tally.answers)}")
    print(f"reads: {len(tally.latencies)}, p50 {p50:.1f} ms, p99 {p99:.1f} ms, failed {len(tally.failures)}")
    print(f"memory of all processes: {early:.0f} MiB in the first third, {late:.0f} MiB in the last")
    return report_failures(tally)


def reader(server: Server, tally: Tally, stop: threading.Event, chance: random.Random, url: str) -> None:
    """Ask for everything that a reader asks for."""
    paths = [
        *(f"/sparql?query={quote(query)}" for query in (point(7), THOUSAND, AGGREGATE, _COUNT)),
        "/search?q=mossul", "/", "/.well-known/void", f"/graphs?graph={quote('https://w3id.org/lagebild/graph/gazetteer')}",
    ]  # fmt: skip
    while not stop.wait(0.02):
        path = chance.choice(paths)
        begin = time.perf_counter()
        try:
            status, body = server.get(path)
        except OSError as error:
            status, body = 0, str(error).encode()
        tally.latencies.append(time.perf_counter() - begin)
        tally.answers[f"read {status}"] += 1
        if status != 200:
            tally.failures.append(f"{path[:60]}: {status} {body[:200]!r}")


def attacker(server: Server, tally: Tally, stop: threading.Event, chance: random.Random, url: str) -> None:
    """Send hostile queries."""
    while not stop.wait(0.2):
        name, text = fuzz(chance, url)
        status, _ = server.send(
            "POST", "/sparql?timeout=1", text.encode("utf-8", "replace"), 60, Content_Type="application/sparql-query"
        )
        tally.answers[f"hostile {status}"] += 1
        if status not in (200, 400, 408, 413):
            tally.failures.append(f"{name}: {status}")


def writer(server: Server, tally: Tally, stop: threading.Event, chance: random.Random, url: str) -> None:
    """Write; a store that is being built into is busy, which is no failure."""
    while not stop.wait(2.0):
        text = f"INSERT DATA {{ GRAPH <urn:soak:{chance.randrange(50)}> {{ <urn:s> <urn:p> {chance.randrange(1000)} }} }}"
        status, body = server.send("POST", "/sparql", text.encode(), 300, Content_Type="application/sparql-update", **WRITER)
        tally.answers[f"write {status}"] += 1
        if status not in (204, 503):
            tally.failures.append(f"write: {status} {body[:200]!r}")


def builder(server: Server, tally: Tally, stop: threading.Event, articles: Path) -> None:
    """Build changed articles every minute."""
    number = 0
    while not stop.wait(60 if number else 5):
        number += 1
        write_articles(articles, number)
        if build(articles, server.store):
            tally.builds += 1


def write_articles(folder: Path, number: int) -> None:
    """Write the samples, each with another last sentence than before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for sample in listed("samples", ".txt"):
        text = sample.read_text(encoding="utf8") + f"\n\nIn Rakka starben {100 + number} Menschen.\n"
        (folder / sample.name).write_text(text, encoding="utf8")


def build(articles: Path, store: Path) -> bool:
    """Run ``kg build``; False when another process was writing."""
    command = [sys.executable, "-m", "kg.cli", "build", str(articles), "--store", str(store)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and "another process" not in done.stderr:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0


def memory(server: Server) -> float:
    """Return the memory of all processes of the server in MiB, shared pages counted once."""
    total = 0
    for pid in everyone(server):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total * 1024 / _MIB


def everyone(server: Server) -> list[int]:
    """Return the server's processes: those below it, and the generations that were forked and have lost their parent."""
    known = [server.process.pid, *descendants(server.process.pid)]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in known:
            try:
                command = (entry / "cmdline").read_bytes()
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if b"server.workers.fork_server" in command and parent == "1":
                    known += [int(entry.name), *descendants(int(entry.name))]
            except OSError:
                continue
    return known


def state(server: Server) -> str:
    """Return processes, descriptors and memory in words."""
    files = 0
    processes = everyone(server)
    for pid in processes:
        try:
            files += open_files(pid)
        except OSError:
            continue
    return f"{len(processes)} processes, {files} descriptors, {memory(server):.0f} MiB"


def report_failures(tally: Tally) -> bool:
    """Print the first failures; say whether there were none."""
    for failure in tally.failures[:20]:
        print(f"FAILED {failure}")
    return not tally.failures


if __name__ == "__main__":
    main()
