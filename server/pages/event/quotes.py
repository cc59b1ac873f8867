"""The sentences of a report, each once, with the words marked that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.pages.event.event_record import EventRecord, Passage, Report
from server.pages.resources.marks import Node, Span, Target, marked, offsets
from server.pages.resources.things import Thing


@dataclass(frozen=True, slots=True)
class Stance:
    """How sure a mention is, who says so, and how sure the extraction is of its reading (0 to 1, as text)."""

    words: str
    certainty: str
    sources: tuple[Thing, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article; ``iri`` leads to where it stands there."""

    iri: str
    nodes: tuple[Node, ...]
    stances: tuple[Stance, ...]


def quotes(record: EventRecord, report: Report, language: str) -> list[Quote]:
    """Return the sentences of a report that speak of the event, in text order."""
    by_sentence: dict[str, list[Passage]] = {}
    for passage in report.passages:
        by_sentence.setdefault(passage.sentence, []).append(passage)
    return [_quote(record, report, sentence, passages, language) for sentence, passages in by_sentence.items()]


def _quote(record: EventRecord, report: Report, sentence: str, passages: list[Passage], language: str) -> Quote:
    text = passages[0].text
    where = offsets(sentence)
    spans = list(_spans(record, report, passages, language)) if where else []
    stances = tuple(_stance(passage, record.things) for passage in passages)
    return Quote(sentence, marked(text, spans, where[0] if where else 0), stances)


def _stance(passage: Passage, known: Mapping[str, Thing]) -> Stance:
    sources = tuple(known.get(iri) or Thing(iri) for iri in passage.sources)
    return Stance(passage.words, passage.certainty, sources, passage.confidence)


def _spans(record: EventRecord, report: Report, passages: list[Passage], language: str) -> Iterator[Span]:
    for passage in passages:
        yield from _span(passage.mention, "trigger")
    for mention, iri in report.named:
        thing = record.things.get(iri) or Thing(iri)
        role = "place" if iri in report.of("place") else "actor"
        yield from _span(mention, role, (Target(iri, thing.named(language).name),))
    for stretch in report.of("timeExpression"):
        yield from _span(stretch, "time")


def _span(iri: str, role: str, targets: tuple[Target, ...] = ()) -> Iterator[Span]:
    if (where := offsets(iri)) is not None:
        yield Span(*where, role, targets)
