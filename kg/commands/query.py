"""``kg query``."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NoReturn

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize

from kg.commands import INTERRUPTED, Subparsers, add_command, say
from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.store import open_store
from kg.store.query_text import explained, hints, with_prefixes

EXAMPLE = "kg query 'SELECT ?place ?day { ?event a lb:Capture ; lb:place/rdfs:label ?place ; lb:earliest ?day }'"
LONGEST_FILE_NAME = 250  # of a file; a longer one can't be asked for
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
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help="give up a query that takes longer (none)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Answer the query on stdout, graphs as Turtle; return 1 when it takes too long."""
    text = _text(args.query)
    query = with_prefixes(text)
    if args.timeout is not None and args.timeout <= 0:
        raise UsageError(f"--timeout {args.timeout:g}: give more than 0 seconds")
    for hint in hints(text):
        say(f"kg: {hint}")
    in_time = _interruptible(lambda: _answer(args.store, query, ANSWER_FORMATS[args.format], sys.stdout.buffer), args.timeout)
    if not in_time:
        _end(1, f"the query took more than {args.timeout:g} s: ask for less, or give it more with --timeout")
    return 0


def _interruptible(work: Callable[[], None], timeout: float | None) -> bool:
    """Do ``work`` in a thread and return whether it was done in time; what it raises is raised here.

    Oxigraph gives up a query to nobody. So the thread that asks is left to itself, and the process ended around it.
    """
    raised: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=guarded, daemon=True)
    thread.start()
    try:
        thread.join(timeout)
    except KeyboardInterrupt:
        _end(INTERRUPTED, "interrupted")
    if raised:
        raise raised[0]
    return not thread.is_alive()


def _end(status: int, why: str) -> NoReturn:
    """End this process at once: at its usual end it would wait for the query."""
    say(f"kg: {why}")
    sys.stderr.flush()
    os._exit(status)


def _answer(location: str, query: str, notation: QueryResultsFormat, out: BinaryIO) -> None:
    with open_store(location) as store:
        try:
            _write(store.query(query), notation, out)
        except SyntaxError as error:
            raise UsageError(f"the query is wrong: {explained(error)}") from error
    out.flush()


def _text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if not given.startswith("@"):
        if len(given) < LONGEST_FILE_NAME and Path(given).is_file():
            raise UsageError(f"{given}: this is a file and no query: give @{given} to ask what stands in it")
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{given[1:]}: the query can't be read: {error}") from error


def _write(answer: Any, notation: QueryResultsFormat, out: BinaryIO) -> None:
    if isinstance(answer, QueryBoolean) and notation in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
        out.write(f"{str(bool(answer)).lower()}\n".encode())
    elif isinstance(answer, QueryBoolean | QuerySolutions):
        answer.serialize(out, format=notation)
    else:
        serialize(answer, out, format=RdfFormat.TURTLE, prefixes=PREFIXES)
