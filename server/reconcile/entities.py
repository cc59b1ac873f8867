"""Actors and places of one generation of the store, as the reconciliation service sees them: all held in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.knowledge.hierarchy import all_above
from kg.namespaces import ACTOR_KINDS, DECLARED, LB, PLACE_KINDS, WD
from server.reconcile.names import Names

Row = dict[str, dict[str, str]]  # as in SPARQL results in JSON
Ask = Callable[[str], list[Row]]

LANGUAGES = ("de", "en")
_KINDS = " ".join(f"lb:{kind}" for kind in (*ACTOR_KINDS, *PLACE_KINDS))
_ENTITIES = f"SELECT ?s ?kind {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind }}"
_FACTS = f"""SELECT DISTINCT ?s ?p ?o {{
  VALUES ?p {{ rdfs:label skos:altLabel lb:country lb:locatedIn lb:latitude lb:longitude skos:exactMatch }}
  ?s ?p ?o FILTER EXISTS {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind }} }}"""
_MENTIONS = "SELECT ?s (COUNT(DISTINCT ?m) AS ?n) { ?s gaf:denotedBy ?m } GROUP BY ?s"
_EVENTS = "SELECT ?s (COUNT(DISTINCT ?e) AS ?n) { ?e lb:agent|lb:target|lb:place ?s } GROUP BY ?s"
_CLASSES = "SELECT ?s ?above { ?s rdfs:subClassOf ?above FILTER(STRSTARTS(STR(?above), STR(lb:))) }"
_CLASS_LABELS = 'SELECT ?s ?o { ?s a owl:Class ; rdfs:label ?o FILTER(LANG(?o) = "en") }'


@dataclass(slots=True)
class Entity:
    """An actor or place; ``id`` is the last part of its IRI, references to others are their ids."""

    id: str
    kinds: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)  # language → label
    others: set[str] = field(default_factory=set)  # further names
    country: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str | None = None
    mentions: int = 0
    events: int = 0

    @property
    def name(self) -> str:
        """The German label, else any, else the id."""
        return self.labels.get("de") or min(self.labels.values(), default=self.id)

    @property
    def names(self) -> list[str]:
        """Everything it is called, the labels first."""
        return list(dict.fromkeys([*self.labels.values(), *sorted(self.others)]))


@dataclass
class Directory:
    """All entities, and the classes with their labels and those with all classes above them, themselves among them."""

    base: str
    entities: dict[str, Entity]
    above: dict[str, frozenset[str]]
    class_labels: dict[str, str]

    @cached_property
    def names(self) -> Names:
        """The index of their names."""
        return Names((name, entity.id) for entity in self.entities.values() for name in entity.names)

    def is_a(self, entity: Entity, kind: str) -> bool:
        """Say whether one of the entity's classes is ``kind`` or below it."""
        return any(kind in self.above.get(own, (own,)) for own in entity.kinds)

    def types(self, entity: Entity) -> list[dict[str, str]]:
        """Return the entity's own classes as the protocol names them."""
        return [self.type(kind) for kind in sorted(entity.kinds)]

    def type(self, kind: str) -> dict[str, str]:
        """Return a class as the protocol names it."""
        return {"id": kind, "name": self.class_labels.get(kind, kind)}

    def label(self, id_: str | None) -> str:
        """Return the name of an entity that another one refers to."""
        return self.entities[id_].name if id_ in self.entities else id_ or ""

    def around(self, entity: Entity) -> list[str]:
        """Return the places around an entity, from the next one outwards."""
        found: list[str] = []
        place = entity.place
        while place and place not in found:
            found.append(place)
            place = self.entities[place].place if place in self.entities else None
        return found

    def country(self, entity: Entity) -> str | None:
        """Return the state that an actor belongs to or a place lies in."""
        known = (id_ for id_ in self.around(entity) if id_ in self.entities and "Country" in self.entities[id_].kinds)
        return entity.country or next(known, None)

    def description(self, entity: Entity) -> str:
        """Return what tells it from namesakes: class, where it lies or belongs, how often articles name it."""
        kinds = ", ".join(t["name"] for t in self.types(entity))
        where = self.label(entity.place or entity.country)
        times = f"{entity.mentions} mention{'s' if entity.mentions > 1 else ''}" if entity.mentions else ""
        return " · ".join(filter(None, [kinds, where, times]))


def gathered(ask: Ask, base: str) -> Directory:
    """Gather the directory from the answers to a few queries."""
    entities: dict[str, Entity] = {}
    prefix = base + "entity/"
    for row in ask(DECLARED + _ENTITIES):
        iri = row["s"]["value"]
        if iri.startswith(prefix):
            entity = entities.setdefault(iri[len(prefix) :], Entity(iri[len(prefix) :]))
            entity.kinds.add(_local(row["kind"]["value"]))
    for row in sorted(ask(DECLARED + _FACTS), key=lambda row: (row["s"]["value"], row["o"]["value"])):
        if entity := entities.get(row["s"]["value"].removeprefix(prefix)):  # type: ignore[assignment]
            _learn(entity, row["p"]["value"], row["o"], prefix)
    for query, name in ((_MENTIONS, "mentions"), (_EVENTS, "events")):
        for row in ask(DECLARED + query):
            if "s" in row and (counted := entities.get(row["s"]["value"].removeprefix(prefix))):
                setattr(counted, name, int(row["n"]["value"]))
    labels = {_local(row["s"]["value"]): row["o"]["value"] for row in ask(DECLARED + _CLASS_LABELS)}
    return Directory(base, entities, _closure(ask(DECLARED + _CLASSES)), labels)


def _learn(entity: Entity, predicate: str, value: Any, prefix: str) -> None:
    text = value["value"]
    name = predicate.replace("/", "#").rpartition("#")[2]
    if name == "label":
        entity.labels.setdefault(value.get("xml:lang", ""), text)
    elif name == "altLabel":
        entity.others.add(text)
    elif name == "country":
        entity.country = text.removeprefix(prefix)
    elif name == "locatedIn":
        entity.place = text.removeprefix(prefix)
    elif name == "exactMatch" and text.startswith(str(WD)):
        entity.wikidata = text.removeprefix(str(WD))
    elif name == "latitude":
        entity.latitude = float(text)
    elif name == "longitude":
        entity.longitude = float(text)


def _local(iri: str) -> str:
    return iri.removeprefix(str(LB))


def _closure(rows: Iterable[Row]) -> dict[str, frozenset[str]]:
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        direct[_local(row["s"]["value"])].add(_local(row["above"]["value"]))
    return all_above(direct)
