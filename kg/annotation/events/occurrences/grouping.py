"""Which mentions are one occurrence: each later mention joins the earlier one that most speaks for, or stands alone.

The weights were set by hand and checked on annotated articles the rules had not seen; strangers made one are what users
complain of most, so a contradiction with any mention of an occurrence keeps another mention out of it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from functools import lru_cache

from kg.annotation.events.discourse import ASSAULTS, HARM, Told
from kg.annotation.events.occurrences.findings import OCCURRENCE_EVIDENCE
from kg.annotation.events.occurrences.pairs import Pair
from kg.annotation.events.occurrences.sightings import Sighting
from kg.errors import ResourceError
from kg.resources import table

WEIGHTS_TABLE = "events/same_occurrence.tsv"
CAUSES = ASSAULTS | {"Clash"}
FORBIDS = "never"
JOINED_FROM = 1.0
MENTIONS_COMPARED = 24  # mentions of a kind back; in longer articles (tickers) what is further off is another occurrence

Causes = dict[tuple[int, int], dict[int, str]]  # kinds of attacks by number of their occurrence, by sentence and clause


@lru_cache(maxsize=1)
def _weights() -> dict[str, float | None]:
    """Return the weight of every finding, None for one that forbids; raise :class:`ResourceError` where one has none."""
    out: dict[str, float | None] = {}
    for row in table(WEIGHTS_TABLE):
        out[row["evidence"]] = None if row["weight"] == FORBIDS else float(row["weight"])
    if odd := sorted(out.keys() ^ OCCURRENCE_EVIDENCE.keys()):
        raise ResourceError(f"lexicon/{WEIGHTS_TABLE}: {', '.join(odd)}: every finding has one weight, and nothing else has")
    return out


def grouped(sightings: Sequence[Sighting]) -> list[int]:
    """Return the number of the occurrence of each sighting, in text order: that of its first mention.

    Attacks and fights come before the harm that they do: what two mentions of it came of tells whether it is the same.
    """
    numbers: dict[int, int] = {}
    causes: Causes = {}
    of_kind: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=MENTIONS_COMPARED))
    for at in sorted(range(len(sightings)), key=lambda at: sightings[at].told.kind in HARM):
        told, earlier = sightings[at].told, list(of_kind[sightings[at].told.kind])
        members = {number: [n for n in earlier if numbers[n] == number] for number in {numbers[n] for n in earlier}}
        scores = {number: _joined(sightings, of, earlier, at, causes) for number, of in members.items()}
        best = max(scores, key=lambda number: (scores[number], number), default=at)
        numbers[at] = best if scores.get(best, 0.0) >= JOINED_FROM else at
        of_kind[told.kind].append(at)
        if told.kind in CAUSES and told.argued.adverbial:
            causes.setdefault(_clause(told), {})[numbers[at]] = told.kind
    return [numbers[at] for at in range(len(sightings))]


def _clause(told: Told) -> tuple[int, int]:
    return told.sentence, told.clause


def _joined(sightings: Sequence[Sighting], members: Sequence[int], earlier: Sequence[int], at: int, causes: Causes) -> float:
    """Return how much speaks for a mention to be of the occurrence of ``members``; below zero where they contradict."""
    announced = all(sightings[n].rank == 0 for n in members)
    others = [n for n in earlier if n not in members]
    found = []
    for n in members:
        first, later = sightings[n], sightings[at]
        came_of = [causes.get(_clause(sighting.told), {}) for sighting in (first, later)]
        score = weighed(Pair(first, later, sum(other > n for other in others), announced, *came_of))
        if score is None:
            return -1.0
        found.append(score)
    return max(found)


def weighed(pair: Pair) -> float | None:
    """Return what speaks for two mentions being one occurrence, None where they contradict each other."""
    total = 0.0
    for name, question in OCCURRENCE_EVIDENCE.items():
        if question(pair):
            weight = _weights()[name]
            if weight is None:
                return None
            total += weight
    return total
