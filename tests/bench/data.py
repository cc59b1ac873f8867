"""Generated triples for the endpoint benchmark: actors, places and events in the project's own vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib.namespace import RDF, RDFS, XSD

from kg.namespaces import DEFAULT_BASE, EVENT_KINDS, LB

EVENTS = 25_000  # eight triples each
PLACES, ACTORS, ARTICLES = 2_000, 500, 1_000
GRAPH = "article/"


def quads(events: int = EVENTS) -> Iterator[ox.Quad]:
    """Yield eight quads an event, the same on every call."""
    for n in range(events):
        event = _iri(f"event/{n}")
        graph = _iri(f"{GRAPH}{n % ARTICLES}")
        day = f"201{4 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}T00:00:00Z"
        kind = EVENT_KINDS[n % len(EVENT_KINDS)]
        for predicate, value in (
            (RDF.type, ox.NamedNode(LB[kind])),
            (RDFS.label, ox.Literal(f"{kind} number {n}", language="en")),
            (LB.agent, _iri(f"entity/actor-{n % ACTORS}")),
            (LB.target, _iri(f"entity/actor-{(7 * n + 1) % ACTORS}")),
            (LB.place, _iri(f"entity/place-{(13 * n) % PLACES}")),
            (LB.earliest, ox.Literal(day, datatype=ox.NamedNode(XSD.dateTime))),
            (LB.latest, ox.Literal(day.replace("00:00:00", "23:59:59"), datatype=ox.NamedNode(XSD.dateTime))),
            (LB.fatalities, ox.Literal(n % 90)),
        ):
            yield ox.Quad(event, ox.NamedNode(predicate), value, graph)


def _iri(local: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + local)


def point(n: int) -> str:
    """Return the query for all that is said of one event: eight rows."""
    return f"SELECT ?p ?o WHERE {{ <{DEFAULT_BASE}event/{n}> ?p ?o }}"


THOUSAND = f"""SELECT ?event ?label ?agent ?place WHERE {{
  ?event <{RDFS.label}> ?label ; <{LB.agent}> ?agent ; <{LB.place}> ?place }} LIMIT 1000"""


def thousand(n: int) -> str:
    """Return the query for a thousand rows as another text each time, so that no answer kept from before helps."""
    return f"{THOUSAND} # {n}"


def aggregate(n: int) -> str:
    """Return the aggregate as another text each time."""
    return f"{AGGREGATE} # {n}"


AGGREGATE = f"""SELECT ?kind (COUNT(?event) AS ?events) (AVG(?dead) AS ?mean) WHERE {{
  ?event a ?kind ; <{LB.fatalities}> ?dead }} GROUP BY ?kind"""
SORT = "SELECT ?a ?c WHERE { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d ?a"  # takes memory as long as it is let
HEAVY = f"""SELECT (COUNT(*) AS ?n) WHERE {{
  ?a <{LB.place}> ?p . ?b <{LB.place}> ?p . ?c <{LB.place}> ?p . ?d <{LB.agent}> ?x . FILTER(?a != ?b) }}"""
