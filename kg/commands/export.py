"""``kg export``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kg.commands import Subparsers, add_command
from kg.errors import UsageError
from kg.export.files import replacing
from kg.export.formats import DESCRIBED, EXPORT_FORMATS, SUFFIXES
from kg.export.selection import Selection
from kg.export.tables.csv_files import metadata_path, write_metadata
from kg.namespaces import DEFAULT_BASE
from kg.store import open_store

EXAMPLE = "kg export -o graph.owl"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "export", "Write the store, or some of its articles, to one file.", EXAMPLE)
    formats = (
        "file format (that of FILE's suffix, on stdout nq); owl, owl-ttl: ontology, gazetteer and facts for Protégé, "
        "RDF/XML or Turtle; acled-csv, ged-csv, geojson: one row an event in the columns of ACLED or UCDP GED, or on a map; "
        "linkset, sssom, mixnmatch: links to Wikidata and elsewhere"
    )
    parser.add_argument("--format", choices=sorted(EXPORT_FORMATS), help=formats)
    parser.add_argument("--articles", metavar="QUERY", help="only these: a SELECT that answers with ?article")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write; without it, stdout")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Export; a file is there whole or as it was."""
    name = args.format or _of_suffix(args.output)
    write = EXPORT_FORMATS[name]
    with open_store(args.store) as whole:
        store = Selection(whole, args.articles) if args.articles else whole
        if args.output is None:
            write(store, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return 0
        with replacing(args.output) as out:
            write(store, out)
        if name in DESCRIBED and args.output.is_file():
            with replacing(metadata_path(args.output)) as out:
                write_metadata(DESCRIBED[name], args.output, store.base or DEFAULT_BASE, out)
    return 0


def _of_suffix(output: Path | None) -> str:
    """Return the format that the suffix of a file names."""
    if output is None or (output.exists() and not output.is_file()):
        return "nq"
    name = SUFFIXES.get(output.suffix.lower())
    if name is None:
        known = " ".join(sorted(SUFFIXES))
        raise UsageError(f"{output}: its suffix names no format of those that can be told by it ({known}): give --format")
    return name
