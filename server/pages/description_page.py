"""``/.well-known/void`` for people: how much there is of what, and how to ask for it."""

from __future__ import annotations

from server.config import Config
from server.data.description import GRAPH, examples
from server.http.call import Answer
from server.pages.page_queries import PageQueries, Row
from server.pages.pages import Pages
from server.pages.reader import Reader

_IN_GRAPH = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT %s { GRAPH <%s> { %s } } ORDER BY %s"
_CLASSES = "?set void:classPartition ?part . ?part void:class ?class ; void:entities ?n"
_GRAPHS = "?set sd:namedGraph ?part . ?part sd:name ?graph"
_FIGURES = {name: f"?set a void:Dataset ; void:{name} ?n" for name in ("triples", "distinctSubjects", "properties", "classes")}
_FORMATS = (("Turtle", "ttl"), ("N-Triples", "nt"), ("RDF/XML", "rdf"), ("JSON-LD", "jsonld"))


class DescriptionPage:
    """Makes the page from the description that stands in the store."""

    def __init__(self, config: Config, rows: PageQueries, pages: Pages) -> None:
        self.rows = rows
        self.pages = pages
        self.graph = config.base + GRAPH
        self.examples = examples(config.allow_service)

    def answer(self, reader: Reader) -> Answer:
        """Return the page."""
        figures = {name: self._rows("?n", pattern, "?n") for name, pattern in _FIGURES.items()}
        values = {
            "figures": [(name, rows[0]["n"].text) for name, rows in figures.items() if rows],
            "classes": self._rows("?class ?n", _CLASSES, "DESC(?n) ?class"),
            "graphs": self._rows("?graph", _GRAPHS, "?graph"), "examples": self.examples, "formats": _FORMATS,
        }  # fmt: skip
        return self.pages.page(reader, "description.html", values)

    def _rows(self, variables: str, pattern: str, order: str) -> list[Row]:
        return self.rows.select(_IN_GRAPH % (variables, self.graph, pattern, order))
