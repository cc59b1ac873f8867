"""The search index: an SQLite file made of what a store says, in a fork of the fork server."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.namespaces import ACTOR_KINDS, DECLARED, EVENT_KINDS, EVENT_SUBKINDS, LB, PLACE_KINDS

_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, article TEXT);
CREATE TABLE facet (entry INTEGER, name TEXT, value TEXT, label TEXT);
CREATE VIRTUAL TABLE content USING fts5(label, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
"""
_FINISH = """
CREATE INDEX by_entry ON facet (entry);
CREATE INDEX by_value ON facet (name, value);
INSERT INTO content (content) VALUES ('optimize');
"""
_KINDS = [*ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS]
_ENTITIES = """SELECT ?iri ?type ?label ?name WHERE {
  VALUES ?type { %s } ?iri a ?type ; rdfs:label ?label .
  OPTIONAL { ?iri skos:altLabel|lb:epithet|rdfs:label ?name } }"""
_EVENTS = """SELECT ?iri ?type ?label ?text ?article ?day WHERE {
  VALUES ?type { %s } ?iri a ?type ; rdfs:label ?label ; gaf:denotedBy ?mention .
  ?mention nif:referenceContext ?article . OPTIONAL { ?mention nif:sentence/nif:anchorOf ?text }
  OPTIONAL { ?iri lb:earliest ?day } }"""
_ROLES = """SELECT ?iri ?name ?value ?label WHERE {
  VALUES (?property ?name) { (lb:agent "actor") (lb:target "actor") (lb:place "place") }
  ?iri ?property ?value . ?value rdfs:label ?label }"""
_ARTICLES = """SELECT ?iri ?label ?day WHERE {
  ?iri a schema:NewsArticle . OPTIONAL { ?iri schema:headline ?label } OPTIONAL { ?iri schema:datePublished ?day } }"""
_SENTENCES = """SELECT ?iri ?text ?article WHERE {
  ?iri a nif:Sentence ; nif:anchorOf ?text ; nif:referenceContext ?article }"""


def build(store: ox.Store, path: Path) -> None:
    """Write the index of a store; the file is there only when it is whole."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        index = _Index(store, database)
        for part in (index.entities, index.events, index.articles, index.sentences):
            part()
        database.executescript(_FINISH)
        database.commit()
    unfinished.replace(path)


class _Entry:
    """What is gathered of one thing before it is written."""

    __slots__ = ("article", "facets", "labels", "texts")

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}  # language → label
        self.texts: dict[str, None] = {}
        self.facets: dict[tuple[str, str], str] = {}
        self.article: str | None = None

    @property
    def label(self) -> str:
        return self.labels.get("de") or min(self.labels.values(), default="")


class _Index:
    def __init__(self, store: ox.Store, database: sqlite3.Connection) -> None:
        self.store = store
        self.database = database

    def entities(self) -> None:
        """Write actors and places with all their names."""
        entries: dict[str, _Entry] = {}
        for row in self._rows(_ENTITIES % _terms([*ACTOR_KINDS, *PLACE_KINDS])):
            entry = _entry(entries, row)
            if row["name"] is not None:
                entry.texts[row["name"].value] = None
        self._write("entity", entries)

    def events(self) -> None:
        """Write events with the sentences that state them."""
        entries: dict[str, _Entry] = {}
        for row in self._rows(_EVENTS % _terms([*EVENT_KINDS, *EVENT_SUBKINDS])):
            entry = _entry(entries, row)
            entry.article = min(filter(None, (entry.article, row["article"].value)))
            if row["text"] is not None:
                entry.texts[row["text"].value] = None
            if row["day"] is not None:
                entry.facets["year", row["day"].value[:4]] = row["day"].value[:4]
        for row in self._rows(_ROLES):
            found = entries.get(row["iri"].value)
            if found is not None and (row["label"].language or "de") == "de":
                found.facets[row["name"].value, row["value"].value] = row["label"].value
        self._write("event", entries)

    def articles(self) -> None:
        """Write the articles' headlines."""
        entries: dict[str, _Entry] = {}
        for row in self._rows(_ARTICLES):
            entry = entries.setdefault(row["iri"].value, _Entry())
            entry.labels["de"] = row["label"].value if row["label"] is not None else row["iri"].value.rpartition("/")[2]
            entry.article = row["iri"].value
            if row["day"] is not None:
                entry.facets["year", row["day"].value[:4]] = row["day"].value[:4]
        self._write("article", entries)

    def sentences(self) -> None:
        """Write every sentence."""
        entries: dict[str, _Entry] = {}
        for row in self._rows(_SENTENCES):
            entry = entries.setdefault(row["iri"].value, _Entry())
            entry.texts[row["text"].value] = None
            entry.article = row["article"].value
        self._write("sentence", entries)

    def _rows(self, query: str) -> Iterable[Any]:
        return self.store.query(DECLARED + query, use_default_graph_as_union=True)  # type: ignore[return-value]

    def _write(self, kind: str, entries: dict[str, _Entry]) -> None:
        for iri, entry in sorted(entries.items()):
            done = self.database.execute(
                "INSERT INTO entry (iri, kind, label, article) VALUES (?, ?, ?, ?)",
                (iri, kind, entry.label, entry.article),
            )
            text = " · ".join([*sorted(entry.labels.values()), *entry.texts])
            self.database.execute(
                "INSERT INTO content (rowid, label, text) VALUES (?, ?, ?)", (done.lastrowid, entry.label, text)
            )
            facets = [(done.lastrowid, "kind", kind, kind)]
            facets += [(done.lastrowid, name, value, label) for (name, value), label in entry.facets.items()]
            self.database.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", facets)


def _terms(kinds: Iterable[str]) -> str:
    return " ".join(f"<{LB[kind]}>" for kind in kinds)


def _entry(entries: dict[str, _Entry], row: Any) -> _Entry:
    """Return the entry of the row's thing, made where there is none, with the row's label and type in it."""
    entry = entries.setdefault(row["iri"].value, _Entry())
    entry.labels[row["label"].language or ""] = row["label"].value
    entry.facets["type", _local(row["type"])] = _local(row["type"])
    return entry


def _local(iri: ox.NamedNode) -> str:
    return iri.value.rpartition("#")[2]
