"""Longer and shorter stretches by name: Sommer 2014, Ostermontag, 1990er Jahre, erstes Halbjahr."""

from __future__ import annotations

from datetime import date

from kg.annotation.times.calendar import (
    NEAR_DAYS,
    SEASONS,
    Span,
    holiday_span,
    months_span,
    season_span,
    unit_span,
    year_of_month,
)
from kg.annotation.times.dates import day_of_month
from kg.annotation.times.line import Found, Now, TimeLine, ahead
from kg.annotation.times.units import FIRST_YEAR, LAST_YEAR, read_year_of


def read_season(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Sommer 2014``, ``Winter 2014/15``, ``Herbst vergangenen Jahres`` and, where introduced, ``Sommer``."""
    season = line.entry(index).text
    known = read_year_of(line, index + 1, now)
    if known is not None:
        year, end = known
        if line.word(end) == "/" and line.kind(end + 1) == "digits":
            end += 2
        return Found(end, season_span(year, season))
    if not (now.joined or line.introduced(index)):
        return None
    if now.published is None:
        return Found(index + 1, None)
    year = year_of_month(SEASONS[season][0], now.published, ahead(line, index, now))
    return Found(index + 1, season_span(year, season), floating=True)


def read_holiday(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Ostermontag``, ``Weihnachten 2016``; without a year the last one, or the next where it is near."""
    rule = line.entry(index).text
    known = read_year_of(line, index + 1, now)
    if known is not None:
        return Found(known[1], holiday_span(known[0], rule))
    if now.published is None:
        return Found(index + 1, None)
    span = near_holiday(rule, now.published, ahead(line, index, now))
    return Found(index + 1, span, floating=True)


def near_holiday(rule: str, published: date, to_come: bool) -> Span:
    """Return the last such holiday begun by publication, or the next where it is near or ``to_come``."""
    passed = max((published.year - 1, published.year), key=lambda year: _begun(holiday_span(year, rule), published))
    coming = next(
        (year for year in (published.year, published.year + 1) if not _begun(holiday_span(year, rule), published)),
        published.year + 1,
    )
    start = holiday_span(coming, rule).earliest
    near = start is not None and (start - published).days <= NEAR_DAYS // 2
    return holiday_span(coming if to_come or near else passed, rule)


def _begun(span: Span, published: date) -> int:
    """Return the ordinal of the span's first day where that is not after publication, else 0."""
    return span.earliest.toordinal() if span.earliest is not None and span.earliest <= published else 0


def read_decade(line: TimeLine, index: int) -> Found | None:
    """Read ``1990er Jahre``, ``90er-Jahren``, ``achtziger Jahre``."""
    decade = line.entry(index).number
    at = index + 2 if line.word(index + 1) == "-" else index + 1
    if line.kind(index) == "decadeword":
        at = index
    elif line.entry(at).text != "year" or decade % 10:
        return None
    first = decade if decade >= 100 else 1900 + decade
    if not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    return Found(at + 1, unit_span(date(first, 1, 1), "decade"))


def read_ordinal(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``ersten Mai`` and ``zweiten Halbjahr 2014``, ``ersten Quartal``."""
    number, noun = line.entry(index).number, line.entry(index + 1)
    if noun.kind == "month":
        return day_of_month(line, index, number, index + 1, now)
    if noun.kind != "unit" or noun.text not in ("quarter", "half"):
        return None
    length = 3 if noun.text == "quarter" else 6
    if number * length > 12:
        return None
    month = (number - 1) * length + 1
    known = read_year_of(line, index + 2, now)
    if known is not None:
        return Found(known[1], months_span(known[0], month, length))
    if now.published is None:
        return Found(index + 2, None)
    year = year_of_month(month, now.published, ahead(line, index, now))
    return Found(index + 2, months_span(year, month, length), floating=True)


def season_of(published: date, season: str, offset: int) -> Span:
    """Return the vergangenen (-1: the last that is over), diesen (0) or kommenden (1) season."""
    year = year_of_month(SEASONS[season][0], published, offset > 0)
    span = season_span(year, season)
    over = span.latest is not None and span.latest < published
    if offset < 0 and not over:
        return season_span(year - 1, season)
    if offset == 0 and over and published.year != year:
        return season_span(year + 1, season)
    return span
