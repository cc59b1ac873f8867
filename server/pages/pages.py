"""Pages for people: the overview, the query editor, search results; no scripts, nothing from elsewhere."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, select_autoescape

from server.config import Config
from server.data.description import examples
from server.http.call import PAGE, Answer
from server.http.problem import Problem
from server.ipc.messages import Head
from server.pages.charts import BARS, HEIGHT, WIDTH, bars, dots
from server.pages.page_queries import PageQueries, Row, Value

SECURITY = {
    "Content-Type": PAGE,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
}
_SHOWN = 500  # rows of a result in the editor
_COUNTS = """SELECT (COUNT(DISTINCT ?a) AS ?articles) WHERE { ?a a schema:NewsArticle }"""
_EVENTS = """SELECT (COUNT(DISTINCT ?e) AS ?events) WHERE { ?e gaf:denotedBy ?m . ?m lb:factuality ?f }"""
_LATEST = """SELECT ?event ?label ?day ?sentence ?article WHERE {
  ?event lb:earliest ?day ; rdfs:label ?label ; gaf:denotedBy ?m .
  ?m lb:factuality ?f ; nif:sentence/nif:anchorOf ?sentence ; nif:referenceContext ?article .
  FILTER(LANG(?label) = "de") } ORDER BY DESC(?day) ?event ?sentence LIMIT 40"""
_PLACES = """SELECT ?place (SAMPLE(?name) AS ?label) (SAMPLE(?x) AS ?longitude) (SAMPLE(?y) AS ?latitude)
  (COUNT(DISTINCT ?event) AS ?n) WHERE {
  ?event lb:place ?place . ?place rdfs:label ?name ; lb:longitude ?x ; lb:latitude ?y FILTER(LANG(?name) = "de") }
GROUP BY ?place ORDER BY DESC(?n) ?place LIMIT 300"""
_MONTHS = """SELECT ?month (COUNT(DISTINCT ?event) AS ?n) WHERE {
  ?event lb:earliest ?day BIND(SUBSTR(STR(?day), 1, 7) AS ?month) } GROUP BY ?month"""
_ACTORS = """SELECT ?actor (SAMPLE(?name) AS ?label) (COUNT(DISTINCT ?event) AS ?n) WHERE {
  ?event lb:agent ?actor . ?actor rdfs:label ?name FILTER(LANG(?name) = "de") }
GROUP BY ?actor ORDER BY DESC(?n) ?actor LIMIT 15"""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


class Pages:
    """Makes the pages of one endpoint."""

    def __init__(self, config: Config, rows: PageQueries) -> None:
        self.config = config
        self.rows = rows
        self._templates = Environment(
            loader=PackageLoader("server.pages"), autoescape=select_autoescape(default=True),
            trim_blocks=True, lstrip_blocks=True,
        )
        self._templates.globals["link"] = self.link
        self._templates.globals["outside"] = lambda iri: iri.startswith(("http://", "https://"))
        self._examples = examples(config.allow_service)
        self._overview: tuple[str, bytes] | None = None
        self._lock = threading.Lock()

    def link(self, iri: str) -> str | None:
        """Return where to read about a resource: here when it is our own, at its own address when that is on the web."""
        if iri.startswith(self.config.base):
            path, mark, fragment = iri[len(self.config.base) :].partition("#")
            return "/" + quote(path, safe="/%:@!$&'()*+,;=~.-_") + (mark + quote(fragment) if mark else "")
        return iri if iri.startswith(("http://", "https://")) else None

    def page(self, template: str, values: Mapping[str, Any], status: int = 200) -> Answer:
        """Return a filled template as an answer."""
        body = self._templates.get_template(template).render(values)
        return Answer(status, body.encode(), dict(SECURITY))

    def problem(self, problem: Problem) -> Answer:
        """Return what is wrong, as a page."""
        return self.page("problem.html", {"problem": problem}, problem.status)

    def overview(self) -> Answer:
        """Return the first page; made once for each state of the data."""
        generation = self.rows.pool.newest()
        with self._lock:
            if self._overview is None or self._overview[0] != generation.stamp:
                self._overview = generation.stamp, self._filled().body
            return Answer(200, self._overview[1], dict(SECURITY))

    def _filled(self) -> Answer:
        ask = self.rows.select
        places = [
            (row["label"].text, self.link(row["place"].text) or "", float(row["longitude"].text), float(row["latitude"].text),
             int(row["n"].text))
            for row in ask(_PLACES) if "place" in row
        ]  # fmt: skip
        months = {row["month"].text: int(row["n"].text) for row in ask(_MONTHS) if _MONTH.fullmatch(_text(row, "month"))}
        values = {
            "articles": _text(ask(_COUNTS)[0], "articles"), "events": _text(ask(_EVENTS)[0], "events"),
            "latest": _once(ask(_LATEST)), "dots": dots(places), "bars": bars(months),
            "actors": [row for row in ask(_ACTORS) if "actor" in row],
            "width": WIDTH, "height": HEIGHT, "bars_height": BARS,
        }  # fmt: skip
        return self.page("overview.html", values)

    def editor(self, query: str | None, reply: Head | None, body: bytes, problem: Problem | None) -> Answer:
        """Return the query editor, with the answer to its query or what is wrong with it."""
        result = json.loads(body) if reply and reply.get("format") == "json" else None
        text = body.decode() if reply and result is None else None
        names, rows = [], []
        if result and "results" in result:
            names = result["head"]["vars"]
            rows = [[_shown(row.get(name)) for name in names] for row in result["results"]["bindings"][:_SHOWN]]
        values = {
            "query": query or self._examples[0].query, "asked": query is not None, "examples": self._examples, "names": names,
            "rows": rows, "count": len(result["results"]["bindings"]) if result and "results" in result else 0,
            "boolean": result.get("boolean") if result else None, "text": text, "problem": problem, "shown": _SHOWN,
            "truncated": bool(reply and reply.get("truncated")), "own": urlencode({"query": query or ""}),
            "formats": ("json", "xml", "csv", "tsv") if text is None else ("ttl", "nt", "rdf", "jsonld"),
        }  # fmt: skip
        return self.page("editor.html", values, problem.status if problem else 200)

    def results(self, found: dict[str, Any], asked: dict[str, str], offset: int) -> Answer:
        """Return what a search found."""

        def narrowed(name: str, value: str) -> str:
            return "/search?" + urlencode({**asked, name: value})

        def widened(name: str) -> str:
            return "/search?" + urlencode({key: value for key, value in asked.items() if key != name})

        values = {"found": found, "asked": asked, "narrowed": narrowed, "widened": widened, "offset": offset}
        return self.page("search.html", values)


def _text(row: Row, name: str) -> str:
    return row[name].text if name in row else ""


def _once(rows: list[Row]) -> list[Row]:
    """Keep the first row of every event."""
    kept = {row["event"].text: row for row in reversed(rows)}
    return sorted(kept.values(), key=lambda row: row["day"].text, reverse=True)[:20]


def _shown(term: Head | None) -> Value | None:
    if term is None:
        return None
    value = term["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Value(text, term["type"], term.get("xml:lang"), term.get("datatype"))
