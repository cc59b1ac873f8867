"""When that happened which the title or the first sentences tell: the day that the report names further down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.annotation.events.discourse import ASSAULTS, CONTROL_CHANGES, HARM, Told
from kg.annotation.events.occurrences.pairs import overlap
from kg.annotation.events.timing.event_distances import CountedFrom
from kg.annotation.events.timing.event_times import LEAD
from kg.annotation.records import Timex

REPORT = 10  # sentences within which the report of the lead names the day
LONGEST = 7  # days: a longer span is no day of the report
BLOODY = ASSAULTS | HARM | {"Clash"}
UNREAL = frozenset(("Future", "Negated"))


def dated(told: list[Told], published: date | None) -> list[Told]:
    """Give undated events of the lead the day of the report, and harm the day of the attack in its clause."""
    told = list(_counted(told, published))
    told = _with_attack(told)
    lead = [event for event in told if event.sentence < LEAD + REPORT]
    led = [replace(event, timex=_report(event, lead)) if _asks(event) and event.sentence < LEAD else event for event in told]
    return _with_attack(_of_the_story(_with_attack(led)))


def _of_the_story(told: list[Told]) -> list[Told]:
    """Give what goes on with a story of just one day, or only takes it up (bei den Gefechten), that day."""
    story = [(e, e.timex) for e in told if e.timex is not None and e.kind in BLOODY]
    days = {(timex.earliest, timex.latest) for _, timex in story}
    if len(days) != 1 or not _is_short(story[0][1]) or _only_looks_back(told, [e for e, _ in story]):
        return told
    first, only = story[0]
    known = {slug for e, _ in story for slug in e.agents}
    open_ones = [e for e in told if _takes_up(e) and e.sentence > first.sentence]
    clauses = {(e.sentence, e.clause) for e in open_ones if e.argued.definite or _goes_on(e, first.sentence, known)}
    of_it = [_takes_up(e) and (e.sentence, e.clause) in clauses for e in told]
    return [replace(e, timex=only) if part else e for e, part in zip(told, of_it, strict=True)]


def _only_looks_back(told: list[Told], story: list[Told]) -> bool:
    """Whether the one day is of what had been before (am Vortag waren … gestorben), while the story itself has none."""
    before = {e.occurrence for e in told if e.looks_back}
    led = any(e.kind in BLOODY and e.occurrence not in before for e in told if e.sentence < LEAD)
    return led and all(e.occurrence in before for e in story)


def _takes_up(event: Told) -> bool:
    apart = event.looks_back or event.sums_up or event.stance.factuality in UNREAL
    return event.timex is None and event.kind in BLOODY and not apart


def _goes_on(event: Told, first: int, known: set[str]) -> bool:
    """Whether the report is still at it: a past clause soon behind that names no other place, day or actor and is no aside."""
    aside = event.background or event.counted_from is not None
    apart = event.moved or not known.issuperset(event.agents)
    return event.past and not aside and not apart and event.sentence <= first + REPORT


def _with_attack(told: list[Told]) -> list[Told]:
    """Give harm the day of the attack in its clause, and all mentions of an occurrence the day of one."""
    beside: defaultdict[tuple[int, int], list[Told]] = defaultdict(list)
    for event in filter(_is_day, told):
        beside[event.sentence, event.clause].append(event)
    out = [replace(e, timex=_beside(e, beside[e.sentence, e.clause])) if _asks(e) else e for e in told]
    shared = {event.occurrence: event.timex for event in out if event.timex is not None}
    return [replace(e, timex=shared[e.occurrence]) if e.timex is None and e.occurrence in shared else e for e in out]


def _counted(told: list[Told], published: date | None) -> Iterator[Told]:
    """Zwei Tage nach dem Anschlag, seit dem Anschlag: after the day of the event that the clause counts from."""
    for event in told:
        if (counted := event.counted_from) is None or event.timex is not None:
            yield event
            continue
        start = next((o.timex for o in told if o.timex is not None and _is_there(o, event, counted)), None)
        yield event if start is None else replace(event, timex=counted.after(start, published))


def _is_there(other: Told, event: Told, counted: CountedFrom) -> bool:
    trigger = other.argued.trigger
    return other.sentence == event.sentence and counted.begin <= trigger.word < counted.end


def _asks(event: Told) -> bool:
    return event.timex is None and event.stance.factuality not in UNREAL and not event.looked_at


def _report(event: Told, told: list[Told]) -> Timex | None:
    """The first day behind the lead on which such a thing happened, not to other people at another place."""
    later = [o for o in told if event.sentence < o.sentence <= event.sentence + REPORT and _is_day(o)]
    alike = [o for o in later if o.kind == event.kind and not o.looks_back and not _apart(event, o)]
    return alike[0].timex if alike else None


def _beside(event: Told, dated_beside: list[Told]) -> Timex | None:
    """Bei einem Angriff starben drei Soldaten: both on one day."""
    for other in dated_beside:
        if _belong(event.kind, other.kind) and not other.looked_at:
            return other.timex
    return None


def _belong(kind: str, other: str) -> bool:
    return any(a in HARM and b in ASSAULTS | {"Clash"} for a, b in ((kind, other), (other, kind)))


def _is_day(event: Told) -> bool:
    timex = event.timex
    if timex is None or timex.earliest is None or timex.latest is None or event.stance.factuality in UNREAL:
        return False
    return _is_short(timex)


def _is_short(timex: Timex) -> bool:
    if timex.earliest is None or timex.latest is None:
        return False
    return (timex.latest - timex.earliest).days <= LONGEST


def _apart(event: Told, other: Told) -> bool:
    """Whether two events are at places of which none lies in another, and hit different people or take these places."""
    people = bool(event.targets and other.targets) and set(event.targets).isdisjoint(other.targets)
    ours, theirs = set(_slugs(event)), set(_slugs(other))
    elsewhere = bool(ours and theirs) and not any(overlap(x, y) for x in ours for y in theirs)
    return elsewhere and (people or event.kind in CONTROL_CHANGES)


def _slugs(event: Told) -> Iterator[str]:
    return (slug for group in event.places for slug in group)
