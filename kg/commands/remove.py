"""``kg remove``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kg.commands import Subparsers, add_command, say
from kg.resolution.resolver import resolve
from kg.store import open_store
from kg.store.manifest import Manifest
from kg.store.removal import named, remove

EXAMPLE = "kg remove reports/mossul.txt --store graph"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "remove", "Remove articles from the store.", EXAMPLE)
    parser.add_argument("articles", nargs="+", metavar="ARTICLE|PATH", help="id, IRI or URL of an article, or a file or folder")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Remove all that the arguments name, or nothing where one of them names no article."""
    with open_store(args.store) as store:  # most mistakes are found before anyone has to wait for the store
        manifest = Manifest(store.quarantine.parent)
        found = {held.id: held for name in args.articles for held in named(store, manifest, name)}
    with open_store(args.store, write=True) as store:
        manifest = Manifest(store.quarantine.parent)
        remove(store, manifest, found)
        manifest.write()
        resolve(store)
    for held in found.values():
        again = ", its file is still there: the next kg build reads it again" if Path(held.path).exists() else ""
        say(f"{held.path}: removed ({held.id}){again}")
    say(f"{len(found)} articles removed: {args.store}")
    return 0
