"""Who fought whom, as UCDP GED tells it: type of violence, side A, side B, and whose dead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.event_kinds import event_kinds
from kg.export.tables.actor_classes import acting, actor_class, bears_arms
from kg.export.tables.event_rows import EventRow
from kg.export.tables.participants import ActorsAndPlaces, Participant
from kg.knowledge.administration import country_codes

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CIVILIANS_SIDE = "Civilians"


@dataclass(frozen=True, slots=True)
class GedSides:
    """The type of violence, None where the sides don't tell; side A and side B."""

    violence: int | None
    one: tuple[Participant, ...]
    other: tuple[Participant, ...]

    def names(self, participants: ActorsAndPlaces) -> tuple[str, str]:
        """Return both sides as GED names them; empty where not known."""
        one, other = (_named(side, participants) for side in (self.one, self.other))
        return one, CIVILIANS_SIDE if self.violence == ONE_SIDED else other

    @property
    def states(self) -> tuple[str, str]:
        """Gleditsch and Ward's numbers of the states on the sides; empty for none and for several."""
        return _state(self.one), "" if self.violence == ONE_SIDED else _state(self.other)


def ged_sides(row: EventRow) -> GedSides:
    """Return the sides of an event."""
    agents, targets = acting(row.agents), acting(row.targets)
    if row.kind.ged == "one-sided" or (row.kind.ged == "target" and targets and _of(targets, "civilians") == targets):
        return GedSides(ONE_SIDED, agents, targets)
    one, other = _fighting(agents), _fighting(targets)
    if not other and "mutual" in row.kind.families:
        one, other = _parted(one)
    if _of(one, "state") or _of(other, "state"):
        if not _of(one, "state"):
            one, other = other, one
        return GedSides(STATE_BASED, _of(one, "state"), other)
    return GedSides(NON_STATE if one and other else None, one, other)


def deaths_by_side(row: EventRow, sides: GedSides, best: int) -> tuple[int, int, int, int]:
    """Return the dead of side A and B, civilians, and unknown; known only where those hit are the dead, all of one side."""
    hit = acting(row.targets) if "deadly" in _families(row) else ()
    civilians = _of(hit, "civilians") == hit
    whose = (set(hit) <= set(sides.one), set(hit) <= set(sides.other) and not civilians, civilians)
    known = [bool(hit) and side for side in whose]
    if len(hit) != len(row.targets) or sum(known) != 1:
        return 0, 0, 0, best
    one, other, third = (best if side else 0 for side in known)
    return one, other, third, 0


def _families(row: EventRow) -> frozenset[str]:
    """Return the families of a kind, its parent's included."""
    parent = event_kinds().get(row.kind.parent)
    return row.kind.families | (parent.families if parent else frozenset())


def _of(actors: Iterable[Participant], side: str) -> tuple[Participant, ...]:
    return tuple(actor for actor in actors if actor_class(actor).ged == side)


def _fighting(actors: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple(actor for actor in actors if bears_arms(actor))


def _parted(actors: tuple[Participant, ...]) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Part the sides of a clash that are named together: states from groups, else one from one."""
    states, groups = _of(actors, "state"), _of(actors, "group")
    if states and groups:
        return states, groups
    return (actors[:1], actors[1:]) if len(actors) == 2 else (actors, ())


def _named(side: Iterable[Participant], participants: ActorsAndPlaces) -> str:
    return ", ".join(dict.fromkeys(_name(actor, participants) for actor in side))


def _name(actor: Participant, participants: ActorsAndPlaces) -> str:
    codes, country = country_codes().get(actor.country), participants.by_slug(actor.country)
    if actor_class(actor).ged != "state" or codes is None or country is None or not codes.gwno:
        return actor.label()
    return f"Government of {codes.ged_name or country.label()}"


def _state(side: Iterable[Participant]) -> str:
    codes = (country_codes().get(actor.country) for actor in side if actor_class(actor).ged == "state")
    numbers = {known.gwno for known in codes if known}
    return numbers.pop() if len(numbers) == 1 else ""
