"""Whether linked items are still what we take them for: their labels and coordinates against ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.german.transliteration import fold, key
from kg.knowledge.geography import kilometres
from kg.linking.entities import StoredEntity, linked_to, read_entities, read_matches
from kg.linking.evidence import point
from kg.linking.profile import profile_of
from kg.linking.service import Service
from kg.store.base import GraphStore

DISAGREEING = 50.0  # kilometres between two opinions on where a place is
ALIKE = 0.5  # part of the words of a label that must be found in the other


@dataclass(frozen=True, slots=True)
class Doubt:
    """One finding on a link."""

    entity: str
    target: str
    label: str
    finding: str


def check(store: GraphStore, service: Service) -> tuple[int, list[Doubt]]:
    """Return how many links were looked at, and the doubts; raises :class:`kg.errors.ServiceError`."""
    known = read_entities(store)
    links = linked_to(read_matches(store), service.space)
    pairs = [(known[iri], match.target) for iri, found in sorted(links.items()) if iri in known for match in found]
    pairs = list({(entity.iri, target): (entity, target) for entity, target in pairs}.values())
    ids = [target.removeprefix(service.space) for _, target in pairs]
    pid = profile_of(service).coordinates
    answers = service.candidates([{"query": id_, "limit": 5} for id_ in ids])
    values = service.values(ids, [pid] if pid else [])
    doubts: list[Doubt] = []
    for (entity, target), id_, found in zip(pairs, ids, answers, strict=True):
        name = next((one.name for one in found if one.id == id_), None)
        places = [p for value in values.get(id_, {}).get(pid, []) if (p := point(value))]
        doubts += (Doubt(entity.iri, target, entity.label(), said) for said in _findings(entity, name, places))
    return len(pairs), doubts


def _findings(entity: StoredEntity, name: str | None, places: list[tuple[float, float]]) -> Iterator[str]:
    if name is None:
        yield "the service doesn't know the item"
        return
    if not any(_alike(label, name) for label in entity.labels.values()):
        yield f"the item is called {name}"
    if places and entity.latitude is not None and entity.longitude is not None:
        distance = min(kilometres((entity.latitude, entity.longitude), place) for place in places)
        if distance > DISAGREEING:
            yield f"the item is {distance:.0f} km away"


def _alike(label: str, name: str) -> bool:
    """Say whether two labels share most of their words, in whatever spelling."""
    ours, theirs = ({key(word) or fold(word).casefold() for word in text.split()} for text in (label, name))
    return len(ours & theirs) >= ALIKE * max(1, min(len(ours), len(theirs)))
