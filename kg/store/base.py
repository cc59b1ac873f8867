"""What every store can do: one named graph an article, the shipped graphs, and nothing else to know about a build."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from rdflib.namespace import OWL, XSD

from kg.errors import UsageError
from kg.knowledge.triples import Shipped
from kg.namespaces import DEFAULT_BASE, LB, NIF, SCHEMA

DERIVED, LINKS = "graph/derived", "graph/links"  # below the base: computed over articles; accepted or linked
QUARANTINE = "quarantine"  # inside the store's folder
ONTOLOGY, GAZETTEER = "graph/ontology", "graph/gazetteer"  # below the base
COUNT_PROPERTIES = {
    str(p)
    for p in (NIF.beginIndex, NIF.endIndex, LB.fatalities, LB.fatalitiesMin, LB.fatalitiesMax,
              LB.injured, LB.injuredMin, LB.injuredMax, LB.reports, LB.independentReports,
              LB.fatalitiesLow, LB.fatalitiesBest, LB.fatalitiesHigh)
}  # fmt: skip
NON_NEGATIVE, DECIMAL = NamedNode(XSD.nonNegativeInteger), NamedNode(XSD.decimal)
VERSION_INFO = NamedNode(OWL.versionInfo)


class GraphStore(ABC):
    """What every store can do; a context manager."""

    quarantine: Path  # folder of what did not conform
    generation: int  # how many times the store has been written to; 0 where that is not counted

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @abstractmethod
    def __str__(self) -> str:
        """Return where the store is, as the user gave it."""

    @abstractmethod
    def close(self) -> None:
        """Let the store go."""

    @abstractmethod
    def replace(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Put ``graphs`` in the place of those of the same names: each whole or, when that fails, as it was."""

    def put(self, graphs: Mapping[NamedNode, bytes]) -> None:
        """Put ``graphs``, each given as its N-Quads, in the place of those of the same names."""
        self.replace({name: (quad.triple for quad in parse(quads, RdfFormat.N_QUADS)) for name, quads in graphs.items()})

    @abstractmethod
    def remove(self, graph: NamedNode) -> None:
        """Remove one named graph."""

    @abstractmethod
    def change(self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take triples out of one named graph and put others in, all or nothing."""

    @abstractmethod
    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""

    @abstractmethod
    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""

    def perhaps_held(self, graphs: Iterable[NamedNode]) -> list[NamedNode]:
        """Return those of ``graphs`` that the store may have: all, where to ask costs as much as to look."""
        return list(graphs)

    @abstractmethod
    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph."""

    @abstractmethod
    def query(self, text: str) -> Any:
        """Answer a SPARQL query over the union of all graphs, in pyoxigraph's terms."""

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of the store, graph by graph."""
        return (Quad(s, p, o, graph) for graph in self.graphs() for s, p, o in self.triples(graph))

    def articles(self) -> list[NamedNode]:
        """Return the IRIs of all articles, sorted."""
        rows = self.query(f"SELECT DISTINCT ?a WHERE {{ GRAPH ?a {{ ?a a {SCHEMA.NewsArticle.n3()} }} }} ORDER BY ?a")
        return [row["a"] for row in rows]

    @property
    def base(self) -> str | None:
        """What the store's IRIs begin with; None for a store that holds nothing yet."""
        names = (graph.value for graph in self.graphs())
        return next((name.removesuffix(ONTOLOGY) for name in names if name.endswith(ONTOLOGY)), None)

    def load_shipped(self, shipped: Shipped, base: str = DEFAULT_BASE) -> None:
        """Bring ``graph/ontology`` and ``graph/gazetteer`` up to what is shipped, where that has changed."""
        if self.base not in (None, base):
            raise UsageError(f"{self}: its IRIs begin with {self.base}: give that as --base, or another --store")
        for name, triples in ((ONTOLOGY, shipped.ontology), (GAZETTEER, shipped.gazetteer)):
            graph = NamedNode(base + name)
            mark = Triple(graph, VERSION_INFO, Literal(_digest(triples)))
            if not self.has(graph, [mark]):
                self.fill(graph, triples, mark)

    def fill(self, graph: NamedNode, triples: Iterable[Triple], mark: Triple) -> None:
        """Put a large graph in the place of that of the same name; ``mark`` is in it only when all of it is."""
        self.replace({graph: [*triples, mark]})


def replacement(graph: NamedNode, triples: Iterable[Triple]) -> str:
    """Return the update that replaces ``graph``; Oxigraph makes it in one transaction."""
    inside = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {inside} }} }}"


def difference(graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]) -> str:
    """Return the update that changes ``graph``; empty where nothing changes."""
    parts = (("DELETE DATA", removed), ("INSERT DATA", added))
    inside = [(verb, (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()) for verb, triples in parts]
    return " ; ".join(f"{verb} {{ GRAPH {graph} {{ {text} }} }}" for verb, text in inside if text)


def restored(triple: Triple) -> Triple:
    """Give a number back as it was written.

    Oxigraph keeps every count as an xsd:integer, TDB2 a whole decimal with a zero behind the point.
    """
    value = triple.object
    if not isinstance(value, Literal):
        return triple
    if value.datatype == DECIMAL and value.value.endswith(".0"):
        return Triple(triple.subject, triple.predicate, Literal(value.value[:-2], datatype=DECIMAL))
    if triple.predicate.value in COUNT_PROPERTIES:
        return Triple(triple.subject, triple.predicate, Literal(value.value, datatype=NON_NEGATIVE))
    return triple


def _digest(triples: Iterable[Triple]) -> str:
    """Return a hash of ``triples`` that does not depend on their order."""
    lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines()
    return "sha256:" + sha256(b"\n".join(sorted(lines))).hexdigest()
