"""Lengths of time counted from what happened, not from a day: zwei Tage nach dem Anschlag, am Tag vor der Wahl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.annotation.records import TimeDistance, Timex
from kg.annotation.times.calendar import WITHIN_A_DAY, Span, shift, shift_hours
from kg.annotation.times.line import Now, TimeLine
from kg.annotation.times.points import read_behind
from kg.annotation.times.units import Amount, as_unit, blur, read_amount

DIRECTIONS = {"after": 1, "before": -1}
A_FEW_HOURS = 2
LONGEST_AMOUNT = 6  # pieces: etwas mehr als zwei Wochen


def read_distances(line: TimeLine, now: Now) -> tuple[TimeDistance, ...]:
    """Return the distances of a text in text order."""
    return tuple(_distances(line, now))


def _distances(line: TimeLine, now: Now) -> Iterator[TimeDistance]:
    pieces = line.pieces
    for at, entry in enumerate(line.entries):
        if entry.kind not in DIRECTIONS or (found := _amount_before(line, at)) is None or _names_day(line, at, now):
            continue
        start, amount = found
        few = A_FEW_HOURS if amount.unit in WITHIN_A_DAY else None
        if (count := amount.count or few) is not None:
            count *= DIRECTIONS[entry.kind]
            yield TimeDistance(pieces.begins[start], pieces.ends[at], count, amount.unit, amount.about)


def _amount_before(line: TimeLine, at: int) -> tuple[int, Amount] | None:
    """Return where the length begins that ends before piece ``at``, and the length; a bare unit is one (am Tag nach)."""
    for start in range(max(0, at - LONGEST_AMOUNT), at - 1):
        amount = read_amount(line, start)
        if amount is not None and amount.end == at:
            return start, amount
    noun, before = line.entry(at - 1), line.entry(at - 2)
    if noun.kind == "units" and noun.text in WITHIN_A_DAY:
        return at - 1, Amount(at, None, as_unit(noun.text), "")
    if noun.kind != "unit" or noun.text in WITHIN_A_DAY:
        return None
    ordinal = before.kind == "ordinal"  # am fünften Tag nach dem Überfall
    return at - 1 - ordinal, Amount(at, before.number if ordinal else 1, as_unit(noun.text), "")


def _names_day(line: TimeLine, at: int, now: Now) -> bool:
    """Zwei Tage nach dem 3. Mai: a time expression of its own."""
    return read_behind(line, at + 1, now) is not None


def moved(timex: Timex, distance: TimeDistance, *, back: bool = False) -> Timex | None:
    """Return the days at that distance from those of ``timex``; ``back``: those from which the days of ``timex`` count."""
    direction = -1 if (distance.count < 0) != back else 1
    amount = Amount(0, abs(distance.count), as_unit(distance.unit), distance.about)
    if amount.unit in WITHIN_A_DAY:
        days = shift_hours(Span(timex.earliest, timex.latest), amount.unit, direction * abs(distance.count))
        return replace(timex, earliest=days.earliest, latest=days.latest)
    spans = []
    for day in (timex.earliest, timex.latest):
        there = shift(day, amount.unit, direction * abs(distance.count)) if day else None
        spans.append(blur(there, amount, direction) if there else Span(None, None))
    first, last = spans[0].earliest, spans[1].latest
    return replace(timex, earliest=first, latest=last) if first or last else None
