"""When something happened, in words: zwischen 21. und 30. Juni 2014."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

from kg.resources import table


def in_words(earliest: date | None, latest: date | None, language: str) -> str:
    """Return the days between two bounds in words; None: that side is open. Empty where nothing is known."""
    return _told(earliest, latest, language, "")


def in_short(earliest: date | None, latest: date | None, language: str) -> str:
    """Return the days between two bounds as a table has room for: 21.–30. Juni 2014; as :func:`in_words` otherwise."""
    return _told(earliest, latest, language, "short ")


def date_words(day: date, language: str) -> str:
    """Return a day as a date: 21. Juni 2014."""
    return _words()["date", language].format(day=day.day, month=month_name(day.month, language), year=day.year)


def decimal(written: str, language: str) -> str:
    """Return a decimal number as a language writes it."""
    return written.replace(".", ",") if language == "de" else written


def day_of(moment: str) -> date | None:
    """Return the day of an ``xsd:dateTime``; None for what is none."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


@cache
def month_name(number: int, language: str) -> str:
    """Return what a month is called."""
    return _words()[str(number), language]


def _told(earliest: date | None, latest: date | None, language: str, form: str) -> str:
    first, last = earliest or latest, latest or earliest
    if first is None or last is None:
        return ""
    span = "until" if earliest is None else "from" if latest is None else _span(first, last)
    words = _words()
    return words[form + span, language].format(
        day=first.day, month=words[f"{form}{first.month}", language], year=first.year,
        day2=last.day, month2=words[f"{form}{last.month}", language], year2=last.year,
    )  # fmt: skip


def _span(first: date, last: date) -> str:
    if first == last:
        return "day"
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.month, last.month) == (1, 12):
        return "year" if first.year == last.year else "years"
    if first.year != last.year:
        return "months" if whole else "days"
    if first.month == last.month:
        return "month" if whole else "two days" if (last - first).days == 1 else "days of a month"
    return "months of a year" if whole else "days of a year"


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(row["span"], row["language"]): row["words"] for row in table("sentences/times.tsv", "pages")}
