"""The page of an event: what happened, who says so and how surely, where reports contradict each other, why they are one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from server.config import Config
from server.http.call import Answer, Call
from server.pages.event import event_queries
from server.pages.event.comparison import compared, number_words
from server.pages.event.event_record import Bounds, EventRecord, event_record
from server.pages.event.quotes import quotes
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import PageQueries, Row, Value
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.things import Thing
from server.pages.resources.vocabulary import Vocabularies
from server.pages.sentences.event_sentence import Part, Told, event_sentence
from server.pages.sentences.times import date_words, day_of, decimal, in_words
from server.pages.texts import all_texts, text
from server.selection.pattern import declared
from server.workers.fork_client import ForkClient

_DERIVED = "graph/derived"
_REASON = "reason."  # before the keys of texts that say it in both languages


@dataclass(frozen=True, slots=True)
class Why:
    """Why reports are one event: how well the weakest fits (0 to 1, as text), what speaks for it, and what they were called."""

    score: str
    reasons: tuple[str, ...]
    before: tuple[str, ...]


class EventPage:
    """Makes pages of events."""

    def __init__(
        self, config: Config, rows: PageQueries, pages: Pages, vocabularies: Vocabularies, kept: KeptPages
    ) -> None:
        self.rows = rows
        self.kept = kept
        self.pages = pages
        self.vocabularies = vocabularies
        self.base = config.base

    def answer(self, call: Call, iri: str) -> Answer:
        """Return the page; raises :class:`Problem`."""
        reader = Reader.of(call)
        return self.kept.answer(call, reader, lambda generation: self._page(reader, iri, generation))

    def _page(self, reader: Reader, iri: str, generation: ForkClient) -> Answer:
        queries = {name: declared(query.format(event=iri, language=reader.language)) for name, query in _QUERIES.items()}
        asked = {name: self.rows.select(query, generation) for name, query in queries.items()}
        record = event_record(iri, self.base + _DERIVED, *(asked[name] for name in _OF_THE_RECORD))
        language = reader.language
        mapped = [thing for thing in record.role("place") if thing.point]
        values = {
            "iri": iri, "record": record, "queries": queries, "vocabulary": self.vocabularies.newest(),
            "sentence_parts": event_sentence(told(record, language), language),
            "other_sentence": event_sentence(told(record, reader.other), reader.other),
            "when": in_words(*record.span, language), "toll": partial(_toll, record), "number": number_words,
            "quotes": lambda report: quotes(record, report, language),
            "compared": compared(record, language) if len(record.reports) > 1 else [],
            "why": _why(asked["resolution"]), "reason": partial(_reason, language), "control": asked["control"],
            "mapped": mapped, "client": self.pages.client(reader, {"map": self._map(reader, iri)}) if mapped else None,
            "title": title(record, self.vocabularies.newest().label, language),
            "day": partial(date_words, language=language), "decimal": partial(decimal, language=language),
            "between": partial(_between, language),
        }  # fmt: skip
        return self.pages.page(reader, "event.html", values)

    def _map(self, reader: Reader, iri: str) -> str:
        return declared(event_queries.MAP.format(event=iri, language=reader.language))


_OF_THE_RECORD = ("statements", "participants", "articles", "passages", "named_there")
_QUERIES = {
    "statements": event_queries.STATEMENTS, "participants": event_queries.PARTICIPANTS, "articles": event_queries.ARTICLES,
    "passages": event_queries.PASSAGES, "named_there": event_queries.NAMED_THERE, "resolution": event_queries.RESOLUTION,
    "control": event_queries.CONTROL,
}  # fmt: skip


def _between(language: str, first: Value | None, last: Value | None) -> str:
    return in_words(day_of(first.text) if first else None, day_of(last.text) if last else None, language)


def told(record: EventRecord, language: str) -> Told:
    """Return what the sentence about an event is made of."""
    earliest, latest = record.span
    return Told(
        record.kinds or ("Event",),
        {role: [thing.named(language) for thing in record.known_in_role(role)] for role in ("agent", "target", "place")},
        earliest, latest, record.certainties or frozenset(("Factual",)),
        tuple(source.named(language) for source in record.sources), _dead_words(record.bounds("fatalities"), language),
    )  # fmt: skip


def title(record: EventRecord, label: Callable[[str, str], str], language: str) -> tuple[Part, ...]:
    """Return a short title: the type, and where or whom."""
    kinds = record.kinds or ("Event",)
    name = label(kinds[-1], language)
    named: list[Thing] = record.role("place") or record.role("target") or record.role("agent")
    whom = ", ".join(thing.named(language).name for thing in named[:3])
    return (Part(name[:1].upper() + name[1:]), *((Part(": "), Part(whom)) if whom else ()))


def _dead_words(bounds: Bounds | None, language: str) -> str:
    """Return a toll as a sentence says it: 12, mindestens 12, 10 bis 20; empty where nobody, or one, or no number is told."""
    least, most = bounds or (None, None)
    if max(least or 0, most or 0) < 2:
        return ""
    if least == most:
        return str(least)
    key = "number.between" if least is not None and most is not None else "number.least" if most is None else "number.most"
    return text(language, key, least=least, most=most)


def _toll(record: EventRecord, name: str) -> str:
    return number_words(record.bounds(name))


def _why(rows: list[Row]) -> Why | None:
    reasons = tuple(dict.fromkeys(row["reason"].text for row in rows if "reason" in row))
    before = tuple(row["before"].text for row in rows if "before" in row)
    score = next((row["score"].text for row in rows if "score" in row), "")
    return Why(score, reasons, before) if reasons or before else None


def _reason(language: str, reason: str) -> str:
    """Return a reason in the reader's language, as it stands in the data where it is none of ours."""
    return all_texts(language).get(_REASON + reason.replace(" ", "_"), reason)
