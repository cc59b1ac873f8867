"""What the store knows of actors and places that bears on what they are elsewhere: names, kind, place, time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from kg.namespaces import ACTOR_KINDS, DECLARED, LB, PLACE_KINDS, PREFIXES
from kg.store.base import GAZETTEER, LINKS, GraphStore

_KINDS = " ".join(f"lb:{kind}" for kind in (*ACTOR_KINDS, *PLACE_KINDS))
_ENTITIES = f"SELECT DISTINCT ?s ?kind {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind }}"
_FACTS = f"""SELECT DISTINCT ?s ?p ?o {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind .
  VALUES ?p {{ rdfs:label lb:latitude lb:longitude lb:country lb:locatedIn foaf:isPrimaryTopicOf }} ?s ?p ?o }}"""
_MENTIONS = "SELECT ?s (COUNT(DISTINCT ?m) AS ?n) { ?s gaf:denotedBy ?m } GROUP BY ?s"
_TIMES = """SELECT ?s (MIN(?e) AS ?first) (MAX(?e) AS ?last) {
  ?event lb:agent|lb:target|lb:place ?s ; lb:earliest ?e } GROUP BY ?s"""
_NEIGHBOURS = """SELECT ?s ?label (COUNT(DISTINCT ?event) AS ?n) {
  ?event lb:agent|lb:target ?s ; lb:place ?place . ?place rdfs:label ?label FILTER(LANG(?label) = "en") }
  GROUP BY ?s ?label ORDER BY DESC(?n) ?label"""
_MATCHES = "SELECT ?s ?p ?o ?g { VALUES ?p { skos:exactMatch skos:closeMatch } GRAPH ?g { ?s ?p ?o } }"
MOST_NEIGHBOURS = 3


@dataclass(slots=True)
class StoredEntity:
    """An actor or place of the store, by its IRI; days as YYYY-MM-DD."""

    iri: str
    kind: str = ""
    labels: dict[str, str] = field(default_factory=dict)  # language → label
    mentions: int = 0
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""  # IRIs
    place: str = ""
    page: str = ""  # its article in Wikipedia
    first: str = ""
    last: str = ""
    neighbours: list[str] = field(default_factory=list)  # labels of places where it acts

    def label(self, language: str = "de") -> str:
        """Return the label in a language, else any."""
        return self.labels.get(language) or min(self.labels.values(), default=self.iri.rsplit("/", 1)[-1])


@dataclass(frozen=True, slots=True)
class Match:
    """A link that the store holds: ``exact`` or only close, from the gazetteer or from linking."""

    entity: str
    target: str
    exact: bool
    shipped: bool


def read_entities(store: GraphStore) -> dict[str, StoredEntity]:
    """Return all actors and places, by IRI."""
    found: dict[str, StoredEntity] = {}
    for row in sorted(_rows(store, _ENTITIES), key=str):
        entity = found.setdefault(row["s"].value, StoredEntity(row["s"].value))
        kind = row["kind"].value.removeprefix(str(LB))
        entity.kind = kind if kind == "Country" else entity.kind or kind
    for row in sorted(_rows(store, _FACTS), key=str):
        _learn(found[row["s"].value], row["p"].value, row["o"])
    for row in _rows(store, _MENTIONS):
        if row["s"] is not None and row["s"].value in found:
            found[row["s"].value].mentions = int(row["n"].value)
    for row in _rows(store, _TIMES):
        if row["s"] is not None and row["s"].value in found:
            found[row["s"].value].first, found[row["s"].value].last = row["first"].value[:10], row["last"].value[:10]
    for row in _rows(store, _NEIGHBOURS):
        if row["s"] is not None and row["s"].value in found:
            near = found[row["s"].value].neighbours
            if len(near) < MOST_NEIGHBOURS:
                near.append(row["label"].value)
    return found


def read_matches(store: GraphStore) -> list[Match]:
    """Return all links of the store's gazetteer and of linking, sorted."""
    base = store.base or ""
    graphs = {base + GAZETTEER: True, base + LINKS: False}
    exact = PREFIXES["skos"] + "exactMatch"
    found = {
        Match(row["s"].value, row["o"].value, row["p"].value == exact, graphs[row["g"].value])
        for row in _rows(store, _MATCHES)
        if row["g"].value in graphs and isinstance(row["o"], NamedNode)
    }
    return sorted(found, key=lambda m: (m.entity, m.target, not m.exact))


def linked_to(matches: list[Match], space: str) -> dict[str, list[Match]]:
    """Return the links into one identifier space, by entity."""
    found: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if match.target.startswith(space):
            found[match.entity].append(match)
    return dict(found)


def _learn(entity: StoredEntity, predicate: str, value: Any) -> None:
    name = predicate.replace("/", "#").rpartition("#")[2]
    if name == "label":
        entity.labels.setdefault(value.language or "", value.value)
    elif name == "latitude":
        entity.latitude = float(value.value)
    elif name == "longitude":
        entity.longitude = float(value.value)
    elif name == "country":
        entity.country = value.value
    elif name == "locatedIn":
        entity.place = value.value
    elif name == "isPrimaryTopicOf":
        entity.page = value.value


def _rows(store: GraphStore, query: str) -> Iterator[Any]:
    return iter(store.query(DECLARED + query))
