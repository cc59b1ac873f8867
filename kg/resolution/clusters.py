"""Reports to occurrences: block by block, the most precise report first, so that no order of arrival matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.knowledge.event_families import family_of, is_general, is_utterance
from kg.resolution.comparison import JOINING_SCORE, fit
from kg.resolution.containment import Geography
from kg.resolution.event_reports import EventReport
from kg.resolution.judgements import ReportJudgements
from kg.resolution.shared_events import SharedEvent

WEEK = 7  # days: occurrences are looked up by the weeks that they touch
WIDEST_SPAN = 400  # days: a wider span says too little to join anything


def block_of(report: EventReport, geography: Geography) -> tuple[str, str] | None:
    """Return the family and the region in which a report may meet others; None where it must stay alone."""
    where = anchor(report, geography)
    if where is None or report.width > WIDEST_SPAN:
        return None
    return family_of(report.kind), geography.region(where)


def anchor(report: EventReport, geography: Geography) -> str | None:
    """Return what ties a report to others: its most precise place; of something said, who says it. None for none."""
    if is_utterance(report.kind):
        return min(report.agents, default=None)
    return geography.first(report.places)


def clustered(
    reports: Iterable[EventReport], geography: Geography, judgements: ReportJudgements | None = None
) -> list[SharedEvent]:
    """Return the occurrences of one block's reports, each with the reports that tell of it."""
    occurrences = _SharedEvents(geography, judgements or ReportJudgements())
    for report in sorted(reports, key=lambda r: _precision(r, geography)):
        occurrences.take(report)
    return occurrences.found


def _precision(report: EventReport, geography: Geography) -> tuple[object, ...]:
    place = anchor(report, geography)
    general = is_general(report.kind)
    return place is None or not geography.precise(place), report.width, general, report.seniority


class _SharedEvents:
    """The occurrences found so far, by the weeks in which they may have happened."""

    def __init__(self, geography: Geography, judgements: ReportJudgements) -> None:
        self.found: list[SharedEvent] = []
        self._geography = geography
        self._judgements = judgements
        self._by_week: defaultdict[int, list[SharedEvent]] = defaultdict(list)

    def take(self, report: EventReport) -> None:
        """Let a report join the occurrence that it fits best, or begin one."""
        place = anchor(report, self._geography) or ""
        best: tuple[float, int, SharedEvent, tuple[str, ...]] | None = None
        for number, other in enumerate(self._near(report)):
            how = self._fit(report, place, other)
            if how is not None and (best is None or (how[0], -number) > best[:2]):
                best = how[0], -number, other, how[1]
        if best is None:
            self._begin(report, place)
        else:
            best[2].add(report, place, best[0], best[3])

    def _fit(self, report: EventReport, place: str, other: SharedEvent) -> tuple[float, tuple[str, ...]] | None:
        if self._judgements.forbids(report, other):
            return None
        found = fit(report, place, other, self._geography)
        return None if found is None or found.score < JOINING_SCORE else (found.score, found.reasons)

    def _near(self, report: EventReport) -> Iterator[SharedEvent]:
        seen: set[int] = set()
        for week in _weeks(report):
            for other in self._by_week[week]:
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other

    def _begin(self, report: EventReport, place: str) -> None:
        occurrence = SharedEvent()
        occurrence.add(report, place)
        self.found.append(occurrence)
        for week in _weeks(report):
            self._by_week[week].append(occurrence)


def _weeks(report: EventReport) -> range:
    if report.earliest is None or report.latest is None:
        return range(0)
    return range(report.earliest // WEEK, report.latest // WEEK + 1)


def as_judged(occurrences: Iterable[SharedEvent], judgements: ReportJudgements) -> list[SharedEvent]:
    """Put together what people joined, across all blocks."""
    found = list(occurrences)
    of = {report.key: occurrence for occurrence in found for report in occurrence.reports}
    for one, other in judgements.joins():
        kept, given = of.get(one), of.get(other)
        if kept is None or given is None or kept is given or kept.articles & given.articles:
            continue  # two events of one article would lose which of them says what
        for report in given.reports:
            kept.add(report, given.place, 1.0, ("joined by hand",))
            of[report.key] = kept
        given.reports.clear()
    return [occurrence for occurrence in found if occurrence.reports]
