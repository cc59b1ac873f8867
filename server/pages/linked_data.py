"""Our own resources by their address: a page for people, RDF by Accept header or by extension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from server.config import Config
from server.http.call import Answer, Call
from server.http.formats import BY_NAME, GRAPHS, Format, choose, wants_page
from server.http.problem import Problem
from server.ipc.messages import Head
from server.pages.page_queries import PageQueries
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.retired import RetiredNames
from server.sparql.handler import base_of, refusal
from server.sparql.request import is_iri
from server.workers.pool import Pool

KINDS = ("entity", "article", "event", "graph", "run", "query")
_EXTENSIONS = {f.extension: f for f in GRAPHS} | {"html": None}
_OUT = """SELECT ?p ?o ?label WHERE {{ <{iri}> ?p ?o
  OPTIONAL {{ ?o rdfs:label ?label FILTER(LANG(?label) = '{language}') }} }} LIMIT 500"""
_INCOMING = """SELECT ?s ?p ?label WHERE {{ ?s ?p <{iri}> FILTER(?p NOT IN (nif:referenceContext))
  OPTIONAL {{ ?s rdfs:label ?label FILTER(LANG(?label) = '{language}') }} }} ORDER BY ?p ?s LIMIT 201"""
_GRAPH = {
    "article": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH %s { ?s ?p ?o } }",
    "graph": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH %s { ?s ?p ?o } }",
    "other": """PREFIX gaf: <http://groundedannotationframework.org/gaf#>
      PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
      CONSTRUCT { ?x ?y ?z } WHERE { { %s ?p ?o BIND(%s AS ?x) ?x ?y ?z }
      UNION { %s gaf:denotedBy ?x . ?x ?y ?z } UNION { %s gaf:denotedBy/nif:sentence ?x . ?x ?y ?z } }""",
}
_INCOMING_SHOWN = 200
_IN_A_QUERY = "%=&+-._~:/?,;@!$'()*"


class LinkedData:
    """Shows the resources of one store."""

    def __init__(
        self, config: Config, pool: Pool, rows: PageQueries, pages: Pages, retired: RetiredNames,
        made: Mapping[str, Callable[[Call, str], Answer]],
    ) -> None:  # fmt: skip
        self.config = config
        self.pool = pool
        self.rows = rows
        self.pages = pages
        self.retired = retired
        self.made = made

    def answer(self, call: Call, kind: str, name: str) -> Answer:
        """Answer ``/KIND/NAME``: the thing, or where it is now; raises the :class:`Problem` 404 or 410 where there is none."""
        if kind not in KINDS:
            raise Problem(404, "missing", "There is nothing here")
        name, extension = _parted(name)
        ending = f".{extension}" if extension else ""
        ending += f"?{quote(call.query, safe=_IN_A_QUERY)}" if call.query else ""
        iri = self._known(kind, name)
        if iri is None:
            return self.retired.gone(kind, name, ending)
        if kind == "event" and (moved := self.retired.redirect(iri, ending)) is not None:
            return moved
        alternates = ", ".join(_alternates(base_of(call, self.config), extension))
        accept = call.headers.get("accept", "")
        if extension == "html" or (extension is None and wants_page(accept)):
            answer = self._page(call, kind, iri)
        else:
            chosen = _EXTENSIONS[extension] if extension else choose(accept, GRAPHS)
            if chosen is None:
                raise refusal({"error": "format", "offered": "graphs"})
            answer = self._rdf(kind, iri, chosen)
        answer.headers["Link"] = f'{alternates}, <{iri}>; rel="describes"'
        return answer

    def _known(self, kind: str, name: str) -> str | None:
        """Return the IRI that is meant, as written or with its letters percent-encoded, whichever is in the data."""
        spellings = dict.fromkeys((name, quote(name, safe="/:@!$&'()*+,;=~.-_%"), quote(name, safe="-._~")))
        for spelling in spellings:
            iri = f"{self.config.base}{kind}/{spelling}"
            if is_iri(iri) and self.rows.ask(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ GRAPH <{iri}> {{ ?s ?q ?r }} }} }}"):
                return iri
        return None

    def _rdf(self, kind: str, iri: str, chosen: Format) -> Answer:
        query = _GRAPH.get(kind, _GRAPH["other"]).replace("%s", f"<{iri}>")
        head: Head = {"op": "query", "query": query, "results": None, "graphs": chosen.name, "limit": self.config.max_result}
        reply, body = self.pool.ask(head, self.config.timeout)
        if "error" in reply:
            raise refusal(reply)
        return Answer(200, body, {"Content-Type": BY_NAME[chosen.name].content_type, "Vary": "Accept"})

    def _page(self, call: Call, kind: str, iri: str) -> Answer:
        return self.made[kind](call, iri) if kind in self.made else self._properties(Reader.of(call), iri)

    def _properties(self, reader: Reader, iri: str) -> Answer:
        """Return the page of what has none of its own: all that is said of it."""
        out, incoming = (self.rows.select(query.format(iri=iri, language=reader.language)) for query in (_OUT, _INCOMING))
        labels = {row["o"].language: row["o"].text for row in out if row["p"].text.endswith("#label")}
        label = labels.get(reader.language) or min(labels.values(), default=iri.rpartition("/")[2])
        values = {
            "iri": iri, "label": label, "out": out,
            "incoming": incoming[:_INCOMING_SHOWN], "more": len(incoming) > _INCOMING_SHOWN,
        }  # fmt: skip
        return self.pages.page(reader, "resource.html", values)


def _parted(name: str) -> tuple[str, str | None]:
    """Return name and extension, None where the name ends in no extension that we send."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and stem and extension in _EXTENSIONS else (name, None)


def _alternates(address: str, extension: str | None) -> Iterator[str]:
    address = quote(address.removesuffix(f".{extension}"), safe="/:%@!$&'()*+,;=~.-_")
    for format_ in GRAPHS[:4]:
        yield f'<{address}.{format_.extension}>; rel="alternate"; type="{format_.media_type}"'
