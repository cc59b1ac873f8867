"""Events as GeoJSON (RFC 7946), for maps: one feature an event, without a point where its place has none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.export.tables.event_rows import EventRow, read_event_rows
from kg.export.tables.locations import Location, location_of
from kg.export.tables.participants import Participant
from kg.namespaces import LANGUAGES
from kg.store.base import GraphStore


def write_geojson(store: GraphStore, out: BinaryIO) -> None:
    """Write a feature for each event that an article of ``store`` states, one a line."""
    rows, participants = read_event_rows(store)
    out.write(b'{"type": "FeatureCollection", "features": [')
    for number, row in enumerate(rows):
        feature = _feature(row, location_of(row.where, participants))
        out.write((",\n" if number else "\n").encode() + json.dumps(feature, ensure_ascii=False).encode())
    out.write(b"\n]}\n")


def _feature(row: EventRow, location: Location) -> dict[str, Any]:
    latitude, longitude = location.place.point if location.place else ("", "")
    point = {"type": "Point", "coordinates": [float(longitude), float(latitude)]} if latitude else None
    return {"type": "Feature", "id": row.iri, "geometry": point, "properties": dict(_properties(row, location))}


def _properties(row: EventRow, location: Location) -> Iterator[tuple[str, Any]]:
    yield "type", row.kind.name
    for language in LANGUAGES:
        yield f"typeLabel_{language}", row.kind.labels[language]
    for name, participants in (("agent", row.agents), ("target", row.targets), ("place", row.where)):
        yield name, [one.iri for one in participants]
        for language in LANGUAGES:
            yield f"{name}Label_{language}", _labels(participants, language)
    yield "location", location.name or None
    yield "precision", location.level
    yield "admin1", location.admin1 or None
    yield "admin2", location.admin2 or None
    yield "country", location.country.label() if location.country else None
    yield "earliest", row.earliest.isoformat() if row.earliest else None
    yield "latest", row.latest.isoformat() if row.latest else None
    yield "factuality", row.certainty
    yield "attributedTo", [source.iri for source in row.sources]
    for name in ("low", "best", "high"):
        yield f"fatalities{name.capitalize()}", getattr(row.toll, name) if row.toll else None
    yield "reports", len(row.articles)
    yield "independentReports", len(row.independent)
    yield "articles", [article.iri for article in row.articles]


def _labels(participants: tuple[Participant, ...], language: str) -> str | None:
    return ", ".join(one.label(language) for one in participants) or None
