"""The graph store: one named graph an article, the shipped graphs, and nothing else to know about a build.

The default is an embedded Oxigraph under ``STORE/oxigraph``. One process writes at a time; readers see what was written
before they opened it. ``STORE/generation`` counts the builds, so that others can watch for a change.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from pyoxigraph import Store as Oxigraph
from rdflib import Dataset
from rdflib.namespace import OWL, XSD

from kg.errors import StoreError, StoreLockedError, UsageError
from kg.namespaces import DEFAULT_BASE, LB, NIF, SCHEMA
from kg.shipped import Shipped

DATA, GENERATION, QUARANTINE = "oxigraph", "generation", "quarantine"  # inside the store's folder
ONTOLOGY, GAZETTEER = "graph/ontology", "graph/gazetteer"  # below the base
COUNTS = {
    str(p)
    for p in (NIF.beginIndex, NIF.endIndex, LB.fatalities, LB.fatalitiesMin, LB.fatalitiesMax,
              LB.injured, LB.injuredMin, LB.injuredMax)
}  # fmt: skip
NON_NEGATIVE = NamedNode(XSD.nonNegativeInteger)
VERSION = NamedNode(OWL.versionInfo)


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

    @abstractmethod
    def remove(self, graph: NamedNode) -> None:
        """Remove one named graph."""

    @abstractmethod
    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""

    @abstractmethod
    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""

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
            mark = Triple(graph, VERSION, Literal(_digest(triples)))
            if not self.has(graph, [mark]):
                self.replace({graph: [*triples, mark]})


class Store(GraphStore):
    """A store on disk. Opened for writing, it keeps every other writer out."""

    def __init__(self, folder: str | Path, *, write: bool = False) -> None:
        self.folder = Path(folder)
        self.quarantine = self.folder / QUARANTINE
        self._changed = False
        self._oxigraph = _opened(self.folder, write)

    def __str__(self) -> str:
        return str(self.folder)

    @property
    def generation(self) -> int:  # type: ignore[override]
        """How many times the store has been written to."""
        return read_generation(self.folder)

    def close(self) -> None:
        """Tell those who watch that there is something new, and let the next writer in."""
        if self._changed:
            self._writing(partial(_count_up, self.folder))
            self._changed = False
        vars(self).pop("_oxigraph", None)  # Oxigraph has no close: the last reference gone, its lock is gone

    def replace(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace each graph in one transaction; those that are new come in one together."""
        new: list[Quad] = []
        for name, triples in graphs.items():
            if self._oxigraph.contains_named_graph(name):
                self._writing(partial(self._oxigraph.update, replacement(name, triples)))
            else:
                new += (Quad(s, p, o, name) for s, p, o in triples)
        self._writing(partial(self._oxigraph.extend, new))
        self._writing(self._oxigraph.flush)  # on disk now; and else memory grows by half a MiB an article

    def remove(self, graph: NamedNode) -> None:
        """Remove one named graph."""
        self.apply(lambda oxigraph: oxigraph.update(f"DROP SILENT GRAPH {graph}"))

    def apply(self, change: Callable[[Oxigraph], object]) -> None:
        """Let ``change`` write, in a transaction of its own, what :meth:`replace` has no way to say."""
        self._writing(partial(change, self._oxigraph))

    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""
        return all(Quad(s, p, o, graph) in self._oxigraph for s, p, o in triples)

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""
        return sorted((g for g in self._oxigraph.named_graphs() if isinstance(g, NamedNode)), key=str)

    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph."""
        return [restored(quad.triple) for quad in self._oxigraph.quads_for_pattern(None, None, None, graph)]

    def query(self, text: str) -> Any:
        """Answer a SPARQL query over the union of all graphs, by Oxigraph itself."""
        return self._oxigraph.query(text, use_default_graph_as_union=True)

    def graph(self) -> Dataset:
        """Return the store as rdflib sees it, all graphs' union as the default; don't give it prepared queries."""
        from oxrdflib import OxigraphStore

        return Dataset(store=OxigraphStore(store=self._oxigraph), default_union=True)

    def _writing(self, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError as error:
            raise StoreError(
                f"{self.folder}: can't write into the store, what it held before is kept: {error}; is the disk full?"
            ) from error
        self._changed = True


def open_store(location: str | Path, *, write: bool = False) -> GraphStore:
    """Open the store that ``location`` names: a folder, or the address of a SPARQL 1.1 server."""
    if is_address(location):
        from kg.remote import RemoteStore

        return RemoteStore(str(location))
    return Store(location, write=write)


def is_address(location: str | Path) -> bool:
    """Say whether a store's location is the address of a server, not a folder."""
    return str(location).startswith(("http://", "https://"))


def read_generation(folder: str | Path) -> int:
    """Return the change counter of the store in ``folder``; 0 where none was built."""
    try:
        return int((Path(folder) / GENERATION).read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0


def _count_up(folder: Path) -> None:
    new = folder / f"{GENERATION}.new"
    new.write_text(f"{read_generation(folder) + 1}\n", encoding="ascii")
    new.replace(folder / GENERATION)


def _opened(folder: Path, write: bool) -> Oxigraph:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: a store is a folder, this is a file; give another --store")
    data = folder / DATA
    if not write and not data.is_dir():
        raise StoreError(f"{folder}: no store here; make one with kg build INPUT --store {folder}")
    if write and not data.is_dir() and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder}: holds other files and is no store; give an empty or a new folder as --store")
    try:
        if not write:
            return Oxigraph.read_only(str(data))
        folder.mkdir(parents=True, exist_ok=True)
        return Oxigraph(str(data))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreLockedError(f"{folder}: another process is writing into this store: wait for its end") from error
        raise StoreError(f"{folder}: can't open the store: {error}") from error


def replacement(graph: NamedNode, triples: Iterable[Triple]) -> str:
    """Return the update that replaces ``graph``; Oxigraph makes it in one transaction."""
    inside = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {inside} }} }}"


def restored(triple: Triple) -> Triple:
    """Give a count its datatype back: Oxigraph keeps every number derived from xsd:integer as an xsd:integer."""
    if triple.predicate.value not in COUNTS or not isinstance(triple.object, Literal):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(triple.object.value, datatype=NON_NEGATIVE))


def _digest(triples: Iterable[Triple]) -> str:
    """Return a hash of ``triples`` that does not depend on their order."""
    return "sha256:" + sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
