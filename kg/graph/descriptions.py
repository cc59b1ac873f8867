"""A graph, node by node: made, checked and written in this form; the store's own terms only where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

Description = dict[str, list[str]]  # of one node: predicate → values, each once


class Descriptions:
    """What a graph says of each node; all terms are texts as in :mod:`kg.graph.terms`."""

    __slots__ = ("nodes",)

    def __init__(self) -> None:
        self.nodes: dict[str, Description] = {}

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Self:
        """Return the graph of ``triples``."""
        graph = cls()
        for triple in triples:
            graph.tell(*map(str, triple))
        return graph

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(values) for said in self.nodes.values() for values in said.values())

    def tell(self, node: str, predicate: str, value: str) -> None:
        """Say something of a node, once."""
        values = self.nodes.setdefault(node, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)

    def n_quads(self, graph: NamedNode) -> bytes:
        """Return the N-Quads of the graph, a line a triple."""
        return self._lines(f" {graph} .\n")

    def triples(self) -> list[Triple]:
        """Return the triples in the store's terms."""
        return [quad.triple for quad in parse(self._lines(" .\n"), RdfFormat.N_TRIPLES)]

    def _lines(self, end: str) -> bytes:
        return "".join(
            [
                f"{node} {predicate} {value}{end}"
                for node, said in self.nodes.items()
                for predicate, values in said.items()
                for value in values
            ]
        ).encode()
