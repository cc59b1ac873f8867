"""Dates by the calendar: 29. Juni 2014, 9.11.2017, Juli, 2014, and rows of days: 3. bis 5. November."""

from __future__ import annotations

from datetime import date

from kg.annotation.times.calendar import (
    NEAR_DAYS,
    Span,
    day_span,
    hull,
    make_date,
    months_span,
    shift,
    year_in_story,
    year_of_day,
    year_of_month,
    year_span,
)
from kg.annotation.times.line import Found, Now, TimeLine, ahead
from kg.annotation.times.units import plain_year, read_year_of
from kg.german.punctuation import DASHES

NO_YEAR_BEHIND = ("/", *DASHES, ".", ":", "+", "#", "$", "€")  # written without a space
PIVOT = 70  # two digits from here on are a year of the 1900s
LONGEST_ROW = 6  # days: 3., 4. und 5. Mai
ADJECTIVES_BETWEEN = 2  # words that may stand between a number and the thing it counts


def read_digits(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read any expression that begins with digits."""
    landmark = line.lexicon.entries.get("".join(line.word(at) for at in range(index, index + 3)))
    if landmark is not None and landmark.kind == "date":
        return Found(index + 3, day_span(date.fromisoformat(landmark.text)))
    if (clock := read_clock(line, index, now)) is not None:
        return clock
    if line.dotted(index):
        return read_day(line, index, now)
    if line.kind(index + 1) == "month" and plain_year(line, index + 2) is not None:
        return day_of_month(line, index, line.entry(index).number, index + 1, now)
    return _read_iso(line, index) or read_year(line, index)


def read_clock(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``17:20 Uhr: …``, the head of an entry: the day under whose heading it stands, else that of publication."""
    if not line.opens_entry(index):
        return None
    minutes = line.word(index + 1) in (":", ".") and line.kind(index + 2) == "digits" and line.pieces.glued(index + 2)
    at = index + 3 if minutes else index + 1
    if line.kind(at) != "clock" or line.word(at + 1) not in (":", *DASHES):
        return None
    day = now.heading or (day_span(now.published) if now.published else None)
    return Found(at + 1, day)


def read_day(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``29. Juni 2014``, ``9.11.2017``, ``16.9.`` after a day or preposition, and rows: ``3. bis 5. November``."""
    day, after = line.entry(index).number, index + 2
    if line.kind(after) == "month":
        return day_of_month(line, index, day, after, now)
    if line.kind(after) == "digits" and line.word(after + 1) == ".":
        numeric = _read_numeric(line, index, now)
        if numeric is not None:
            return numeric
    return _read_row(line, index, now)


def day_of_month(line: TimeLine, index: int, day: int, at: int, now: Now) -> Found | None:
    """Return the day of the month named at ``at``, with the year that follows or the nearest."""
    month = line.entry(at).number
    known = read_year_of(line, at + 1, now)
    if known is not None:
        return _on(known[1], make_date(known[0], month, day))
    landmark = line.entry(index - 2)
    if landmark.kind == "landmark" and landmark.text.startswith(f"{month}-{day:02d} "):
        return _on(at + 1, make_date(int(landmark.text.split()[1]), month, day))
    year = _year(line, index, at + 1, (month, day), now)
    return _on(at + 1, make_date(year, month, day), floating=True) if year is not None else Found(at + 1, None)


def _year(line: TimeLine, index: int, end: int, day: tuple[int, int], now: Now) -> int | None:
    """Return the year of a day (month, day) without one: the nearest, or that of the long past story just told.

    A text that nobody dated has but its story: Am 17. Juli 2016 …; 6. August: …
    """
    told = now.story is not None and goes_on(line, index, end, now)
    if (published := now.published) is None:
        return year_in_story(*day, now.story, date.max) if told and now.story is not None else None
    year = year_of_day(*day, published, ahead(line, index, now))
    nearest = make_date(year, *day)
    recent = nearest is None or abs((published - nearest).days) <= NEAR_DAYS
    if recent or now.story is None or not told:
        return year
    return year_in_story(*day, now.story, published) or year


def goes_on(line: TimeLine, index: int, end: int, now: Now) -> bool:
    """Whether a day goes on with the story told before it: in the next sentence, or as the entry of a chronicle."""
    return line.follows(now.story_end, index) or (index in line.pieces.firsts and line.word(end) == ":")


def _on(end: int, day: date | None, *, floating: bool = False) -> Found:
    return Found(end, day_span(day) if day else None, floating)


def _read_numeric(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``9.11.2017``, ``9. 11. 17`` and, where a day or preposition introduces it, ``9.11.``."""
    day, month = line.entry(index).number, line.entry(index + 2).number
    at = index + 4
    if not 1 <= month <= 12:
        return None
    year = plain_year(line, at)
    text = line.entry(at).text
    if year is None and len(text) == 2 and text.isdecimal() and line.pieces.glued(at):
        year = int(text) + (1900 if int(text) >= PIVOT else 2000)
    if year is not None:
        found = make_date(year, month, day)
        return _on(at + 1, found) if found else None
    if now.published is None or not (now.joined or line.introduced(index)):
        return None
    nearest = _year(line, index, at, (month, day), now)
    found = make_date(nearest, month, day) if nearest is not None else None
    return _on(at, found, floating=True) if found else None


def _read_iso(line: TimeLine, index: int) -> Found | None:
    year = plain_year(line, index)
    if year is None or line.word(index + 1) != "-" or line.word(index + 3) != "-":
        return None
    month, day = line.entry(index + 2), line.entry(index + 4)
    if month.kind != "digits" or day.kind != "digits" or not line.pieces.glued(index + 4):
        return None
    found = make_date(year, month.number, day.number)
    return _on(index + 5, found) if found else None


def _read_row(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read days that share the month behind the last one: a span, or the first of them where days lie between."""
    row = [index]
    while len(row) <= LONGEST_ROW and _is_joint(line, row[-1] + 2):
        at = line.skip(row[-1] + 3, "article", "to", "at")
        if not line.dotted(at):
            return None
        row.append(at)
        if line.kind(at + 2) == "month":
            return _row_of_month(line, row, day_of_month(line, at, line.entry(at).number, at + 2, now))
        numeric = _read_numeric(line, at, now) if line.kind(at + 2) == "digits" else None
        if numeric is not None:
            return _row_of_month(line, row, numeric)
    return None


def _is_joint(line: TimeLine, index: int) -> bool:
    return line.kind(index) in ("until", "and", "or") or line.word(index) in (*DASHES, "/", ",")


def _row_of_month(line: TimeLine, row: list[int], last: Found | None) -> Found | None:
    end = one_day(last.span) if last is not None else None
    numbers = [line.entry(at).number for at in row]
    first = make_date(end.year, end.month, numbers[0]) if end is not None else None
    if last is None or end is None or first is None or first >= end:
        return None
    spans = line.kind(row[0] + 2) == "until" or line.word(row[0] + 2) in DASHES
    between = "between" in (line.kind(row[0] - 1), line.kind(row[0] - 2))
    if spans or between or numbers == list(range(numbers[0], numbers[-1] + 1)):
        return Found(last.end, Span(first, end), last.floating)
    return Found(row[0] + 2, day_span(first), last.floating)


def read_year(line: TimeLine, index: int) -> Found | None:
    """Read a bare year, but not a count, a resolution or a round thousand; ``2014/15`` are two years."""
    year = plain_year(line, index)
    if year is None or not _stands_as_year(line, index, year):
        return None
    if line.word(index + 1) == "/" and line.pieces.glued(index + 2):
        text = line.entry(index + 2).text
        if len(text) == 2 and text.isdecimal() and int(text) == (year + 1) % 100:
            return Found(index + 3, hull(year_span(year), year_span(year + 1)))
    return Found(index + 1, year_span(year))


def _stands_as_year(line: TimeLine, index: int, year: int) -> bool:
    before = line.entry(index - 1)
    if before.kind in ("unit", "units") and before.text == "year":
        return True
    word = line.word(index - 1)
    if before.kind in ("about", "than") or before.kind == "counting" or (word and line.lexicon.ends_as(word, "numbered")):
        return False
    if line.pieces.glued(index) and plain_year(line, index - 2) is None and line.word(index - 1) in NO_YEAR_BEHIND:
        return False
    if before.kind != "since" and _counts_something(line, index + 1):  # seit 2015 Soldaten
        return False
    return year % 1000 != 0 or before.kind in ("since", "part", "until", "startingat", "after", "month", "season")


def _counts_something(line: TimeLine, index: int) -> bool:
    """Whether a counted noun follows, after at most two adjectives; none before a verb: 2014 griffen Rebellen an."""
    opens = index - 1 in line.pieces.firsts
    endings = ("e",) if opens else ("e", "en", "er")  # what is counted in front is a nominative: 2014 neue Soldaten
    for at in range(index, index + 1 + ADJECTIVES_BETWEEN):
        word = line.word(at)
        if not word or not (word[0].isalpha() or word in "%€$"):
            return False
        if line.lexicon.is_counted(word):
            return True
        if line.pieces.capital(at):
            return False
        if not word.endswith(endings):
            return False
    return False


def read_month(line: TimeLine, index: int, now: Now) -> Found | None:
    """Read ``Juli``, ``Juni 2014``, ``April letzten Jahres``: a bare month only where a word introduces it."""
    month = line.entry(index).number
    known = read_year_of(line, index + 1, now)
    if known is not None:
        return Found(known[1], months_span(known[0], month))
    if not (now.joined or line.introduced(index)) and line.kind(index - 1) != "part":
        return None
    if now.published is None:
        return Found(index + 1, None)
    year = year_of_month(month, now.published, ahead(line, index, now))
    return Found(index + 1, months_span(year, month), floating=True)


def last_month_before(published: date, month: int, offset: int) -> int:
    """Return the year of the vergangenen (-1), diesen (0), kommenden (1) such month."""
    if offset == 0:
        return published.year
    if offset < 0:
        return published.year - (month >= published.month) + offset + 1
    return published.year + (month <= published.month) + offset - 1


def one_day(span: Span | None) -> date | None:
    """Return the day of a span of a single day."""
    return span.earliest if span is not None and span.closed and span.earliest == span.latest else None


def night_to(day: date) -> Span:
    """Return the two days of the night that ends in ``day``."""
    return Span(shift(day, "day", -1), day)
