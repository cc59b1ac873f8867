"""What all views over a selection share: its reading, its check against the data, its queries and their links."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from server.config import Config
from server.http.call import JSON, Answer, Call
from server.http.problem import Problem
from server.pages.page_queries import PageQueries, Row
from server.pages.reader import Reader
from server.selection.selection import Selection
from server.selection.view_queries import ViewQueries
from server.workers.fork_client import ForkClient

_KNOWN = "SELECT ?iri { VALUES ?iri { %s } FILTER EXISTS { ?iri ?property ?value } }"


@dataclass(frozen=True, slots=True)
class View:
    """One selection as one reader sees it."""

    selection: Selection
    reader: Reader
    queries: ViewQueries

    @classmethod
    def of(cls, call: Call, base: str) -> View:
        """Return what a request wants to see; raises :class:`Problem`."""
        reader = Reader.of(call)
        selection = Selection.from_address(reader.arguments, base)
        return cls(selection, reader, ViewQueries(selection, reader.language))

    def link(self, selection: Selection, path: str | None = None) -> str:
        """Return the address of another selection, in this view or in the one at ``path``."""
        address = selection.address()
        return f"{path or self.reader.path}{'?' if address else ''}{address}"

    def query_link(self, name: str) -> str:
        """Return where the query of a view stands in the editor."""
        return "/sparql?" + urlencode({"query": self.queries.all()[name]})

    def as_json(self) -> dict[str, Any]:
        """Return selection and queries for the client."""
        return {
            "selection": self.selection.as_json(), "address": self.selection.address(), "language": self.reader.language,
            "daily": self.queries.by_day, "queries": self.queries.all(),
        }  # fmt: skip


class Views:
    """Reads what is to be seen, and asks for it."""

    def __init__(self, config: Config, rows: PageQueries) -> None:
        self.config = config
        self.rows = rows

    def view(self, call: Call) -> View:
        """Return what a request wants to see; raises the :class:`Problem` 400 on what can't be chosen."""
        return View.of(call, self.config.base)

    def answer(self, call: Call) -> Answer:
        """Answer ``/views``: the selection and the query of each view, nothing evaluated."""
        view = self.view(call)
        body = json.dumps(view.as_json(), ensure_ascii=False).encode()
        return Answer(200, body, {"Content-Type": JSON, "Cache-Control": "no-cache", **view.reader.headers()})

    def check(self, view: View, generation: ForkClient) -> None:
        """Raise the :class:`Problem` 404 where somebody or something is chosen that the data do not know."""
        chosen = view.selection.entities()
        if not chosen:
            return
        rows = self.rows.select(_KNOWN % " ".join(f"<{iri}>" for _, iri in chosen), generation)
        known = {row["iri"].text for row in rows}
        for name, iri in chosen:
            if iri not in known:
                slug = iri.removeprefix(view.selection.iri(""))[:100]
                detail = f"{name}={slug}: nobody and nothing is called so here: search for the name above"
                raise Problem(404, "selection", detail, parameter=name)

    def select(self, query: str, generation: ForkClient) -> list[Row]:
        """Return the rows of a view's query."""
        return self.rows.select(query, generation)
