"""A store as far as some of its articles go: what an export of a query's answer sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions, Triple

from kg.errors import StoreError, UsageError
from kg.namespaces import DECLARED
from kg.store.base import DERIVED, GraphStore


class Selection(GraphStore):
    """A store without what is computed over all articles, and without those that a query doesn't name. Read only."""

    def __init__(self, store: GraphStore, query: str) -> None:
        self._store = store
        self._articles = _named(store, query)
        self._left = {*store.articles(), NamedNode(f"{store.base}{DERIVED}")} - set(self._articles)
        self.quarantine = store.quarantine
        self.generation = store.generation

    def __str__(self) -> str:
        return str(self._store)

    def close(self) -> None:
        """Nothing: the store belongs to who opened it."""

    def replace(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Refuse."""
        raise StoreError(f"{self}: a selection can only be read")

    def remove(self, graph: NamedNode) -> None:
        """Refuse."""
        raise StoreError(f"{self}: a selection can only be read")

    def change(self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Refuse."""
        raise StoreError(f"{self}: a selection can only be read")

    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""
        return self._store.has(graph, triples)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs that are seen."""
        return [graph for graph in self._store.graphs() if graph not in self._left]

    def articles(self) -> list[NamedNode]:
        """Return the IRIs of the chosen articles, sorted."""
        return self._articles

    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph; none of one that is not seen."""
        return [] if graph in self._left else self._store.triples(graph)

    def query(self, text: str) -> Any:
        """Answer a SPARQL query over the whole store."""
        return self._store.query(text)


def _named(store: GraphStore, query: str) -> list[NamedNode]:
    """Return the articles that a SELECT query answers with in its first column."""
    try:
        answer = store.query(DECLARED + query)
    except SyntaxError as error:
        raise UsageError(f"--articles: the query is wrong: {' '.join(str(error).split())}") from error
    if not isinstance(answer, QuerySolutions):
        raise UsageError("--articles: the query is no SELECT: ask for ?article, as in SELECT ?article { ... }")
    named = {row[0] for row in answer}
    articles = [article for article in store.articles() if article in named]
    if not articles:
        raise UsageError("--articles: the query answers with no article of this store in its first column")
    return articles
