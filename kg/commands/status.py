"""``kg status``."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from kg.commands import Subparsers, add_command, say
from kg.namespaces import DECLARED
from kg.store import open_store
from kg.store.base import GraphStore
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
    parser = add_command(subparsers, "status", "Say what the store holds and what is in quarantine.", EXAMPLE)
    parser.add_argument("--json", action="store_true", help="for machines: one JSON object on stdout")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Report."""
    with open_store(args.store) as store:
        status = _status(store)
    if args.json:
        print(json.dumps(status, ensure_ascii=False))
        return 0
    for name, value in status.items():
        if name != "quarantine":
            say(f"{name:11} {value:,}" if isinstance(value, int) else f"{name:11} {value}")
    say(f"quarantine  {len(status['quarantine'])} articles")
    for entry in status["quarantine"]:
        say(f"  {entry['file']}: {entry['triples']} triples set aside")
        for message in entry["messages"]:
            say(f"    {message}")
    return 0


def _status(store: GraphStore) -> dict[str, Any]:
    numbers = {name: int(next(store.query(DECLARED + query))["n"].value) for name, query in COUNT_QUERIES.items()}
    entries = Quarantine(store.quarantine).entries()
    return {
        "store": str(store),
        "base": store.base,
        "generation": store.generation,
        **numbers,
        "quarantine": [{"file": str(e.path), "triples": e.triples, "messages": list(e.messages)} for e in entries],
    }
