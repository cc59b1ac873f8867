"""Date arithmetic of news: spans of days, and which of the many Julys or Fridays is meant. Knows no German.

A :class:`Span` has its bounds included; a bound that is None is open. Whatever would leave the range of
:class:`datetime.date` gives None.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century"]
Part = Literal["start", "middle", "end", "whole"]

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
SEASONS = {  # first month, and how many months
    "spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3), "early spring": (3, 2), "early summer": (5, 2),
    "high summer": (7, 2), "late summer": (8, 2), "early autumn": (9, 2), "late autumn": (10, 2),
}  # fmt: skip
STORY_DAYS = 92  # days behind a day told with its year within which one without a year is of the same story
WITHIN_A_DAY = frozenset(("minute", "hour"))
LONGEST_SCENE = 31  # days: a longer span (a year, a season) is a background, not the time of a scene
HALF_A_DAY = 12  # hours
NEAR_DAYS = 31  # days: a day without a year is the next one when it is at most that far ahead


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``earliest`` to ``latest``, both included; None leaves that side open."""

    earliest: date | None
    latest: date | None

    @property
    def closed(self) -> bool:
        """Whether both bounds are known."""
        return self.earliest is not None and self.latest is not None


def day_span(day: date) -> Span:
    """Return the span of one day."""
    return Span(day, day)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return that date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, unit: Unit, count: int) -> date | None:
    """Return the day ``count`` units later (earlier if negative), the month's last day where it has no such day."""
    try:
        if unit == "minute":
            return day
        if unit == "hour":
            days = -(-abs(count) // 24)  # some hours ago may have been yesterday
            return day + timedelta(days=days if count >= 0 else -days)
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        index = day.year * 12 + day.month - 1 + count * MONTHS[unit]
        year, month = divmod(index, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def shift_span(span: Span, unit: Unit, count: int) -> Span:
    """Return the span with both bounds shifted; an open bound stays open."""
    return Span(
        shift(span.earliest, unit, count) if span.earliest else None,
        shift(span.latest, unit, count) if span.latest else None,
    )


def shift_hours(span: Span, unit: Unit, count: int) -> Span:
    """Return the days ``count`` hours or minutes later (earlier if negative): what is less than half a day stays on its day."""
    hours = abs(count) if unit == "hour" else 0
    near, far = (hours // 24, -(-hours // 24)) if hours >= HALF_A_DAY else (0, 0)
    first, last = (near, far) if count >= 0 else (-far, -near)
    return Span(
        shift(span.earliest, "day", first) if span.earliest else None,
        shift(span.latest, "day", last) if span.latest else None,
    )


def unit_span(day: date, unit: Unit) -> Span:
    """Return the calendar unit that holds ``day``; a week runs from Monday to Sunday."""
    if unit in WITHIN_A_DAY or unit == "day":
        return day_span(day)
    if unit == "week":
        monday = shift(day, "day", -day.weekday())
        return Span(monday, shift(monday, "day", 6) if monday else None)
    length = MONTHS[unit]
    first = (day.year * 12 + day.month - 1) // length * length
    return months_span(first // 12, first % 12 + 1, length)


def months_span(year: int, month: int, length: int = 1) -> Span:
    """Return ``length`` whole months from that one on."""
    last_year, last_month = divmod(year * 12 + month - 2 + length, 12)
    last = make_date(last_year, last_month + 1, 28)
    return Span(make_date(year, month, 1), last and last.replace(day=monthrange(last.year, last.month)[1]))


def year_span(year: int) -> Span:
    """Return 1 January to 31 December."""
    return months_span(year, 1, 12)


def season_span(year: int, season: str) -> Span:
    """Return the whole months of a season; a winter is that which begins in December of ``year``."""
    return months_span(year, *SEASONS[season])


def part_of(span: Span, unit: Unit, part: Part) -> Span:
    """Return the start, middle or end of a calendar unit, or all of it.

    Month: days 1-10, 11-20, 21-last. Year: January-March, May-August, October-December. Week: Monday-Tuesday,
    Wednesday-Thursday, Friday-Sunday. Of anything else the whole.
    """
    first, last = span.earliest, span.latest
    if first is None or last is None or part == "whole":
        return span
    if unit == "month":
        cuts = {"start": (1, 10), "middle": (11, 20), "end": (21, last.day)}
        return Span(first.replace(day=cuts[part][0]), first.replace(day=cuts[part][1]))
    if unit == "week":
        offsets = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}
        return Span(shift(first, "day", offsets[part][0]), shift(first, "day", offsets[part][1]))
    if unit in ("year", "decade", "century"):
        scale = MONTHS[unit] // 12
        months = {"start": (0, 3), "middle": (4, 4), "end": (9, 3)}
        begin, length = (n * scale for n in months[part])
        year, month = divmod(first.year * 12 + begin, 12)
        return months_span(year, month + 1, length)
    return span


def hull(first: Span, second: Span) -> Span:
    """Return the span from the first's earliest to the second's latest day."""
    return Span(first.earliest, second.latest)


def touches(first: Span, second: Span) -> bool:
    """Whether the second begins on the day after the first ends."""
    return first.latest is not None and second.earliest == shift(first.latest, "day", 1)


def weekday_near(published: date, weekday: int, ahead: bool) -> date | None:
    """Return the last such weekday up to the day of publication, or the first from it on when ``ahead``."""
    if ahead:
        return shift(published, "day", (weekday - published.weekday()) % 7)
    return shift(published, "day", -((published.weekday() - weekday) % 7))


def weekday_relative(published: date, weekday: int, offset: int) -> date | None:
    """Return the weekday before (offset -1, -2 ...), in the calendar week of (0), or after (1, 2 ...) publication."""
    if offset == 0:
        return shift(published, "day", weekday - published.weekday())
    if offset < 0:
        back = (published.weekday() - weekday - 1) % 7 + 1
        return shift(published, "day", -back + 7 * (offset + 1))
    forward = (weekday - published.weekday() - 1) % 7 + 1
    return shift(published, "day", forward + 7 * (offset - 1))


def weekday_in(week: Span, weekday: int) -> Span:
    """Return that weekday of a week."""
    day = shift(week.earliest, "day", weekday) if week.earliest else None
    return Span(day, day)


def weekend_span(published: date, offset: int | None) -> Span:
    """Return a weekend: the last begun up to publication (None), or that before (-1), of this week (0), to come (1)."""
    saturday = weekday_near(published, 5, ahead=False) if offset is None else weekday_relative(published, 5, offset)
    if offset == -1 and published.weekday() == 6 and saturday:
        saturday = shift(saturday, "day", -7)
    return Span(saturday, shift(saturday, "day", 1) if saturday else None)


def year_of_month(month: int, limit: date, ahead: bool) -> int:
    """Return the year of the latest such month that begins not after ``limit``; of the next one when ``ahead``."""
    if ahead:
        return limit.year + (month < limit.month)
    return limit.year - (month > limit.month)


def year_of_day(month: int, day: int, limit: date, ahead: bool) -> int:
    """Return the year of a day without a year: the last one, but the next where that is near or ``ahead``."""
    this_year = make_date(limit.year, month, day)
    if this_year is not None and this_year > limit:
        return limit.year - (not ahead and (this_year - limit).days > NEAR_DAYS)
    next_year = make_date(limit.year + 1, month, day)
    if this_year != limit and next_year is not None and (ahead or (next_year - limit).days <= NEAR_DAYS):
        return limit.year + 1
    return limit.year


def year_in_story(month: int, day: int, story: Span, published: date) -> int | None:
    """Return the year of the first such day from the beginning of a ``story`` on, where it lies in or soon behind it.

    None where the story is not over before publication's near past, or the day is another one.
    """
    if story.earliest is None or story.latest is None or (published - story.latest).days <= NEAR_DAYS:
        return None
    years = (story.earliest.year, story.earliest.year + 1)
    found = next((d for y in years if (d := make_date(y, month, day)) and d >= story.earliest), None)
    return found.year if found is not None and (found - story.latest).days <= STORY_DAYS else None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday_span(year: int, rule: str) -> Span:
    """Return a holiday by its rule: ``easter+1``, ``easter-2..1`` (from Easter) or ``12-25..26`` (month-days)."""
    if not date.min.year < year < date.max.year:
        return Span(None, None)
    if rule.startswith("easter"):
        first, _, last = rule.removeprefix("easter").partition("..")
        sunday = easter(year)
        return Span(shift(sunday, "day", int(first)), shift(sunday, "day", int(last or first)))
    month, _, days = rule.partition("-")
    first, _, last = days.partition("..")
    return Span(make_date(year, int(month), int(first)), make_date(year, int(month), int(last or first)))
