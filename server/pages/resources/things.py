"""Actors and places as a page names them: their names by language, their class, where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.namespaces import ACTOR_KINDS, LB, PLACE_KINDS
from server.pages.page_queries import Row
from server.pages.sentences.names import Named

_KINDS = (*PLACE_KINDS, *ACTOR_KINDS)


@dataclass(slots=True)
class Thing:
    """An actor or place; ``point`` is (latitude, longitude) in degrees, None where it is not known."""

    iri: str
    kind: str = ""
    names: dict[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None

    def named(self, language: str) -> Named:
        """Return its name in a language, else the one that there is; the last part of its IRI where it has none."""
        own = next((known for known in (language, "de", *sorted(self.names)) if known in self.names), None)
        name = self.names[own] if own is not None else self.iri.rpartition("/")[2]
        return Named(self.iri, name, self.kind, own or "de")

    @property
    def is_place(self) -> bool:
        """Whether it is a place; a country is."""
        return self.kind in PLACE_KINDS


def things(rows: Iterable[Row]) -> dict[str, Thing]:
    """Return the things of rows with ?entity ?kind ?name ?latitude ?longitude, by IRI."""
    found: dict[str, Thing] = {}
    for row in rows:
        thing = found.setdefault(row["entity"].text, Thing(row["entity"].text))
        if (kind := local_name(row, "kind")) in _KINDS and (not thing.kind or kind in PLACE_KINDS):
            thing.kind = kind
        if "name" in row:
            language = row["name"].language or "de"
            thing.names[language] = min(row["name"].text, thing.names.get(language, row["name"].text))
        thing.point = thing.point or point(row)
    return found


def point(row: Row) -> tuple[float, float] | None:
    """Return latitude and longitude of a row; None where they are missing or no numbers."""
    try:
        return float(row["latitude"].text), float(row["longitude"].text)
    except (KeyError, ValueError):
        return None


def local_name(row: Row, name: str) -> str:
    """Return what follows the vocabulary's namespace in a row's value, empty where there is none."""
    return row[name].text.removeprefix(str(LB)) if name in row else ""


def known(iris: Iterable[str], found: Mapping[str, Thing]) -> list[Thing]:
    """Return the things of IRIs; one without a name is known by its IRI alone."""
    return [found.get(iri) or Thing(iri) for iri in iris]
