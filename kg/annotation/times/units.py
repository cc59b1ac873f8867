"""Lengths of time (gut drei Jahren), whole calendar units (vergangener Woche) and what tells the year of a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from kg.annotation.times.calendar import WITHIN_A_DAY, Span, Unit, shift, unit_span
from kg.annotation.times.line import Found, Now, TimeLine

SHORT_UNITS = WITHIN_A_DAY | {"day"}
FIRST_YEAR, LAST_YEAR = 1900, 2099
HALF: dict[str, tuple[Unit, int]] = {
    "week": ("day", 3),
    "month": ("day", 14),
    "quarter": ("day", 45),
    "half": ("month", 3),
    "year": ("month", 6),
    "decade": ("year", 5),
    "century": ("year", 50),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: ``count`` is None for "wenige"; ``about`` is over, good, scant, exact, about or ""."""

    end: int
    count: int | None
    unit: Unit
    about: str


@dataclass(frozen=True, slots=True)
class UnitReference:
    """A whole calendar unit: die vergangene Woche, des Vorjahres; ``offset`` from that of the publication day."""

    end: int
    unit: Unit
    span: Span
    offset: int | None


def as_unit(text: str) -> Unit:
    """Return the unit that a lexicon value names."""
    return cast(Unit, text)


def read_amount(line: TimeLine, index: int) -> Amount | None:
    """Read ``gut einem Monat``, ``mehr als drei Jahren``, ``24 Stunden``, ``wenigen Tagen``, ``einem halben Jahr``."""
    about = ""
    while line.kind(index) in ("about", "than", "shade"):
        if line.kind(index) == "about" and line.entry(index).text != "about":
            about = line.entry(index).text
        index += 1
    amount = line.entry(index)
    if amount.kind not in ("digits", "count", "vague", "halves"):
        return None
    index, count = index + 1, None if amount.kind == "vague" else amount.number
    if line.kind(index) == "halfof" and line.entry(index + 1).text == "year":
        return Amount(index + 2, count, "half", about)
    noun = line.entry(index)
    if noun.kind not in ("unit", "units"):
        return None
    if amount.kind == "halves":
        return Amount(index + 1, count, "half", about) if noun.text == "year" else None
    return Amount(index + 1, count, as_unit(noun.text), about)


def blur(day: date, amount: Amount, direction: int) -> Span:
    """Return the days that an amount counted from some day may mean, ``day`` being what its number gives exactly.

    "gut" and "knapp" are off by up to half a unit; "mehr als" leaves the far side open; otherwise it is the calendar
    unit around the day. ``direction`` is -1 for the past, 1 for the future.
    """
    if amount.about == "exact" or amount.unit == "day":
        return Span(day, day)
    if amount.about == "over":
        return Span(None, day) if direction < 0 else Span(day, None)
    if amount.about in ("good", "scant") and amount.unit in HALF:
        unit, half = HALF[amount.unit]
        far = direction if amount.about == "good" else -direction
        other = shift(day, unit, far * half)
        return Span(*sorted((day, other))) if other else Span(day, day)
    return unit_span(day, "month" if amount.unit == "half" else amount.unit)


def read_unit_reference(line: TimeLine, index: int, now: Now) -> UnitReference | None:
    """Read ``vergangener Woche``, ``der Woche``, ``Vorjahres``, ``desselben Jahres``, ``des Jahres 2014``."""
    start = index
    index = line.skip(index, "article", "shade")
    entry = line.entry(index)
    if entry.kind == "relunit":
        count, unit = entry.text.split()
        return _around(now.published, index + 1, as_unit(unit), int(count))
    if entry.kind in ("offset", "anchored"):
        at = line.skip(index + 1, "shade")
        noun = line.entry(at)
        if noun.kind not in ("unit", "weekend") or noun.text in SHORT_UNITS:
            return None
        if entry.kind == "anchored":
            base = now.anchor.earliest if now.anchor else None
            return _around(base, at + 1, as_unit(noun.text), entry.number, placed=False)
        return _around(now.published, at + 1, as_unit(noun.text), entry.number) if noun.kind == "unit" else None
    if entry.kind == "unit" and entry.text not in SHORT_UNITS and index > start:
        year = plain_year(line, index + 1) if entry.text == "year" else None
        if year is not None:
            return UnitReference(index + 2, "year", unit_span(date(year, 1, 1), "year"), None)
        return _around(now.published, index + 1, as_unit(entry.text), 0)
    return None


def _around(day: date | None, end: int, unit: Unit, offset: int, *, placed: bool = True) -> UnitReference | None:
    shifted = shift(day, unit, offset) if day else None
    if shifted is None:
        return None
    return UnitReference(end, unit, unit_span(shifted, unit), offset if placed else None)


def plain_year(line: TimeLine, index: int) -> int | None:
    """Return the year of four digits that stands here, else None."""
    entry = line.entry(index)
    if entry.kind != "digits" or len(entry.text) != 4 or not FIRST_YEAR <= entry.number <= LAST_YEAR:
        return None
    return entry.number


def read_year_of(line: TimeLine, index: int, now: Now) -> tuple[int, int] | None:
    """Read what tells a date its year (2014; vergangenen Jahres; des Vorjahres): the year and where it ends."""
    year = plain_year(line, index)
    if year is not None:
        return year, index + 1
    if line.kind(index) not in ("offset", "article", "anchored", "relunit"):
        return None
    reference = read_unit_reference(line, index, now)
    if reference is None or reference.unit != "year" or reference.span.earliest is None:
        return None
    return reference.span.earliest.year, reference.end


def read_length_back(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read the length after "vor": the days that long before publication."""
    amount = read_amount(line, index)
    if amount is None:
        return None
    if now.published is None:
        return Found(amount.end, None)
    if amount.count is None:
        return Found(amount.end, _few(now.published, amount.unit), fleeting=True)
    day = shift(now.published, amount.unit, -amount.count)
    if day is None:
        return Found(amount.end, None)
    if amount.unit in WITHIN_A_DAY:
        return Found(amount.end, Span(day, now.published), fleeting=True)
    return Found(amount.end, blur(day, amount, -1))


def _few(published: date, unit: Unit) -> Span | None:
    """Return the days of "vor wenigen Tagen" (two to seven back), "Stunden"; longer units say too little."""
    if unit == "day":
        return Span(shift(published, "day", -7), shift(published, "day", -2))
    if unit == "minute":
        return Span(published, published)
    return Span(shift(published, "day", -1), published) if unit == "hour" else None
