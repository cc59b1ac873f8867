"""Full-text search over names, headlines, events and sentences, with facets; an SQLite file for each generation.

The index is made by :mod:`server.data.search_index` in a fork of the fork server; web processes only read it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from server.config import Config
from server.http.call import JSON, Answer, Call, only
from server.http.formats import BY_NAME
from server.http.problem import Problem, busy
from server.workers.pool import Pool

FACETS = ("kind", "type", "actor", "place", "year")
_WORDS = re.compile(r"\w+")
_MOST_WORDS = 20
_MOST_ROWS = 100
_READY = 5.0
_PATIENCE = 1.0  # seconds that a search may take


class Search:
    """Answers ``/search`` in a web process."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool
        self._local = threading.local()

    def answer(self, call: Call) -> Answer:
        """Answer one request as JSON or SPARQL results; raises :class:`Problem`."""
        found, _ = self.asked(call)
        results = BY_NAME["json"]
        wanted = only(call.arguments(), "format") or call.headers.get("accept", "")
        if wanted == "srj" or results.media_type in wanted:
            return Answer(200, json.dumps(_as_results(found)).encode(), {"Content-Type": results.media_type, **_HEADERS})
        body = json.dumps(found, ensure_ascii=False).encode()
        return Answer(200, body, {"Content-Type": JSON, **_HEADERS})

    def asked(self, call: Call) -> tuple[dict[str, Any], dict[str, str]]:
        """Return what a request finds, and its words and facets; raises :class:`Problem`."""
        arguments = call.arguments()
        text = only(arguments, "q")
        if not text or not text.strip():
            raise Problem(400, "parameters", "Give the words to look for: q=")
        wanted = {name: value for name in FACETS if (value := only(arguments, name))}
        limit = min(_number(only(arguments, "limit"), 20), _MOST_ROWS)
        offset = _number(only(arguments, "offset"), 0)
        return self.found(text, wanted, limit, offset), {"q": text, **wanted}

    def found(self, text: str, wanted: dict[str, str], limit: int, offset: int) -> dict[str, Any]:
        """Return what matches: ``total``, ``results`` best first, and ``facets`` with their counts."""
        database = self._database()
        end = time.monotonic() + _PATIENCE
        database.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        match = _match(text)
        if match is None:
            return {"q": text, "total": 0, "results": [], "facets": {}}
        where, values = _where(wanted)
        try:
            ids = f"SELECT content.rowid FROM content WHERE content MATCH ? {where}"  # noqa: S608 - where holds no values
            total = database.execute(f"SELECT COUNT(*) FROM ({ids})", (match, *values)).fetchone()[0]  # noqa: S608
            rows = database.execute(_ROWS % where, (match, *values, limit, offset)).fetchall()
            facets = database.execute(_COUNTS % ids, (match, *values)).fetchall()
        except sqlite3.OperationalError as error:
            raise Problem(408, "timeout", f"The search was stopped: {error}; use rarer words") from None
        return {"q": text, "total": total, "results": [_result(row) for row in rows], "facets": _grouped(facets)}

    def _database(self) -> sqlite3.Connection:
        """Return this thread's connection to the newest index."""
        generation = self.pool.newest()
        if getattr(self._local, "stamp", None) == generation.stamp:
            database: sqlite3.Connection = self._local.database
            return database
        path = Path(generation.index())
        end = time.monotonic() + _READY
        while not path.exists():
            if time.monotonic() > end:
                raise busy("The search index is being made: try again", 2)
            time.sleep(0.02)
        if hasattr(self._local, "database"):
            self._local.database.close()
        self._local.database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self._local.stamp = generation.stamp
        opened: sqlite3.Connection = self._local.database
        return opened


_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept"}
_ROWS = """SELECT iri, kind, entry.label, article, snippet(content, 1, '', '', ' … ', 30), bm25(content, 5.0, 1.0),
  (SELECT GROUP_CONCAT(value, ' ') FROM facet WHERE facet.entry = entry.id AND name = 'type')
FROM content JOIN entry ON entry.id = content.rowid WHERE content MATCH ? %s
ORDER BY bm25(content, 5.0, 1.0), iri LIMIT ? OFFSET ?"""
_COUNTS = """SELECT name, value, MIN(label), COUNT(DISTINCT entry) AS n FROM facet WHERE entry IN (%s)
GROUP BY name, value ORDER BY name, n DESC, value"""
_MOST_VALUES = 50


def _match(text: str) -> str | None:
    """Return the FTS5 query: every word must be there, the last one may be the beginning of a word."""
    words = _WORDS.findall(text)[:_MOST_WORDS]
    if not words:
        return None
    quoted = [f'"{word}"' for word in words]
    return " AND ".join(quoted) + "*"


def _where(wanted: dict[str, str]) -> tuple[str, list[str]]:
    clause = "AND content.rowid IN (SELECT entry FROM facet WHERE name = ? AND value = ?) " * len(wanted)
    return clause, [part for pair in wanted.items() for part in pair]


def _result(row: tuple[Any, ...]) -> dict[str, Any]:
    iri, kind, label, article, snippet, score, types = row
    return {
        "iri": iri, "kind": kind, "types": sorted((types or "").split()), "label": label, "article": article,
        "snippet": snippet, "score": round(-score, 4),
    }  # fmt: skip


def _grouped(rows: Iterable[tuple[str, str, str, int]]) -> dict[str, list[dict[str, Any]]]:
    facets: dict[str, list[dict[str, Any]]] = {}
    for name, value, label, count in rows:
        values = facets.setdefault(name, [])
        if len(values) < _MOST_VALUES:
            values.append({"value": value, "label": label, "count": count})
    return facets


def _as_results(found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found as SPARQL results."""
    names = ("iri", "kind", "label", "article", "snippet", "score")
    return {
        "head": {"vars": list(names), "total": found["total"]},
        "results": {"bindings": [dict(_bindings(result, names)) for result in found["results"]]},
    }


def _bindings(result: dict[str, Any], names: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for name in names:
        value = result[name]
        if value is None or value == "":
            continue
        if name in ("iri", "article"):
            yield name, {"type": "uri", "value": value}
        elif name == "score":
            decimal = "http://www.w3.org/2001/XMLSchema#decimal"
            yield name, {"type": "literal", "value": str(value), "datatype": decimal}
        else:
            yield name, {"type": "literal", "value": value}


def _number(value: str | None, default: int) -> int:
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        raise Problem(400, "parameters", f"{value[:50]}: limit= and offset= take whole numbers")
    return int(value)
