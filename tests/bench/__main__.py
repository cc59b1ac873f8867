"""What a build takes by stage, beside a spaCy CNN pipeline in the same run; how it grows; what a second worker gives, beside
what two builds at once do.

    python -m tests.bench [--articles 1000] [--growth 1000,5000] [--full] [--html FILE]

``--full`` grows to 50,000 articles, which takes about half an hour on two cores: the builds that grow have workers.
Every build is a process of its own, with one numeric thread and without kept analyses of words, so that each starts from
nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.bench.figures import Figures
from tests.bench.html_report import page
from tests.bench.throughput import ONE_THREAD

FULL = (1000, 5000, 50_000)
JOBS = 2


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, print one table, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, help="articles of the table by stage (%(default)s)")
    parser.add_argument("--growth", default="1000,5000", help="articles of the builds compared (%(default)s)")
    parser.add_argument("--full", action="store_true", help=f"grow by {', '.join(f'{n:,}' for n in FULL)} articles")
    parser.add_argument("--html", type=Path, default=Path(".cache/bench.html"), metavar="FILE", help="report (%(default)s)")
    args = parser.parse_args(argv)
    sizes = FULL if args.full else tuple(int(size) for size in args.growth.split(",") if size)
    whole, workers = _run("one_build", str(args.articles)), _built(args.articles)
    with ThreadPoolExecutor(JOBS) as together:
        at_once = list(together.map(lambda _: _run("one_build", str(args.articles)), range(JOBS)))
    growth = [workers if size == args.articles else _built(size) for size in sizes]
    figures = Figures(whole, workers, at_once, _run("throughput"), growth)
    print("\n".join(figures.lines()))
    args.html.parent.mkdir(parents=True, exist_ok=True)
    args.html.write_text(page(figures), encoding="utf8")
    print(f"{args.html}: the same with plots, open it in a browser", file=sys.stderr)


def _built(size: int) -> dict[str, Any]:
    return _run("one_build", str(size), "--jobs", str(JOBS))


def _run(module: str, *arguments: str) -> dict[str, Any]:
    """Run a measurement in a process of its own; numpy counts its threads when it is loaded."""
    print(f"{module} {' '.join(arguments)} ...", file=sys.stderr)
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(command, env=os.environ | ONE_THREAD | {"KG_CACHE": "-"}, check=True, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
