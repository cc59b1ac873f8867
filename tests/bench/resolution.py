"""Resolution of many articles' events: how well, and whether the cost for each stays the same as they grow.

    python -m tests.bench.resolution [--articles 10000,100000]

Seeded: occurrences at towns of several regions, each told by some articles with blurred dates, agents and tolls; near misses
are the same town a week later and the next town on the same day. Prints B³ and the time for each report.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.resolution.clusters import block_of, clustered
from kg.resolution.containment import Geography
from kg.resolution.event_reports import EventReport
from kg.resolution.shared_events import SharedEvent
from tests.support.clusters import b_cubed

KINDS = ("Capture", "Clash", "Airstrike", "Shelling", "Bombing", "Killing", "Siege", "Withdrawal")
SIDES = tuple(f"side{number}" for number in range(12))
TOWNS_OF_A_REGION = 20
FIRST_DAY = 735_000
DAYS_FOR_1000 = 30  # so that a thousand articles are as dense in time as a hundred thousand
EVENTS_OF_AN_ARTICLE = 4


def geography(regions: int) -> Geography:
    """Return regions of twenty towns each."""
    kinds, parents = {}, {}
    for region in range(regions):
        kinds[f"region{region}"] = "Region"
        for town in range(TOWNS_OF_A_REGION):
            kinds[f"town{region}-{town}"] = "City"
            parents[f"town{region}-{town}"] = f"region{region}"
    return Geography(kinds, parents)


def reports(articles: int, seed: int, regions: int) -> Iterator[tuple[EventReport, int]]:
    """Yield (report, number of the occurrence that it tells of); about ``EVENTS_OF_AN_ARTICLE`` an article."""
    chance = random.Random(seed)
    days = max(DAYS_FOR_1000, DAYS_FOR_1000 * articles // 1000)
    occurrence, left = 0, articles * EVENTS_OF_AN_ARTICLE
    while left > 0:
        region = chance.randrange(regions)
        town, day = chance.randrange(TOWNS_OF_A_REGION), FIRST_DAY + chance.randrange(days)
        base = EventReport(
            "", "", chance.choice(KINDS), places=(f"town{region}-{town}",), earliest=day, latest=day,
            agents=frozenset([chance.choice(SIDES)]), deaths=(n := chance.randrange(1, 90), n),
        )  # fmt: skip
        week_later = replace(base, earliest=day + 7, latest=day + 7)
        neighbour = replace(base, places=(f"town{region}-{(town + 1) % TOWNS_OF_A_REGION}",))
        for one in chance.choices([(base,), (base, week_later), (base, neighbour)], (8, 1, 1))[0]:
            for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
                left -= 1
                yield _told(one, chance, articles, left), occurrence
            occurrence += 1


def _told(event: EventReport, chance: random.Random, articles: int, number: int) -> EventReport:
    """Return the event as one article tells it: now and then without agent or toll, or with a whole week for its day."""
    day = event.earliest or 0
    wide = chance.random() < 0.1
    return replace(
        event, key=f"event/{number}", article=f"article/{number}-{chance.randrange(articles)}",
        published=day + chance.randrange(3), earliest=day - 3 * wide, latest=day + 3 * wide,
        agents=event.agents if chance.random() < 0.8 else frozenset(),
        deaths=event.deaths if event.kind == "Killing" and chance.random() < 0.9 else None,
    )  # fmt: skip


def resolved(told: list[tuple[EventReport, int]], places: Geography) -> list[SharedEvent]:
    """Resolve the reports block by block, as a store's are."""
    blocks: defaultdict[tuple[str, str] | None, list[EventReport]] = defaultdict(list)
    for report, _ in told:
        blocks[block_of(report, places)].append(report)
    return [event for block in blocks.values() for event in clustered(block, places)]


def main() -> None:
    """Measure at each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", default="10000,100000", help="numbers of articles (%(default)s)")
    places, first = geography(40), 0.0
    for articles in map(int, parser.parse_args().articles.split(",")):
        told = list(reports(articles, 7, 40))
        begin = time.process_time()
        found = resolved(told, places)
        each = (time.process_time() - begin) / len(told) * 1e6
        first = first or each
        p, r, f = b_cubed(([report.key for report in event.reports] for event in found), {r.key: n for r, n in told})
        print(
            f"{articles:>7,} articles, {len(told):>7,} reports: B3 P {p:.3f} R {r:.3f} F1 {f:.3f}, {each:.0f} µs a report,"
            f" {each / first:.2f} times the first"
        )


if __name__ == "__main__":
    main()
