"""``kg validate``."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import NamedNode

from kg.commands import Subparsers, add_command, say
from kg.errors import StoreError
from kg.knowledge.triples import shipped_triples
from kg.store import open_store
from kg.store.base import GAZETTEER, ONTOLOGY, GraphStore
from kg.validation.report import Report
from kg.validation.validator import VOCABULARY_SHAPES, Validator, read_shapes

EXAMPLE = "kg validate --store graph > findings.tsv"
GRAPHS_AT_ONCE = 50  # graphs checked together: bounds memory


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "validate", "Check every graph of the store against the SHACL shapes.", EXAMPLE)
    parser.add_argument("--warnings", action="store_true", help="list also what is not wrong but could be better")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write a line a finding to stdout: graph, severity, focus node, message, value; return 1 for wrong data."""
    faulty, checked = 0, 0
    warnings: Counter[str] = Counter()
    with open_store(args.store) as store:
        for graph, report in _reports(store):
            checked += 1
            faulty += not report.conforms
            for result in report.results if args.warnings else report.violations:
                severity = result.check.severity.rpartition("#")[2]
                print(graph.value, severity, result.focus, result.check.message, result.value or "", sep="\t")
            warnings.update(r.check.message for r in report.results if not r.severe)
    for message, number in sorted(warnings.items()):
        say(f"recommended: {message} ({number} times)")
    say(f"{checked - faulty} of {checked} graphs conform")
    return 1 if faulty else 0


def _reports(store: GraphStore) -> Iterator[tuple[NamedNode, Report]]:
    """Yield the ontology's report, the gazetteer's and every article's."""
    if store.base is None:
        raise StoreError(f"{store}: nothing in this store yet; kg build INPUT --store {store}")
    ontology, gazetteer = (NamedNode(f"{store.base}{name}") for name in (ONTOLOGY, GAZETTEER))
    known = shipped_triples(store.triples(ontology), store.triples(gazetteer))
    yield from Validator(known, read_shapes(VOCABULARY_SHAPES)).validate({ontology: known.ontology}).items()
    validator = Validator(known)
    yield from validator.validate({gazetteer: known.gazetteer}).items()
    articles = iter(store.articles())
    while batch := list(islice(articles, GRAPHS_AT_ONCE)):
        yield from validator.validate({article: store.triples(article) for article in batch}).items()
