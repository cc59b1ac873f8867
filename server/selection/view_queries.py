"""Each view's query over a selection, as anybody may send it to ``/sparql``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.namespaces import LANGUAGES
from server.selection.pattern import declared, indented, pattern
from server.selection.selection import REPEATED, Selection

ROWS = 50  # events on a page of the list
_MOST_FACETS, _MOST_PLACES, _MOST_EDGES, _MOST_TOLLS = 30, 1000, 300, 10
_MONTH, _DAY = 7, 10  # characters of a moment that say its month, its day
_DAILY = 124  # days of a selection up to which the timeline counts by day
_TIME = "COALESCE(?earliest, ?latest)"  # of an event, where one side may be open
_SORTED = {
    "-day": f"DESC({_TIME}) ?event", "day": f"(!BOUND(?earliest) && !BOUND(?latest)) ASC({_TIME}) ?event",
    "type": f"?type DESC({_TIME}) ?event", "-dead": f"DESC(?high) DESC({_TIME}) ?event",
    "-reports": f"DESC(?reports) DESC({_TIME}) ?event",
}  # fmt: skip
_FACETS = {
    "actor": "?event lb:agent|lb:target ?value .",
    "type": "?event a ?value .",
    "certainty": "?event gaf:denotedBy/lb:factuality ?value .",
    "source": "?event gaf:denotedBy/lb:attributedTo ?value .",
    "place": "?event lb:place/lb:locatedIn* ?value .",
}
FACETS = tuple(_FACETS)
_ACTING = "\n  ?value a/rdfs:subClassOf* lb:Actor ."  # a target may be a bridge


@dataclass(frozen=True, slots=True)
class ViewQueries:
    """The queries of all views for one selection; names in ``language`` (de or en).

    ``events`` are the IRIs of all that is chosen, where they are known: the queries name them, and find the same at less cost.
    """

    selection: Selection
    language: str
    events: tuple[str, ...] | None = None

    def all(self) -> dict[str, str]:
        """Return every query by the name of its view; facets as ``facet-actor`` and so on."""
        views = {
            "count": self.count(), "list": self.list(), "map": self.map(), "timeline": self.timeline(),
            "network": self.network(), "tolls": self.tolls(), "toll": self.toll(), "control": self.control(),
            "periods": self.periods(),
        }  # fmt: skip
        return views | {f"facet-{name}": self.facet(name) for name in FACETS}

    def chosen(self, limit: int) -> str:
        """Return the query for up to ``limit`` of the events themselves: ?event."""
        return declared(f"SELECT DISTINCT ?event WHERE {{\n{self._pattern()}\n}}\nLIMIT {limit}")

    def count(self) -> str:
        """Return the query for the number of events: ``?events``."""
        return declared(f"SELECT (COUNT(DISTINCT ?event) AS ?events) WHERE {{\n{self._pattern()}\n}}")

    def map(self) -> str:
        """Return the query for places: ?place ?label ?kind ?latitude ?longitude ?events."""
        return declared(f"""SELECT ?place (MIN(?name) AS ?label) (MIN(?class) AS ?kind) (MIN(?north) AS ?latitude)
  (MIN(?east) AS ?longitude) ?events WHERE {{
  {{ SELECT ?place (COUNT(DISTINCT ?event) AS ?events) WHERE {{
{self._pattern(4, "?event lb:place ?place .")}
  }} GROUP BY ?place }}
  ?place lb:latitude ?north ; lb:longitude ?east ; a ?class .
  ?class rdfs:subClassOf lb:Place .
{self._label("?place", "?name")}
}}
GROUP BY ?place ?events
ORDER BY DESC(?events) ?place
LIMIT {_MOST_PLACES}""")

    def timeline(self) -> str:
        """Return the query for how many events lie between which months or days: ?first ?last ?events.

        ``?first`` and ``?last`` are the same where the month, or the day, is certain.
        """
        end = _DAY if self.by_day else _MONTH
        return declared(f"""SELECT ?first ?last (COUNT(?event) AS ?events) WHERE {{
  {{ SELECT ?event (MIN(COALESCE(?begin, ?end)) AS ?one) (MAX(COALESCE(?end, ?begin)) AS ?other) WHERE {{
{self._pattern(4)}
    OPTIONAL {{ ?event lb:earliest ?begin }}
    OPTIONAL {{ ?event lb:latest ?end }}
  }} GROUP BY ?event }}
  FILTER(BOUND(?one))
  BIND(SUBSTR(STR(?one), 1, {end}) AS ?first)
  BIND(SUBSTR(STR(?other), 1, {end}) AS ?last)
}}
GROUP BY ?first ?last
ORDER BY ?first ?last""")

    @property
    def by_day(self) -> bool:
        """Whether the timeline counts by day: where few months are chosen."""
        first, last = self.selection.first, self.selection.last
        return first is not None and last is not None and (last - first).days < _DAILY

    def facet(self, name: str) -> str:
        """Return the query for what else could be chosen: ?value ?label ?events.

        Actors narrow down, so they are counted among what is chosen; of the others any may hold, so they are counted without
        what is chosen of them.
        """
        inner = self._pattern(4, _FACETS[name], "" if name == "actor" else name)
        return declared(f"""SELECT ?value (MIN(?name) AS ?label) ?events WHERE {{
  {{ SELECT ?value (COUNT(DISTINCT ?event) AS ?events) WHERE {{
{inner}
  }} GROUP BY ?value }}{_ACTING if name == "actor" else ""}
{self._label("?value", "?name")}
}}
GROUP BY ?value ?events
ORDER BY DESC(?events) ?value
LIMIT {_MOST_FACETS}""")

    def network(self) -> str:
        """Return the query for who does what to whom: ?agent ?agentLabel ?type ?target ?targetLabel ?events."""
        return declared(f"""SELECT ?agent (MIN(?agentName) AS ?agentLabel) ?type ?target
  (MIN(?targetName) AS ?targetLabel) ?events WHERE {{
  {{ SELECT ?agent ?type ?target (COUNT(DISTINCT ?event) AS ?events) WHERE {{
{self._pattern(4, "?event a ?type ; lb:agent ?agent ; lb:target ?target .")}
  }} GROUP BY ?agent ?type ?target ORDER BY DESC(?events) ?agent ?target ?type LIMIT {_MOST_EDGES} }}
{self._label("?agent", "?agentName")}
{self._label("?target", "?targetName")}
}}
GROUP BY ?agent ?type ?target ?events
ORDER BY DESC(?events) ?agent ?target ?type""")

    def tolls(self) -> str:
        """Return the query for the events with most dead: ?event ?label ?low ?best ?high."""
        return declared(f"""SELECT ?event (MIN(?name) AS ?label) ?low ?best ?high WHERE {{
  {{ SELECT ?event (MIN(?least) AS ?low) (MAX(?most) AS ?high) (MAX(?likely) AS ?best) WHERE {{
{self._pattern(4, "?event lb:fatalitiesLow ?least ; lb:fatalitiesHigh ?most .")}
    OPTIONAL {{ ?event lb:fatalitiesBest ?likely }}
  }} GROUP BY ?event ORDER BY DESC(?high) ?event LIMIT {_MOST_TOLLS} }}
{self._label("?event", "?name")}
}}
GROUP BY ?event ?low ?best ?high
ORDER BY DESC(?high) ?event""")

    def toll(self) -> str:
        """Return the query for how many dead all events tell of together: ?events ?low ?high."""
        return declared(f"""SELECT (COUNT(?event) AS ?events) (SUM(?least) AS ?low) (SUM(?most) AS ?high) WHERE {{
  {{ SELECT ?event (MIN(?lower) AS ?least) (MAX(?upper) AS ?most) WHERE {{
{self._pattern(4, "?event lb:fatalitiesLow ?lower ; lb:fatalitiesHigh ?upper .")}
  }} GROUP BY ?event }}
}}""")

    def list(self) -> str:
        """Return the query for one page of events.

        ?event ?label ?type ?earliest ?latest ?agents ?targets ?places ?low ?high ?certainties ?reports; of several agents,
        targets, places and certainties the IRIs stand in one text, parted by spaces.
        """
        offset = (self.selection.page - 1) * ROWS
        return self.rows(f"LIMIT {ROWS} OFFSET {offset}" if offset else f"LIMIT {ROWS}")

    def rows(self, page: str = "") -> str:
        """Return the query for events as in the list; ``page`` is its LIMIT and OFFSET, none for all."""
        order = _SORTED[self.selection.sort]
        return declared(f"""SELECT ?event (MIN(?name) AS ?label) ?type ?earliest ?latest ?low ?high ?reports
  (GROUP_CONCAT(DISTINCT STR(?agent)) AS ?agents) (GROUP_CONCAT(DISTINCT STR(?target)) AS ?targets)
  (GROUP_CONCAT(DISTINCT STR(?place)) AS ?places) (GROUP_CONCAT(DISTINCT STR(?certainty)) AS ?certainties) WHERE {{
  {{ SELECT ?event (MIN(STR(?class)) AS ?type) (MIN(?begin) AS ?earliest) (MAX(?end) AS ?latest)
      (MIN(?least) AS ?low) (MAX(?most) AS ?high)
      (MAX(?independent) AS ?reports) WHERE {{
{self._pattern(4, "?event a ?class .")}
    OPTIONAL {{ ?event lb:earliest ?begin }}
    OPTIONAL {{ ?event lb:latest ?end }}
    OPTIONAL {{ ?event lb:fatalitiesLow ?least }}
    OPTIONAL {{ ?event lb:fatalitiesHigh ?most }}
    OPTIONAL {{ ?event lb:independentReports ?independent }}
  }} GROUP BY ?event ORDER BY {order} {page} }}
{self._label("?event", "?name")}
  OPTIONAL {{ ?event lb:agent ?agent }}
  OPTIONAL {{ ?event lb:target ?target }}
  OPTIONAL {{ ?event lb:place ?place }}
  OPTIONAL {{ ?event gaf:denotedBy/lb:factuality ?certainty }}
}}
GROUP BY ?event ?type ?earliest ?latest ?low ?high ?reports
ORDER BY {order}""")

    def quads(self) -> str:
        """Return the query for all that is said of the events, with their mentions and sentences.

        ?graph ?subject ?property ?object.
        """
        return declared(f"""SELECT DISTINCT ?graph ?subject ?property ?object WHERE {{
  {{ SELECT DISTINCT ?event WHERE {{
{self._pattern(4)}
  }} }}
  {{ GRAPH ?graph {{ ?event ?property ?object }} BIND(?event AS ?subject) }}
  UNION {{ GRAPH ?graph {{ ?event gaf:denotedBy ?subject . ?subject ?property ?object }} }}
  UNION {{ GRAPH ?graph {{ ?event gaf:denotedBy/nif:sentence ?subject . ?subject ?property ?object }} }}
}}""")

    def control(self) -> str:
        """Return the query for who held what on the chosen day, today without one: see :meth:`periods` for the columns."""
        day = f'"{(self.selection.day or date.today()).isoformat()}T12:00:00Z"^^xsd:dateTime'
        return self._control(f"""
  FILTER(COALESCE(?earliestStart <= {day}, true) && COALESCE(?latestEnd >= {day}, true))
  BIND(COALESCE(?latestStart <= {day}, false) && COALESCE(?earliestEnd >= {day}, true) AS ?certain)""", " ?certain")

    def periods(self) -> str:
        """Return the query for all periods of control.

        ?place ?label ?latitude ?longitude ?holder ?holderLabel ?earliestStart ?latestStart ?earliestEnd ?latestEnd.
        """
        return self._control("", "")

    def _control(self, condition: str, column: str) -> str:
        names = "?place ?label ?latitude ?longitude ?holder ?holderLabel ?earliestStart ?latestStart ?earliestEnd ?latestEnd"
        within = ""
        if self.selection.places:
            places = " ".join(f"<{self.selection.iri(place)}>" for place in self.selection.places)
            within = f"\n  VALUES ?chosenPlace {{ {places} }} ?place lb:locatedIn* ?chosenPlace ."
        return declared(f"""SELECT DISTINCT {names}{column} WHERE {{
  {{ SELECT ?holder ?holderLabel WHERE {{
    {{ SELECT DISTINCT ?holder WHERE {{ ?control a lb:ControlPeriod ; lb:holder ?holder }} }}
{self._label("?holder", "?holderLabel", 4)}
  }} }}
  ?period a lb:ControlPeriod ; lb:holder ?holder ; lb:place ?place .{within}
  OPTIONAL {{ ?period lb:earliestStart ?earliestStart }}
  OPTIONAL {{ ?period lb:latestStart ?latestStart }}
  OPTIONAL {{ ?period lb:earliestEnd ?earliestEnd }}
  OPTIONAL {{ ?period lb:latestEnd ?latestEnd }}{condition}
  OPTIONAL {{ ?place lb:latitude ?latitude ; lb:longitude ?longitude }}
{self._label("?place", "?label")}
}}
ORDER BY ?label ?earliestStart ?holder""")

    def _pattern(self, by: int = 2, also: str = "", without: str = "") -> str:
        """Return the pattern of the selection; that of the known events where leaving ``without`` out lets no others in."""
        if self.events is None or (without and getattr(self.selection, REPEATED[without])):
            return indented(pattern(self.selection, without, also), by)
        named = " ".join(f"<{event}>" for event in self.events)
        return indented(f"VALUES ?event {{ {named} }}\n{also}".rstrip(), by)

    def _label(self, subject: str, variable: str, by: int = 2) -> str:
        """Return the lines that bind a label, in the other language where there is none in the reader's."""
        languages = sorted(LANGUAGES, key=lambda language: language != self.language)
        names = {language: f"{variable}{language.upper()}" for language in languages}
        line = 'OPTIONAL {{ {} rdfs:label {} FILTER(LANG({}) = "{}") }}'
        lines = [line.format(subject, name, name, language) for language, name in names.items()]
        return indented("\n".join([*lines, f"BIND(COALESCE({', '.join(names.values())}) AS {variable})"]), by)
