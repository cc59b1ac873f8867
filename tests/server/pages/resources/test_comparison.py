"""Reports side by side: what contradicts, what only says more or less."""

from __future__ import annotations

import pytest

from server.pages.event.comparison import compared, number_words
from server.pages.event.event_record import EventRecord, Passage, Report


def report(article: str, certainty: str = "Factual", **values: str) -> Report:
    passage = Passage("urn:m", "fiel", "urn:s", "Die Stadt fiel.", certainty, "")
    return Report(article, values={name: value.split() for name, value in values.items()}, passages=[passage])


@pytest.mark.parametrize(
    ("one", "other", "contradictory"),
    [
        ({"agent": "army"}, {"agent": "militia"}, {"agent"}),
        ({"agent": "army"}, {"agent": "army militia"}, set()),
        ({"agent": "army"}, {}, set()),
        ({"agent": "army"}, {"agent": "attacker-b"}, set()),  # whom only this article calls so may be the army
        ({"place": "mosul"}, {"place": "iraq"}, set()),
        ({"fatalities": "12"}, {"fatalities": "14"}, {"fatalities"}),
        ({"fatalities": "12"}, {"fatalities": "12"}, set()),
        ({"earliest": "2016-05-01", "latest": "2016-05-02"}, {"earliest": "2016-05-01", "latest": "2016-05-31"}, set()),
        ({"earliest": "2016-05-01", "latest": "2016-05-02"}, {"earliest": "2016-05-03", "latest": "2016-05-04"}, {"time"}),
        ({"certainty": "Factual"}, {"certainty": "Negated"}, {"certainty"}),
        ({"certainty": "Factual"}, {"certainty": "Future"}, set()),
    ],
)
def test_what_cannot_both_be_right_contradicts(one, other, contradictory):
    record = EventRecord("urn:e", (report("x/a", **one), report("x/b", **other)), {}, {})
    assert {row.what for row in compared(record, "de") if row.contradicts} == contradictory


@pytest.mark.parametrize(
    ("bounds", "shown"), [((12, 12), "12"), ((10, 20), "10–20"), ((24, None), "≥ 24"), ((None, 30), "≤ 30"), (None, "")]
)
def test_numbers_show_their_bounds(bounds, shown):
    assert number_words(bounds) == shown
