"""How many died, where reports disagree."""

from __future__ import annotations

import pytest

from kg.resolution.event_reports import EventReport
from kg.resolution.tolls import Toll, toll_of


@pytest.mark.parametrize(
    ("deaths", "copied", "expected"),
    [
        ([], "", None),
        ([None], "", None),
        ([(12, 12)], "", Toll(12, 12, 12)),
        ([(12, 12), (15, 15)], "", Toll(12, 15, 15)),  # the later one of two
        ([(12, 12), (15, 15), (12, 12)], "", Toll(12, 12, 15)),  # most sources
        ([(12, 12), (15, 15), (15, 15)], "b", Toll(12, 15, 15)),
        ([(12, 12), (80, 80), (80, 80), (12, 12)], "bc", Toll(12, 12, 12)),  # copies count once
        ([(20, 30)], "", Toll(20, 20, 30)),
        ([(50, None), (47, 47)], "", Toll(47, 47, 50)),
        ([(None, 10)], "", Toll(10, 10, 10)),
        ([None, (3, 3)], "", Toll(3, 3, 3)),
    ],
)
def test_the_toll_is_what_independent_reports_say(
    deaths: list[tuple[int | None, int | None] | None], copied: str, expected: Toll | None
) -> None:
    reports = [EventReport(f"event/{n}", "abcd"[n], "Killing", n, deaths=said) for n, said in enumerate(deaths)]
    assert toll_of(reports, copied) == expected
