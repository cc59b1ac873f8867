"""One article's graph as a check sees it: what is said of a node, by it and by the gazetteer."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from rdflib.namespace import RDF, RDFS

from kg.graph import Descriptions
from kg.graph.descriptions import Description
from kg.graph.terms import lexical
from kg.knowledge.triples import Shipped

_TYPE, _SUBCLASS = str(RDF.type), str(RDFS.subClassOf)
A, BELOW = f"<{_TYPE}>", f"<{_SUBCLASS}>"
_NOTHING: Description = {}
_NO_CLASSES: frozenset[str] = frozenset()


class Background:
    """What is shipped, as the check of every graph needs it: the classes above each class, and the gazetteer."""

    def __init__(self, shipped: Shipped) -> None:
        self._supers = {str(cls): frozenset(map(str, above)) for cls, above in shipped.supers.items()}
        self.known = Descriptions.of(triple for triples in shipped.entities.values() for triple in triples).nodes
        self.classes = lru_cache(maxsize=10_000)(self._classes)

    def _classes(self, types: tuple[str, ...]) -> frozenset[str]:
        """Return the classes of ``types`` and all above them."""
        return _NO_CLASSES.union(*(self._supers.get(cls, (cls,)) for cls in types))


class CheckedGraph:
    """A graph to look things up in; values are those that the graph gives and those that the gazetteer does."""

    def __init__(self, graph: Descriptions, background: Background) -> None:
        known = background.known
        values = chain.from_iterable(chain.from_iterable(map(dict.values, graph.nodes.values())))
        named = {*(known.keys() & values), *(known.keys() & graph.nodes.keys())}
        self.nodes = {**graph.nodes, **{node: _together(graph.nodes.get(node), known[node]) for node in named}}
        self.classes = _Classes(self, background)
        self._texts: dict[tuple[str, str], list[str]] = {}
        self._pointed: dict[str, set[str]] = {}

    def said(self, node: str) -> Description:
        """Return what is said of a node."""
        return self.nodes.get(node, _NOTHING)

    def values(self, node: str, predicate: str) -> list[str]:
        """Return the values of a property, each once."""
        return self.nodes.get(node, _NOTHING).get(predicate, [])

    def texts(self, node: str, predicate: str) -> list[str]:
        """Return the values of a property as text, read once: that of an article is long."""
        found = self._texts.get((node, predicate))
        if found is None:
            found = self._texts[node, predicate] = [lexical(value) for value in self.values(node, predicate)]
        return found

    def pointing(self, predicate: str) -> set[str]:
        """Return all values of a property."""
        found = self._pointed.get(predicate)
        if found is None:
            found = self._pointed[predicate] = {v for said in self.nodes.values() for v in said.get(predicate, ())}
        return found


class _Classes(dict[str, frozenset[str]]):
    """The classes of each node of a graph and all above them, found when they are asked for."""

    def __init__(self, graph: CheckedGraph, background: Background) -> None:
        super().__init__()
        self._nodes, self._background = graph.nodes, background

    def __missing__(self, node: str) -> frozenset[str]:
        types = self._nodes.get(node, _NOTHING).get(A, ())
        found = self[node] = self._background.classes(tuple(types))
        return found


def _together(said: Description | None, known: Description) -> Description:
    """Return what a graph and the gazetteer say of a node."""
    if said is None:
        return known
    both = {predicate: list(dict.fromkeys((*known[predicate], *said[predicate]))) for predicate in known.keys() & said.keys()}
    return {**known, **said, **both}
