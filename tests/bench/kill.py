"""Builds that are ended by SIGKILL at random moments: ``python -m tests.bench.kill --times 20``.

Each time no process may be left; in the end a build that is let alone must give the quads of one that was never ended.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from tests.bench.corpus import write
from tests.support.building import built, quads
from tests.support.killing import killed

SHORTEST = 0.2  # seconds that a build is let alone at least; at most nearly as long as a whole one takes
NEARLY = 0.9


def main() -> int:
    """Kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="builds that are ended (%(default)s)")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with TemporaryDirectory(prefix="kg-kill-") as name:
        place = Path(name)
        (place / "reports").mkdir()
        write(place / "reports", args.articles)
        command = [Path(sys.executable).with_name("kg"), "build", place / "reports", "--store", place / "store", "--jobs", "2"]
        begin = time.monotonic()
        built(place / "whole", place / "reports")
        longest = NEARLY * (time.monotonic() - begin)
        again = [*command, "--force"]  # so that a later build has as much to do as the first
        times = [killed(again, chance.uniform(SHORTEST, longest)) for _ in tqdm(range(args.times), file=sys.stderr)]
        built(place, place / "reports")
        same = quads(place) == quads(place / "whole")
    print(f"{sum(times)} of {args.times} builds ended by SIGKILL, no process left, {'the same' if same else 'OTHER'} quads")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
