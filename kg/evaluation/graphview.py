"""What a built graph says, in the shape that scoring needs; it reads the public vocabulary and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pyoxigraph import Quad, QuerySolution, QuerySolutions, Store

from kg.errors import StoreError
from kg.namespaces import DECLARED, EVENT_KINDS, LB, ROLES, WD

ISO_DAY = 10  # characters of YYYY-MM-DD
ARTICLES_QUERY = "SELECT ?g ?path { GRAPH ?g { ?article lb:sourcePath ?path } }"
SUPERCLASSES = "SELECT ?class ?super { ?class rdfs:subClassOf+ ?super FILTER(isIRI(?super)) }"
NAMES_QUERY = "SELECT ?x ?name { ?x rdfs:label|skos:prefLabel|skos:altLabel ?name }"
LINKS_QUERY = "SELECT ?x ?item { ?x owl:sameAs|skos:exactMatch ?item FILTER(STRSTARTS(STR(?item), '%s')) }" % (str(WD) + "Q")
TYPES = "SELECT ?event ?type { GRAPH <%s> { ?event a ?type ; gaf:denotedBy ?m } }"
ROLE_QUERY = "SELECT ?event ?who { GRAPH <%s> { ?event lb:%s ?who } }"
SOURCES_QUERY = "SELECT ?m ?who { GRAPH <%s> { ?m lb:attributedTo ?who } }"
MENTIONED = "SELECT DISTINCT ?x { GRAPH <%s> { ?x gaf:denotedBy ?m } }"
EVENTS = """SELECT ?event ?m ?trigger ?sentence ?earliest ?latest ?factuality { GRAPH <%s> {
    ?event gaf:denotedBy ?m . ?m nif:anchorOf ?trigger ; nif:sentence ?s . ?s nif:anchorOf ?sentence
    OPTIONAL { ?event lb:earliest ?earliest } OPTIONAL { ?event lb:latest ?latest }
    OPTIONAL { ?m lb:factuality ?factuality } } }"""

Ask = Callable[[str], Iterator[QuerySolution]]
Groups = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as one place of an article states it; entities are IRIs, days ISO dates."""

    iri: str
    kind: str
    trigger: str
    sentence: str
    roles: Mapping[str, frozenset[str]]
    sources: frozenset[str]
    earliest: str | None
    latest: str | None
    factuality: str | None


@dataclass(frozen=True, slots=True)
class GraphView:
    """A graph by file name of its articles; ``names`` are in lower case and, like ``items``, by entity IRI."""

    events: Mapping[str, tuple[FoundEvent, ...]]
    linked: Groups = field(default_factory=dict)
    names: Groups = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)


def read_graph(quads: Iterable[Quad]) -> GraphView:
    """Return the view of ``quads``, the ontology's and the gazetteer's graphs included."""
    store = Store()
    store.extend(quads)

    def ask(query: str) -> Iterator[QuerySolution]:
        answer = store.query(DECLARED + query, use_default_graph_as_union=True)
        if not isinstance(answer, QuerySolutions):  # pragma: no cover - every query here is a SELECT
            raise StoreError("the graph gives no table: update pyoxigraph")
        return answer

    items = {row["x"].value: row["item"].value.rpartition("/")[2] for row in ask(LINKS_QUERY)}
    kinds = _Kinds(_grouped(ask(SUPERCLASSES), "class", "super"))
    events: dict[str, tuple[FoundEvent, ...]] = {}
    linked: dict[str, frozenset[str]] = {}
    graphs = {row["g"].value: PurePosixPath(row["path"].value).name for row in ask(ARTICLES_QUERY)}
    for graph, name in graphs.items():
        events[name] = (*events.get(name, ()), *_events(ask, graph, kinds))
        mentioned = {row["x"].value for row in ask(MENTIONED % graph)}
        linked[name] = linked.get(name, frozenset()) | {items[iri] for iri in mentioned & items.keys()}
    names = _grouped(ask(NAMES_QUERY), "x", "name")
    return GraphView(events, linked, {iri: frozenset(map(str.casefold, of)) for iri, of in names.items()}, items)


class _Kinds:
    """The event types that annotators know, with the finer classes below them."""

    def __init__(self, supers: Groups) -> None:
        self._supers = supers
        self._kinds = {str(LB[kind]): kind for kind in EVENT_KINDS}

    def of(self, classes: frozenset[str]) -> str | None:
        """Return the most specific type that ``classes`` name, else the first that stands above them."""
        named = sorted(classes & self._kinds.keys())
        specific = (c for c in named if not any(c in self._above(other) for other in named if other != c))
        above = (s for c in sorted(classes) for s in sorted(self._above(c) & self._kinds.keys()))
        found = next(specific, None) or next(above, None)
        return None if found is None else self._kinds[found]

    def _above(self, iri: str) -> frozenset[str]:
        return self._supers.get(iri, frozenset())


def _events(ask: Ask, graph: str, kinds: _Kinds) -> Iterator[FoundEvent]:
    types = _grouped(ask(TYPES % graph), "event", "type")
    roles = {role: _grouped(ask(ROLE_QUERY % (graph, role)), "event", "who") for role in ROLES}
    sources = _grouped(ask(SOURCES_QUERY % graph), "m", "who")
    for row in ask(EVENTS % graph):
        iri = row["event"].value
        kind = kinds.of(types.get(iri, frozenset()))
        if kind is not None:
            yield FoundEvent(
                iri=iri,
                kind=kind,
                trigger=row["trigger"].value,
                sentence=row["sentence"].value,
                roles={role: found.get(iri, frozenset()) for role, found in roles.items()},
                sources=sources.get(row["m"].value, frozenset()),
                earliest=_day(row, "earliest"),
                latest=_day(row, "latest"),
                factuality=_text(row, "factuality").rpartition("#")[2] or None,
            )


def _grouped(rows: Iterable[QuerySolution], by: str, what: str) -> dict[str, frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[row[by].value].add(row[what].value)
    return {name: frozenset(values) for name, values in groups.items()}


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return "" if term is None else str(term.value)


def _day(row: QuerySolution, name: str) -> str | None:
    return _text(row, name)[:ISO_DAY] or None
