"""Any expression that names days by itself, and two of them joined: Anfang bis Mitte Oktober, Montag und Dienstag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from kg.annotation.times.calendar import (
    NEAR_DAYS,
    WITHIN_A_DAY,
    Part,
    Span,
    day_span,
    hull,
    make_date,
    part_of,
    shift,
    touches,
    unit_span,
    year_of_month,
    year_span,
)
from kg.annotation.times.dates import night_to, one_day, read_digits, read_month
from kg.annotation.times.line import Found, Now, TimeLine, ahead
from kg.annotation.times.relative import (
    away,
    read_anchored,
    read_anchored_unit,
    read_by_now,
    read_length_from_anchor,
    read_now,
    read_offset,
    read_related_unit,
    read_since_then,
    read_then,
    read_unit,
)
from kg.annotation.times.seasons import read_decade, read_holiday, read_ordinal, read_season
from kg.annotation.times.units import Amount, as_unit, plain_year, read_amount, read_unit_reference, read_year_of
from kg.annotation.times.weekdays import read_today, read_todays, read_tomorrow, read_weekday, read_weekend
from kg.german.punctuation import DASHES

PARTS_OF_DAY = ("daypart", "tomorrow")
SORTS = (  # kinds of words that a joint may join: Montag und Dienstag, Mai bis Juli, Anfang Mai bis 3. Juni
    frozenset(("weekday", "weekdaypart")),
    frozenset(("month", "part", "digits")),
    frozenset(("season",)),
    frozenset(("digits", "ordinal")),
    frozenset(("digits", "unit", "units")),
    frozenset(("day", "tomorrow")),
)
Reader = Callable[[TimeLine, int, Now], Found | None]


def read_point(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read the expression that begins at ``index``, and what is joined to it; None where none begins."""
    found = read_single(line, index, now)
    return _joined(line, index, found, now) if found is not None else None


def read_single(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read one expression that begins at ``index``."""
    reader = READERS.get(line.kind(index))
    return reader(line, index, now) if reader is not None else None


def read_behind(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read the expression behind a preposition, past its article and adjectives."""
    at = line.skip(index, "article", "to", "at", "in", "from")
    if line.kind(at) == "shade":
        at = line.skip(at, "shade")
    return read_point(line, at, now)


def _joined(line: TimeLine, index: int, found: Found, now: Now) -> Found:
    """Extend a point by ``bis``, ``und``, a dash or a slash and the point behind; days between two are not claimed."""
    word, kind = line.word(found.end), line.kind(found.end)
    spans = kind == "until" or word in DASHES
    if not spans and kind != "and" and word != "/":
        return found
    at = line.skip(found.end + 1, "article", "to", "at") if kind == "until" else found.end + 1
    if kind == "and":
        at = line.skip(at, "article")
    if not _comparable(line, index, at):
        return found
    second = read_single(line, at, replace(now, ahead=ahead(line, index, now), joined=True))
    if second is None or second.span is None or second.span.earliest is None:
        return found
    first = found
    if found.floating or found.span is None:
        first = read_single(line, index, Now(second.span.earliest, now.anchor, ahead=False, joined=True)) or found
    if first.span is None or first.span.earliest is None or first.span.earliest > second.span.earliest:
        return found
    between = "between" in (line.kind(index - 1), line.kind(index - 2))
    if spans or between or touches(first.span, second.span):
        return Found(second.end, hull(first.span, second.span), second.floating)
    return replace(first, floating=False)


def _comparable(line: TimeLine, index: int, other: int) -> bool:
    """Whether what stands at ``other`` is of the sort that stands at ``index``, so that a joint may join them."""
    kinds = {line.kind(index), line.kind(other)}
    return any(kinds <= sort for sort in SORTS)


def read_part(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Ende Oktober 2016``, ``Mitte vergangenen Jahres``, ``Beginn der Woche``, ``Anfang bis Mitte Mai``."""
    part = cast(Part, line.entry(index).text)
    at = index + 1
    if line.kind(at) == "until" and line.kind(at + 1) == "part":
        last = _part_at(line, cast(Part, line.entry(at + 1).text), at + 2, now)
        first = _part_at(line, part, at + 2, now) if last else None
        return Found(last.end, hull(first.span, last.span)) if first and last and first.span and last.span else last
    return _part_at(line, part, at, now)


def _part_at(line: TimeLine, part: Part, at: int, now: Now) -> Found | None:
    year = plain_year(line, at)
    if year is not None:
        return Found(at + 1, part_of(year_span(year), "year", part))
    at_noun = line.skip(at, "article", "shade")
    if line.kind(at_noun) == "month":
        found = read_month(line, at_noun, now) if at_noun == at else None
        return replace(found, span=part_of(found.span, "month", part)) if found and found.span else found
    if line.kind(at_noun) == "decade":
        found = read_decade(line, at_noun)
        return replace(found, span=part_of(found.span, "decade", part)) if found and found.span else found
    return _part_of_reference(line, part, at, now)


def _part_of_reference(line: TimeLine, part: Part, at: int, now: Now) -> Found | None:
    reference = read_unit_reference(line, at, now)
    if reference is None:
        return None
    span = part_of(reference.span, reference.unit, part)
    current = reference.offset == 0 and part in ("start", "whole")
    return Found(reference.end, _until_now(span, now) if current else span)


def _until_now(span: Span, now: Now) -> Span:
    """Return the span cut at the publication day if that lies in it."""
    published = now.published
    if published is None or span.earliest is None or span.latest is None:
        return span
    return Span(span.earliest, published) if span.earliest <= published < span.latest else span


def read_part_of_unit(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Jahresende 2016``, ``Wochenbeginn``, ``Monatsmitte``."""
    part_text, unit = line.entry(index).text.split()
    part = cast(Part, part_text)
    known = read_year_of(line, index + 1, now) if unit == "year" else None
    if known is not None:
        return Found(known[1], part_of(year_span(known[0]), "year", part))
    if now.published is None:
        return Found(index + 1, None)
    span = part_of(unit_span(now.published, as_unit(unit)), as_unit(unit), part)
    return Found(index + 1, _until_now(span, now) if part == "start" else span, floating=True)


def read_turn_of_year(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Jahreswechsel``, ``Jahreswechsel 2015/16``: 31 December and 1 January."""
    year = plain_year(line, index + 1)
    end = index + 1
    if year is not None:
        end = index + 4 if line.word(index + 2) == "/" else index + 2
    elif now.published is not None:
        year = year_of_month(12, now.published, ahead(line, index, now))
    return Found(end, Span(make_date(year, 12, 31), make_date(year + 1, 1, 1)) if year is not None else None)


def read_daypart(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Nacht zum Freitag``, ``Nacht vom 3. auf den 4. Mai``, ``Morgen des 16. September``, ``am Abend``."""
    if line.entry(index).text == "night":
        found = _read_night(line, index + 1, now)
        if found is not None:
            return found
    at = line.skip(index + 1, "article")
    if at == index + 1 or line.entry(index + 1).text != "oblique" or line.kind(at) in PARTS_OF_DAY:
        return _that_day(line, index, now)
    found = read_single(line, at, now)
    return found if found is not None and one_day(found.span) is not None else None


def _that_day(line: TimeLine, index: int, now: Now) -> Found | None:
    """Return of ``am Abend``, ``in der Nacht`` the day last spoken of, else that of publication or the night before it."""
    if line.entry(index).text == "night":
        return _that_night(line, index, now)
    if line.kind(index - 1) != "at" or line.kind(index - 2) in ("weekday", "day"):
        return None
    day = (None if now.of_noun else one_day(now.anchor)) or now.published
    return Found(index + 1, day_span(day) if day else None, fleeting=True)


def _that_night(line: TimeLine, index: int, now: Now) -> Found | None:
    """In der Nacht nahmen sie …: the night behind the day last spoken of, where that is near, else that before publication."""
    introduced = line.kind(index - 1) == "article" and line.kind(index - 2) == "in"
    if not introduced or now.published is None or not line.looks_back(index):
        return None
    day = None if now.of_noun else one_day(now.anchor)
    near = day is not None and 0 < (now.published - day).days <= NEAR_DAYS
    morning = shift(day, "day", 1) if day is not None and near else now.published
    return Found(index + 1, night_to(morning) if morning else None, fleeting=True)


def _read_night(line: TimeLine, at: int, now: Now) -> Found | None:
    """Read the days between which the night lies: the day before the last one named, and that day."""
    if line.kind(at) not in ("to", "from"):
        return None
    start = line.skip(at, "to", "from", "article", "at")
    if line.kind(start) in PARTS_OF_DAY:
        return None
    found = read_single(line, start, now)
    joint = found.end if found is not None else start + 2
    if line.kind(joint) == "to":
        start = line.skip(joint, "to", "article")
        found = read_single(line, start, now) if line.kind(start) not in PARTS_OF_DAY else None
    morning = one_day(found.span) if found is not None else None
    if found is None or morning is None:
        return None
    if found.floating and now.published is not None and (now.published - morning).days == 6:
        morning = shift(now.published, "day", 1) or morning  # written as the night begins
    return Found(found.end, night_to(morning) if shift(morning, "day", -1) else None)


def read_tomorrow_or_morning(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``morgen`` as the day after publication, or as a part of the day."""
    return read_tomorrow(line, index, now) or read_daypart(line, index, now)


def read_number(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read what begins with digits: a date, a year, a length of time counted from a day."""
    return read_digits(line, index, now) or read_length(line, index, now)


def read_length(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``zwei Wochen später``, ``zwei Tage nach dem 3. Mai``; ``zwei Wochen lang`` has no day that could be told."""
    amount = read_amount(line, index)
    if amount is None:
        return None
    if line.kind(amount.end) == "lasting" and amount.unit not in WITHIN_A_DAY:
        return Found(amount.end + 1, None)
    return read_length_from_anchor(line, amount, now) or _length_from_point(line, amount, now)


def read_unit_or_length(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Jahr 2014``, ``Tag darauf``, ``Tag vor Weihnachten``."""
    found = read_unit(line, index, now)
    if found is not None or line.kind(index) != "unit":
        return found
    return _length_from_point(line, Amount(index + 1, 1, as_unit(line.entry(index).text), ""), now)


def _length_from_point(line: TimeLine, amount: Amount, now: Now) -> Found | None:
    """Read the day that a length of time is counted from behind "nach" or "vor"."""
    direction = {"after": 1, "before": -1}.get(line.kind(amount.end))
    if direction is None:
        return None
    point = read_behind(line, amount.end + 1, now)
    if point is None or point.span is None or point.fleeting or one_day(point.span) is None:
        return None
    return away(amount, direction, point.end, Now(now.published, point.span))


READERS: dict[str, Reader] = {
    "digits": read_number,
    "decade": lambda line, index, now: read_decade(line, index),
    "decadeword": lambda line, index, now: read_decade(line, index),
    "ordinal": read_ordinal,
    "month": read_month,
    "season": read_season,
    "holiday": read_holiday,
    "holidaypart": read_holiday,
    "part": read_part,
    "partunit": read_part_of_unit,
    "turn": read_turn_of_year,
    "weekday": read_weekday,
    "weekdaypart": read_weekday,
    "weekend": read_weekend,
    "daypart": read_daypart,
    "tomorrow": read_tomorrow_or_morning,
    "day": read_today,
    "dayadjective": read_todays,
    "offset": read_offset,
    "anchored": read_anchored,
    "anchoredunit": read_anchored_unit,
    "relunit": read_related_unit,
    "unit": read_unit_or_length,
    "units": read_unit_or_length,
    "count": read_length,
    "vague": read_length,
    "now": read_now,
    "bynow": read_by_now,
    "then": read_then,
    "sincethen": read_since_then,
    "longwhile": lambda line, index, now: Found(index + 1, None),
}
