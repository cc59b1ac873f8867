"""``kg export``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kg.commands import Subparsers, add_command
from kg.errors import StoreError
from kg.export.formats import EXPORT_FORMATS
from kg.export.selection import Selection
from kg.store import open_store

EXAMPLE = "kg export --format owl -o graph.owl"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "export", "Write the store, or some of its articles, to one file.", EXAMPLE)
    formats = (
        "file format (%(default)s); owl, owl-ttl: ontology, gazetteer and facts for Protégé, RDF/XML or Turtle; "
        "linkset, sssom, mixnmatch: links to Wikidata and elsewhere"
    )
    parser.add_argument("--format", choices=sorted(EXPORT_FORMATS), default="nq", help=formats)
    parser.add_argument("--articles", metavar="QUERY", help="only these: a SELECT that answers with ?article")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write; without it, stdout")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Export."""
    with open_store(args.store) as whole:
        store = Selection(whole, args.articles) if args.articles else whole
        if args.output is None:
            EXPORT_FORMATS[args.format](store, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return 0
        try:
            with args.output.open("wb") as out:
                EXPORT_FORMATS[args.format](store, out)
        except OSError as error:
            raise StoreError(f"{args.output}: can't be written: {error.strerror or error}") from error
    return 0
