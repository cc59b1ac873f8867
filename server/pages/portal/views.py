"""What all views over a selection share: its reading, its check against the data, its queries and their links."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
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

_FEW = 400  # events that a query may name
_ANSWERS, _MOST_ROWS = 200, 500  # answers that are kept, rows of one that is
_NAMES = """SELECT ?iri (MIN(?own) AS ?label) (MIN(?any) AS ?other) {
  VALUES ?iri { %s } FILTER EXISTS { ?iri ?property ?value }
  OPTIONAL { ?iri rdfs:label ?own FILTER(LANG(?own) = "%s") } OPTIONAL { ?iri rdfs:label ?any }
} GROUP BY ?iri"""


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

    def download_link(self, name: str) -> str:
        """Return where what is chosen stands in a format: csv, geojson, srj or nq."""
        return "/events?" + urlencode([*self.selection.pairs(), ("format", name)])

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
        self._kept: OrderedDict[tuple[str, str], list[Row]] = OrderedDict()
        self._lock = threading.Lock()

    def view(self, call: Call) -> View:
        """Return what a request wants to see; raises the :class:`Problem` 400 on what can't be chosen."""
        return View.of(call, self.config.base)

    def answer(self, call: Call) -> Answer:
        """Answer ``/views``: the selection and the query of each view, nothing evaluated."""
        view = self.view(call)
        body = json.dumps(view.as_json(), ensure_ascii=False).encode()
        return Answer(200, body, {"Content-Type": JSON, "Cache-Control": "no-cache", **view.reader.headers()})

    def select(self, query: str, generation: ForkClient) -> list[Row]:
        """Return the rows of a view's query; several pages show the same counts, so the last answers are kept."""
        key = generation.stamp, query
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        rows = self.rows.select(query, generation)
        if len(rows) <= _MOST_ROWS:
            with self._lock:
                self._kept[key] = rows
                while len(self._kept) > _ANSWERS:
                    self._kept.popitem(last=False)
        return rows

    def counted(self, view: View, generation: ForkClient) -> ViewQueries:
        """Return the queries of a view as its page asks them: few events are looked up once and named in each."""
        if not view.selection.filtered:
            return view.queries
        rows = self.select(view.queries.chosen(_FEW + 1), generation)
        if len(rows) > _FEW:
            return view.queries
        return replace(view.queries, events=tuple(sorted(row["event"].text for row in rows)))

    def names(self, iris: Iterable[str], language: str, generation: ForkClient) -> dict[str, str]:
        """Return what things are called, in the other language where they have no label in this one, else by their IRI.

        What the data do not know at all is left out.
        """
        wanted = sorted(set(iris))
        if not wanted:
            return {}
        rows = self.rows.select(_NAMES % (" ".join(f"<{iri}>" for iri in wanted), language), generation)
        found = {row["iri"].text: row.get("label") or row.get("other") for row in rows}
        return {iri: label.text if label else iri.rpartition("/")[2] for iri, label in found.items()}

    def chosen(self, view: View, generation: ForkClient) -> dict[tuple[str, str], str]:
        """Return the labels of the entities that are chosen, by name in the address and value.

        Raises the :class:`Problem` 404 where somebody or something is chosen that the data do not know.
        """
        entities = view.selection.entities()
        names = self.names((iri for _, iri in entities), view.reader.language, generation)
        found = {}
        for name, iri in entities:
            slug = iri.removeprefix(view.selection.iri(""))
            if iri not in names:
                detail = f"{name}={slug[:100]}: nobody and nothing is called so here: search for the name above"
                told = ("selection.nobody", {"name": name, "value": slug[:100]})
                raise Problem(404, "selection", detail, told=told, parameter=name)
            found[name, slug] = names[iri]
        return found
