"""What is chosen, whole, for programs: CSV, GeoJSON, SPARQL results, N-Quads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from server.http.call import Answer, Call, only
from server.http.formats import BY_NAME, Format, choose, wants_page
from server.http.problem import Problem
from server.ipc.messages import Head
from server.pages.portal.event_lines import EventLine, Party, event_lines
from server.pages.portal.views import View, Views
from server.sparql.handler import refusal
from server.workers.fork_client import ForkClient

GEOJSON = Format("geojson", "application/geo+json", "geojson", ("application/json",))
_FORMATS = (BY_NAME["csv"], GEOJSON, BY_NAME["json"], BY_NAME["xml"], BY_NAME["tsv"], BY_NAME["nq"])
_NAMED = {"csv": BY_NAME["csv"], "geojson": GEOJSON, "srj": BY_NAME["json"], "nq": BY_NAME["nq"]}
_COLUMNS = (
    "event", "label", "type", "earliest", "latest", "agents", "targets", "places", "fatalities_low", "fatalities_high",
    "certainty", "independent_reports", "agent_iris", "target_iris", "place_iris",
)  # fmt: skip
_POINTS = """SELECT ?place (MIN(?x) AS ?longitude) (MIN(?y) AS ?latitude) {
  VALUES ?place { %s } ?place lb:longitude ?x ; lb:latitude ?y } GROUP BY ?place"""


def download_of(call: Call) -> Format | None:
    """Return the format that is asked for by ``format=`` or Accept, None for a page; raises :class:`Problem`."""
    name = only(call.arguments(), "format")
    accept = call.headers.get("accept", "")
    if name:
        if name not in _NAMED:
            raise Problem(400, "parameters", f"format={name[:20]} is unknown: use {', '.join(_NAMED)}")
        return _NAMED[name]
    if wants_page(accept) or not accept.strip() or accept.strip() == "*/*":
        return None
    chosen = choose(accept, _FORMATS)
    if chosen is None and "text/html" not in accept and "*/*" not in accept:
        offered = ", ".join(["text/html", *(format_.media_type for format_ in _FORMATS)])
        raise Problem(406, "format", f"None of the types in Accept can be sent: ask for one of {offered}")
    return chosen


class Downloads:
    """Writes the events of a selection."""

    def __init__(self, views: Views) -> None:
        self.views = views

    def answer(self, view: View, format_: Format, generation: ForkClient) -> Answer:
        """Return all events that are chosen; raises the :class:`Problem` 413 where they are too many for one answer."""
        if format_.name == "nq":
            body = self._quads(view, generation)
        elif format_.name in ("json", "xml", "tsv"):
            body = self._results(view.queries.rows(), format_.name, generation)
        else:
            lines = event_lines(self.views, view, view.queries.rows(), generation)
            body = as_csv(lines) if format_.name == "csv" else as_geojson(lines, self._points(lines, generation))
        name = f'attachment; filename="lagebild.{format_.extension}"'
        headers = {"Content-Type": format_.content_type, "Content-Disposition": name, "Cache-Control": "no-cache"}
        return Answer(200, body, {**view.reader.headers(), **headers})

    def _results(self, query: str, name: str, generation: ForkClient) -> bytes:
        config = self.views.config
        head: Head = {"op": "query", "query": query, "results": name, "graphs": None, "limit": config.max_result}
        reply, body = self.views.rows.pool.ask(head, config.timeout, None, generation)
        if "error" in reply:
            raise refusal(reply)
        if reply.get("truncated"):
            raise Problem(413, "limit", "What is chosen is too much for one answer: choose less, a shorter time for example")
        return body

    def _quads(self, view: View, generation: ForkClient) -> bytes:
        rows = json.loads(self._results(view.queries.quads(), "json", generation))["results"]["bindings"]
        quads = (ox.Quad(*(_term(row[name]) for name in ("subject", "property", "object", "graph"))) for row in rows)
        written: bytes = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)  # type: ignore[assignment]
        return written

    def _points(self, lines: Iterable[EventLine], generation: ForkClient) -> dict[str, tuple[float, float]]:
        places = sorted({place.iri for line in lines for place in line.places})
        if not places:
            return {}
        rows = self.views.rows.select(_POINTS % " ".join(f"<{place}>" for place in places), generation)
        return {row["place"].text: (float(row["longitude"].text), float(row["latitude"].text)) for row in rows}


def as_csv(lines: Iterable[EventLine]) -> bytes:
    """Return the events as CSV (RFC 4180), several values of a cell parted by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for line in lines:
        named = [line.agents, line.targets, line.places]
        writer.writerow(
            [line.iri, line.label, line.type, line.earliest, line.latest, *("; ".join(_labels(some)) for some in named),
             line.low, line.high, "; ".join(line.certainties), line.reports, *("; ".join(_iris(some)) for some in named)]
        )  # fmt: skip
    return out.getvalue().encode()


def as_geojson(lines: Iterable[EventLine], points: Mapping[str, tuple[float, float]]) -> bytes:
    """Return the events as GeoJSON (RFC 7946), without a point where no place has one."""
    features = [json.dumps(_feature(line, points), ensure_ascii=False) for line in lines]
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n").encode()


def _feature(line: EventLine, points: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    point = next((points[place.iri] for place in line.places if place.iri in points), None)
    properties = {
        "label": line.label, "type": line.type, "earliest": line.earliest or None, "latest": line.latest or None,
        "agent": list(_iris(line.agents)), "agentLabel": list(_labels(line.agents)), "target": list(_iris(line.targets)),
        "targetLabel": list(_labels(line.targets)), "place": list(_iris(line.places)), "placeLabel": list(_labels(line.places)),
        "fatalitiesLow": line.low, "fatalitiesHigh": line.high, "certainty": list(line.certainties),
        "independentReports": line.reports,
    }  # fmt: skip
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": line.iri, "geometry": geometry, "properties": properties}


def _labels(parties: Iterable[Party]) -> Iterator[str]:
    return (party.label for party in parties)


def _iris(parties: Iterable[Party]) -> Iterator[str]:
    return (party.iri for party in parties)


def _term(term: Mapping[str, str]) -> Any:
    """Return the RDF term of a SPARQL result."""
    if term["type"] == "uri":
        return ox.NamedNode(term["value"])
    if term["type"] == "bnode":
        return ox.BlankNode(term["value"])
    if "xml:lang" in term:
        return ox.Literal(term["value"], language=term["xml:lang"])
    if "datatype" in term:
        return ox.Literal(term["value"], datatype=ox.NamedNode(term["datatype"]))
    return ox.Literal(term["value"])
