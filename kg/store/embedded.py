"""The default store: an embedded Oxigraph under ``STORE/oxigraph``.

One process writes at a time; readers see what was written
before they opened it. ``STORE/generation`` counts the builds, so that others can watch for a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize
from pyoxigraph import Store as Oxigraph
from rdflib import Dataset

from kg.errors import StoreError, StoreLockedError, UsageError
from kg.store.base import QUARANTINE, GraphStore, difference, replacement, restored

DATA, GENERATION = "oxigraph", "generation"  # inside the store's folder
MANY_TRIPLES = 10_000  # a transaction would hold more than so many in memory, and what it wrote for long after; files don't


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
        self.flush()  # on disk now; and else memory grows by half a MiB an article

    def put(self, graphs: Mapping[NamedNode, bytes]) -> None:
        """Put graphs in the place of others; those that are new come in together, as files that are on disk at once."""
        new: list[bytes] = []
        for name, quads in graphs.items():
            if self._oxigraph.contains_named_graph(name):
                self._writing(partial(self._oxigraph.update, replacement(name, _triples(quads))))
            else:
                new.append(quads)
        # lenient: the IRIs of these lines were checked or made here, Oxigraph needn't do it again
        self.apply(lambda oxigraph: oxigraph.bulk_load(b"".join(new), RdfFormat.N_QUADS, lenient=True))
        self.flush()

    def fill(self, graph: NamedNode, triples: Iterable[Triple], mark: Triple) -> None:
        """Put a large graph in the place of another; where there was none, in several transactions, that of the mark last."""
        if self._oxigraph.contains_named_graph(graph):
            self.replace({graph: [*triples, mark]})
            return
        text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        self.apply(lambda oxigraph: oxigraph.bulk_load(text, RdfFormat.N_TRIPLES, to_graph=graph, lenient=True))
        self.apply(lambda oxigraph: oxigraph.extend([Quad(mark.subject, mark.predicate, mark.object, graph)]))
        self.flush()

    def remove(self, graph: NamedNode) -> None:
        """Remove one named graph."""
        self.apply(lambda oxigraph: oxigraph.update(f"DROP SILENT GRAPH {graph}"))

    def change(self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Change one named graph in one transaction; many triples that only come, as files, which all are there at once."""
        going, coming = list(removed), list(added)
        if not going and len(coming) >= MANY_TRIPLES:
            self.apply(lambda oxigraph: oxigraph.bulk_extend(Quad(s, p, o, graph) for s, p, o in coming))
        elif text := difference(graph, going, coming):
            self.apply(lambda oxigraph: oxigraph.update(text))

    def apply(self, change: Callable[[Oxigraph], object]) -> None:
        """Let ``change`` write, in a transaction of its own, what :meth:`replace` has no way to say."""
        self._writing(partial(change, self._oxigraph))

    def flush(self) -> None:
        """Put on the disk itself what was written until now."""
        self._writing(self._oxigraph.flush)

    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""
        return all(Quad(s, p, o, graph) in self._oxigraph for s, p, o in triples)

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""
        return sorted((g for g in self._oxigraph.named_graphs() if isinstance(g, NamedNode)), key=str)

    def perhaps_held(self, graphs: Iterable[NamedNode]) -> list[NamedNode]:
        """Return those of ``graphs`` that the store has."""
        return [graph for graph in graphs if self._oxigraph.contains_named_graph(graph)]

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


def _triples(quads: bytes) -> Iterator[Triple]:
    return (quad.triple for quad in parse(quads, RdfFormat.N_QUADS))


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
