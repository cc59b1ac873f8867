"""How many died, over all reports of an event: the lowest, the highest, and the number that most sources give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.resolution.event_reports import EventReport


@dataclass(frozen=True, slots=True)
class Toll:
    """Numbers of dead; ``low <= best <= high``."""

    low: int
    best: int
    high: int


def toll_of(reports: Iterable[EventReport], copied: Iterable[str] = ()) -> Toll | None:
    """Return the toll by the reports that are no copies; the latest report's where none has more sources. None for none."""
    copies = frozenset(copied)
    told = sorted((r for r in reports if r.deaths is not None and r.article not in copies), key=lambda r: r.seniority)
    numbers = [_number(r.deaths) for r in told if r.deaths is not None]
    if not numbers:
        return None
    votes = Counter(numbers)
    best = max(numbers, key=lambda n: (votes[n], len(numbers) - numbers[::-1].index(n)))
    every = [number for report in told for number in report.deaths or () if number is not None]
    return Toll(min([*every, best]), best, max([*every, best]))


def _number(bounds: tuple[int | None, int | None]) -> int:
    low, high = bounds
    return (low if low is not None else high) or 0
