"""The portal over many events beside the samples': how much longer people wait.

    python -m tests.bench.portal [--events 20000] [--requests 20]

The shipped samples are built, then multiplied to as many events. Prints for both stores the median of the overview's time, as
people get it once the server has looked at its data, and of selections that nobody has asked for before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.multiplied import multiply
from tests.support.places import PROJECT
from tests.support.serving import Server, running

PAGE = "text/html"
READY = 600.0  # seconds within which the first pages must be made
MONTHS = tuple(f"{year}-{month:02}" for year in (2014, 2015, 2016, 2017) for month in range(1, 13))
NEW = {
    "an actor and a month": "/?actor=islamic-state&from={month}&to={month}",
    "a month": "/?from={month}&to={month}",
    "a year of a country": "/?place=iraq&from={year}&to={month}",
    "table of a month, most dead first": "/events?from={month}&to={month}&sort=-dead",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description="How much longer people wait with many events.")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        samples = Path(folder) / "samples"
        articles = sorted(str(path) for path in (PROJECT / "kg" / "samples").glob("*.txt"))
        subprocess.run([sys.executable, "-m", "kg.cli", "build", *articles, "--store", str(samples)], check=True, cwd=PROJECT)
        few, events = measured(samples, asked.requests)
        many, all_events = measured(multiply(samples, Path(folder) / "many", -(-asked.events // events)), asked.requests)
    print(f"{'median, ms':36}{f'{events:,} events':>16}{f'{all_events:,} events':>16}{'ratio':>8}")
    for what, time_of_few in few.items():
        print(f"{what:36}{1000 * time_of_few:16.1f}{1000 * many[what]:16.1f}{many[what] / time_of_few:8.2f}")


def measured(store: Path, requests: int) -> tuple[dict[str, float], int]:
    """Return the median of each page's seconds, and the number of events."""
    with running(store, READY) as server:
        wait_until_made(server)
        times = {"overview": statistics.median(timed(server, "/") for _ in range(requests))}
        for what, path in NEW.items():
            fresh = [path.format(month=month, year=month[:4]) for month in MONTHS[:requests]]
            times[what] = statistics.median(timed(server, address) for address in fresh)
        query = json.loads(server.get("/views")[1])["queries"]["count"]
        rows = json.loads(server.ask(query, format="json")[1])["results"]["bindings"]
    return times, int(rows[0]["events"]["value"])


def wait_until_made(server: Server) -> None:
    """Return when every process has the overview in memory: many requests in a row take no time."""
    end = time.monotonic() + READY
    quick = 0
    while quick < 20:
        if time.monotonic() > end:
            raise RuntimeError(f"the first pages were not made within {READY:.0f} s")
        quick = quick + 1 if timed(server, "/") < 0.1 else 0
        time.sleep(0.1)


def timed(server: Server, path: str) -> float:
    """Return the seconds of one request that must succeed."""
    begin = time.perf_counter()
    status, body = server.get(path, timeout=120, Accept=PAGE)
    seconds = time.perf_counter() - begin
    if status != 200:
        raise RuntimeError(f"{path}: {status} {body[:300]!r}")
    return seconds


if __name__ == "__main__":
    main()
