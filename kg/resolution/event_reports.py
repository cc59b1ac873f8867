"""What one article says of one event, as far as telling events apart needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields

FOREVER = 9_999_999  # a day after all days: an article without a date comes last


@dataclass(frozen=True, slots=True, order=True)
class EventReport:
    """One event as one article tells it; days are proleptic ordinals, None where the text leaves that side open.

    ``key`` is the IRI that the event has for this article alone, whatever it was joined with. Actors and targets are
    those that mean the same in every article; ``places`` also holds unknown towns, by their name. ``deaths`` are the
    bounds of the toll, None where nothing is said.
    """

    key: str
    article: str
    kind: str
    published: int = FOREVER
    places: tuple[str, ...] = ()
    earliest: int | None = None
    latest: int | None = None
    agents: frozenset[str] = field(default=frozenset(), compare=False)
    targets: frozenset[str] = field(default=frozenset(), compare=False)
    deaths: tuple[int | None, int | None] | None = field(default=None, compare=False)
    certainties: frozenset[str] = field(default=frozenset(("Factual",)), compare=False)

    @classmethod
    def from_json(cls, text: str) -> EventReport:
        """Read what :meth:`as_json` wrote."""
        key, article, kind, published, places, earliest, latest, agents, targets, deaths, certainties = json.loads(text)
        return cls(
            key, article, kind, published, tuple(places), earliest, latest, frozenset(agents), frozenset(targets),
            deaths and (deaths[0], deaths[1]), frozenset(certainties),
        )  # fmt: skip

    def as_json(self) -> str:
        """Return the report as text on one line, the same for the same report: its values in the order of the fields."""
        return json.dumps([getattr(self, name) for name in REPORT_FIELDS], default=sorted)

    @property
    def width(self) -> int:
        """Days between its bounds; very many where one is open."""
        return FOREVER if self.earliest is None or self.latest is None else self.latest - self.earliest

    @property
    def seniority(self) -> tuple[int, str, str]:
        """What sorts the reports of one event: the earliest gives it its name."""
        return self.published, self.article, self.key


REPORT_FIELDS = [each.name for each in fields(EventReport)]
