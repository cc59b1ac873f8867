"""Who held a place when: periods of control out of captures and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.resolution.shared_events import SharedEvent

STATED = frozenset(("Factual", "Reported"))  # certainties of an event that happened, as far as anyone says
HOLDING_ENDS = ("Capture", "Withdrawal")


@dataclass(frozen=True, slots=True)
class ControlPeriod:
    """A holder of a place; days are ordinals, None where nothing bounds that side. ``evidence`` are events' IRIs."""

    place: str
    holder: str
    earliest_start: int | None = None
    latest_start: int | None = None
    earliest_end: int | None = None
    latest_end: int | None = None
    contested: bool = False
    evidence: tuple[str, ...] = field(default=())


def control_periods(occurrences: Iterable[SharedEvent]) -> list[ControlPeriod]:
    """Return the periods of one place, by their beginning.

    A capture begins a period of each who took the place and ends those of all others; a withdrawal ends that of who
    left. Who lost a place held it until then, from a day that nobody tells. Two captures by different sides that may
    have happened in either order leave their periods contested.
    """
    told = sorted((o for o in occurrences if o.earliest is not None and _happened(o)), key=_order)
    periods: list[ControlPeriod] = []
    for event in told:
        losers = sorted(event.targets if event.kind == "Capture" else event.agents)
        winners = sorted(event.agents - set(losers)) if event.kind == "Capture" else []
        periods = [_ended(p, event, winners, losers) for p in periods]
        periods += [_held_before(event, loser) for loser in losers if not _known(periods, loser, event)]
        periods += [_begun(event, winner, told) for winner in winners if not _goes_on(periods, winner)]
    return sorted(periods, key=lambda p: (p.earliest_start or 0, p.latest_start or 0, p.holder))


def _happened(occurrence: SharedEvent) -> bool:
    certain = frozenset(c for report in occurrence.reports for c in report.certainties)
    return occurrence.kind in HOLDING_ENDS and bool(certain & STATED) and bool(occurrence.agents or occurrence.targets)


def _order(occurrence: SharedEvent) -> tuple[int, int, str]:
    return occurrence.latest or 0, occurrence.earliest or 0, occurrence.key


def _ended(period: ControlPeriod, event: SharedEvent, winners: list[str], losers: list[str]) -> ControlPeriod:
    """End an open period where the event says that somebody else came, or that its holder left."""
    if period.latest_end is not None or period.earliest_end is not None:
        return period
    if period.holder not in losers and not (winners and period.holder not in winners):
        return period
    return replace(period, earliest_end=event.earliest, latest_end=event.latest, evidence=_with(period, event))


def _with(period: ControlPeriod, event: SharedEvent) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*period.evidence, event.key)))


def _known(periods: list[ControlPeriod], holder: str, event: SharedEvent) -> bool:
    return any(p.holder == holder and event.key in p.evidence for p in periods)


def _held_before(event: SharedEvent, holder: str) -> ControlPeriod:
    return ControlPeriod(
        event.place, holder, earliest_end=event.earliest, latest_end=event.latest, evidence=(event.key,)
    )


def _goes_on(periods: list[ControlPeriod], holder: str) -> bool:
    return any(p.holder == holder and p.earliest_end is None and p.latest_end is None for p in periods)


def _begun(event: SharedEvent, holder: str, told: list[SharedEvent]) -> ControlPeriod:
    contested = any(_rivals(event, other) for other in told)
    return ControlPeriod(event.place, holder, event.earliest, event.latest, contested=contested, evidence=(event.key,))


def _rivals(event: SharedEvent, other: SharedEvent) -> bool:
    """Whether another side is said to have taken the place in days that overlap with the event's."""
    if other is event or other.kind != "Capture" or not other.agents or other.agents & event.agents:
        return False
    return (other.earliest or 0) <= (event.latest or 0) and (event.earliest or 0) <= (other.latest or 0)
