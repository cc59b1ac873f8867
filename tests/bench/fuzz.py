"""Broken texts by the ten thousand through the pipeline: ``python -m tests.bench.fuzz --count 50000``.

Prints a line for each passage at which it fails, and ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import sys

from tqdm import tqdm

from tests.support.mutations import mutated, passages
from tests.support.robustness import failing, together


def main() -> int:
    """Read the texts and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000, help="texts (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other texts (%(default)s)")
    args = parser.parse_args()
    chance, known, found = random.Random(args.seed), passages(), 0
    with tqdm(total=args.count, unit=" texts", file=sys.stderr) as bar:
        for group in together(mutated(chance, known) for _ in range(args.count)):
            for passage, error in failing(group):
                found += 1
                print(f"{error}\t{' '.join(passage.split())}", flush=True)
            bar.update(len(group))
    print(f"{args.count} texts, {found} failures (seed {args.seed})")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
