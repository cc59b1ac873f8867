"""The search index: an SQLite file made of what a store says, in a fork of the fork server."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.namespaces import ACTOR_KINDS, DECLARED, EVENT_KINDS, EVENT_SUBKINDS, LB, PLACE_KINDS
from server.data.names import levelled

_SCHEMA = """
CREATE TABLE document (
  id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, kind_order INTEGER, label TEXT, article TEXT, mentions INTEGER);
CREATE TABLE facet (document INTEGER, name TEXT, value TEXT, label TEXT);
CREATE TABLE name (document INTEGER, level TEXT, label INTEGER);
CREATE VIRTUAL TABLE content USING fts5(label, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
"""
_FINISH = """
CREATE INDEX by_document ON facet (document);
CREATE INDEX by_value ON facet (name, value);
CREATE INDEX by_level ON name (level);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(content, 'row');
INSERT INTO content (content) VALUES ('optimize');
"""
KINDS = ("entity", "event", "article", "sentence")  # of documents, in the order in which they are shown
_ENTITIES = """SELECT ?iri ?type ?label ?name WHERE {
  VALUES ?type { %s } ?iri a ?type ; rdfs:label ?label .
  OPTIONAL { ?iri skos:altLabel|lb:epithet|rdfs:label ?name } }"""
_MENTIONS = "SELECT ?iri (COUNT(DISTINCT ?m) AS ?n) { ?iri gaf:denotedBy ?m } GROUP BY ?iri"
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


class _Document:
    """What is gathered of one thing before it is written."""

    __slots__ = ("article", "facets", "labels", "mentions", "names", "texts")

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}  # language → label
        self.texts: dict[str, None] = {}
        self.facets: dict[tuple[str, str], str] = {}
        self.article: str | None = None
        self.names: set[str] = set()  # what it is called besides
        self.mentions = 0

    @property
    def label(self) -> str:
        return self.labels.get("de") or min(self.labels.values(), default="")


class _Index:
    def __init__(self, store: ox.Store, database: sqlite3.Connection) -> None:
        self.store = store
        self.database = database

    def entities(self) -> None:
        """Write actors and places with all their names."""
        documents: dict[str, _Document] = {}
        for row in self._rows(_ENTITIES % _terms([*ACTOR_KINDS, *PLACE_KINDS])):
            document = _document(documents, row)
            if row["name"] is not None:
                document.texts[row["name"].value] = None
                document.names.add(row["name"].value)
        for row in self._rows(_MENTIONS):
            if (found := documents.get(row["iri"].value)) is not None:
                found.mentions = int(row["n"].value)
        self._write("entity", documents)

    def events(self) -> None:
        """Write events with the sentences that state them."""
        documents: dict[str, _Document] = {}
        for row in self._rows(_EVENTS % _terms([*EVENT_KINDS, *EVENT_SUBKINDS])):
            document = _document(documents, row)
            document.article = min(filter(None, (document.article, row["article"].value)))
            if row["text"] is not None:
                document.texts[row["text"].value] = None
            if row["day"] is not None:
                document.facets["year", row["day"].value[:4]] = row["day"].value[:4]
        for row in self._rows(_ROLES):
            found = documents.get(row["iri"].value)
            if found is not None and (row["label"].language or "de") == "de":
                found.facets[row["name"].value, row["value"].value] = row["label"].value
        self._write("event", documents)

    def articles(self) -> None:
        """Write the articles' headlines."""
        documents: dict[str, _Document] = {}
        for row in self._rows(_ARTICLES):
            document = documents.setdefault(row["iri"].value, _Document())
            document.labels["de"] = row["label"].value if row["label"] is not None else row["iri"].value.rpartition("/")[2]
            document.article = row["iri"].value
            if row["day"] is not None:
                document.facets["year", row["day"].value[:4]] = row["day"].value[:4]
        self._write("article", documents)

    def sentences(self) -> None:
        """Write every sentence."""
        documents: dict[str, _Document] = {}
        for row in self._rows(_SENTENCES):
            document = documents.setdefault(row["iri"].value, _Document())
            document.texts[row["text"].value] = None
            document.article = row["article"].value
        self._write("sentence", documents)

    def _rows(self, query: str) -> Iterable[Any]:
        return self.store.query(DECLARED + query, use_default_graph_as_union=True)  # type: ignore[return-value]

    def _write(self, kind: str, documents: dict[str, _Document]) -> None:
        for iri, document in sorted(documents.items()):
            done = self.database.execute(
                "INSERT INTO document (iri, kind, kind_order, label, article, mentions) VALUES (?, ?, ?, ?, ?, ?)",
                (iri, kind, KINDS.index(kind), document.label, document.article, document.mentions),
            )
            text = " · ".join([*sorted(document.labels.values()), *document.texts])
            self.database.execute(
                "INSERT INTO content (rowid, label, text) VALUES (?, ?, ?)", (done.lastrowid, document.label, text)
            )
            self._write_names(done.lastrowid, document)
            facets = [(done.lastrowid, "kind", kind, kind)]
            facets += [(done.lastrowid, name, value, label) for (name, value), label in document.facets.items()]
            self.database.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", facets)

    def _write_names(self, number: int | None, document: _Document) -> None:
        """Write what the thing itself is called; texts of events and sentences are no names."""
        labels = {levelled(label) for label in document.labels.values()}
        others = {levelled(name) for name in document.names} - labels
        rows = [(number, name, is_label) for names, is_label in ((labels, 1), (others, 0)) for name in sorted(names)]
        self.database.executemany("INSERT INTO name VALUES (?, ?, ?)", rows)


def _terms(kinds: Iterable[str]) -> str:
    return " ".join(f"<{LB[kind]}>" for kind in kinds)


def _document(documents: dict[str, _Document], row: Any) -> _Document:
    """Return the document of the row's thing, made where there is none, with the row's label and type in it."""
    document = documents.setdefault(row["iri"].value, _Document())
    document.labels[row["label"].language or ""] = row["label"].value
    document.facets["type", _local(row["type"])] = _local(row["type"])
    return document


def _local(iri: ox.NamedNode) -> str:
    return iri.value.rpartition("#")[2]
