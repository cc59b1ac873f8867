"""What the mentions of one occurrence share: who, whom, where, when, how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.annotation.events.argued import ANYBODY, ATTACKERS
from kg.annotation.events.discourse import MUTUAL, Told
from kg.annotation.events.event_places import Places, as_one, with_town
from kg.annotation.events.occurrences.pairs import overlap
from kg.annotation.records import Bounds, Timex
from kg.knowledge.gazetteer import shipped_gazetteer


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention: as it tells the event, with what the story before it gives, and the time that its own sentence states."""

    event: Told
    story: Told
    stated: Timex | None


def pooled(told: Sequence[Told], carried: Sequence[Told], stated: Sequence[Timex | None]) -> list[Told]:
    """Return the events in their order, each with all that the mentions of its occurrence say of it.

    ``carried`` are the same events with what the story before them gives, which counts where no mention says it; ``stated``
    are the times that their own sentences give, which count before others.
    """
    members: dict[int, list[Telling]] = {}
    for telling in map(Telling, told, carried, stated):
        members.setdefault(telling.event.occurrence, []).append(telling)
    shared = {number: _shared(tellings) for number, tellings in members.items()}
    introduced = {number: _introduced(tellings) for number, tellings in members.items()}
    return [_completed(event, shared[event.occurrence], introduced[event.occurrence]) for event in told]


def _introduced(tellings: Sequence[Telling]) -> int:
    """Return at how many places the first mention that names any tells it; an anaphor takes up no more."""
    return next((len(telling.event.places) for telling in tellings if telling.event.places), 1)


def _shared(tellings: Sequence[Telling]) -> Told:
    """Return the first mention with what all of them say, else with what the story around the first that has it gives.

    One that tells of more events than were introduced may have the roles of the others.
    """
    mentions, introduced = [telling.event for telling in tellings], _introduced(tellings)
    whole = [telling for telling in tellings if len(telling.event.places) <= introduced]
    own, stories = [telling.event for telling in whole], [telling.story for telling in whole]
    places = _groups([event.places for event in mentions])
    timex = _time([telling.stated for telling in tellings if telling.stated], [e.timex for e in mentions if e.timex])
    return replace(
        mentions[0],
        agents=_doers(own) or next((story.agents for story in stories if story.agents), ()),
        targets=_named(event.targets for event in own) or next((story.targets for story in stories if story.targets), ()),
        places=_placed(places, stories) if places else next((story.places for story in stories if story.places), ()),
        timex=timex or next((telling.story.timex for telling in tellings if telling.story.timex), None),
        fatalities=_toll(mentions),
        injured=_count([event.injured for event in mentions if event.injured]),
    )


def _placed(places: Places, stories: Sequence[Told]) -> Places:
    """Return the places; where they are things only (auf einem Markt), with those that the story around says."""
    things = frozenset(slug for story in stories for slug in story.things)
    towns = (groups for story in stories if len(groups := story.places) == 1 and not things.issuperset(groups[0]))
    return with_town(places, things, next(towns, ()))


def _completed(event: Told, shared: Told, introduced: int) -> Told:
    """Return a mention with what its occurrence's mentions say; of several places, its own or the last introduced.

    Nobody is on both sides: what the mention itself says decides, else he is hit.
    """
    stated = {slug for group in event.places for slug in group}
    own = tuple(group for group in shared.places if not stated.isdisjoint(group))
    own = own or shared.places[0 if event.anaphor else introduced - 1 : introduced]
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


def _named(fillers: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the entities, each once; just people only where nobody is named."""
    every = tuple(dict.fromkeys(slug for slugs in fillers for slug in slugs))
    return tuple(slug for slug in every if slug != ANYBODY) or every


def _doers(events: Sequence[Told]) -> tuple[str, ...]:
    """Return who did it; vier Männer … die Angreifer: those are the men, unless two sides fought."""
    every = _named(event.agents for event in events)
    told = tuple(slug for slug in every if slug != ATTACKERS)
    return told if told and not any(event.kind in MUTUAL for event in events) else every


def _groups(places: Sequence[Places]) -> Places:
    """Return the places, a group for each event.

    Where no mention tells of several events, all places are of the one; else those that lie in each other are.
    """
    if all(len(groups) < 2 for groups in places):
        return tuple(map(_without_countries, as_one(tuple(group for groups in places for group in groups))))
    out: list[tuple[str, ...]] = []
    for group in (group for groups in places for group in groups):
        near = next((n for n, other in enumerate(out) if any(overlap(x, y) for x in group for y in other)), None)
        if near is None:
            out.append(group)
        else:
            out[near] = tuple(dict.fromkeys((*out[near], *group)))
    return tuple(out)


def _without_countries(places: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the country of a town or region that another mention names: Jemen: …; in Sanaa."""
    countries = {slug for slug in places if (e := shipped_gazetteer().entries.get(slug)) is not None and e.kind == "Country"}
    wider = {x for x in countries if any(y not in countries and overlap(x, y) for y in places)}
    return tuple(slug for slug in places if slug not in wider)


def _time(stated: Sequence[Timex], given: Sequence[Timex]) -> Timex | None:
    """Return the time that most sentences state, else that most mentions are given, the narrowest, the first of several."""
    if not given:
        return None
    said, known = (Counter((timex.earliest, timex.latest) for timex in times) for times in (stated, given))

    def rank(timex: Timex) -> tuple[int, int, int]:
        days = timex.earliest, timex.latest
        return -said[days], -known[days], _width(timex)

    return min(given, key=rank)


def _width(timex: Timex) -> int:
    earliest, latest = timex.earliest or date.min, timex.latest or date.max
    return (latest - earliest).days


def _toll(mentions: Sequence[Told]) -> Bounds | None:
    """Return the number of the dead; that of some of them where no mention says how many there were."""
    all_of_them = [event.fatalities for event in mentions if event.fatalities and not event.some_of]
    return _count(all_of_them or [event.fatalities for event in mentions if event.fatalities])


def _count(counts: Sequence[Bounds]) -> Bounds | None:
    """Return the exact number told first that no later one exceeds (31 … mindestens 57), else the highest bound."""
    least = max((count.low or 0 for count in counts if count.high is None), default=0)
    exact = (count for count in counts if count.low == count.high and (count.low or 0) >= least)
    return next(exact, None) or max(counts, key=lambda count: count.low or 0, default=None)
