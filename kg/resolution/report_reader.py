"""Event reports out of a store: what each article's graph says of each of its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from pyoxigraph import Triple
from rdflib.namespace import RDF

from kg.namespaces import DECLARED, EVENT_KINDS, LB, PLACE_KINDS
from kg.resolution.containment import Geography
from kg.resolution.event_reports import FOREVER, EventReport
from kg.store.base import GAZETTEER, GraphStore, restored

Item = TypeVar("Item")
Said = defaultdict[str, list[str]]  # of an event: values by predicate, and its mentions' ``certainty``
ARTICLES_ASKED = 500  # articles asked for at once
_TYPE, _PLACE, _AGENT, _TARGET = (str(each) for each in (RDF.type, LB.place, LB.agent, LB.target))
_EARLIEST, _LATEST, _VOCABULARY = str(LB.earliest), str(LB.latest), str(LB)
_TOLL = tuple(str(each) for each in (LB.fatalities, LB.fatalitiesMin, LB.fatalitiesMax))
STATEMENTS = (_TYPE, _PLACE, _EARLIEST, _LATEST, _AGENT, _TARGET, *_TOLL)  # what is read of an event

SAID_OF_ARTICLES = "SELECT ?a ?value WHERE { GRAPH ?a { ?a %s ?value } }"
ARTICLE_TEXTS = "SELECT ?a ?text WHERE { VALUES ?a { %s } GRAPH ?a { ?a nif:isString ?text } }"
EVENT_STATEMENTS = """SELECT ?a ?event ?id ?p ?o WHERE { VALUES ?a { %s } GRAPH ?a { ?event dcterms:identifier ?id ; ?p ?o
    FILTER(?p IN (@)) } }""".replace("@", ", ".join(f"<{each}>" for each in STATEMENTS))
CERTAINTIES = """SELECT ?a ?id ?o WHERE { VALUES ?a { %s }
    GRAPH ?a { ?event dcterms:identifier ?id ; gaf:denotedBy/lb:factuality ?o } }"""
TOLD_OF = "SELECT (?e AS ?s) ?p ?o WHERE { GRAPH <%s> { VALUES ?id { %s } ?e dcterms:identifier ?id ; ?p ?o } }"
TOLD_WITH = "SELECT ?s ?p (?e AS ?o) WHERE { GRAPH <%s> { VALUES ?id { %s } ?e dcterms:identifier ?id . ?s ?p ?e } }"
GAZETTEER_PLACES = "SELECT ?place ?kind WHERE { VALUES ?kind { %s } GRAPH <%s> { ?place a ?kind } }"
GAZETTEER_PARENTS = "SELECT ?place ?parent WHERE { GRAPH <%s> { ?place lb:locatedIn ?parent } }"


@dataclass(frozen=True, slots=True)
class Head:
    """An article of the store; another ``stamp`` means that it was read anew."""

    article: str
    stamp: str
    published: int


@dataclass(frozen=True, slots=True)
class ArticleReports:
    """What resolution needs of an article, without a look into a store: ``reports`` are :class:`EventReport` as JSON."""

    head: Head
    signature: bytes | None
    reports: tuple[str, ...]


def read_heads(store: GraphStore) -> dict[str, Head]:
    """Return every article of the store, by its IRI."""
    runs, days = _said_of_articles(store, "prov:wasGeneratedBy"), _said_of_articles(store, "schema:datePublished")
    hashes = _said_of_articles(store, "lb:contentHash").items()
    return {name: Head(name, f"{content} {runs[name]}", day_of(days.get(name))) for name, content in hashes if name in runs}


def read_texts(store: GraphStore, articles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the text of each of ``articles``."""
    for batch in _batches(sorted(articles)):
        for row in store.query(DECLARED + ARTICLE_TEXTS % _named(batch)):
            yield row["a"].value, row["text"].value


def read_reports(store: GraphStore, heads: Iterable[Head], base: str) -> Iterator[tuple[EventReport, str]]:
    """Yield what the articles of ``heads`` say of events, and what they call them now, by article and event."""
    for batch in _batches(sorted(heads, key=lambda head: head.article)):
        names = _named([head.article for head in batch])
        said: defaultdict[tuple[str, str], Said] = defaultdict(lambda: defaultdict(list))
        shown: dict[tuple[str, str], str] = {}
        for row in store.query(DECLARED + EVENT_STATEMENTS % names):
            key = row["a"].value, row["id"].value
            said[key][row["p"].value].append(row["o"].value)
            shown[key] = row["event"].value
        for row in store.query(DECLARED + CERTAINTIES % names):
            said[row["a"].value, row["id"].value]["certainty"].append(row["o"].value.removeprefix(str(LB)))
        published = {head.article: head.published for head in batch}
        for (article, identifier), values in sorted(said.items()):
            report = report_of(article, f"{base}event/{identifier}", published[article], values)
            yield report, shown[article, identifier]


def read_events(store: GraphStore, article: str, keys: Iterable[str]) -> list[Triple]:
    """Return the triples of an article that tell of the events with these names for this article alone."""
    named = " ".join(f'"{key.rpartition("/")[2]}"' for key in keys)
    rows = (row for text in (TOLD_OF, TOLD_WITH) for row in store.query(DECLARED + text % (article, named)))
    return [restored(Triple(row["s"], row["p"], row["o"])) for row in rows]


def read_geography(store: GraphStore, base: str) -> Geography:
    """Return the places of the gazetteer, their kinds and in which larger place each lies: two questions cost half of one."""
    gazetteer, sought = f"{base}{GAZETTEER}", " ".join(f"lb:{kind}" for kind in PLACE_KINDS)
    kinds = {
        row["place"].value: row["kind"].value.removeprefix(str(LB))
        for row in store.query(DECLARED + GAZETTEER_PLACES % (sought, gazetteer))
    }
    lie = store.query(DECLARED + GAZETTEER_PARENTS % gazetteer)
    return Geography(kinds, {row["place"].value: row["parent"].value for row in lie if row["place"].value in kinds})


def _said_of_articles(store: GraphStore, predicate: str) -> dict[str, str]:
    """Return one value of every article that has it; asked for one by one they cost half of what they do together."""
    return {row["a"].value: row["value"].value for row in store.query(DECLARED + SAID_OF_ARTICLES % predicate)}


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, ARTICLES_ASKED)):
        yield batch


def _named(articles: Iterable[str]) -> str:
    return " ".join(f"<{article}>" for article in articles)


def report_of(article: str, key: str, published: int, values: Said) -> EventReport:
    """Return the report that is made of what an article says of an event."""
    kinds = sorted(value.removeprefix(_VOCABULARY) for value in values[_TYPE])
    suffix = f"-{article.rpartition('/')[2]}"
    return EventReport(
        key=key,
        article=article,
        kind=next((kind for kind in kinds if kind in EVENT_KINDS), kinds[0]),
        published=published,
        places=tuple(sorted(place.removesuffix(suffix) for place in values[_PLACE])),
        earliest=_bound(values[_EARLIEST]),
        latest=_bound(values[_LATEST]),
        agents=frozenset(actor for actor in values[_AGENT] if not actor.endswith(suffix)),
        targets=frozenset(actor for actor in values[_TARGET] if not actor.endswith(suffix)),
        deaths=_deaths(*(min(map(int, values[predicate]), default=None) for predicate in _TOLL)),
        certainties=frozenset(values["certainty"]),
    )


def _deaths(exact: int | None, least: int | None, most: int | None) -> tuple[int | None, int | None] | None:
    if exact is not None:
        return exact, exact
    return None if least is None and most is None else (least, most)


def _bound(moments: list[str]) -> int | None:
    return day_of(min(moments)) if moments else None


def day_of(moment: str | None) -> int:
    """Return the day of an xsd:dateTime as an ordinal; a day after all days for None."""
    return FOREVER if moment is None else date.fromisoformat(moment[:10]).toordinal()
