"""``kg query``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize

from kg.commands import Subparsers, add_command
from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.store import open_store

EXAMPLE = "kg query 'SELECT ?place ?day { ?event a lb:Capture ; lb:place/rdfs:label ?place ; lb:earliest ?day }'"
ANSWER_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "query", "Ask the store in SPARQL; the usual prefixes are known.", EXAMPLE)
    parser.add_argument("query", help="the query, or - to read it from stdin, or @FILE")
    parser.add_argument("--format", choices=sorted(ANSWER_FORMATS), default="tsv", help="of SELECT and ASK (%(default)s)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Answer the query on stdout; graphs as Turtle."""
    with open_store(args.store) as store:
        try:
            answer = store.query(_with_prefixes(_text(args.query)))
        except SyntaxError as error:
            raise UsageError(f"the query is wrong: {' '.join(str(error).split())}") from error
        sys.stdout.buffer.write(_written(answer, ANSWER_FORMATS[args.format]))
        sys.stdout.buffer.flush()
    return 0


def _text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{given[1:]}: the query can't be read: {error}") from error


def _with_prefixes(query: str) -> str:
    """Declare the usual prefixes; those that the query declares itself come later and win."""
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items()) + query


def _written(answer: Any, notation: QueryResultsFormat) -> bytes:
    if isinstance(answer, QueryBoolean) and notation in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
        return f"{str(bool(answer)).lower()}\n".encode()
    if isinstance(answer, QueryBoolean | QuerySolutions):
        return answer.serialize(format=notation) or b""
    return serialize(answer, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
