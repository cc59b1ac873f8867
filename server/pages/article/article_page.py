"""The page of an article: its text as people read it with what was found in it, and what was set aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate

from server.config import Config
from server.http.call import Answer, Call
from server.pages.article import article_queries
from server.pages.article.article_record import ToldEvent, span_of, spans, told_events
from server.pages.article.build_record import BuildRecord, SetAside
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import PageQueries, Row
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.marks import Node, Span, marked
from server.pages.resources.things import Thing, things
from server.pages.resources.vocabulary import Vocabularies
from server.pages.sentences.event_sentence import Part
from server.pages.sentences.times import date_words, day_of
from server.selection.pattern import declared
from server.workers.fork_client import ForkClient

_QUERIES = {
    "head": article_queries.HEAD, "copies": article_queries.COPIES, "named": article_queries.NAMED,
    "names": article_queries.NAMES, "sentences": article_queries.SENTENCES,
    "events": article_queries.EVENTS, "roles": article_queries.ROLES,
}  # fmt: skip
_PARAGRAPH = "\n\n"


class ArticlePage:
    """Makes pages of articles."""

    def __init__(
        self, config: Config, rows: PageQueries, pages: Pages, vocabularies: Vocabularies, kept: KeptPages, record: BuildRecord
    ) -> None:
        self.base = config.base
        self.rows = rows
        self.pages = pages
        self.vocabularies = vocabularies
        self.kept = kept
        self.record = record

    def answer(self, call: Call, iri: str) -> Answer:
        """Return the page; raises :class:`Problem`."""
        reader = Reader.of(call)
        return self.kept.answer(call, reader, lambda generation: self._page(reader, iri, generation))

    def _page(self, reader: Reader, iri: str, generation: ForkClient) -> Answer:
        queries = {name: declared(query.format(article=iri)) for name, query in _QUERIES.items()}
        asked = {name: self.rows.select(query, generation) for name, query in queries.items()}
        head = asked["head"][0] if asked["head"] else {}
        found = things(asked["names"])
        events = told_events(asked["events"], asked["roles"])
        set_aside = self.record.of(iri.removeprefix(f"{self.base}article/"))
        values = {
            "iri": iri, "head": head, "queries": queries, "events": events, "copies": asked["copies"],
            "vocabulary": self.vocabularies.newest(), "set_aside": set_aside,
            "paragraphs": _paragraphs(head, _spans(asked, events, found, reader.language), set_aside),
            "sentence_of": partial(_sentence, found, reader.language),
            "day": _day(head, reader.language), "text": head["text"].text if "text" in head else "",
        }  # fmt: skip
        return self.pages.page(reader, "article.html", values)


def _spans(
    asked: dict[str, list[Row]], events: list[ToldEvent], found: dict[str, Thing], language: str
) -> list[Span]:
    sentences = [row["sentence"].text for row in asked["sentences"]]
    return [*spans(events, asked["named"], found, language), *(one for iri in sentences for one in span_of(iri, "sentence"))]


def _sentence(found: dict[str, Thing], language: str, event: ToldEvent) -> tuple[Part, ...]:
    return event.sentence(found, language)


def _day(head: Row, language: str) -> str:
    day = day_of(head["day"].text) if "day" in head else None
    return date_words(day, language) if day else ""


def _paragraphs(head: Row, marks: Iterable[Span], set_aside: SetAside) -> Iterator[tuple[Node, ...]]:
    """Yield the paragraphs of the text with their marks, and what of it was not read."""
    if "text" not in head:
        return
    paragraphs = head["text"].text.split(_PARAGRAPH)
    begins = list(accumulate((len(paragraph) + len(_PARAGRAPH) for paragraph in paragraphs), initial=0))[:-1]
    inside: list[list[Span]] = [[] for _ in paragraphs]
    for span in (*marks, *(Span(failed.begin, failed.end, "failed") for failed in set_aside.failed)):
        for number in range(max(0, bisect_right(begins, span.begin) - 1), bisect_left(begins, span.end)):
            inside[number].append(span)
    yield from map(marked, paragraphs, inside, begins)
