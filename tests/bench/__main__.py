"""How fast articles are built and how much memory that takes; how fast they are annotated, beside a spaCy CNN pipeline."""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.build import Options, Tally, build
from kg.build.annotator import annotate_batch
from kg.reading import Source
from kg.store.embedded import Store
from tests.bench.corpus import write
from tests.bench.throughput import ONE_THREAD

MEBIBYTE = 1024  # what ru_maxrss counts on Linux are KiB


def peak() -> float:
    """Return the most memory this process has used so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def main(argv: Sequence[str] | None = None) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args(argv)
    _build(args)
    sys.stdout.flush()
    annotation = [sys.executable, "-m", "tests.bench.throughput"]  # numpy counts its threads when it is loaded
    subprocess.run(annotation, env=os.environ | ONE_THREAD, check=True)


def _build(args: argparse.Namespace) -> None:
    options = Options(jobs=args.jobs)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        words = write(folder, args.articles)
        annotate_batch([], options)  # the pipeline is loaded once, whatever the number of articles
        cpu = -time.process_time()
        seconds, memory, tally = _built(folder, Path(place) / "store", options)
    cpu += time.process_time()
    print(f"articles     {tally.built:,} built, {len(tally.failures)} failed, {len(tally.set_aside)} in quarantine")
    print(f"words        {words:,}")
    print(f"triples      {tally.triples:,}")
    print(f"time         {seconds:.1f} s with {args.jobs} process{'es' if args.jobs > 1 else ''}")
    print(f"rate         {words / seconds:,.0f} words/s")
    print(f"processor    {cpu:.1f} s, {words / cpu:,.0f} words/s of this process alone")
    print(f"peak memory  {memory[-1]:,.0f} MiB; as the articles went by: {', '.join(f'{m:,.0f}' for m in memory)}")


def _built(folder: Path, place: Path, options: Options) -> tuple[float, list[float], Tally]:
    memory: list[float] = []

    def track(sources: list[Source]) -> Iterator[Source]:
        steps = {round(len(sources) * part / 10) for part in range(1, 10)}
        for number, source in enumerate(sources):
            if number in steps:
                memory.append(peak())
            yield source

    begin = time.perf_counter()
    with Store(place, write=True) as store:
        tally = build([str(folder)], store, options, track)
    seconds = time.perf_counter() - begin
    return seconds, [*memory, peak()], tally


if __name__ == "__main__":
    main()
