"""What each article states of each event, read from a store: only what it says that it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rdflib.namespace import RDF

from kg.event_kinds import event_kinds
from kg.namespaces import DECLARED, LB
from kg.store.base import GraphStore

STATED_CERTAINTIES = frozenset(("Factual", "Reported"))
_READ = ("agent", "target", "place", "earliest", "latest", "fatalities", "fatalitiesMin", "fatalitiesMax")
_ARTICLES = """SELECT ?article ?day ?publisher ?headline { GRAPH ?article { ?article a schema:NewsArticle
  OPTIONAL { ?article schema:datePublished ?day } OPTIONAL { ?article schema:publisher ?publisher }
  OPTIONAL { ?article schema:headline ?headline } } }"""
_COPIES = "SELECT ?article { ?article lb:copyOf ?original }"
_MENTIONS = """SELECT ?article ?event ?factuality ?source ?begin ?sentence { GRAPH ?article {
  ?event gaf:denotedBy ?mention . ?mention lb:factuality ?factuality
  OPTIONAL { ?mention lb:attributedTo ?source } OPTIONAL { ?mention nif:beginIndex ?begin }
  OPTIONAL { ?mention nif:sentence/nif:anchorOf ?sentence } } }"""
_VALUES = "SELECT ?article ?event ?what ?value { VALUES ?what { %s } GRAPH ?article { ?event ?what ?value } }"


@dataclass(frozen=True, slots=True, order=True)
class SourceArticle:
    """An article that reports; ``published`` is its day, or ``date.max`` where it has none, so that it comes last."""

    published: date
    iri: str
    publisher: str = ""
    headline: str = ""
    is_copy: bool = False

    @property
    def undated(self) -> bool:
        """Whether it names no day of publication."""
        return self.published == date.max


@dataclass(slots=True)
class EventStatement:
    """What one article states of one event: values by property (the last part of its IRI), texts as in the store."""

    article: SourceArticle
    event: str
    certainties: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    sentences: list[tuple[int, str]] = field(default_factory=list)
    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def kinds(self) -> set[str]:
        """The types of event that it has."""
        return {value.removeprefix(str(LB)) for value in self.values["type"]} & set(event_kinds())

    @property
    def deaths(self) -> tuple[int | None, int | None] | None:
        """The bounds of the toll that the article gives, None where it gives none."""
        exact, least, most = ([int(v) for v in self.values[f"fatalities{end}"]] for end in ("", "Min", "Max"))
        low, high = [*exact, *least], [*exact, *most]
        return (min(low, default=None), max(high, default=None)) if low or high else None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it may have been, None where the article leaves that side open."""
        earliest, latest = self.values["earliest"], self.values["latest"]
        return (_day(min(earliest)) if earliest else None, _day(max(latest)) if latest else None)


def read_statements(store: GraphStore) -> dict[str, list[EventStatement]]:
    """Return what the articles of ``store`` state, by event; the earliest article of an event first."""
    articles = _articles(store)
    found = {}
    for statement in _mentioned(store, articles):
        found[statement.article.iri, statement.event] = statement
    names = {str(RDF.type): "type"} | {str(LB[name]): name for name in _READ}
    for row in store.query(DECLARED + _VALUES % " ".join(f"<{name}>" for name in names)):
        known = found.get((row["article"].value, row["event"].value))
        if known is not None:
            known.values[names[row["what"].value]].add(row["value"].value)
    by_event: dict[str, list[EventStatement]] = {}
    events = (known for known in found.values() if known.kinds)  # a name may be a trigger as well: Luftwaffe
    for known in sorted(events, key=lambda known: (known.article, known.event)):
        by_event.setdefault(known.event, []).append(known)
    return by_event


def _articles(store: GraphStore) -> dict[str, SourceArticle]:
    seen = {article.value for article in store.articles()}
    copies = {row["article"].value for row in store.query(DECLARED + _COPIES)}
    found: dict[str, SourceArticle] = {}
    for row in store.query(DECLARED + _ARTICLES):
        iri = row["article"].value
        if iri in seen:
            day = _day(row["day"].value) if row["day"] is not None else date.max
            publisher, headline = (row[name].value if row[name] is not None else "" for name in ("publisher", "headline"))
            article = SourceArticle(day, iri, publisher, headline, iri in copies)
            found[iri] = min(article, found.get(iri, article))
    return found


def _mentioned(store: GraphStore, articles: dict[str, SourceArticle]) -> Iterator[EventStatement]:
    found: dict[tuple[str, str], EventStatement] = {}
    for row in store.query(DECLARED + _MENTIONS):
        certainty = row["factuality"].value.removeprefix(str(LB))
        key = article, event = row["article"].value, row["event"].value
        if certainty in STATED_CERTAINTIES and article in articles:
            known = found.setdefault(key, EventStatement(articles[article], event))
            known.certainties.add(certainty)
            known.sources |= {row["source"].value} if row["source"] is not None else set()
            if row["sentence"] is not None:
                begin = int(row["begin"].value) if row["begin"] is not None else 0
                known.sentences.append((begin, " ".join(row["sentence"].value.split())))
    yield from found.values()


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
