"""A store behind any SPARQL 1.1 server: queries and updates to one address, by the SPARQL 1.1 Protocol.

What one request changes is whole or not at all as far as the server keeps to the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results, serialize

from kg.errors import StoreError, UsageError
from kg.namespaces import RESULTS_JSON
from kg.store.base import QUARANTINE, GraphStore, difference, replacement, restored

TIMEOUT = 600  # seconds for one answer
TRIPLES = "application/n-triples"
FORBIDDEN = (401, 403)


class RemoteStore(GraphStore):
    """Any SPARQL 1.1 server; what is set aside, and what became of the inputs, stands below ``lagebild-remote/`` here.

    ``update`` is where it takes updates, if not at its ``address``; ``token`` what it wants to be shown.
    """

    generation = 0

    def __init__(self, address: str, update: str = "", token: str = "") -> None:
        self.address = address
        self.quarantine = Path("lagebild-remote", re.sub(r"[^\w.]+", "-", address).strip("-"), QUARANTINE)
        self._update = update or address
        self._token = token

    def __str__(self) -> str:
        return self.address

    def close(self) -> None:
        """Nothing is held open between requests."""

    def replace(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace the graphs, all in one request."""
        self._post_update(" ;\n".join(replacement(name, triples) for name, triples in graphs.items()))

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
        return bool(self.query(f"ASK {{ GRAPH {graph} {{ {pattern} }} }}"))

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, sorted."""
        return [row["g"] for row in self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]

    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        answer, _ = self._post(self.address, "application/sparql-query", query, TRIPLES)
        return [restored(quad.triple) for quad in parse(answer, RdfFormat.N_TRIPLES)]

    def query(self, text: str) -> Any:
        """Answer a SPARQL query; whether it sees the union of all graphs is the server's to decide."""
        answer, kind = self._post(self.address, "application/sparql-query", text, f"{RESULTS_JSON}, {TRIPLES};q=0.9")
        if kind == TRIPLES:
            return (quad.triple for quad in parse(answer, RdfFormat.N_TRIPLES))
        return parse_query_results(answer, QueryResultsFormat.JSON)

    def _post_update(self, text: str) -> None:
        self._post(self._update, "application/sparql-update", text, "*/*")

    def _post(self, address: str, kind: str, body: str, accept: str) -> tuple[bytes, str]:
        parts = urlsplit(address)
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Accept": accept}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = connect(parts.netloc, timeout=TIMEOUT)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path or "/", body.encode(), headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, HTTPException) as error:
            raise StoreError(f"{address}: no answer ({error}): is the server running there?") from error
        finally:
            connection.close()
        if response.status in FORBIDDEN:
            raise StoreError(f"{address}: refused ({response.status}): set KG_TOKEN to the server's token")
        reason = " ".join(answer.decode(errors="replace").split())[:300]
        if response.status == 400 and kind == "application/sparql-query":
            raise UsageError(f"the query is wrong: {reason}")
        if response.status >= 300:
            raise StoreError(f"{address}: answers {response.status}: {reason}")
        return answer, response.headers.get_content_type()
