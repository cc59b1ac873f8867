"""What an article's graph says: its events in text order, and who and what it names where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.namespaces import EVENT_KINDS, EVENT_SUBKINDS
from server.pages.page_queries import Row
from server.pages.resources.marks import Span, Target, offsets
from server.pages.resources.things import Thing, known, local_name
from server.pages.sentences.event_sentence import Part, Told, event_sentence
from server.pages.sentences.times import day_of

_KINDS = (*EVENT_KINDS, *EVENT_SUBKINDS)
_ROLES = ("agent", "target", "place")


@dataclass(slots=True)
class ToldEvent:
    """An event as this article tells it; ``mentions`` and ``times`` are stretches of its text."""

    iri: str
    kinds: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    certainties: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    earliest: date | None = None
    latest: date | None = None

    @property
    def begin(self) -> int:
        """Where its first mention stands."""
        return min((where[0] for iri in self.mentions if (where := offsets(iri))), default=0)

    def sentence(self, found: dict[str, Thing], language: str) -> tuple[Part, ...]:
        """Return what happened, in parts of a sentence."""
        roles = {role: [thing.named(language) for thing in known(self.roles.get(role, ()), found)] for role in _ROLES}
        sources = tuple(thing.named(language) for thing in known(self.sources, found))
        kinds = tuple(sorted(self.kinds, key=_KINDS.index))
        certain = frozenset(self.certainties or ("Factual",))
        return event_sentence(Told(kinds, roles, self.earliest, self.latest, certain, sources), language)


def told_events(rows: Iterable[Row], roles: Iterable[Row]) -> list[ToldEvent]:
    """Return the events of an article in text order."""
    found: dict[str, ToldEvent] = {}
    for row in rows:
        event = found.setdefault(row["event"].text, ToldEvent(row["event"].text))
        for values, name in ((event.kinds, "kind"), (event.certainties, "certainty")):
            _add(values, local_name(row, name))
        for values, name in ((event.mentions, "mention"), (event.sources, "source"), (event.times, "time")):
            _add(values, row[name].text if name in row else "")
        event.earliest = day_of(row["earliest"].text) if "earliest" in row else None
        event.latest = day_of(row["latest"].text) if "latest" in row else None
    for row in roles:
        if (told := found.get(row["event"].text)) is not None:
            _add(told.roles.setdefault(local_name(row, "role"), []), row["entity"].text)
    return sorted(found.values(), key=lambda event: (event.begin, event.iri))


def spans(
    events: Iterable[ToldEvent], named: Iterable[Row], found: dict[str, Thing], language: str
) -> Iterator[Span]:
    """Yield all that is marked in the text: names, words that tell an event, times; ``found`` are the things named."""
    for mention, iri in ((row["mention"].text, row["entity"].text) for row in named):
        thing = found.get(iri) or Thing(iri)
        yield from span_of(mention, "place" if thing.is_place else "actor", Target(iri, thing.named(language).name))
    for event in events:
        title = "".join(part.text for part in event.sentence(found, language))
        for mention in event.mentions:
            yield from span_of(mention, "trigger", Target(event.iri, title))
        for time in event.times:
            yield from span_of(time, "time")


def span_of(iri: str, role: str, *targets: Target) -> Iterator[Span]:
    """Yield the stretch of text that an IRI means, none where the IRI does not tell its offsets."""
    if (where := offsets(iri)) is not None:
        yield Span(*where, role, targets, iri.rpartition("#")[2])


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
