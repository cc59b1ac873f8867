"""Events so long before or after another, or ever since: zwei Tage nach dem Anschlag nahm die Polizei drei Männer fest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.annotation.events.argued import Argued
from kg.annotation.events.referents import Referents
from kg.annotation.records import TimeDistance, Timex
from kg.annotation.syntax.attributes import preposition
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.times.distances import moved
from kg.german.punctuation import QUOTES

SINCE = "seit"


@dataclass(frozen=True, slots=True)
class CountedFrom:
    """A distance of a clause and the words, the last one excluded, of the phrase from which it counts.

    Without a distance it is all the time since then: seit dem Anschlag.
    """

    distance: TimeDistance | None
    begin: int
    end: int

    def after(self, start: Timex, published: date | None) -> Timex | None:
        """Return the days of the clause, counted from those of ``start``; what goes on since then does so until publication."""
        if self.distance is not None:
            return moved(start, self.distance)
        if start.earliest is None or published is None or start.earliest > published:
            return None
        return replace(start, latest=published)


class EventDistances:
    """Which clauses of an article count their time from an event."""

    def __init__(self, syntaxes: Sequence[Syntax], referents: Referents) -> None:
        self._clauses = [
            {**_since(s, referents.times(n)), **_counted_from(s, referents.distances(n))} for n, s in enumerate(syntaxes)
        ]

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
    for _, word, distance in distances:
        clause = syntax.clause_of[word]
        for k, chunk in enumerate(syntax.chunks[clause] if clause >= 0 else ()):
            if word in (chunk.begin, chunk.begin - 1):
                out[clause] = CountedFrom(distance, chunk.begin, _end(syntax, clause, k))
    return out


def _since(syntax: Syntax, times: Sequence[tuple[int, int, Timex]]) -> dict[int, CountedFrom]:
    """Seit dem Anschlag, seit Beginn der Offensive; seit Montag is a time of its own."""
    dated = {first for first, _, _ in times}
    return {
        clause: CountedFrom(None, chunk.begin, _end(syntax, clause, k))
        for clause, chunks in enumerate(syntax.chunks)
        for k, chunk in enumerate(chunks)
        if preposition(chunk) == SINCE and not dated & {chunk.begin - 1, chunk.begin, chunk.begin + 1}
    }


def _end(syntax: Syntax, clause: int, number: int) -> int:
    """Return where a phrase ends with all that hangs on it: der Befreiung der Stadt durch die Armee im Mai 2016."""
    chunks = syntax.chunks[clause]
    inside = {number}
    for k in range(number + 1, len(chunks)):
        this = chunks[k]
        if {this.genitive_of, this.follows} & inside or _is_its_name(syntax, clause, k):
            inside.add(k)
        elif this.begin >= max(chunks[i].end for i in inside):
            break
    return max(chunks[k].end for k in inside)


def _is_its_name(syntax: Syntax, clause: int, number: int) -> bool:
    """Whether a phrase is the quoted name of the one before it: der Operation „Ölzweig“."""
    before, this, words = syntax.chunks[clause][number - 1], syntax.chunks[clause][number], syntax.words
    quoted = this.begin == before.end + 1 and words.text[before.end] in QUOTES
    return quoted and this.preposition is None and this.determiner is None
