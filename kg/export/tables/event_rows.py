"""One row an event: what all articles that state it say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.event_kinds import EventKind, event_kinds
from kg.export.tables.participants import ActorsAndPlaces, Participant, read_participants
from kg.export.tables.statements import EventStatement, SourceArticle, read_statements
from kg.knowledge.gazetteer import slug_of
from kg.resolution.event_reports import EventReport
from kg.resolution.tolls import Toll, toll_of
from kg.store.base import GraphStore


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event over all articles that state it; ``sources`` are those who say so inside the articles.

    ``earliest`` and ``latest`` are the days on which all articles can be right; where no day is, all of their days.
    ``where`` are the places; where none is named, the places among the targets.
    """

    iri: str
    kind: EventKind
    agents: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    where: tuple[Participant, ...]
    sources: tuple[Participant, ...]
    earliest: date | None
    latest: date | None
    toll: Toll | None
    certainty: str
    articles: tuple[SourceArticle, ...]
    sentence: str

    @property
    def identifier(self) -> str:
        """The last part of the IRI."""
        return slug_of(self.iri)

    @property
    def independent(self) -> tuple[SourceArticle, ...]:
        """The articles that are no copies; where all are, the earliest."""
        return tuple(article for article in self.articles if not article.is_copy) or self.articles[:1]

    @property
    def days(self) -> int | None:
        """The number of days on which it may have been, None where one side is open."""
        return None if self.earliest is None or self.latest is None else (self.latest - self.earliest).days + 1

    @property
    def year(self) -> int | None:
        """The year in which all those days lie, or None."""
        if self.earliest is None or self.latest is None or self.earliest.year != self.latest.year:
            return None
        return self.earliest.year


def read_event_rows(store: GraphStore) -> tuple[list[EventRow], ActorsAndPlaces]:
    """Return a row for each event that an article of ``store`` states, by day and IRI, and who takes part in them."""
    participants = read_participants(store)
    rows = [_row(event, statements, participants) for event, statements in read_statements(store).items()]
    return sorted(rows, key=lambda row: (row.earliest or row.latest or date.max, row.iri)), participants


def finest_kind(names: Iterable[str]) -> EventKind:
    """Return the kind that says most: a finer one before its parent, a general one last."""
    kinds = list(event_kinds())
    known = [event_kinds()[name] for name in names]
    return min(known, key=lambda kind: (not kind.parent, "general" in kind.families, kinds.index(kind.name)))


def _row(event: str, statements: Sequence[EventStatement], participants: ActorsAndPlaces) -> EventRow:
    def said(name: str) -> set[str]:
        return {value for statement in statements for value in statement.values[name]}

    earliest, latest = common_days([statement.days for statement in statements])
    targets = participants.all_of(said("target"))
    certainties = {certainty for statement in statements for certainty in statement.certainties}
    return EventRow(
        iri=event,
        kind=finest_kind(kind for statement in statements for kind in statement.kinds),
        agents=participants.all_of(said("agent")),
        targets=targets,
        where=participants.all_of(said("place")) or tuple(target for target in targets if target.is_place),
        sources=participants.all_of(source for statement in statements for source in statement.sources),
        earliest=earliest,
        latest=latest,
        toll=_toll(event, statements),
        certainty="Factual" if "Factual" in certainties else "Reported",
        articles=tuple(statement.article for statement in statements),
        sentence=next((min(statement.sentences)[1] for statement in statements if statement.sentences), ""),
    )


def common_days(days: Sequence[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """Return the days that all of ``days`` allow; where no day is, all of them."""
    firsts, lasts = ([day for day in side if day is not None] for side in zip(*days, strict=True))
    if firsts and lasts and max(firsts) > min(lasts):
        return min(firsts), max(lasts)
    return max(firsts, default=None), min(lasts, default=None)


def _toll(event: str, statements: Sequence[EventStatement]) -> Toll | None:
    copies = [statement.article.iri for statement in statements if statement.article.is_copy]
    reports = [EventReport(event, s.article.iri, "", s.article.published.toordinal(), deaths=s.deaths) for s in statements]
    return toll_of(reports, copies) or toll_of(reports)
