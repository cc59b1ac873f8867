"""Expressions with the preposition that opens them: seit 2015, bis Ende Mai, vor drei Jahren, zwischen … und …."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.times.calendar import Span, day_span, shift
from kg.annotation.times.line import Found, Now, TimeLine
from kg.annotation.times.points import READERS, Reader, read_behind, read_point
from kg.annotation.times.units import Amount, as_unit, blur, read_amount, read_length_back


def read_since(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``seit 2015``, ``seit gut einem Jahr``, ``seit Monaten``, ``seit Mitternacht``: up to publication."""
    at = index + 1
    if line.is_first_since(index):
        point = read_behind(line, at, replace(now, ahead=False))
        return Found(point.end, None) if point is not None else None
    amount = read_amount(line, at)
    if amount is None and line.kind(at) == "units":
        amount = Amount(at + 1, None, as_unit(line.entry(at).text), "over")
    if amount is not None and line.kind(amount.end) != "later":
        return Found(amount.end, _since_amount(amount, now), fleeting=True)
    if line.kind(line.skip(at, "shade")) == "midnight":
        return Found(line.skip(at, "shade") + 1, day_span(now.published) if now.published else None)
    point = read_behind(line, at, replace(now, ahead=False))
    if point is None or point.span is None or point.span.earliest is None:
        return point
    if now.published is not None and point.span.earliest > now.published:
        return Found(point.end, None)
    return Found(point.end, Span(point.span.earliest, now.published), anchor=point.anchor or point.span)


def _since_amount(amount: Amount, now: Now) -> Span | None:
    """Return the days since a length of time began: open at the far side where that is not said."""
    if now.published is None:
        return None
    day = shift(now.published, amount.unit, -amount.count) if amount.count is not None else None
    if day is None or amount.about == "over":
        return Span(None, now.published)
    return Span(blur(day, amount, -1).earliest if amount.about == "good" else day, now.published)


def read_until(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``bis Ende 2016``, ``bis Freitag``, ``bis heute``; a bare day is one to come unless the clause is past."""
    point = read_behind(line, index + 1, replace(now, ahead=not line.looks_back(index)))
    if point is None or point.span is None or point.span.latest is None:
        return point
    return Found(point.end, Span(None, point.span.latest), anchor=_lasting(point))


def _lasting(point: Found) -> Span | None:
    return point.anchor or (None if point.fleeting else point.span)


def read_before(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``vor drei Jahren``, ``vor wenigen Tagen``, ``vor dem 3. Mai``."""
    length = read_length_back(line, index + 1, now)
    if length is not None:
        return length
    point = read_behind(line, index + 1, now)
    if point is None or point.span is None or point.span.earliest is None or point.fleeting:
        return point
    return Found(point.end, Span(None, shift(point.span.earliest, "day", -1)), anchor=_lasting(point))


def read_after(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``nach dem 3. Mai``, ``nach 2014``; "nach drei Tagen" names no day."""
    amount = read_amount(line, index + 1)
    if amount is not None and line.kind(amount.end) != "later":
        return Found(amount.end, None)
    point = read_behind(line, index + 1, now)
    if point is None or point.span is None or point.span.latest is None or point.fleeting:
        return point
    return Found(point.end, Span(shift(point.span.latest, "day", 1), None), anchor=_lasting(point))


def read_starting_at(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``ab Montag``, ``ab 2015``: from then on; a bare day is one to come unless the clause is past."""
    point = read_behind(line, index + 1, replace(now, ahead=not line.looks_back(index)))
    if point is None or point.span is None or point.span.earliest is None:
        return point
    return Found(point.end, Span(point.span.earliest, None), anchor=_lasting(point))


def read_between(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``zwischen dem 3. und 5. November``, ``zwischen 2011 und 2014``."""
    at = line.skip(index + 1, "article")
    point = read_point(line, at, now)
    if point is None or point.span is None:
        return point
    joined = any(line.kind(k) == "and" for k in range(at, point.end))
    if not joined and line.kind(point.end) == "and":
        return _between_apart(line, at, point, now)
    return point if joined else None


def _between_apart(line: TimeLine, at: int, point: Found, now: Now) -> Found | None:
    """Join two points of different sorts: zwischen Ende Oktober und dem 3. November."""
    second = read_behind(line, point.end + 1, now)
    if second is None or second.span is None or second.span.earliest is None:
        return point
    first = point
    if point.floating:
        first = read_point(line, at, Now(second.span.earliest, now.anchor, ahead=False, joined=True)) or point
    if first.span is None or first.span.earliest is None or first.span.earliest > second.span.earliest:
        return point
    return Found(second.end, Span(first.span.earliest, second.span.latest))


def read_within(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``binnen zwei Tagen``, ``innerhalb von drei Wochen``: up to publication, or from it where the clause looks ahead.

    Where the text has spoken of other days, the length is theirs and names none; so it does where it says how often.
    """
    amount = read_amount(line, line.skip(index + 1, "from", "article"))
    if amount is None:
        return None
    minutes = amount.unit == "minute"
    if amount.count is None or minutes or now.published is None or _says_how_often(line, index - 1):
        return Found(amount.end, None)
    if line.looks_ahead(index):
        return Found(amount.end, Span(now.published, shift(now.published, amount.unit, amount.count)), fleeting=True)
    back = shift(now.published, amount.unit, -amount.count) if now.anchor is None else None
    return Found(amount.end, Span(back, now.published) if back else None, fleeting=True)


def _says_how_often(line: TimeLine, index: int) -> bool:
    """Zum zweiten Mal binnen eines Jahres: a length behind the noun, not the adverb (mal), counts and gives no day."""
    return line.kind(index) == "occasion" or (line.kind(index) == "about" and line.pieces.capital(index))


def read_in(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``in zwei Wochen`` where the clause looks ahead; otherwise it says how long something took."""
    amount = read_amount(line, index + 1)
    if amount is None or line.kind(amount.end) == "later":
        return None
    if amount.count is None or now.published is None or not line.looks_ahead(index):
        return Found(amount.end, None)
    day = shift(now.published, amount.unit, amount.count)
    return Found(amount.end, blur(day, amount, 1) if day else None)


EXPRESSIONS: dict[str, Reader] = {
    **dict.fromkeys(READERS, read_point),
    "since": read_since,
    "until": read_until,
    "before": read_before,
    "after": read_after,
    "startingat": read_starting_at,
    "between": read_between,
    "within": read_within,
    "in": read_in,
}
