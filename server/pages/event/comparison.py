"""What several reports say of one event, side by side, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.pages.event.event_record import Bounds, EventRecord, Report
from server.pages.resources.things import Thing, known
from server.pages.sentences.times import in_words

_ROLES = ("agent", "target", "place")
_NUMBERS = ("fatalities", "injured")
_SURE = frozenset(("Factual", "Reported"))


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that reports say: a cell for each report, empty where it says nothing of it.

    Cells of a role hold things, of ``certainty`` names of certainties, all others texts. ``contradicts``: not all can be right.
    """

    what: str
    cells: tuple[tuple[Thing | str, ...], ...]
    contradicts: bool


def compared(record: EventRecord, language: str) -> list[Compared]:
    """Return what the reports say of whom, where, when, how many and how sure, without what none of them says."""
    reports = record.reports
    rows = [_role(record, role) for role in _ROLES]
    times = [in_words(report.earliest, report.latest, language) for report in reports]
    rows.append(_row("time", times, _apart_in_time(reports)))
    for name in _NUMBERS:
        numbers = [number_words(report.bounds(name)) for report in reports]
        rows.append(_row(name, numbers, len(set(filter(None, numbers))) > 1))
    sayings = [frozenset(report.certainties) for report in reports]
    denied = any("Negated" in said for said in sayings) and any(said & _SURE for said in sayings)
    rows.append(Compared("certainty", tuple(tuple(report.certainties) for report in reports), denied))
    return [row for row in rows if any(row.cells)]


def number_words(bounds: Bounds | None) -> str:
    """Return a number with its bounds: 12, 10–20, ≥ 24, ≤ 30; empty for none."""
    if bounds is None:
        return ""
    least, most = bounds
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}–{most}"
    return f"≥ {least}" if least is not None else f"≤ {most}"


def _role(record: EventRecord, role: str) -> Compared:
    cells = tuple(tuple(known(report.of(role), record.things)) for report in record.reports)
    named = [frozenset(shared) for report in record.reports if (shared := report.shared(role))]
    apart = any(one.isdisjoint(other) for one in named for other in named)
    return Compared(role, cells, apart and role != "place")  # of two places, one may lie in the other


def _row(what: str, told: Sequence[str], contradicts: bool) -> Compared:
    return Compared(what, tuple((words,) if words else () for words in told), contradicts)


def _apart_in_time(reports: Sequence[Report]) -> bool:
    spans = [(report.earliest, report.latest) for report in reports]
    return any(first and last and first > last for first, _ in spans for _, last in spans)
