"""Rows of the pages' own queries, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kg.namespaces import DECLARED
from server.config import Config
from server.ipc.messages import Head
from server.sparql.handler import refusal
from server.workers.fork_client import ForkClient
from server.workers.pool import Pool


@dataclass(frozen=True, slots=True)
class Value:
    """One RDF term of a result."""

    text: str
    kind: str  # uri, literal or bnode
    language: str | None = None
    datatype: str | None = None


Row = dict[str, Value]


class PageQueries:
    """Asks the pages' own queries, of the same workers and under the same limits as everybody's."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool

    def select(self, query: str, generation: ForkClient | None = None) -> list[Row]:
        """Return the solutions of a query, in which the project's prefixes are declared; raises :class:`Problem`."""
        return [
            {name: _value(term) for name, term in row.items()} for row in self._json(query, generation)["results"]["bindings"]
        ]

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query."""
        return bool(self._json(query, None)["boolean"])

    def _json(self, query: str, generation: ForkClient | None) -> Head:
        head: Head = {
            "op": "query", "query": DECLARED + query, "results": "json", "graphs": None, "limit": self.config.max_result,
        }  # fmt: skip
        reply, body = self.pool.ask(head, self.config.timeout, None, generation)
        if "error" in reply:
            raise refusal(reply)
        found: Head = json.loads(body)
        return found


def _value(term: Head) -> Value:
    value = term["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Value(text, term["type"], term.get("xml:lang"), term.get("datatype"))
