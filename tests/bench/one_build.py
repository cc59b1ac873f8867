"""One build of made articles in a process of its own, measured: ``python -m tests.bench.one_build 1000 --jobs 2``."""

from __future__ import annotations

import argparse
import json
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
from tests.bench.processes import memory_below, peak, processor
from tests.bench.stages import watched
from tests.bench.templates import write_made

PARTS = 10  # how often memory is looked at


def measured(number: int, jobs: int) -> dict[str, Any]:
    """Build ``number`` articles; return what it took.

    A process that annotates itself loads the pipeline before, which ``loading`` says in seconds; workers load while they build.
    ``memory`` is the peak of this process as the articles went by, ``below`` the memory of its workers, in MiB.
    """
    with TemporaryDirectory(prefix="kg-bench-") as place:
        folder, store = Path(place) / "articles", Path(place) / "store"
        words = write_made(folder, number)
        options = Options(jobs=jobs)
        loading = time.perf_counter()
        if jobs == 1:
            annotate_batch([], options)
        memory: list[tuple[float, float]] = []
        begin, used = time.perf_counter(), processor()
        with watched() as watch, Store(store, write=True) as opened:
            tally = build([str(folder)], opened, options, lambda sources: _tracked(sources, memory))
        return {
            "articles": tally.built,
            "failures": len(tally.failures) + len(tally.set_aside),
            "words": words,
            "triples": tally.triples,
            "jobs": jobs,
            "loading": begin - loading,
            "seconds": time.perf_counter() - begin,
            "processor": processor() - used,
            "stages": watch.seconds,
            "memory": [*(own for own, _ in memory), peak()],
            "below": [below for _, below in memory],
            "store": sum(file.stat().st_size for file in store.rglob("*") if file.is_file()) / 2**20,
        }


def _tracked(sources: list[Source], memory: list[tuple[float, float]]) -> Iterator[Source]:
    steps = {round(len(sources) * part / PARTS) for part in range(1, PARTS)}
    for number, source in enumerate(sources):
        if number in steps:
            memory.append((peak(), memory_below()))
        yield source


if __name__ == "__main__":
    collect_rarely()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps(measured(args.articles, args.jobs)))
