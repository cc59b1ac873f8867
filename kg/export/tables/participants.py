"""Actors and places of a store as the tables show them, by their IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.knowledge.administration import enclosing_places
from kg.knowledge.gazetteer import slug_of
from kg.namespaces import ACTOR_KINDS, DECLARED, LB, PLACE_KINDS
from kg.store.base import GraphStore

_PARTICIPANTS = """SELECT DISTINCT ?one ?kind ?label ?country ?parent ?latitude ?longitude {
  VALUES ?kind { %s } ?one a ?kind ; rdfs:label ?label
  OPTIONAL { ?one lb:country ?country } OPTIONAL { ?one lb:locatedIn ?parent }
  OPTIONAL { ?one lb:latitude ?latitude ; lb:longitude ?longitude } }"""
_KINDS = (*ACTOR_KINDS, *PLACE_KINDS)


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or place. ``labels`` are by language; ``country`` and ``parent`` are the last parts of IRIs, or empty.

    ``point`` is latitude and longitude in degrees (WGS 84), digits as in the gazetteer; empty where not known.
    """

    iri: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    country: str = ""
    parent: str = ""
    point: tuple[str, str] = ("", "")

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return slug_of(self.iri)

    @property
    def is_place(self) -> bool:
        """Whether it is a place and can't act."""
        return self.kind in PLACE_KINDS and self.kind != "Country"

    @property
    def is_listed(self) -> bool:
        """Whether the gazetteer has it: what only articles name has no English label."""
        return "en" in dict(self.labels)

    def label(self, language: str = "en") -> str:
        """Return the label in ``language``, else in German, as articles have it."""
        labels = dict(self.labels)
        return labels.get(language) or labels.get("de") or self.slug


class ActorsAndPlaces:
    """The actors and places of a store."""

    def __init__(self, known: Iterable[Participant]) -> None:
        self._known = {participant.iri: participant for participant in known}
        self._by_slug = {participant.slug: participant for participant in self._known.values()}
        self._parents = {slug: one.parent for slug, one in self._by_slug.items() if one.parent}

    def all_of(self, iris: Iterable[str]) -> tuple[Participant, ...]:
        """Return those that are described in the store, by their English labels."""
        found = (self._known[iri] for iri in iris if iri in self._known)
        return tuple(sorted(found, key=lambda one: (one.label(), one.iri)))

    def by_slug(self, slug: str | None) -> Participant | None:
        """Return the one whose IRI ends in ``slug``, or None."""
        return self._by_slug.get(slug or "")

    def enclosing(self, place: Participant) -> list[str]:
        """Return a place and all in which it lies, as last parts of IRIs, the smallest first."""
        return enclosing_places(place.slug, self._parents)


def read_participants(store: GraphStore) -> ActorsAndPlaces:
    """Read the actors and places that the store describes, in the gazetteer or in articles."""
    found: dict[str, dict[str, set[str]]] = {}
    labels: dict[str, dict[str, str]] = {}
    for row in store.query(DECLARED + _PARTICIPANTS % " ".join(f"lb:{kind}" for kind in _KINDS)):
        iri, label = row["one"].value, row["label"]
        values = found.setdefault(iri, {})
        for name in ("kind", "country", "parent", "latitude", "longitude"):
            if row[name] is not None:
                values.setdefault(name, set()).add(row[name].value)
        language = label.language or "de"
        known = labels.setdefault(iri, {})
        known[language] = min(label.value, known.get(language, label.value))
    return ActorsAndPlaces(_participant(iri, values, labels[iri]) for iri, values in found.items())


def _participant(iri: str, values: dict[str, set[str]], labels: dict[str, str]) -> Participant:
    kinds = {kind.removeprefix(str(LB)) for kind in values["kind"]}
    country, parent = (slug_of(min(values.get(name, {""}))) for name in ("country", "parent"))
    return Participant(
        iri,
        "Country" if "Country" in kinds else min(kinds, key=_KINDS.index),
        tuple(sorted(labels.items())),
        slug_of(iri) if "Country" in kinds else country,
        parent,
        (min(values.get("latitude", {""})), min(values.get("longitude", {""}))),
    )
