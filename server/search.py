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
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from server.config import Config
from server.data.names import levelled
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
_LONG_ENOUGH = 3  # letters of a word that may be the beginning of another, or be misspelt
_LONG_WORD = 8  # letters of a word that may have two errors


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is looked for; ``wanted`` are facets with their values."""

    text: str
    wanted: dict[str, str]
    limit: int = 20
    offset: int = 0

    @classmethod
    def read(cls, call: Call) -> SearchRequest:
        """Return what a request looks for; raises :class:`Problem`."""
        arguments = call.arguments()
        text = only(arguments, "q")
        if not text or not text.strip():
            raise Problem(400, "parameters", "Give the words to look for: q=", told=("search.missing", {}))
        wanted = {name: value for name in FACETS if (value := only(arguments, name))}
        limit = min(_number(only(arguments, "limit"), 20), _MOST_ROWS)
        return cls(text, wanted, limit, _number(only(arguments, "offset"), 0))

    def address(self, offset: int) -> str:
        """Return where the results from ``offset`` on are."""
        paging = {"limit": self.limit, "offset": offset} if self.limit != 20 else {"offset": offset}
        return "/search?" + urlencode({"q": self.text, **self.wanted, **paging})

    def neighbours(self, total: int) -> dict[str, str | None]:
        """Return the addresses of the next and the previous results, None where there are none."""
        after = self.offset + self.limit
        following = self.address(after) if self.limit and after < total else None
        before = self.address(max(0, self.offset - self.limit)) if self.offset and self.limit else None
        return {"next": following, "previous": before}


class Search:
    """Answers ``/search`` in a web process."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool
        self._local = threading.local()

    def answer(self, call: Call) -> Answer:
        """Answer one request as JSON or SPARQL results; raises :class:`Problem`."""
        found = self.found(SearchRequest.read(call))
        links = [f'<{found[name]}>; rel="{name}"' for name in ("next", "previous") if found[name]]
        headers = {**_HEADERS, "Link": ", ".join(links)} if links else _HEADERS
        results = BY_NAME["json"]
        wanted = only(call.arguments(), "format") or call.headers.get("accept", "")
        if wanted == "srj" or results.media_type in wanted:
            return Answer(200, json.dumps(_as_results(found)).encode(), {"Content-Type": results.media_type, **headers})
        return Answer(200, json.dumps(found, ensure_ascii=False).encode(), {"Content-Type": JSON, **headers})

    def found(self, request: SearchRequest) -> dict[str, Any]:
        """Return what matches: ``total``, ``results`` best first, ``facets`` with their counts, ``next`` and ``previous``.

        Where nothing matches, words that nothing has are taken for typing errors; ``corrected`` says what was looked for.
        """
        database = self._database()
        end = time.monotonic() + _PATIENCE
        database.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        try:
            found = _matching(database, request.text, request)
            if not found["total"] and (corrected := correction(database, request.text)):
                found = {"corrected": corrected, **_matching(database, corrected, request)}
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            raise Problem(408, "timeout", "The search took too long and was stopped: use rarer words") from None
        return {"q": request.text, **found, **request.neighbours(found["total"])}

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
# distance: 0 for what is called so by its label, 1 by another name, 2 for what only has the words
_ROWS = """SELECT iri, kind, document.label, article, snippet(content, 1, '', '', ' … ', 30), bm25(content, 5.0, 1.0),
  (SELECT GROUP_CONCAT(value, ' ') FROM facet WHERE facet.document = document.id AND name = 'type'),
  COALESCE((SELECT 1 - MAX(name.label) FROM name WHERE name.document = document.id AND level = ?), 2) AS distance
FROM content JOIN document ON document.id = content.rowid WHERE content MATCH ? %s
ORDER BY distance, CASE distance WHEN 2 THEN 0 ELSE -mentions END, kind_order,
  content.rowid NOT IN (SELECT rowid FROM content WHERE content MATCH ?), bm25(content, 5.0, 1.0), iri LIMIT ? OFFSET ?"""
_COUNTS = """SELECT name, value, MIN(label), COUNT(DISTINCT document) AS n FROM facet WHERE document IN (%s)
GROUP BY name, value ORDER BY name, n DESC, value"""
_MOST_VALUES = 50


def _matching(database: sqlite3.Connection, text: str, request: SearchRequest) -> dict[str, Any]:
    words = _WORDS.findall(text)[:_MOST_WORDS]
    if not words:
        return {"total": 0, "results": [], "facets": {}}
    whole = " AND ".join(f'"{word}"' for word in words)
    match = whole + "*" if len(words[-1]) >= _LONG_ENOUGH else whole
    where, values = _where(request.wanted)
    ids = f"SELECT content.rowid FROM content WHERE content MATCH ? {where}"  # noqa: S608 - where holds no values
    total = database.execute(f"SELECT COUNT(*) FROM ({ids})", (match, *values)).fetchone()[0]  # noqa: S608
    parameters = (levelled(text), match, *values, whole, request.limit, request.offset)
    rows = database.execute(_ROWS % where, parameters).fetchall()
    facets = database.execute(_COUNTS % ids, (match, *values)).fetchall()
    return {"total": total, "results": [_result(row) for row in rows], "facets": _grouped(facets)}


def correction(database: sqlite3.Connection, text: str) -> str | None:
    """Return the text with every word that nothing has replaced by the most similar one; None: there is none."""
    words = _WORDS.findall(text)[:_MOST_WORDS]
    corrected = [_nearest(database, levelled(word)) for word in words]
    return " ".join(corrected) if corrected != [levelled(word) for word in words] else None


def _nearest(database: sqlite3.Connection, word: str) -> str:
    """Return the word in use that differs by one letter, in long words by two, most usual first; else the word itself."""
    if len(word) < _LONG_ENOUGH:
        return word
    most = 2 if len(word) >= _LONG_WORD else 1
    terms = dict(
        database.execute(
            "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND LENGTH(term) BETWEEN ? AND ?",
            (word[0], chr(ord(word[0]) + 1), len(word) - most, len(word) + most),
        )
    )
    similar = extract(word, list(terms), scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(similar, key=lambda found: (found[1], -terms[found[0]], found[0]), default=(word,))[0]


def _where(wanted: dict[str, str]) -> tuple[str, list[str]]:
    clause = "AND content.rowid IN (SELECT document FROM facet WHERE name = ? AND value = ?) " * len(wanted)
    return clause, [part for pair in wanted.items() for part in pair]


def _result(row: tuple[Any, ...]) -> dict[str, Any]:
    iri, kind, label, article, snippet, score, types, _ = row
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
        "head": {"vars": list(names), "total": found["total"], "link": [found["next"]] if found["next"] else []},
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
