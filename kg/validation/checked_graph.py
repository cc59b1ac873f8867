"""One article's graph as a check sees it: values by subject and predicate, and what the gazetteer knows of what it names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.knowledge.triples import SUBCLASS, TYPE, Shipped

Term = NamedNode | BlankNode | Literal
Values = dict[NamedNode, list[Term]]
_NOTHING: Values = {}
_NO_CLASSES: frozenset[NamedNode] = frozenset()


class CheckedGraph:
    """A graph to look things up in; ``known`` is what the gazetteer says, by what it says it of."""

    def __init__(self, triples: Iterable[Triple], shipped: Shipped, known: dict[NamedNode, Values]) -> None:
        self.out: dict[Term, Values] = {}
        self.named: set[NamedNode] = set()  # what the gazetteer knows among all that is named
        self._supers, self._known = shipped.supers, known
        self._strings: dict[tuple[Term, NamedNode], list[str]] = {}
        self._classes: dict[Term, frozenset[NamedNode]] = {}
        for subject, predicate, value in triples:
            values = self.out.setdefault(subject, {})
            if predicate in values:
                values[predicate].append(value)
            else:
                values[predicate] = [value]
            if type(value) is NamedNode and value in known:
                self.named.add(value)
        self.named.update(node for node in self.out if isinstance(node, NamedNode) and node in known)

    @cached_property
    def declares_classes(self) -> bool:
        """Whether the graph says of a class what is above it."""
        return any(SUBCLASS in values for values in self.out.values())

    def classes(self, node: Term) -> frozenset[NamedNode]:
        """Return the classes of a node and all above them."""
        found = self._classes.get(node)
        if found is None:
            direct = self.values(node, TYPE)
            found = _NO_CLASSES.union(*(self._supers.get(c, (c,)) for c in direct if isinstance(c, NamedNode)))
            self._classes[node] = found
        return found

    def values(self, node: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, each once."""
        found = self.out.get(node, _NOTHING).get(predicate, [])
        if node not in self.named:
            return found
        known = self._known.get(cast(NamedNode, node), _NOTHING).get(predicate, ())
        return [*found, *(value for value in known if value not in found)] if known else found

    def strings(self, node: Term, predicate: NamedNode) -> list[str]:
        """Return the values of a property as text, copied once: that of an article is long."""
        found = self._strings.get((node, predicate))
        if found is None:
            found = self._strings[node, predicate] = [value.value for value in self.values(node, predicate)]
        return found

    def pointing(self, predicate: NamedNode) -> set[Term]:
        """Return all values of a property."""
        found = self._pointed.get(predicate)
        if found is None:
            found = self._pointed[predicate] = {v for values in self.out.values() for v in values.get(predicate, ())}
        return found

    @cached_property
    def _pointed(self) -> dict[NamedNode, set[Term]]:
        return {}


def known_values(shipped: Shipped) -> dict[NamedNode, Values]:
    """Return what the gazetteer says of actors and places, by property."""
    known: dict[NamedNode, Values] = {}
    for entity, triples in shipped.entities.items():
        for triple in triples:
            if not isinstance(triple.object, Triple):
                known.setdefault(entity, {}).setdefault(triple.predicate, []).append(triple.object)
    return known
