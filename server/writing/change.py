"""What a write changes, as quads: found by comparing before and after, put on disk in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

_NAMED = "GRAPH ?g { ?s ?p ?o }"
_DEFAULT = "?s ?p ?o"
_TERMS = {part: ox.NamedNode(f"urn:lagebild:change:{part}") for part in "spog"}


@dataclass(slots=True)
class Change:
    """Quads that go and quads that come; blank nodes keep their labels."""

    removed: list[ox.Quad] = field(default_factory=list)
    added: list[ox.Quad] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    @property
    def graphs(self) -> set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        """The names of the graphs that change."""
        return {quad.graph_name for quads in (self.removed, self.added) for quad in quads}

    def to_bytes(self) -> tuple[bytes, bytes]:
        """Return removed and added as N-Quads."""
        return _n_quads(self.removed), _n_quads(self.added)

    @classmethod
    def from_bytes(cls, removed: bytes, added: bytes) -> Change:
        """Read what :meth:`to_bytes` wrote."""
        return cls(list(ox.parse(removed, ox.RdfFormat.N_QUADS)), list(ox.parse(added, ox.RdfFormat.N_QUADS)))


def observed(store: ox.Store, write: Callable[[], object]) -> Change:
    """Run ``write`` and return what it changed in ``store``."""
    before = set(store)
    write()
    change = Change()
    for quad in store:
        if quad in before:
            before.discard(quad)
        else:
            change.added.append(quad)
    change.removed = list(before)
    _forget_empty(store, change)
    return change


def apply(store: ox.Store, change: Change) -> None:
    """Make the change in one transaction: all of it or, when that fails, nothing.

    SPARQL can't name a blank node that is already there; functions that look the terms up can.
    """
    if not change.removed:
        store.extend(change.added)
        return
    _replace(store, change)
    _forget_empty(store, change)


def holds(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
    """Say whether a graph is there: whether it holds anything."""
    return next(store.quads_for_pattern(None, None, None, graph), None) is not None


def _forget_empty(store: ox.Store, change: Change) -> None:
    """Drop the names of graphs that hold nothing any more, so that all copies of the data have the same graphs."""
    for graph in change.graphs:
        if not isinstance(graph, ox.DefaultGraph) and not holds(store, graph):
            store.remove_graph(graph)


def _replace(store: ox.Store, change: Change) -> None:
    steps: list[str] = []
    lists: list[list[ox.Quad]] = []
    for verb, quads in (("DELETE", change.removed), ("INSERT", change.added)):
        for pattern, part in ((_NAMED, _in_named(quads)), (_DEFAULT, _in_default(quads))):
            if part:
                steps.append(_step(verb, pattern, len(lists), len(part)))
                lists.append(part)
    functions = {name: _look_up(lists, part) for part, name in _TERMS.items()}
    store.update(";\n".join(steps), custom_functions=functions)  # type: ignore[arg-type]


def _step(verb: str, pattern: str, number: int, size: int) -> str:
    indices = " ".join(map(str, range(size)))
    terms = " ".join(f"BIND({name}({number}, ?i) AS ?{part})" for part, name in _TERMS.items() if f"?{part}" in pattern)
    return f"{verb} {{ {pattern} }} WHERE {{ VALUES ?i {{ {indices} }} {terms} }}"


def _look_up(lists: list[list[ox.Quad]], part: str) -> Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    position = "spog".index(part)

    def term(number: ox.Literal, index: ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
        found: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple = lists[int(number.value)][int(index.value)][position]
        return found

    return term


def _in_named(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [quad for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)]


def _in_default(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]


def _n_quads(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
