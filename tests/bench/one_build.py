"""One build of made articles in a process of its own, measured: ``python -m tests.bench.one_build 1000 --jobs 2``."""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.build import Options, build
from kg.build.annotator import annotate_batch
from kg.reading import Source
from kg.resources import collect_rarely
from kg.store.embedded import Store
from tests.bench.stages import watched
from tests.bench.templates import write_made

MEBIBYTE = 1024  # what ru_maxrss counts on Linux are KiB
PARTS = 10  # how often memory is looked at


def measured(number: int, jobs: int) -> dict[str, Any]:
    """Build ``number`` articles; return what it took. The pipeline is loaded before where this process annotates itself."""
    with TemporaryDirectory(prefix="kg-bench-") as place:
        folder, store = Path(place) / "articles", Path(place) / "store"
        words = write_made(folder, number)
        options = Options(jobs=jobs)
        if jobs == 1:
            annotate_batch([], options)
        memory: list[float] = []
        begin, cpu = time.perf_counter(), _processor()
        with watched() as watch, Store(store, write=True) as opened:
            tally = build([str(folder)], opened, options, lambda sources: _tracked(sources, memory))
        return {
            "articles": tally.built,
            "failures": len(tally.failures) + len(tally.set_aside),
            "words": words,
            "triples": tally.triples,
            "jobs": jobs,
            "seconds": time.perf_counter() - begin,
            "processor": _processor() - cpu,
            "stages": watch.seconds,
            "memory": [*memory, peak()],
            "store": sum(file.stat().st_size for file in store.rglob("*") if file.is_file()) / 2**20,
        }


def _tracked(sources: list[Source], memory: list[float]) -> Iterator[Source]:
    steps = {round(len(sources) * part / PARTS) for part in range(1, PARTS)}
    for number, source in enumerate(sources):
        if number in steps:
            memory.append(peak())
        yield source


def peak() -> float:
    """Return the most memory this process has used so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def _processor() -> float:
    """Return the processor time of this process and of those that it has waited for, in seconds."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    collect_rarely()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps(measured(args.articles, args.jobs)))
