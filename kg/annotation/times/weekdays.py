"""Days by their place in the week: am Freitag vergangener Woche, Montagabend, am Wochenende, heute, gestrigen."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.times.calendar import day_span, shift, shift_span, weekday_in, weekday_near, weekend_span
from kg.annotation.times.dates import day_of_month, read_day
from kg.annotation.times.line import Found, Now, TimeLine, ahead
from kg.annotation.times.units import read_amount, read_unit_reference

OPENERS = (",", "(")


def read_weekday(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read a weekday with what places it: a date, a week, a length of time; or alone where a word introduces it."""
    if not line.pieces.capital(index):
        return None  # "montags" is a habit
    at = skip_daypart(line, index)
    placed = read_placed_weekday(line, index, at, now)
    if placed is not None:
        return placed
    compound = line.kind(index) == "weekdaypart"
    introduced = now.joined or line.introduced(index) or _in_row(line, index) or _heads_entry(line, index, at)
    if not compound and at == index + 1 and not introduced:
        return None
    if compound and line.kind(index - 1) == "each":
        return None
    if now.published is None:
        return Found(at, None)
    day = weekday_near(now.published, line.entry(index).number, ahead(line, index, now))
    return Found(at, day_span(day) if day else None, floating=True)


def _in_row(line: TimeLine, index: int) -> bool:
    """Whether a day is the next of a row: am Montag, Dienstag und Mittwoch."""
    return line.word(index - 1) == "," and line.kind(index - 2) == "weekday"


def _heads_entry(line: TimeLine, index: int, at: int) -> bool:
    """Whether a day is the heading of what was noted on it: Montag: Die Brücke fällt."""
    return line.word(at) == ":" and line.opens_entry(index)


def read_placed_weekday(line: TimeLine, index: int, at: int, now: Now) -> Found | None:
    """Read what behind a weekday (and its part of the day, ended before ``at``) says which one is meant."""
    return _dated(line, at, now) or _in_week(line, index, at, now) or _weeks_away(line, index, at, now)


def skip_daypart(line: TimeLine, index: int) -> int:
    """Return where a day ends: behind the part of the day that follows it, if one does (Montag früh, heute Morgen)."""
    index += 1
    if line.kind(index) == "shade" and line.kind(index + 1) in ("daypart", "tomorrow"):
        index += 1
    return index + 1 if line.kind(index) in ("daypart", "tomorrow") else index


def _dated(line: TimeLine, at: int, now: Now) -> Found | None:
    """Read ``, den 16. September``, ``(16. September)``, ``, 9.11.2017`` behind a weekday."""
    opener = line.word(at)
    at = line.skip(at + 1 if opener in OPENERS else at, "article")
    if line.dotted(at):
        found = read_day(line, at, replace(now, joined=True))
        closed = found is not None and opener == "(" and line.word(found.end) == ")"
        return replace(found, end=found.end + 1) if found is not None and closed else found
    if line.kind(at) == "ordinal" and line.kind(at + 1) == "month":
        return day_of_month(line, at, line.entry(at).number, at + 1, now)
    return None


def _in_week(line: TimeLine, index: int, at: int, now: Now) -> Found | None:
    reference = read_unit_reference(line, at, now)
    if reference is None or reference.unit != "week":
        return None
    return Found(reference.end, weekday_in(reference.span, line.entry(index).number))


def _weeks_away(line: TimeLine, index: int, at: int, now: Now) -> Found | None:
    """Read ``vor einer Woche`` behind a weekday."""
    if line.kind(at) != "before":
        return None
    amount = read_amount(line, at + 1)
    if amount is None or amount.unit != "week" or amount.count is None:
        return None
    day = weekday_near(now.published, line.entry(index).number, ahead=False) if now.published else None
    return Found(amount.end, shift_span(day_span(day), "week", -amount.count) if day else None)


def read_weekend(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Wochenende``: the last one begun, or the next where the clause looks ahead."""
    if line.kind(index - 1) in ("each", "units"):
        return None
    if now.published is None:
        return Found(index + 1, None)
    offset = 1 if ahead(line, index, now) and now.published.weekday() < 5 else None
    return Found(index + 1, weekend_span(now.published, offset), floating=True)


def read_today(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``heute``, ``gestern Abend``, ``heute vor zwei Jahren``; "von heute auf morgen" names no day."""
    end = skip_daypart(line, index)
    if line.kind(index - 1) == "from" and line.kind(index + 2) == "tomorrow":
        return Found(index + 3, None)
    if now.published is None:
        return Found(end, None)
    day = shift(now.published, "day", line.entry(index).number)
    amount = read_amount(line, end + 1) if line.kind(end) == "before" else None
    if day is not None and amount is not None and amount.count is not None:
        end, day = amount.end, shift(day, amount.unit, -amount.count)
    return Found(end, day_span(day) if day else None)


def read_tomorrow(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``morgen``, the adverb: in small letters, or as the first word of a sentence."""
    if line.pieces.capital(index) and index not in line.pieces.firsts:
        return None
    if line.kind(index + 1) == "article" and line.entry(index + 1).text == "oblique":
        return None
    return read_today(line, index, now)


def read_todays(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``heutigen Sonntag``, ``gestrigen``; without a day behind it "heutig" means our times."""
    entry, follower = line.entry(index), line.kind(index + 1)
    with_day = follower in ("weekday", "weekdaypart", "daypart", "tomorrow") or line.entry(index + 1).text == "day"
    if not with_day and entry.number == 0:
        return None
    end = index + 2 if with_day else index + 1
    day = shift(now.published, "day", entry.number) if now.published else None
    return Found(end, day_span(day) if day else None)
