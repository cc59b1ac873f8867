"""``kg status``."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.commands import Subparsers, add_command
from kg.namespaces import DECLARED
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.inventory import gone, inventory
from kg.store.manifest import IN_STORE, Entry, Manifest
from kg.validation.quarantine import Quarantine

EXAMPLE = "kg status --json | jq .events"
COUNT_QUERIES = {
    "articles": "SELECT (COUNT(DISTINCT ?x) AS ?n) { GRAPH ?x { ?x a schema:NewsArticle } }",
    "events": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x gaf:denotedBy [] ; a/rdfs:subClassOf* lb:Event }",
    "entities": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x gaf:denotedBy [] MINUS { ?x a/rdfs:subClassOf* lb:Event } }",
    "mentions": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a gaf:Mention }",
    "characters": "SELECT (SUM(STRLEN(?t)) AS ?n) { ?x nif:isString ?t }",
    "triples": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
}


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    purpose = "Say what the store holds, what was not read and why, what has gone from the disk, what is in quarantine."
    parser = add_command(subparsers, "status", purpose, EXAMPLE)
    parser.add_argument("--json", action="store_true", help="for machines: one JSON object")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Report on stdout."""
    with open_store(args.store) as store:
        status = _status(store)
    print(json.dumps(status, ensure_ascii=False) if args.json else "\n".join(_lines(status)))
    return 0


def _status(store: GraphStore) -> dict[str, Any]:
    numbers = {name: int(next(store.query(DECLARED + query))["n"].value) for name, query in COUNT_QUERIES.items()}
    entries = list(Manifest(store.quarantine.parent))
    quarantined = Quarantine(store.quarantine).entries()
    return {
        "store": str(store),
        "base": store.base,
        "generation": store.generation,
        **numbers,
        "inputs": len(entries),
        "copies": sum(entry.outcome == "copy" for entry in entries),
        "skipped": dict(sorted(Counter(entry.outcome for entry in entries if entry.outcome not in IN_STORE).items())),
        "not_read": [_named(entry) for entry in entries if entry.outcome not in IN_STORE],
        "failed_sentences": [_failed(entry, n) for entry in entries for n in range(len(entry.failed_sentences))],
        "gone": [{"article": held.id, "path": held.path} for held in gone(inventory(store).values(), entries)],
        "quarantine": [{"file": str(e.path), "triples": e.triples, "messages": list(e.messages)} for e in quarantined],
    }


def _named(entry: Entry) -> dict[str, Any]:
    return {"path": entry.path, "record": entry.record, "reason": entry.outcome, "detail": entry.detail}


def _failed(entry: Entry, number: int) -> dict[str, Any]:
    failed = entry.failed_sentences[number]
    return {"article": entry.article, "path": entry.path, "begin": failed.begin, "end": failed.end, "error": failed.error}


def _lines(status: dict[str, Any]) -> Iterator[str]:
    """Yield the status for people; what makes a list comes last, item by item."""
    for name, value in status.items():
        if isinstance(value, int):
            yield f"{name:11} {value:,}"
        elif isinstance(value, str):
            yield f"{name:11} {value}"
    reasons = ", ".join(f"{number} {reason}" for reason, number in status["skipped"].items())
    yield f"not read    {len(status['not_read'])}{f' ({reasons})' if reasons else ''}"
    for one in status["not_read"]:
        record = f", {one['record']}" if one["record"] else ""
        yield f"  {one['path']}{record}: {one['reason']}: {one['detail']}"
    yield f"failed      {len(status['failed_sentences'])} sentences"
    for one in status["failed_sentences"]:
        yield f"  {one['path']}, characters {one['begin']} to {one['end']}: {one['error']}"
    yield f"gone        {len(status['gone'])} articles whose files no longer hold them (kg build --prune removes them)"
    yield from (f"  {one['path']}" for one in status["gone"])
    yield f"quarantine  {len(status['quarantine'])} articles"
    for one in status["quarantine"]:
        yield f"  {one['file']}: {one['triples']} triples set aside"
        yield from (f"    {message}" for message in one["messages"])
