"""An occurrence: the reports that were found to tell of one event, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.knowledge.event_families import is_general
from kg.resolution.event_reports import EventReport


@dataclass(slots=True)
class SharedEvent:
    """Reports of one event, and their common bounds in time: the days on which all of them can be right."""

    reports: list[EventReport] = field(default_factory=list)
    place: str = ""
    earliest: int | None = None
    latest: int | None = None
    kind: str = ""
    articles: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    deaths: list[tuple[int | None, int | None]] = field(default_factory=list)
    score: float = 1.0  # of the weakest joint
    reasons: list[str] = field(default_factory=list)

    def add(self, report: EventReport, place: str, score: float = 1.0, reasons: tuple[str, ...] = ()) -> None:
        """Take a report in."""
        self.reports.append(report)
        self.place = self.place or place
        self.earliest = report.earliest if self.earliest is None else max(self.earliest, report.earliest or self.earliest)
        self.latest = report.latest if self.latest is None else min(self.latest, report.latest or self.latest)
        if not self.kind or is_general(self.kind):
            self.kind = report.kind
        self.articles.add(report.article)
        self.agents |= report.agents
        self.targets |= report.targets
        if report.deaths is not None:
            self.deaths.append(report.deaths)
        self.score = min(self.score, score)
        self.reasons += [reason for reason in reasons if reason not in self.reasons]

    @property
    def key(self) -> str:
        """The name of the event: that of its earliest report, by date of publication and article."""
        if len(self.reports) == 1:
            return self.reports[0].key
        return min(self.reports, key=lambda r: r.seniority).key
