"""What conforms to the shapes and what doesn't; what doesn't is set aside, with a report that says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad, Store, Triple
from rdflib import Graph

from kg.graph import Descriptions
from kg.knowledge.triples import Shipped
from kg.resources import listed, text
from kg.validation.report import Report, Result, Term
from kg.validation.screen import Screen
from kg.validation.shape_queries import compile_shapes

VOCABULARY_SHAPES = ("vocabulary.ttl",)


@dataclass(frozen=True)
class Sifted:
    """A graph after its check: what conforms, what is set aside, and the report that says why."""

    kept: Descriptions
    aside: list[Triple] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def read_shapes(files: Iterable[str] | None = None) -> Graph:
    """Return the named shapes files as one graph; by default all but those for the ontology itself."""
    names = files or [f.name for f in listed("shapes", ".ttl") if f.name not in VOCABULARY_SHAPES]
    shapes = Graph()
    for name in names:
        shapes.parse(data=text("shapes", name), format="turtle")
    return shapes


class Validator:
    """Checks graphs against shapes, knowing the shipped ontology and gazetteer."""

    def __init__(self, shipped: Shipped, shapes: Graph | None = None) -> None:
        self._shipped = shipped
        self._shapes = shapes if shapes is not None else read_shapes()
        self._checks = compile_shapes(self._shapes)
        self._screen = Screen(self._shapes, shipped)

    def validate(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> dict[NamedNode, Report]:
        """Return a report for every graph; each is checked by itself, with the gazetteer's types of what it names."""
        store = self._loaded(graphs)
        results: defaultdict[NamedNode, list[Result]] = defaultdict(list)
        for check in self._checks:
            rows = store.query(check.query)
            for graph, focus, value in sorted(((r["g"], r["this"], r["value"]) for r in rows), key=str):  # type: ignore[union-attr]
                results[graph].append(Result(focus, value, check))
        return {name: Report(tuple(results.get(name, ()))) for name in graphs}

    def _loaded(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> Store:
        store = Store()
        for name, triples in graphs.items():
            known = list(triples)
            store.bulk_extend(Quad(s, p, o, name) for s, p, o in (*known, *self._shipped.context(known)))
        return store

    def sift(self, name: NamedNode, graph: Descriptions) -> Sifted:
        """Part a graph into what conforms and what is set aside; the report tells what is wrong, not what could be better."""
        if self._screen.surely_conforms(graph):
            return Sifted(graph)
        kept, aside, results = graph.triples(), list[Triple](), list[Result]()
        while not (report := self.validate({name: kept})[name]).conforms:
            kept, fallen = set_aside(kept, name, {result.focus for result in report.violations})
            aside += fallen
            results += report.violations
        return Sifted(Descriptions.of(kept), aside, Report(tuple(results)))


def set_aside(triples: list[Triple], root: NamedNode, faulty: set[Term]) -> tuple[list[Triple], list[Triple]]:
    """Part ``triples`` in what stays and what falls: the faulty nodes, and what nothing else points at.

    When the article itself, ``root``, is faulty, all of it falls.
    """
    if root in faulty:
        return [], triples
    out: defaultdict[Term, set[Term]] = defaultdict(set)
    pointing: defaultdict[Term, set[Term]] = defaultdict(set)
    for s, _, o in triples:
        out[s].add(o)
        pointing[o].add(s)
    lost, left = set(faulty), list(faulty)
    while left:
        for node in out.get(left.pop(), set()) - lost - {root}:
            if node in out and pointing[node] <= lost:
                lost.add(node)
                left.append(node)
    kept = [t for t in triples if t.subject not in lost and t.object not in lost]
    fallen = [t for t in triples if t.subject in lost or t.object in lost]
    return (kept, fallen) if fallen else ([], triples)
