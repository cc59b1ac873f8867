"""What the mentions of one occurrence share: who, whom, where, when, how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.annotation.events.argued import ANYBODY
from kg.annotation.events.discourse import Told
from kg.annotation.events.event_places import Places, as_one
from kg.annotation.events.occurrences.findings import overlap
from kg.annotation.records import Bounds, Timex


def pooled(told: Sequence[Told], carried: Sequence[Told]) -> list[Told]:
    """Return the events in their order, each with all that the mentions of its occurrence say of it.

    ``carried`` are the same events with what the story before them gives, which counts where no mention says it.
    """
    members: dict[int, list[Told]] = {}
    stories: dict[int, list[Told]] = {}
    for event, story in zip(told, carried, strict=True):
        members.setdefault(event.occurrence, []).append(event)
        stories.setdefault(event.occurrence, []).append(story)
    shared = {number: _filled(_shared(mentions), stories[number]) for number, mentions in members.items()}
    return [_completed(event, shared[event.occurrence], members[event.occurrence]) for event in told]


def _filled(shared: Told, stories: Sequence[Told]) -> Told:
    """Fill what no mention says from the story around the first that has it."""
    agents = next((story.agents for story in stories if story.agents), ())
    targets = next((story.targets for story in stories if story.targets), ())
    places = next((story.places for story in stories if story.places), ())
    timex = next((story.timex for story in stories if story.timex), None)
    return replace(
        shared,
        agents=shared.agents or agents,
        targets=shared.targets or targets,
        places=_with_town(shared.places, stories) if shared.places else places,
        timex=shared.timex or timex,
    )


def _with_town(places: Places, stories: Sequence[Told]) -> Places:
    """Return the places; where they are things only (auf einem Markt), with those that the story around says."""
    things = frozenset(slug for story in stories for slug in story.things)
    if len(places) != 1 or not things.issuperset(places[0]):
        return places
    towns = (groups for story in stories if len(groups := story.places) == 1 and not things.issuperset(groups[0]))
    return as_one((*places, *next(towns, ())))


def _shared(mentions: Sequence[Told]) -> Told:
    """Return the first mention with what all of them say."""
    return replace(
        mentions[0],
        agents=_named(event.agents for event in mentions),
        targets=_named(event.targets for event in mentions),
        places=_groups([event.places for event in mentions]),
        timex=_time([event.timex for event in mentions if event.timex]),
        fatalities=_count([event.fatalities for event in mentions if event.fatalities]),
        injured=_count([event.injured for event in mentions if event.injured]),
    )


def _completed(event: Told, shared: Told, mentions: Sequence[Told]) -> Told:
    """Return a mention with what its occurrence's mentions say; of several places, those it speaks of or takes up.

    Nobody is on both sides: what the mention itself says decides, else he is hit.
    """
    stated = {slug for group in event.places for slug in group}
    own = tuple(group for group in shared.places if not stated.isdisjoint(group))
    own = own or (_taken_up(event, shared, mentions) if event.anaphor else shared.places[:1])
    targets = tuple(slug for slug in shared.targets if slug not in event.agents or slug in event.targets)
    return replace(
        event,
        agents=tuple(slug for slug in shared.agents if slug not in targets or slug in event.agents),
        targets=targets,
        places=own,
        timex=shared.timex,
        fatalities=shared.fatalities,
        injured=shared.injured,
    )


def _taken_up(event: Told, shared: Told, mentions: Sequence[Told]) -> Places:
    """Return the places told before a mention that takes them up, else all."""
    before = {slug for told in mentions if told.sentence < event.sentence for group in told.places for slug in group}
    return tuple(group for group in shared.places if not before.isdisjoint(group)) or shared.places


def _named(fillers: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the entities, each once; just people only where nobody is named."""
    every = tuple(dict.fromkeys(slug for slugs in fillers for slug in slugs))
    return tuple(slug for slug in every if slug != ANYBODY) or every


def _groups(places: Sequence[Places]) -> Places:
    """Return the places, a group for each event.

    Where no mention tells of several events, all places are of the one; else those that lie in each other are.
    """
    if all(len(groups) < 2 for groups in places):
        return as_one(tuple(group for groups in places for group in groups))
    out: list[tuple[str, ...]] = []
    for group in (group for groups in places for group in groups):
        near = next((n for n, other in enumerate(out) if any(overlap(x, y) for x in group for y in other)), None)
        if near is None:
            out.append(group)
        else:
            out[near] = tuple(dict.fromkeys((*out[near], *group)))
    return tuple(out)


def _time(times: Sequence[Timex]) -> Timex | None:
    """Return the time that most mentions give, of several the narrowest, of several of these the first."""
    if not times:
        return None
    given = Counter((timex.earliest, timex.latest) for timex in times)
    return min(times, key=lambda timex: (-given[timex.earliest, timex.latest], _width(timex)))


def _width(timex: Timex) -> int:
    earliest, latest = timex.earliest or date.min, timex.latest or date.max
    return (latest - earliest).days


def _count(counts: Sequence[Bounds]) -> Bounds | None:
    """Return the exact number told first, else the first bounds."""
    return next((count for count in counts if count.low == count.high), counts[0]) if counts else None
