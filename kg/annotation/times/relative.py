"""What is counted from the publication day (vergangenes Jahr) or from the day last spoken of (zwei Tage später)."""

from __future__ import annotations

from datetime import date

from kg.annotation.times.calendar import (
    LONGEST_SCENE,
    MONTHS,
    WITHIN_A_DAY,
    Span,
    day_span,
    months_span,
    shift,
    shift_hours,
    shift_span,
    unit_span,
    weekday_in,
    weekday_relative,
    weekend_span,
)
from kg.annotation.times.dates import last_month_before, night_to, read_day
from kg.annotation.times.line import Found, Now, TimeLine
from kg.annotation.times.seasons import near_holiday, season_of
from kg.annotation.times.units import Amount, as_unit, plain_year, read_amount, read_unit_reference
from kg.annotation.times.weekdays import read_placed_weekday, skip_daypart

SOME_DAYS = 7  # in den vergangenen Tagen
SHORT_TIME = 7  # days: a span up to this length can be counted from as if it were a day


def read_offset(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read what follows vergangen-, dies-, kommend-: a unit, a length of time, a weekday, a month, a date."""
    offset = line.entry(index).number
    at = line.skip(index + 1, "shade")
    noun = line.entry(at)
    if noun.kind in ("", "article"):
        return None
    if noun.kind == "unit":
        return _offset_unit(line, at, offset, now)
    if noun.kind in ("units", "digits", "count", "vague"):
        return read_day(line, at, now) if line.dotted(at) else _offset_length(line, at, offset, now)
    return _offset_day(line, at, offset, now)


def _offset_unit(line: TimeLine, at: int, offset: int, now: Now) -> Found | None:
    unit = as_unit(line.entry(at).text)
    if unit in WITHIN_A_DAY or (unit == "day" and offset < 0):
        return None
    if unit == "day":
        return _day_from_anchor(at + 1, offset, now)
    if now.published is None:
        return Found(at + 1, None)
    day = shift(now.published, unit, offset)
    span = unit_span(day, unit) if day else None
    if span is None:
        return Found(at + 1, None)
    if unit == "week" and line.kind(at + 1) == "weekday":
        return Found(at + 2, weekday_in(span, line.entry(at + 1).number))
    if offset == 0:
        ahead = line.looks_ahead(at)
        span = Span(now.published, span.latest) if ahead else Span(span.earliest, now.published)
    return Found(at + 1, span)


def _day_from_anchor(end: int, offset: int, now: Now) -> Found:
    """Return "an diesem Tag", "am nächsten Tag": the day last spoken of, or the one after it."""
    anchor = now.anchor if now.anchor is not None and is_short(now.anchor) else now.day
    if anchor is None or anchor.earliest is None:
        return Found(end, None)
    return Found(end, anchor if offset == 0 else _next_day(anchor, offset))


def _next_day(anchor: Span, count: int) -> Span | None:
    base = anchor.latest if count > 0 else anchor.earliest
    day = shift(base, "day", count) if base else None
    return day_span(day) if day else None


def is_short(span: Span) -> bool:
    """Whether the span is short enough to count days from it."""
    return span.earliest is not None and span.latest is not None and (span.latest - span.earliest).days < SHORT_TIME


def _offset_length(line: TimeLine, at: int, offset: int, now: Now) -> Found | None:
    """Read ``drei Jahren``, ``24 Stunden``, ``Wochen`` behind vergangen-/kommend-: up to, or from, publication.

    "in den vergangenen Tagen" are seven.
    """
    amount = read_amount(line, at)
    if amount is None and line.kind(at) == "units":
        amount = Amount(at + 1, None, as_unit(line.entry(at).text), "")
    if amount is None:
        return None
    if now.published is None or offset == 0:
        return Found(amount.end, None)
    direction = 1 if offset > 0 else -1
    some_days = amount.count is None and amount.unit == "day" and direction < 0
    count = SOME_DAYS if some_days else amount.count
    far = shift(now.published, amount.unit, direction * count) if count is not None else None
    span = Span(now.published, far) if direction > 0 else Span(far, now.published)
    return Found(amount.end, span, fleeting=True)


def _offset_day(line: TimeLine, at: int, offset: int, now: Now) -> Found | None:
    """Read a weekday, weekend, month, season, holiday or night behind vergangen-/dies-/kommend-."""
    noun, published = line.entry(at), now.published
    if noun.kind in ("weekday", "weekdaypart"):
        end = skip_daypart(line, at)
        placed = read_placed_weekday(line, at, end, now)
        if placed is not None:
            return placed
        day = weekday_relative(published, noun.number, offset) if published else None
        return Found(end, day_span(day) if day else None)
    if noun.kind in ("daypart", "tomorrow"):
        return _offset_daypart(noun.text == "night", at + 1, offset, now)
    if noun.kind not in ("weekend", "month", "season", "holiday"):
        return None
    if published is None:
        return Found(at + 1, None)
    if noun.kind == "weekend":
        return Found(at + 1, weekend_span(published, offset))
    if noun.kind == "month":
        year = plain_year(line, at + 1)
        end = at + 1 if year is None else at + 2
        return Found(end, months_span(year or last_month_before(published, noun.number, offset), noun.number))
    if noun.kind == "season":
        return Found(at + 1, season_of(published, noun.text, offset))
    return Found(at + 1, near_holiday(noun.text, published, offset > 0))


def _offset_daypart(night: bool, end: int, offset: int, now: Now) -> Found | None:
    """Return "vergangene Nacht", "kommende Nacht"; "am nächsten Morgen" counts from the day last spoken of."""
    if night and offset in (-1, 1) and now.published is not None:
        morning = now.published if offset < 0 else shift(now.published, "day", 1)
        return Found(end, night_to(morning) if morning else None)
    return _day_from_anchor(end, 1, now) if offset == 1 and not night else None


def read_anchored(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read what follows folgend-, darauffolgend-, selb-, gleich-: a day, a unit, a weekday, a part of the day."""
    count = line.entry(index).number
    noun, anchor = line.entry(index + 1), now.anchor
    end = index + 2
    if noun.kind == "units":
        return Found(end, Span(anchor.latest, None) if anchor and count > 0 else None, fleeting=True)
    if noun.kind not in ("unit", "weekday", "weekdaypart", "daypart", "tomorrow") or noun.text in WITHIN_A_DAY:
        return None
    if noun.kind in ("daypart", "tomorrow") or noun.text == "day":
        return _day_from_anchor(end, count, now)
    if noun.kind.startswith("weekday"):
        base = anchor.latest if anchor is not None and is_short(anchor) else None
        day = weekday_relative(base, noun.number, count) if base else None
        return Found(end, day_span(day) if day else None)
    reference = read_unit_reference(line, index, now)
    return Found(end, reference.span if reference else None)


def read_anchored_unit(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Vortag``, ``Folgetag``, ``Folgejahr``; without a day spoken of a Vortag is that before publication."""
    if line.kind(index + 1) in ("article", "from"):
        return None
    count, text = line.entry(index).text.split()
    unit, anchor = as_unit(text), now.anchor
    if unit != "day":
        base = anchor.earliest if anchor else None
        return Found(index + 1, _unit_away(base, count, text))
    if anchor is None or not is_short(anchor):
        anchor = day_span(now.published) if now.published and int(count) < 0 else None
    return Found(index + 1, _next_day(anchor, int(count)) if anchor else None)


def _unit_away(base: date | None, count: str, unit: str) -> Span | None:
    day = shift(base, as_unit(unit), int(count)) if base else None
    return unit_span(day, as_unit(unit)) if day else None


def read_related_unit(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Vorwoche``, ``Vorjahr``."""
    reference = read_unit_reference(line, index, now)
    return Found(index + 1, reference.span if reference else None)


def read_length_from_anchor(line: TimeLine, amount: Amount, now: Now) -> Found | None:
    """Read ``später``, ``zuvor``, ``darauf`` behind a length of time."""
    if line.kind(amount.end) != "later":
        return None
    return away(amount, line.entry(amount.end).number, amount.end + 1, now)


def read_unit(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Jahr 2014``, ``Tag darauf``, ``Wochen später``, ``Monaten zuvor``."""
    noun = line.entry(index)
    if line.kind(index + 1) == "later":
        count = 1 if noun.kind == "unit" else None
        return away(Amount(index + 1, count, as_unit(noun.text), ""), line.entry(index + 1).number, index + 2, now)
    year = plain_year(line, index + 1) if noun.text == "year" else None
    return Found(index + 2, months_span(year, 1, 12)) if year is not None else None


def away(amount: Amount, direction: int, end: int, now: Now) -> Found:
    """Return the days that far from those last spoken of; a month or year counted from a day is the calendar unit."""
    anchor = now.anchor
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return Found(end, None)
    if amount.unit in WITHIN_A_DAY:
        scene = (anchor.latest - anchor.earliest).days <= LONGEST_SCENE
        return Found(end, shift_hours(anchor, amount.unit, direction * (amount.count or 0)) if scene else None, fleeting=True)
    if amount.count is None:
        return Found(end, _few_away(anchor, amount, direction), fleeting=amount.unit != "day")
    moved = shift_span(anchor, amount.unit, direction * amount.count)
    length = (anchor.latest - anchor.earliest).days + 1
    if amount.unit in MONTHS and length < 28 * MONTHS[amount.unit] and moved.earliest is not None:
        moved = unit_span(moved.earliest, "month" if amount.unit == "half" else amount.unit)
    return Found(end, moved if moved.closed else None)


def _few_away(anchor: Span, amount: Amount, direction: int) -> Span | None:
    """Return "wenige Tage später" as two to seven days; of longer units only the near side is known."""
    near, far = (2, 7) if direction > 0 else (-7, -2)
    if amount.unit == "day":
        return Span(
            shift(anchor.earliest, "day", near) if anchor.earliest else None,
            shift(anchor.latest, "day", far) if anchor.latest else None,
        )
    if anchor.earliest is None:
        return None
    if direction > 0:
        return Span(shift(anchor.earliest, amount.unit, 1), None)
    return Span(None, shift(anchor.earliest, "day", -1))


def read_now(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``derzeit``, ``jetzt``: the publication day."""
    return Found(index + 1, day_span(now.published) if now.published else None, fleeting=True)


def read_by_now(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``inzwischen``, ``mittlerweile``: up to the publication day."""
    return Found(index + 1, Span(None, now.published) if now.published else None, fleeting=True)


def read_then(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``damals``: the days last spoken of, where they are long past."""
    anchor = now.anchor
    distant = anchor is not None and anchor.latest is not None and now.published is not None
    if not distant or anchor is None or anchor.latest is None or now.published is None:
        return None
    return Found(index + 1, anchor) if (now.published - anchor.latest).days > 2 * SHORT_TIME else None


def read_since_then(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``seitdem``: from the days last spoken of to the publication day."""
    anchor = now.anchor
    if anchor is None or anchor.earliest is None or now.published is None or anchor.earliest > now.published:
        return None
    return Found(index + 1, Span(anchor.earliest, now.published), anchor=anchor)
