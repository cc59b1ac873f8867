"""Data extension: values of properties for identifiers, as tables that OpenRefine adds as columns."""

from __future__ import annotations

from typing import Any

from server.http.problem import Problem
from server.reconcile.entities import Directory, Entity
from server.reconcile.match import PROPERTIES, texts

MOST_IDS = 1000
PLACE_ONLY = {"locatedIn", "coordinates", "latitude", "longitude"}
REFERENCES = {"country", "locatedIn"}


def proposed(directory: Directory, kind: str | None) -> dict[str, Any]:
    """Return the properties that entities of a type can have."""
    kinds = {kind, *directory.above.get(kind, ())} if kind else set()
    places_too = not kind or "Actor" not in kinds or "Place" in kinds
    known = [{"id": pid, "name": name} for pid, name in PROPERTIES.items() if places_too or pid not in PLACE_ONLY]
    return {**({"type": kind} if kind else {}), "properties": known}


def rows(directory: Directory, query: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of version 0.2."""
    ids, pids = _asked(query)
    found = {id_: {pid: _values(directory, directory.entities.get(id_), pid) for pid in pids} for id_ in ids}
    return {"meta": _meta(pids), "rows": found}


def draft_rows(directory: Directory, query: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of the draft of 1.0."""
    ids, pids = _asked(query)
    found = [
        {
            "id": id_,
            "properties": [{"id": pid, "values": _values(directory, directory.entities.get(id_), pid)} for pid in pids],
        }
        for id_ in ids
    ]
    return {"meta": _meta(pids), "rows": found}


def _asked(query: dict[str, Any]) -> tuple[list[str], list[str]]:
    ids, properties = query.get("ids"), query.get("properties")
    if not isinstance(ids, list) or not all(isinstance(id_, str) for id_ in ids):
        raise Problem(400, "parameters", "The extension has no list of ids")
    if len(ids) > MOST_IDS:
        raise Problem(413, "limit", f"{len(ids)} ids in one extension: send {MOST_IDS} at most")
    if not isinstance(properties, list) or not all(isinstance(p, dict) for p in properties):
        raise Problem(400, "parameters", "The extension has no list of properties")
    pids = [str(p.get("id")) for p in properties]
    if unknown := [pid for pid in pids if pid not in PROPERTIES]:
        raise Problem(400, "parameters", f"There is no property {unknown[0][:30]!r}; known are {', '.join(PROPERTIES)}")
    return list(dict.fromkeys(ids)), list(dict.fromkeys(pids))


def _meta(pids: list[str]) -> list[dict[str, Any]]:
    types = {"country": {"id": "Country", "name": "country"}, "locatedIn": {"id": "Place", "name": "place"}}
    return [{"id": pid, "name": PROPERTIES[pid], **({"type": types[pid]} if pid in types else {})} for pid in pids]


def _values(directory: Directory, entity: Entity | None, pid: str) -> list[dict[str, Any]]:
    if entity is None:
        return []
    return [_cell(directory, pid, value) for value in texts(directory, entity, pid)]


def _cell(directory: Directory, pid: str, value: str | float | int) -> dict[str, Any]:
    if pid in REFERENCES:
        return {"id": value, "name": directory.label(str(value))}
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": value}
    return {"str": value}
