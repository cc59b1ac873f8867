"""Reconciliation queries as clients send them, checked: version 0.2 and the draft of 1.0."""

from __future__ import annotations

from typing import Any

from kg.namespaces import LB
from server.http.problem import Problem
from server.reconcile.match import PROPERTIES, Condition, ReconciliationQuery

MOST_QUERIES = 200  # in one batch
MOST_CANDIDATES = 50
DEFAULT_CANDIDATES = 5
QUANTIFIERS = ("any", "all", "none")
_KNOWN = {"query", "type", "limit", "properties", "type_strict"}


def reconciliation_query(query: Any, key: str) -> ReconciliationQuery:
    """Return a query of version 0.2, of nothing for a blank cell; raises :class:`Problem` when it is none."""
    if not isinstance(query, dict):
        raise _wrong(key, "is no object")
    if unknown := sorted(set(query) - _KNOWN):
        raise _wrong(key, f"has {unknown[0][:30]!r}, which version 0.2 doesn't know")
    name = query.get("query", "")
    if not isinstance(name, str):
        raise _wrong(key, "has a query that is no text")
    properties = query.get("properties") or []
    if not isinstance(properties, list):
        raise _wrong(key, "has properties that are no list")
    conditions = tuple(_condition(one, key) for one in properties)
    return ReconciliationQuery(name, _kinds(query.get("type"), key), conditions, limit=_limit(query.get("limit"), key))


def _condition(one: Any, key: str) -> Condition:
    if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
        raise _wrong(key, "has a property without pid and v")
    return Condition(_pid(one["pid"], key), _values(one["v"]))


def draft_query(query: Any, key: str) -> ReconciliationQuery:
    """Return a query of the draft of 1.0; raises :class:`Problem` when it is none."""
    if not isinstance(query, dict):
        raise _wrong(key, "is no object")
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        raise _wrong(key, "has no conditions")
    names: list[str] = []
    ids: list[str] = []
    others: list[Condition] = []
    for one in conditions:
        if not isinstance(one, dict) or "propertyValue" not in one:
            raise _wrong(key, "has a condition without propertyValue")
        values = _values(one["propertyValue"])
        kind = one.get("matchType")
        if kind == "name":
            names += [_text(value) for value in values]
        elif kind == "id":
            ids += [_text(value) for value in values]
        elif kind == "property":
            others.append(_draft_condition(one, values, key))
        else:
            raise _wrong(key, "has a condition whose matchType is none of name, id, property")
    kinds = _kinds(query.get("type"), key)
    return ReconciliationQuery(" ".join(names[:1]), kinds, tuple(others), tuple(ids), _limit(query.get("limit"), key))


def _draft_condition(one: dict[str, Any], values: tuple[Any, ...], key: str) -> Condition:
    quantifier = one.get("matchQuantifier", "any")
    if quantifier not in QUANTIFIERS:
        raise _wrong(key, "has a matchQuantifier that is none of any, all, none")
    pid = _pid(one.get("propertyId"), key)
    return Condition(pid, values, bool(one.get("required")), quantifier == "all", quantifier == "none")


def _pid(given: Any, key: str) -> str:
    pid = str(given).removeprefix(str(LB))
    if pid not in PROPERTIES:
        raise _wrong(key, f"asks for the property {pid[:30]!r}; known are {', '.join(PROPERTIES)}")
    return pid


def _kinds(given: Any, key: str) -> tuple[str, ...]:
    if given is None or given == "":
        return ()
    kinds = given if isinstance(given, list) else [given]
    if not all(isinstance(kind, str) for kind in kinds):
        raise _wrong(key, "has a type that is no text")
    return tuple(kind.removeprefix(str(LB)) for kind in kinds)


def _values(given: Any) -> tuple[Any, ...]:
    return tuple(given) if isinstance(given, list) else (given,)


def _text(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else str(value)


def _limit(given: Any, key: str) -> int:
    if given is None:
        return DEFAULT_CANDIDATES
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 1e9:
        raise _wrong(key, "has a limit that is no number above 0")
    return min(int(given), MOST_CANDIDATES)


def _wrong(key: str, why: str) -> Problem:
    return Problem(400, "parameters", f"The query {key[:30]!r} {why}")
