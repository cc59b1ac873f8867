"""How well a report fits an occurrence: features with weights, and what rules it out."""

from __future__ import annotations

from dataclasses import dataclass

from kg.knowledge.event_families import are_compatible, is_exclusive
from kg.resolution.containment import Geography
from kg.resolution.event_reports import EventReport
from kg.resolution.shared_events import SharedEvent

JOINING_SCORE = 0.6  # score from which a report joins
SAME_PLACE, CONTAINING_PLACE = 0.35, 0.25
SAME_KIND, GENERAL_KIND = 0.1, 0.05
SAME_AGENT, OTHER_AGENT = 0.15, -0.3
SAME_TARGET, OTHER_TARGET = 0.1, -0.1
SAME_TOLL, NEAR_TOLL, OTHER_TOLL = 0.2, 0.1, -0.3
TIME_WEIGHTS = ((1, 0.35, "same day"), (10, 0.25, "same days"), (31, 0.15, "same month"), (400, 0.05, "same year"))
TOLL_RATIO = 1.5  # two tolls of which the greater is less than so many times the smaller may be one, counted at two hours


@dataclass(frozen=True, slots=True)
class Fit:
    """A score between 0 and 1 and what speaks for it, in English."""

    score: float
    reasons: tuple[str, ...]


def fit(report: EventReport, place: str, occurrence: SharedEvent, geography: Geography) -> Fit | None:
    """Return how well the report fits; None where something rules it out."""
    if report.article in occurrence.articles or not are_compatible(report.kind, occurrence.kind):
        return None
    if _opposed(report, occurrence):
        return None
    parts = [_place(place, occurrence.place, geography), _time(report, occurrence)]
    if None in parts:
        return None
    parts += [_kind(report, occurrence), _agents(report, occurrence), _targets(report, occurrence), _toll(report, occurrence)]
    found = [part for part in parts if part is not None]
    return Fit(round(min(1.0, sum(weight for weight, _ in found)), 2), tuple(reason for _, reason in found if reason))


def _opposed(report: EventReport, occurrence: SharedEvent) -> bool:
    """Whether one side's agent is the other's target: two takings of one town, by either side."""
    against = report.agents & occurrence.targets, report.targets & occurrence.agents
    return any(against) and not report.agents & occurrence.agents and not report.targets & occurrence.targets


def _place(place: str, other: str, geography: Geography) -> tuple[float, str] | None:
    if place == other:
        return SAME_PLACE, "same place"
    if geography.within(other, place) or geography.within(place, other):
        return CONTAINING_PLACE, "one place in the other"
    return None


def _time(report: EventReport, occurrence: SharedEvent) -> tuple[float, str] | None:
    """The wider of the two spans says how much a common day proves; None without one."""
    days = (report.earliest, report.latest, occurrence.earliest, occurrence.latest)
    if None in days:
        return None
    begin, end, first, last = (day for day in days if day is not None)
    if begin > last or first > end:
        return None
    width = max(end - begin, last - first)
    return next(((weight, reason) for most, weight, reason in TIME_WEIGHTS if width <= most), None)


def _kind(report: EventReport, occurrence: SharedEvent) -> tuple[float, str]:
    return (SAME_KIND, "same type") if report.kind == occurrence.kind else (GENERAL_KIND, "general and special type")


def _agents(report: EventReport, occurrence: SharedEvent) -> tuple[float, str] | None:
    if not report.agents or not occurrence.agents:
        return None
    if report.agents & occurrence.agents:
        return SAME_AGENT, "same agent"
    return None if is_exclusive(report.kind) else (OTHER_AGENT, "")


def _targets(report: EventReport, occurrence: SharedEvent) -> tuple[float, str] | None:
    if not report.targets or not occurrence.targets:
        return None
    return (SAME_TARGET, "same target") if report.targets & occurrence.targets else (OTHER_TARGET, "")


def _toll(report: EventReport, occurrence: SharedEvent) -> tuple[float, str] | None:
    """The toll that is nearest to one told already: reports disagree, and later ones count more."""
    if report.deaths is None or not occurrence.deaths:
        return None
    return max(_tolls(report.deaths, other) for other in occurrence.deaths)


def _tolls(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> tuple[float, str]:
    if one == other:
        return SAME_TOLL, "same toll"
    (low, high), (least, most) = one, other
    near = _near(least, high) and _near(low, most)
    return (NEAR_TOLL, "compatible tolls") if near else (OTHER_TOLL, "")


def _near(low: int | None, high: int | None) -> bool:
    """Whether one report's lower bound can be reconciled with another's upper one."""
    return low is None or high is None or low <= high * TOLL_RATIO
