"""How well a candidate fits what the store knows: kind, coordinates, neighbours, time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.knowledge.geography import kilometres
from kg.linking.entities import StoredEntity
from kg.linking.profile import Profile
from kg.linking.service import Query, ServiceCandidate

NEAR_ENOUGH, FAR_AWAY = 30.0, 150.0  # kilometres: nearer speaks for, farther against a candidate
AGAINST = 30.0  # what distance or time that rule a candidate out take off its score
POINT = re.compile(r"(?:POINT\s*\(\s*)?(-?\d{1,3}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\)?", re.IGNORECASE)
DAY = re.compile(r"-?\d{4,6}(-\d\d(-\d\d)?)?")
UNTOLD = 365  # days by which an end may lie before our first event: papers write of the dead, too


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the score that our evidence leaves it, and the evidence in words."""

    candidate: ServiceCandidate
    score: float
    words: str


def question(entity: StoredEntity, known: Mapping[str, StoredEntity], profile: Profile, limit: int) -> Query:
    """Return the query for an entity, with what the service can weigh."""
    query: Query = {"query": entity.label(profile.language), "limit": limit}
    if profile.typed:
        query["type"] = entity.kind
    properties = []
    if profile.coordinates and entity.latitude is not None:
        properties.append({"pid": profile.coordinates, "v": f"{entity.latitude},{entity.longitude}"})
    for pid, iri in ((profile.country, entity.country), (profile.place, entity.place)):
        if pid and iri in known:
            properties.append({"pid": pid, "v": known[iri].label(profile.language)})
    return {**query, **({"properties": properties} if properties else {})}


def asked_for(profile: Profile) -> list[str]:
    """Return the properties whose values are looked at."""
    return [pid for pid in (profile.coordinates, profile.country, *profile.begins, *profile.ends) if pid]


def judge(
    entity: StoredEntity,
    candidate: ServiceCandidate,
    values: Mapping[str, list[Any]],
    known: Mapping[str, StoredEntity],
    profile: Profile,
) -> Judged:
    """Weigh one candidate; what is not known says nothing."""
    words = [f"type {', '.join(candidate.types)}"] if candidate.types else []
    score = candidate.score
    distance = _distance(entity, values.get(profile.coordinates, []))
    if distance is not None:
        words.append(f"{distance:.0f} km away")
        if distance > NEAR_ENOUGH:
            score -= AGAINST * min(1.0, (distance - NEAR_ENOUGH) / (FAR_AWAY - NEAR_ENOUGH))
    countries = [str(value) for value in values.get(profile.country, [])]
    if countries:
        words.append(f"country {', '.join(countries)}")
        if entity.country in known and known[entity.country].label(profile.language) in countries:
            words[-1] += " as here"
    if entity.neighbours:
        words.append(f"acts in {', '.join(entity.neighbours)}")
    if verdict := _time(entity, values, profile):
        words.append(verdict)
        score -= AGAINST
    return Judged(candidate, round(max(0.0, score), 1), "; ".join(words))


def point(text: Any) -> tuple[float, float] | None:
    """Read «latitude,longitude», as services write coordinates; None when it is none."""
    found = POINT.fullmatch(str(text).strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _distance(entity: StoredEntity, values: list[Any]) -> float | None:
    if entity.latitude is None or entity.longitude is None:
        return None
    points = [found for value in values if (found := point(value))]
    return min((kilometres((entity.latitude, entity.longitude), p) for p in points), default=None)


def _time(entity: StoredEntity, values: Mapping[str, list[Any]], profile: Profile) -> str:
    """Return what speaks against a candidate that did not yet, or no longer, exist at our events; else nothing."""
    begins = [y for pid in profile.begins for value in values.get(pid, []) if (y := _year(value)) is not None]
    ends = [y for pid in profile.ends for value in values.get(pid, []) if (y := _year(value)) is not None]
    if begins and entity.last and min(begins) > int(entity.last[:4]):
        return f"begins {min(begins)}, after our last event"
    if ends and entity.first and max(ends) + UNTOLD // 365 < int(entity.first[:4]):
        return f"ends {max(ends)}, before our first event"
    return ""


def _year(value: Any) -> int | None:
    found = DAY.match(str(value))
    return int(re.match(r"-?\d+", found[0])[0]) if found else None  # type: ignore[index]
