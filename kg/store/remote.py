"""A store behind any SPARQL 1.1 server: queries and updates to one address, by the SPARQL 1.1 Protocol.

What one request changes is whole or not at all as far as the server keeps to the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results, serialize

from kg.errors import StoreError
from kg.knowledge.triples import Shipped
from kg.namespaces import DEFAULT_BASE, RESULTS_JSON
from kg.store.base import ONTOLOGY, QUARANTINE, VERSION_INFO, GraphStore, difference, replacement, restored
from kg.store.sparql_client import QUERY_TYPE, UPDATE_TYPE, SparqlClient

TRIPLES = "application/n-triples"
TRIPLES_AT_ONCE = 10_000  # of a large graph
LARGEST_REQUEST = 1 << 20  # characters of updates that go in one request, but for a graph that has more
UNION_REMEDY = (
    "let the default graph be the union of all, Fuseki with --set tdb2:unionDefaultGraph=true, "
    "Oxigraph with --union-default-graph"
)
BASE_QUERY = f"SELECT ?g {{ GRAPH ?g {{ ?g {VERSION_INFO} ?digest }} }} ORDER BY ?g"


class RemoteStore(GraphStore):
    """Any SPARQL 1.1 server; what is set aside, and what became of the inputs, stands below ``lagebild-remote/`` here.

    ``update`` is where it takes updates, if not at its ``address``.
    """

    generation = 0

    def __init__(self, address: str, update: str = "", client: SparqlClient | None = None) -> None:
        self.address = address
        self.quarantine = Path("lagebild-remote", re.sub(r"[^\w.]+", "-", address).strip("-"), QUARANTINE)
        self._update = update or address
        self._client = client or SparqlClient()
        self._base: str | None = None
        self._is_union = False

    def __str__(self) -> str:
        return self.address

    def close(self) -> None:
        """Nothing is held open between requests."""

    def replace(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace the graphs, several in a request, as far as servers take it."""
        waiting: list[str] = []
        for name, triples in graphs.items():
            waiting.append(replacement(name, triples))
            if sum(map(len, waiting)) >= LARGEST_REQUEST:
                self._post_update(" ;\n".join(waiting))
                waiting.clear()
        if waiting:
            self._post_update(" ;\n".join(waiting))

    def fill(self, graph: NamedNode, triples: Iterable[Triple], mark: Triple) -> None:
        """Put a large graph in the place of another, the mark last; in several requests where no blank node ties its parts."""
        whole = list(triples)
        if any(isinstance(term, BlankNode) for triple in whole for term in (triple.subject, triple.object)):
            self.replace({graph: [*whole, mark]})
            return
        self.remove(graph)
        for begin in range(0, len(whole), TRIPLES_AT_ONCE):
            self.change(graph, [], whole[begin : begin + TRIPLES_AT_ONCE])
        self.change(graph, [], [mark])

    def remove(self, graph: NamedNode) -> None:
        """Remove one named graph."""
        self._post_update(f"DROP SILENT GRAPH {graph}")

    def change(self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Change one named graph, all in one request."""
        if text := difference(graph, removed, added):
            self._post_update(text)

    def has(self, graph: NamedNode, triples: Iterable[Triple]) -> bool:
        """Say whether ``graph`` holds every one of ``triples``."""
        pattern = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        return bool(self._select(f"ASK {{ GRAPH {graph} {{ {pattern} }} }}"))

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""
        return [row["g"] for row in self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]

    @property
    def base(self) -> str | None:
        """What the store's IRIs begin with, by the mark of its ontology; None for a store that holds nothing yet."""
        if self._base is None:
            names = (row["g"].value for row in self._select(BASE_QUERY))
            self._base = next((name.removesuffix(ONTOLOGY) for name in names if name.endswith(ONTOLOGY)), None)
        return self._base

    def load_shipped(self, shipped: Shipped, base: str = DEFAULT_BASE) -> None:
        """Bring what is shipped up to date; raise :class:`StoreError` on a server that shows it in no union."""
        super().load_shipped(shipped, base)
        self._require_union()

    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        return [restored(triple) for triple in self._select(query)]

    def query(self, text: str) -> Any:
        """Answer a SPARQL query over the union of all graphs; raise :class:`StoreError` on a server that shows none."""
        self._require_union()
        return self._select(text)

    def _require_union(self) -> None:
        """Raise where a query that names no graph does not see all of them."""
        if not self._is_union and self.base is not None:
            if not self._select(f"ASK {{ <{self.base}{ONTOLOGY}> {VERSION_INFO} ?digest }}"):
                raise StoreError(f"{self.address}: a query without GRAPH sees no named graph here: {UNION_REMEDY}")
            self._is_union = True

    def _select(self, text: str) -> Any:
        """Return the answer as it comes."""
        answer, kind = self._client.post(self.address, QUERY_TYPE, text, f"{RESULTS_JSON}, {TRIPLES};q=0.9")
        if kind == TRIPLES:
            return (quad.triple for quad in parse(answer, RdfFormat.N_TRIPLES))
        if kind == RESULTS_JSON:
            return parse_query_results(answer, QueryResultsFormat.JSON)
        raise StoreError(f"{self.address}: answers a query with {kind or 'no kind of data'}: is it a SPARQL endpoint?")

    def _post_update(self, text: str) -> None:
        self._client.post(self._update, UPDATE_TYPE, text, "*/*")
