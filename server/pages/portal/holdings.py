"""Who held what on the day chosen, else after the last change that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from server.pages.page_queries import Row
from server.pages.portal.event_lines import Party
from server.pages.sentences.times import day_of

_STARTS, _ENDS = ("earliestStart", "latestStart"), ("earliestEnd", "latestEnd")


@dataclass(frozen=True, slots=True)
class Holding:
    """A place and who may have held it; ``certain`` says of each whether that is certain."""

    place: Party
    holders: Sequence[tuple[Party, bool]]


def last_change(rows: Sequence[Row]) -> date | None:
    """Return the last day on which a period of the query for periods begins or ends, None without any."""
    days = [day_of(row[name].text) for row in rows for name in (*_STARTS, *_ENDS) if name in row]
    return max((day for day in days if day), default=None)


def holdings(rows: Sequence[Row], day: date) -> list[Holding]:
    """Return the places that somebody may have held on a day, by name."""
    places: dict[str, tuple[Party, dict[str, tuple[Party, bool]]]] = {}
    for row in rows:
        begin, surely = (_bound(row, name, date.min) for name in _STARTS)
        still, end = (_bound(row, name, date.max) for name in _ENDS)
        if begin <= day <= end:
            place, holder = _party(row, "place", "label"), _party(row, "holder", "holderLabel")
            known = places.setdefault(place.iri, (place, {}))[1]
            certain = ("latestStart" in row and surely <= day <= still) or known.get(holder.iri, (holder, False))[1]
            known[holder.iri] = holder, certain
    found = [Holding(place, sorted(known.values(), key=_surest_first)) for place, known in places.values()]
    return sorted(found, key=lambda holding: holding.place.label.casefold())


def _surest_first(held: tuple[Party, bool]) -> tuple[bool, str]:
    holder, certain = held
    return not certain, holder.label


def _bound(row: Row, name: str, missing: date) -> date:
    return (day_of(row[name].text) if name in row else None) or missing


def _party(row: Row, name: str, label: str) -> Party:
    iri = row[name].text
    return Party(iri, row[label].text if label in row else iri.rpartition("/")[2])
