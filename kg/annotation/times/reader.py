"""Reads a text from left to right and keeps in mind which day it last spoke of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kg.annotation.records import Timex
from kg.annotation.times.calendar import STORY_DAYS, Span
from kg.annotation.times.dates import goes_on, one_day
from kg.annotation.times.lexicon import TimeLexicon, TimeWord
from kg.annotation.times.line import NOTHING, Found, Now, TimeLine
from kg.annotation.times.relations import EXPRESSIONS
from kg.annotation.times.relative import is_short
from kg.annotation.times.units import plain_year
from kg.annotation.words.subtokens import Pieces

PRETERITE, INTENT = TimeWord("behind"), TimeWord("ahead")


def time_line(
    pieces: Pieces, lexicon: TimeLexicon, past: frozenset[int] = frozenset(), intended: frozenset[int] = frozenset()
) -> TimeLine:
    """Return a text's line of words.

    ``past`` is where verbs in the preterite begin, ``intended`` where infinitives of what somebody means to do.
    """
    marks = dict.fromkeys(past, PRETERITE) | dict.fromkeys(intended, INTENT)
    entries = [lexicon.entry(word) or NOTHING for word in pieces.words]
    entries = [marks.get(b, e) if e is NOTHING or b in intended else e for e, b in zip(entries, pieces.begins, strict=True)]
    return TimeLine(pieces, entries, lexicon)


@dataclass(frozen=True, slots=True)
class TimeExpressions:
    """The time expressions of a text in text order, not overlapping: those that name days, and the offsets of the others."""

    timexes: tuple[Timex, ...]
    undated: tuple[tuple[int, int], ...]


def read_times(line: TimeLine, published: date | None) -> TimeExpressions:
    """Return the time expressions of a text.

    Without a publication day only what is absolute is dated. What counts from "the day before" and the like counts
    from the last expression with both bounds known.
    """
    pieces = line.pieces
    now, found_all, undated, index = Now(published), list[Timex](), list[tuple[int, int]](), 0
    for start, entry in enumerate(line.entries):
        reader = EXPRESSIONS.get(entry.kind) if start >= index else None
        found = reader(line, start, now) if reader is not None else None
        if found is None or _crosses(pieces, start, found.end):
            continue
        index = found.end
        begin, end = pieces.begins[start], pieces.ends[found.end - 1]
        if found.span is None or not _says_something(found.span):
            undated.append((begin, end))
        else:
            found_all.append(Timex(begin, end, found.span.earliest, found.span.latest, _begun(entry, found)))
            anchor = _anchor_after(found, now.anchor)
            of_noun = now.of_noun if anchor is now.anchor else line.entry(start - 1).text == "of"
            day = anchor if anchor is not None and is_short(anchor) else now.day
            now = replace(now, anchor=anchor, of_noun=of_noun, day=day)
            if one_day(found.span) is not None and _fills_line(pieces, begin, end):
                now = replace(now, heading=found.span)
            if any(plain_year(line, at) for at in range(start, index)) or _is_next_day(line, start, found, now):
                now = replace(now, story=found.span, story_end=index)
    return TimeExpressions(tuple(found_all), tuple(undated))


def _begun(entry: TimeWord, found: Found) -> date | None:
    """Return the last day of the point that "seit" names, at most publication."""
    days = [span.latest for span in (found.anchor, found.span) if span is not None and span.latest is not None]
    return min(days) if entry.kind == "since" and found.anchor is not None and days else None


def _crosses(pieces: Pieces, start: int, end: int) -> bool:
    """Whether a sentence begins between two pieces."""
    return any(at in pieces.firsts for at in range(start + 1, end))


def _says_something(span: Span) -> bool:
    if span.earliest is not None and span.latest is not None:
        return span.earliest <= span.latest
    return span.earliest is not None or span.latest is not None


def _is_next_day(line: TimeLine, start: int, found: Found, now: Now) -> bool:
    """Whether a day is the next one of a story told day after day (17. Juli 2016: …; 6. August: …)."""
    told = now.story.latest if now.story is not None else None
    day = one_day(found.span) if found.span is not None and line.kind(start) == "digits" else None
    return told is not None and day is not None and goes_on(line, start, found.end, now) and 0 < (day - told).days <= STORY_DAYS


def _fills_line(pieces: Pieces, begin: int, end: int) -> bool:
    line_begin = pieces.text.rfind("\n", 0, begin) + 1
    line_end = pieces.text.find("\n", end)
    rest = pieces.text[line_begin:begin] + pieces.text[end : line_end if line_end >= 0 else len(pieces.text)]
    return not rest.strip(" .:–-")


def _anchor_after(found: Found, anchor: Span | None) -> Span | None:
    if found.anchor is not None and found.anchor.closed:
        return found.anchor
    return found.span if found.span is not None and found.span.closed and not found.fleeting else anchor
