"""``/reconcile``: the W3C reconciliation API over our own actors and places, version 0.2 and the draft of 1.0.

OpenRefine and ``kg link`` ask it which of our entities a name means. Identifiers are the last part of an entity's IRI.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from kg.namespaces import LB
from server.config import Config
from server.http.call import FORM, JSON, PAGE, Answer, Call, only, pairs
from server.http.problem import Problem, busy
from server.reconcile.entities import Directory, Row, gathered
from server.reconcile.match import PROPERTIES, candidates
from server.reconcile.preview import preview
from server.reconcile.queries import MOST_QUERIES, draft_query, reconciliation_query
from server.reconcile.values import draft_rows, proposed, rows
from server.workers.fork_client import ForkClient
from server.workers.pool import Pool

VERSION, DRAFT = "0.2", "1.0-draft"
_READ, _POST = ("GET", "HEAD", "OPTIONS"), ("POST", "OPTIONS")
PATHS = {  # below /reconcile, each with its methods
    "": ("GET", "HEAD", "POST", "OPTIONS"), "/": ("GET", "HEAD", "POST", "OPTIONS"), "/match": _POST, "/preview": _READ,
    "/suggest/entity": _READ, "/suggest/type": _READ, "/suggest/property": _READ, "/extend": _POST,
    "/extend/propose": _READ,
}  # fmt: skip
MOST_SUGGESTED = 20
ALIKE = 0.75  # a name so similar is suggested though it begins otherwise
LARGEST_BODY = 1 << 20
LARGEST_DIRECTORY = 1 << 29  # bytes of a worker's answer
WIDTH, HEIGHT = 420, 210  # of the preview, in pixels
HEADERS = {"Content-Type": JSON, "Cache-Control": "no-cache"}


class ReconciliationService:
    """Answers ``/reconcile`` and what lies below it."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool
        self._lock = threading.Lock()
        self._stamp: str | None = None
        self._directory: Directory | None = None
        self._below: dict[str, Callable[[Call, Directory], Any]] = {
            "match": self._match,
            "suggest/entity": _suggest_entity,
            "suggest/type": _suggest_type,
            "suggest/property": _suggest_property,
            "extend": _extend_draft,
            "extend/propose": lambda call, directory: proposed(directory, only(call.arguments(), "type")),
        }

    def answer(self, call: Call, below: str = "") -> Answer:
        """Answer one request to ``below``, one of :data:`PATHS`; raises :class:`Problem`."""
        below = below.strip("/")
        if below == "preview":
            return self._preview(call)
        found = self._below[below](call, self.directory()) if below else self._root(call)
        return Answer(200, json.dumps(found, ensure_ascii=False).encode(), HEADERS)

    def directory(self) -> Directory:
        """Return the entities of the newest generation; the first who asks reads them."""
        generation = self.pool.newest()
        with self._lock:
            if self._directory is None or self._stamp != generation.stamp:
                self._directory = gathered(lambda query: self._rows(query, generation), self.config.base)
                self._stamp = generation.stamp
            return self._directory

    def _rows(self, query: str, generation: ForkClient) -> list[Row]:
        head = {
            "op": "query", "query": query, "base": self.config.base, "default": None, "named": None, "dataset": False,
            "results": "json", "graphs": None, "offset": 0, "limit": LARGEST_DIRECTORY, "gzip": False,
        }  # fmt: skip
        reply, body = self.pool.ask(head, self.config.write_timeout, None, generation)
        if "error" in reply or reply.get("truncated"):
            raise busy(f"The names can't be read: {reply.get('message', 'too many')}")
        found: list[Row] = json.loads(body)["results"]["bindings"]
        return found

    def _root(self, call: Call) -> Any:
        """Answer version 0.2: queries, an extension, else the manifest."""
        arguments = call.arguments()
        if call.method == "POST":
            if call.media_type != FORM:
                raise Problem(415, "media-type", f"Content-Type {call.media_type or 'is missing'}: send {FORM}")
            arguments = arguments + pairs(call.body(LARGEST_BODY).decode("utf-8", "replace"))
        queries, extend = only(arguments, "queries"), only(arguments, "extend")
        if queries is not None:
            return self._batch(_object(queries, "queries"))
        if extend is not None:
            return rows(self.directory(), _object(extend, "extend"))
        return self._manifest(call, only(arguments, "version") or VERSION)

    def _batch(self, queries: dict[str, Any]) -> Any:
        if len(queries) > MOST_QUERIES:
            raise Problem(413, "limit", f"{len(queries)} queries in one batch: send {MOST_QUERIES} at most")
        directory = self.directory()
        asked = {key: reconciliation_query(query, key) for key, query in queries.items()}
        return {
            key: {"result": [_candidate(directory, found) for found in candidates(directory, one)]}
            for key, one in asked.items()
        }

    def _match(self, call: Call, directory: Directory) -> Any:
        """Answer the draft's ``/match``."""
        body = _object(call.body(LARGEST_BODY).decode("utf-8", "replace"), "body")
        queries = body.get("queries")
        if not isinstance(queries, list):
            raise Problem(400, "parameters", 'The body has no list of queries: send {"queries": [...]}')
        if len(queries) > MOST_QUERIES:
            raise Problem(413, "limit", f"{len(queries)} queries in one batch: send {MOST_QUERIES} at most")
        asked = [draft_query(query, str(index)) for index, query in enumerate(queries)]
        return {"results": [{"candidates": [_candidate(directory, c) for c in candidates(directory, q)]} for q in asked]}

    def _manifest(self, call: Call, version: str) -> Any:
        if version not in (VERSION, DRAFT):
            raise Problem(400, "parameters", f"version={version[:20]}: {VERSION} and {DRAFT} are spoken here")
        host = (self.config.public_url or call.host_url).rstrip("/")
        here = f"{host}/reconcile"
        common = {
            "versions": [VERSION, DRAFT] if version == VERSION else [DRAFT],
            "name": "Lagebild",
            "identifierSpace": f"{self.config.base}entity/",
            "schemaSpace": str(LB),
            "documentation": f"{host}/ontology",
            "view": {"url": f"{host}/entity/{{{{id}}}}"},
            "defaultTypes": [{"id": "Actor", "name": "actor"}, {"id": "Place", "name": "place"}],
        }
        if version == DRAFT:
            return {
                **common,
                "suggest": {"entity": True, "property": True, "type": True},
                "preview": {"width": WIDTH, "height": HEIGHT},
                "extend": {"proposeProperties": True, "propertySettings": []},
            }
        suggest = {kind: {"service_url": here, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")}
        return {
            **common,
            "suggest": suggest,
            "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
            "extend": {
                "propose_properties": {"service_url": here, "service_path": "/extend/propose"},
                "property_settings": [],
            },
        }

    def _preview(self, call: Call) -> Answer:
        directory = self.directory()
        entity = directory.entities.get(only(call.arguments(), "id") or "")
        if entity is None:
            raise Problem(404, "missing", "There is no such entity: give its identifier as id=")
        headers = {
            "Content-Type": PAGE,
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        }
        return Answer(200, preview(directory, entity).encode(), headers)


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "syntax", f"{name} is no JSON: {str(error)[:100]}") from None
    if not isinstance(found, dict):
        raise Problem(400, "parameters", f"{name} is no JSON object")
    return found


def _candidate(directory: Directory, found: Any) -> dict[str, Any]:
    features = [{"id": "name", "name": "similarity of the name", "value": round(found.name_score, 3)}]
    if found.evidence is not None:
        features.append({"id": "evidence", "name": "agreement of the properties", "value": found.evidence})
    return {
        "id": found.entity.id,
        "name": found.entity.name,
        "description": directory.description(found.entity),
        "type": directory.types(found.entity),
        "score": found.score,
        "features": features,
        "match": found.match,
    }


def _prefix(call: Call) -> str:
    prefix = only(call.arguments(), "prefix")
    if prefix is None:
        raise Problem(400, "parameters", "Give the beginning of a name: prefix=")
    return prefix


def _suggest_entity(call: Call, directory: Directory) -> Any:
    prefix = _prefix(call)
    ids = directory.names.beginning_with(prefix, MOST_SUGGESTED) if prefix.strip() else []
    similar = sorted((-score, id_) for id_, score in directory.names.scores(prefix).items() if score >= ALIKE)
    wanted = list(dict.fromkeys([*ids, *(id_ for _, id_ in similar)]))[:MOST_SUGGESTED]
    found = [directory.entities[id_] for id_ in wanted]
    return {
        "result": [
            {"id": e.id, "name": e.name, "description": directory.description(e), "notable": directory.types(e)} for e in found
        ]
    }


def _suggest_type(call: Call, directory: Directory) -> Any:
    wanted = _prefix(call).casefold()
    kinds = {kind for entity in directory.entities.values() for kind in entity.kinds} | {"Actor", "Place"}
    types = [directory.type(kind) for kind in sorted(kinds)]
    return {"result": [t for t in types if wanted in t["id"].casefold() or wanted in t["name"].casefold()]}


def _suggest_property(call: Call, directory: Directory) -> Any:
    wanted = _prefix(call).casefold()
    known = [{"id": pid, "name": name} for pid, name in PROPERTIES.items()]
    return {"result": [p for p in known if wanted in p["id"].casefold() or wanted in p["name"].casefold()]}


def _extend_draft(call: Call, directory: Directory) -> Any:
    return draft_rows(directory, _object(call.body(LARGEST_BODY).decode("utf-8", "replace"), "body"))
