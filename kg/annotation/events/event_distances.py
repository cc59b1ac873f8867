"""Events so long before or after another: zwei Tage nach dem Anschlag nahm die Polizei drei Männer fest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotation.events.argued import Argued
from kg.annotation.events.referents import Referents
from kg.annotation.records import TimeDistance
from kg.annotation.syntax.sentence import Syntax


@dataclass(frozen=True, slots=True)
class CountedFrom:
    """A distance of a clause and the words, the last one excluded, of the phrase from which it counts."""

    distance: TimeDistance
    begin: int
    end: int


class EventDistances:
    """Which clauses of an article count their time from an event."""

    def __init__(self, syntaxes: Sequence[Syntax], referents: Referents) -> None:
        self._clauses = [_counted_from(s, referents.distances(n)) for n, s in enumerate(syntaxes)]

    def of_noun(self, argued: Argued) -> CountedFrom | None:
        """Return what counts from the event itself: (zwei Tage) nach dem Anschlag."""
        trigger = argued.trigger
        counted = self._clauses[trigger.sentence].get(trigger.clause)
        inside = counted is not None and trigger.chunk is not None and counted.begin <= trigger.word < counted.end
        return counted if inside else None

    def of_clause(self, argued: Argued) -> CountedFrom | None:
        """Return what the clause of an event counts its time from, None for what is itself counted from."""
        found = self._clauses[argued.trigger.sentence].get(argued.trigger.clause)
        return found if found is not None and not found.begin <= argued.trigger.word < found.end else None


def _counted_from(syntax: Syntax, distances: Sequence[tuple[int, int, TimeDistance]]) -> dict[int, CountedFrom]:
    out = {}
    for _, preposition, distance in distances:
        clause = syntax.clause_of[preposition]
        chunks = syntax.chunks[clause] if clause >= 0 else ()
        for k, chunk in enumerate(chunks):
            if preposition in (chunk.begin, chunk.begin - 1):
                ends = [c.end for c in chunks if k in (c.genitive_of, c.follows)]
                out[clause] = CountedFrom(distance, chunk.begin, max([chunk.end, *ends]))
    return out
