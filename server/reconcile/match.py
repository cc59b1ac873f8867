"""Candidates for a name with conditions on type and properties, scored 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.knowledge.geography import kilometres
from server.data.names import levelled
from server.reconcile.entities import Directory, Entity
from server.reconcile.names import qualified

SURE = 80.0  # a score from here on can be a match
AHEAD = 5.0  # by so much the best must be ahead of the second to be called a match
EVIDENCE = 25.0  # what properties that speak against a candidate take off at most
NEAR, FAR = 15.0, 100.0  # kilometres: at NEAR coordinates agree, at FAR they don't
PROPERTIES = {
    "kind": "type", "country": "country", "locatedIn": "located in", "coordinates": "coordinates (latitude,longitude)",
    "latitude": "latitude", "longitude": "longitude", "wikidata": "Wikidata item", "label-de": "German label",
    "label-en": "English label", "altLabel": "further names", "mentions": "number of mentions",
    "events": "number of events",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """A property and the values of which one is to be found on a candidate."""

    pid: str
    values: tuple[Any, ...]
    required: bool = False
    all: bool = False
    none: bool = False


@dataclass(frozen=True, slots=True)
class ReconciliationQuery:
    """One reconciliation query. ``ids`` are candidates given by identifier."""

    name: str = ""
    kinds: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    ids: tuple[str, ...] = ()
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer; ``name_score`` and ``evidence`` (None without conditions) are between 0 and 1."""

    entity: Entity
    score: float
    name_score: float
    evidence: float | None
    match: bool = False


def candidates(directory: Directory, question: ReconciliationQuery) -> list[Candidate]:
    """Return the best candidates first; the first may be marked as the match."""
    scored = [
        found
        for id_, name_score in _named(directory, question).items()
        if (found := _candidate(directory, directory.entities[id_], name_score, question))
    ]
    scored.sort(key=lambda c: (-c.score, not _is_label(c.entity, question.name), -c.entity.mentions, c.entity.id))
    if not scored:
        return []
    first, *rest = scored
    ahead = not rest or first.score - rest[0].score >= AHEAD
    only = first.name_score == 1.0 and all(other.name_score < 1.0 for other in rest)  # who else is called so exactly?
    sure = first.score >= SURE and (ahead or only)
    return [Candidate(first.entity, first.score, first.name_score, first.evidence, sure), *rest][: question.limit]


def _named(directory: Directory, question: ReconciliationQuery) -> dict[str, float]:
    if question.ids:
        return {id_: 1.0 for id_ in question.ids if id_ in directory.entities}
    if question.name in directory.entities:  # an identifier: as other services do, so that links can be checked
        return {**directory.names.scores(question.name), question.name: 1.0}
    if question.name.strip():
        return _with_qualified(directory, question.name, directory.names.scores(question.name))
    return dict.fromkeys(directory.entities, 1.0) if question.conditions else {}


def _with_qualified(directory: Directory, name: str, scores: dict[str, float]) -> dict[str, float]:
    """Add who is called by the first part of the name and belongs to what the rest names: «Mossul, Irak»."""
    parts = qualified(name)
    if parts is None:
        return scores
    plain, qualifiers = parts
    wanted = {levelled(qualifier) for qualifier in qualifiers}
    for id_, score in directory.names.scores(plain).items():
        if score > scores.get(id_, 0.0) and wanted & _surroundings(directory, directory.entities[id_]):
            scores[id_] = score
    return scores


def _surroundings(directory: Directory, entity: Entity) -> set[str]:
    """Return what the places around an entity and its country are called."""
    ids = [*directory.around(entity), directory.country(entity)]
    return {levelled(name) for id_ in ids if id_ in directory.entities for name in directory.entities[id_].names}


def _candidate(directory: Directory, entity: Entity, name_score: float, question: ReconciliationQuery) -> Candidate | None:
    if question.kinds and not any(directory.is_a(entity, kind) for kind in question.kinds):
        return None
    agreements = [(c, _agreement(directory, entity, c)) for c in question.conditions]
    if any(c.required and agreement < 0.5 for c, agreement in agreements):
        return None
    if not agreements:
        return Candidate(entity, round(100 * name_score, 1), name_score, None)
    evidence = sum(agreement for _, agreement in agreements) / len(agreements)
    if not question.name and not question.ids and evidence < 0.5:
        return None
    score = max(0.0, 100 * name_score - EVIDENCE * (1 - evidence))
    return Candidate(entity, round(score, 1), name_score, round(evidence, 3))


def _is_label(entity: Entity, name: str) -> bool:
    return levelled(name) in map(levelled, entity.labels.values())


def _agreement(directory: Directory, entity: Entity, condition: Condition) -> float:
    """Return how far the entity has the values wanted: 0 not, 1 wholly."""
    each = [_one(directory, entity, condition.pid, value) for value in condition.values] or [0.0]
    if condition.none:
        return 1 - max(each)
    return min(each) if condition.all else max(each)


def _one(directory: Directory, entity: Entity, pid: str, value: Any) -> float:
    if pid == "coordinates":
        return _nearness(entity, value)
    wanted = str(value.get("id") or value.get("name") or "") if isinstance(value, dict) else str(value)
    if pid == "kind":
        return float(directory.is_a(entity, wanted))
    known = [str(plain) for plain in texts(directory, entity, pid)]
    if pid in ("country", "locatedIn"):
        ids = directory.around(entity) if pid == "locatedIn" else [directory.country(entity)]
        known += [text for id_ in ids if id_ in directory.entities for text in (id_, *directory.entities[id_].names)]
    return float(levelled(wanted) in {levelled(text) for text in known if text})


def texts(directory: Directory, entity: Entity, pid: str) -> list[str | float | int]:
    """Return the plain values of a property; references as ids."""
    values: dict[str, Iterable[str | float | int | None]] = {
        "kind": sorted(entity.kinds), "country": [directory.country(entity)], "locatedIn": [entity.place],
        "latitude": [entity.latitude], "longitude": [entity.longitude], "wikidata": [entity.wikidata],
        "label-de": [entity.labels.get("de")], "label-en": [entity.labels.get("en")],
        "altLabel": sorted(entity.others), "mentions": [entity.mentions], "events": [entity.events],
        "coordinates": [f"{entity.latitude},{entity.longitude}" if entity.latitude is not None else None],
    }  # fmt: skip
    return [value for value in values.get(pid, ()) if value is not None]


def _nearness(entity: Entity, value: Any) -> float:
    if entity.latitude is None or entity.longitude is None:
        return 0.5  # says neither yes nor no
    try:
        latitude, longitude = (float(part) for part in str(value).split(","))
    except ValueError:
        return 0.0
    away = kilometres((entity.latitude, entity.longitude), (latitude, longitude))
    return min(1.0, max(0.0, (FAR - away) / (FAR - NEAR)))

