"""An annotated article sentence by sentence: what both ways of showing it go through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from spacy.tokens import Doc, Span

from kg.annotation.records import Bounds, Entity, EventMention, Mention, Timex


class _Placed(Protocol):
    @property
    def begin(self) -> int: ...


Record = TypeVar("Record", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with what was found in it; ``kind`` is that of its block, ``number`` counts from 1.

    ``told`` gives the numbers of all sentences that mention an event, by its occurrence.
    """

    number: int
    kind: str
    span: Span
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]
    events: tuple[EventMention, ...]
    told: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence on one line."""
        return " ".join(self.span.text.split())


def passages(doc: Doc) -> Iterator[Passage]:
    """Yield the sentences of an annotated document, in text order."""
    spans = [span for span in doc.sents if span.text.strip()]
    begins = [span.start_char for span in spans]
    mentions, timexes = _by_sentence(doc._.mentions, begins), _by_sentence(doc._.timexes, begins)
    events = _by_sentence(doc._.events, begins)
    told = _told(events)
    blocks = [block.begin for block in doc._.blocks]
    for index, span in enumerate(spans):
        block = bisect_right(blocks, span.start_char) - 1
        kind = doc._.blocks[block].kind if block >= 0 else "body"
        yield Passage(index + 1, kind, span, mentions[index], timexes[index], events[index], told)


def _told(events: Sequence[tuple[EventMention, ...]]) -> dict[int | None, tuple[int, ...]]:
    """Return the numbers of the sentences that mention each occurrence."""
    out: dict[int | None, list[int]] = {}
    for index, mentions in enumerate(events):
        for number in {mention.occurrence for mention in mentions} - {None}:
            out.setdefault(number, []).append(index + 1)
    return {number: tuple(sentences) for number, sentences in out.items()}


def roles(event: EventMention) -> dict[str, tuple[str, ...]]:
    """Return the slugs of an event's entities by role, empty roles left out."""
    named = {"agent": event.agents, "target": event.targets, "place": event.places, "source": event.sources}
    return {role: slugs for role, slugs in named.items() if slugs}


def facts(event: EventMention, passage: Passage, entities: dict[str, Entity]) -> Iterator[tuple[str, str]]:
    """Yield what is known of an event as pairs of words.

    Role and names, time, factuality, numbers, confidence, the other sentences of the passage's article that tell it.
    """
    for role, slugs in roles(event).items():
        yield role, ", ".join(entities[slug].label for slug in slugs)
    if event.earliest or event.latest:
        yield "time", days(event.earliest, event.latest)
    yield "factuality", event.factuality
    for name, bounds in (("fatalities", event.fatalities), ("injured", event.injured)):
        if bounds is not None:
            yield name, number(bounds)
    yield "confidence", f"{event.confidence:.2f}"
    if others := [str(n) for n in passage.told.get(event.occurrence, ()) if n != passage.number]:
        yield "also in", ", ".join(others)


def days(earliest: date | None, latest: date | None) -> str:
    """Return a day, or the two days between which it lies; an open side is an ellipsis."""
    if earliest == latest:
        return str(earliest)
    return f"{earliest or '…'} to {latest or '…'}"


def number(bounds: Bounds) -> str:
    """Return a count, or its limits."""
    if bounds.low == bounds.high:
        return str(bounds.low)
    low, high = ("…" if limit is None else limit for limit in (bounds.low, bounds.high))
    return f"{low} to {high}"


def _by_sentence(records: Sequence[Record], begins: Sequence[int]) -> list[tuple[Record, ...]]:
    """Share out records among the sentences that begin at ``begins``."""
    shares: list[list[Record]] = [[] for _ in begins]
    for record in records:
        index = bisect_right(begins, record.begin) - 1
        if index >= 0:
            shares[index].append(record)
    return [tuple(share) for share in shares]
