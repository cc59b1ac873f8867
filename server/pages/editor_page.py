"""``/sparql`` for browsers: the query editor, with the answer to its query or what is wrong with it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from server.config import Config
from server.data.description import examples
from server.http.call import Answer
from server.http.problem import Problem
from server.ipc.messages import Head
from server.pages.page_queries import Value
from server.pages.pages import Pages
from server.pages.reader import Reader

_SHOWN = 500  # rows of an answer
_ROWS, _GRAPH = ("json", "xml", "csv", "tsv"), ("ttl", "nt", "rdf", "jsonld")


class EditorPage:
    """Makes the query editor; without scripts it is a form with a table below."""

    def __init__(self, config: Config, pages: Pages) -> None:
        self.pages = pages
        self._examples = examples(config.allow_service)

    def answer(self, reader: Reader, query: str | None, reply: Head | None, body: bytes, problem: Problem | None) -> Answer:
        """Return the page; ``reply`` and ``body`` are what a worker says to the query."""
        values = {
            "query": query or self._examples[0].query, "asked": query is not None, "own": urlencode({"query": query or ""}),
            "examples": self._examples, "problem": problem, "shown": _SHOWN, "client": self.pages.client(reader, {}),
            **_answered(reply, body),
        }  # fmt: skip
        return self.pages.page(reader, "editor.html", values, problem.status if problem else 200)


def _answered(reply: Head | None, body: bytes) -> dict[str, Any]:
    result = json.loads(body) if reply and reply.get("format") == "json" else None
    plain = body.decode() if reply and result is None else None
    bindings = result["results"]["bindings"] if result and "results" in result else []
    names = result["head"]["vars"] if result and "results" in result else []
    return {
        "names": names, "rows": [[_term(row.get(name)) for name in names] for row in bindings[:_SHOWN]], "count": len(bindings),
        "boolean": result.get("boolean") if result else None, "text": plain,
        "truncated": bool(reply and reply.get("truncated")), "formats": _ROWS if plain is None else _GRAPH,
    }  # fmt: skip


def _term(term: Head | None) -> Value | None:
    if term is None:
        return None
    value = term["value"]
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Value(written, term["type"], term.get("xml:lang"), term.get("datatype"))
