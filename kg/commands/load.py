"""``kg load``."""

from __future__ import annotations

from argparse import Namespace

from kg.commands import Subparsers, add_command, track
from kg.commands.build import concluded
from kg.store import open_store

EXAMPLE = "kg load shards --store graph"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    purpose = "Bring the store up to date with shards that kg annotate --shard has made, as one build of all would."
    parser = add_command(subparsers, "load", purpose, EXAMPLE)
    parser.add_argument("place", metavar="PLACE", help="where the shards are: a folder, or an address that fsspec knows")
    parser.add_argument("--report", metavar="FILE", help="write what became of each file and record as JSON Lines; -: stdout")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Load; return 1 when an input could not be read or something was set aside."""
    from kg.build.shards.gathering import gathered
    from kg.build.shards.loading import load_shards
    from kg.build.shards.place import Place

    gathered(Place.of(args.place))  # where shards are missing, no empty store is left behind
    with open_store(args.store, write=True) as store:
        tally = load_shards(args.place, store, lambda shards: track(shards, "shards"))
    return concluded(tally, store, args.report)
