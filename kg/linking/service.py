"""A W3C reconciliation service, version 0.2: its manifest, candidates for names, values of properties; all checked."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kg.errors import ServiceError
from kg.linking.cache import Cache
from kg.linking.web_requests import Web
from kg.namespaces import WD

QUERIES_AT_ONCE = 10  # queries in one request
LIMIT = 5  # candidates for a name
ANY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~%:@!$&'()*+,;=-]{0,199}")
WIKIDATA_ID = re.compile(r"Q[1-9][0-9]{0,11}")
LONGEST_ANSWER_NAME = 300  # characters of a name that are kept

Query = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ServiceCandidate:
    """What the service thinks is meant; ``score`` 0 to 100, ``match``: it is sure."""

    id: str
    name: str
    score: float
    match: bool = False
    description: str = ""
    types: tuple[str, ...] = ()


class Service:
    """One service. Every answer is checked before it is believed and kept in the cache before it is used."""

    def __init__(self, address: str, web: Web, cache: Cache) -> None:
        self.address = address.rstrip("/")
        self._web = web
        self._cache = cache

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The service's description of itself; raises :class:`ServiceError` when it is no service of this kind."""
        found = self._cache.get(self.address, "manifest")
        if found is None:
            found = self._checked_manifest(self._web.json(self.address))
            self._cache.put(self.address, "manifest", found)
        return dict(found)

    @property
    def space(self) -> str:
        """What stands before an identifier to make it an IRI."""
        return str(self.manifest["identifierSpace"])

    @property
    def schema(self) -> str:
        """What stands before the names of its properties and types."""
        return str(self.manifest["schemaSpace"])

    def iri(self, id_: str) -> str:
        """Return the IRI of an item."""
        return self.space + id_

    def candidates(self, queries: Sequence[Query]) -> list[list[ServiceCandidate]]:
        """Return the candidates for each query, best first; asks only what is not in the cache."""
        _ = self.manifest  # believe nothing from something that is no service
        known = [self._cache.get(self.address, query) for query in queries]
        missing = [index for index, found in enumerate(known) if found is None]
        for part in _parts(missing):
            for index, found in zip(part, self._ask([queries[index] for index in part]), strict=True):
                self._cache.put(self.address, queries[index], found)
                known[index] = found
        return [[_candidate(one) for one in found or ()] for found in known]

    def values(self, ids: Iterable[str], pids: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
        """Return the plain values of properties by item; empty where the service extends no data."""
        wanted = sorted(set(ids))
        if not wanted or not pids or "extend" not in self.manifest:
            return {}
        found: dict[str, dict[str, list[Any]]] = {}
        for part in _parts(wanted):
            asked = {"ids": list(part), "properties": [{"id": pid} for pid in pids]}
            answer = self._cache.get(self.address, asked)
            if answer is None:
                answer = self._checked_rows(self._web.json(self.address, {"extend": json.dumps(asked)}), asked)
                self._cache.put(self.address, asked, answer)
            found.update(answer)
        return found

    def _ask(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        batch = {f"q{index}": query for index, query in enumerate(queries)}
        answer = self._web.json(self.address, {"queries": json.dumps(batch, ensure_ascii=False)})
        if not isinstance(answer, dict):
            raise self._lie("answers a batch with no object")
        return [self._checked_result(answer, key)[: queries[0].get("limit", LIMIT)] for key in batch]

    def _checked_manifest(self, found: Any) -> dict[str, Any]:
        if not isinstance(found, dict) or not all(
            isinstance(found.get(name), str) for name in ("identifierSpace", "schemaSpace", "name")
        ):
            raise self._lie("has no manifest of a reconciliation service: is this the right address?")
        versions = found.get("versions", ["0.1"])
        if not isinstance(versions, list) or "0.2" not in versions:
            raise self._lie("doesn't speak version 0.2 of the reconciliation protocol")
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", found["identifierSpace"]):
            raise self._lie("has an identifier space that is no IRI")
        kept = {name: found[name] for name in ("identifierSpace", "schemaSpace", "name")}
        return {**kept, **({"extend": True} if isinstance(found.get("extend"), dict) else {})}

    def _checked_result(self, answer: dict[str, Any], key: str) -> list[dict[str, Any]]:
        result = answer.get(key)
        if not isinstance(result, dict) or not isinstance(result.get("result"), list):
            raise self._lie(f"leaves the query {key} without a result")
        return [self._checked_candidate(one) for one in result["result"]]

    def _checked_candidate(self, one: Any) -> dict[str, Any]:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not isinstance(one.get("name"), str):
            raise self._lie("names a candidate without id and name")
        score = one.get("score")
        if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
            raise self._lie(f"gives {one['id'][:50]!r} a score that is no number")
        self._check_id(one["id"])
        types = [t.get("name") or t.get("id") if isinstance(t, dict) else t for t in one.get("type") or []]
        return {
            "id": one["id"], "name": _line(one["name"]), "score": max(0.0, min(100.0, float(score))),
            "match": one.get("match") is True, "description": _line(one.get("description") or ""),
            "types": [_line(t) for t in types if isinstance(t, str)],
        }  # fmt: skip

    def _check_id(self, id_: str) -> None:
        pattern = WIKIDATA_ID if self.space == str(WD) else ANY_ID
        if not pattern.fullmatch(id_):
            raise self._lie(f"gives {id_[:50]!r}, which is no identifier of {self.space}")

    def _checked_rows(self, answer: Any, asked: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
        rows = answer.get("rows") if isinstance(answer, dict) else None
        if not isinstance(rows, dict):
            raise self._lie("answers an extension without rows")
        found: dict[str, dict[str, list[Any]]] = {}
        for id_ in asked["ids"]:
            row = rows.get(id_)
            if not isinstance(row, dict):
                raise self._lie(f"leaves {id_} out of an extension")
            found[id_] = {p["id"]: _plain(row.get(p["id"])) for p in asked["properties"]}
        return found

    def _lie(self, what: str) -> ServiceError:
        return ServiceError(f"{self.address}: {what}; nothing was written")


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield runs of as many items as go into one request."""
    return (items[begin : begin + QUERIES_AT_ONCE] for begin in range(0, len(items), QUERIES_AT_ONCE))


def _plain(cells: Any) -> list[Any]:
    """Return the values of cells, whatever their kind; what is no cell is left out."""
    found = []
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict):
            value = next((cell[name] for name in ("str", "float", "int", "date", "name", "id") if name in cell), None)
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                found.append(_line(value) if isinstance(value, str) else value)
    return found


def _line(text: Any) -> str:
    """Return a text from outside as one printable line."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())[:LONGEST_ANSWER_NAME]


def _candidate(one: dict[str, Any]) -> ServiceCandidate:
    return ServiceCandidate(one["id"], one["name"], one["score"], one["match"], one["description"], tuple(one["types"]))
