"""The list of events, line by line, as tables and lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import FACTUALITIES, LB
from server.pages.page_queries import Row
from server.pages.portal.views import View, Views
from server.pages.sentences.times import day_of, in_short
from server.workers.fork_client import ForkClient

ROLE_COLUMNS = ("agents", "targets", "places")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something that takes part."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as one line; ``when`` is in words, ``low`` and ``high`` bound its dead, None where nobody tells."""

    iri: str
    label: str
    type: str
    when: str
    earliest: str
    latest: str
    agents: Sequence[Party]
    targets: Sequence[Party]
    places: Sequence[Party]
    low: int | None
    high: int | None
    certainties: Sequence[str]
    reports: int | None


def event_lines(views: Views, view: View, query: str, generation: ForkClient) -> list[EventLine]:
    """Return the lines of a query with the columns of :meth:`ViewQueries.rows`, in its order."""
    rows = views.select(query, generation)
    iris = {iri for row in rows for column in ROLE_COLUMNS for iri in _iris(row, column)}
    names = views.names(iris, view.reader.language, generation)
    return [_line(row, names, view.reader.language) for row in rows]


def _line(row: Row, names: Mapping[str, str], language: str) -> EventLine:
    earliest, latest = (row[name].text[:10] if name in row else "" for name in ("earliest", "latest"))
    agents, targets, places = (
        [Party(iri, names.get(iri, iri.rpartition("/")[2])) for iri in _iris(row, column)] for column in ROLE_COLUMNS
    )
    return EventLine(
        iri=row["event"].text, label=row["label"].text if "label" in row else row["event"].text.rpartition("/")[2],
        type=row["type"].text.removeprefix(str(LB)) if "type" in row else "", earliest=earliest, latest=latest,
        when=in_short(day_of(earliest), day_of(latest), language), agents=agents, targets=targets, places=places,
        low=_number(row, "low"), high=_number(row, "high"), certainties=_certainties(_iris(row, "certainties")),
        reports=_number(row, "reports"),
    )  # fmt: skip


def _iris(row: Row, column: str) -> list[str]:
    return sorted(row[column].text.split()) if column in row else []


def _certainties(iris: Iterable[str]) -> list[str]:
    """Return the names of certainties, the surest first."""
    names = {iri.removeprefix(str(LB)) for iri in iris}
    return [name for name in FACTUALITIES if name in names]


def _number(row: Row, column: str) -> int | None:
    text = row[column].text if column in row else ""
    return int(text) if text.isascii() and text.isdigit() else None
