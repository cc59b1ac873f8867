"""Days of an address: a day, a month or a year, as its first and last day."""

from __future__ import annotations

import calendar
import re
from datetime import date

from server.http.problem import Problem

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_BEGIN, _END = "T00:00:00Z", "T23:59:59Z"


def first_day(name: str, written: str) -> date:
    """Return the first day of what is written: 2016-06-12, 2016-06 or 2016; raises the :class:`Problem` 400."""
    return _days(name, written)[0]


def last_day(name: str, written: str) -> date:
    """Return the last day of what is written; raises the :class:`Problem` 400."""
    return _days(name, written)[1]


def moment(day: date, *, end: bool = False) -> str:
    """Return the first or the last second of a day as SPARQL writes it."""
    return f'"{day.isoformat()}{_END if end else _BEGIN}"^^xsd:dateTime'


def _days(name: str, written: str) -> tuple[date, date]:
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise _no_day(name, written, "is no day")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise _no_day(name, written, "is on no calendar") from None
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def _no_day(name: str, written: str, why: str) -> Problem:
    told = ("selection.day", {"name": name, "value": written[:50]})
    detail = f"{name}={written[:50]} {why}: write 2016-06-12, 2016-06 or 2016"
    return Problem(400, "selection", detail, told=told, parameter=name)
