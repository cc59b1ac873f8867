"""Who held a place when."""

from __future__ import annotations

from datetime import date

import pytest

from kg.resolution.control import ControlPeriod, control_periods
from kg.resolution.event_reports import EventReport
from kg.resolution.shared_events import SharedEvent


def event(text: str) -> SharedEvent:
    """Read ``Kind day[..day] [by who] [on whom] [Certainty]``."""
    kind, days, *rest = text.split()
    certainty = rest.pop() if len(rest) % 2 else "Factual"
    said = dict(zip(rest[::2], rest[1::2], strict=True))
    first, _, last = days.partition("..")
    found = SharedEvent()
    found.add(
        EventReport(
            key=f"event/{kind}-{first}", article=text, kind=kind, certainties=frozenset((certainty,)),
            earliest=date.fromisoformat(first).toordinal(), latest=date.fromisoformat(last or first).toordinal(),
            agents=frozenset([said["by"]] if "by" in said else []), targets=frozenset([said["on"]] if "on" in said else []),
        ),
        "talburg",
    )  # fmt: skip
    return found


def written(period: ControlPeriod) -> str:
    days = (period.earliest_start, period.latest_start, period.earliest_end, period.latest_end)
    told = " ".join(date.fromordinal(day).strftime("%d%b") if day else "-" for day in days)
    return f"{period.holder} {told}{' contested' if period.contested else ''}"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["Capture 2020-05-04 by army"], ["army 04May 04May - -"]),
        (["Capture 2020-05-04..2020-05-09 by army on rebels"], ["rebels - - 04May 09May", "army 04May 09May - -"]),
        (
            ["Capture 2020-05-04 by rebels", "Capture 2020-07-01 by army"],
            ["rebels 04May 04May 01Jul 01Jul", "army 01Jul 01Jul - -"],
        ),
        (
            ["Capture 2020-05-04 by rebels", "Capture 2020-07-01 by army", "Capture 2020-09-01 by rebels"],
            ["rebels 04May 04May 01Jul 01Jul", "army 01Jul 01Jul 01Sep 01Sep", "rebels 01Sep 01Sep - -"],
        ),
        (["Capture 2020-05-04 by army", "Withdrawal 2020-06-01 by army"], ["army 04May 04May 01Jun 01Jun"]),
        (["Withdrawal 2020-06-01 by army"], ["army - - 01Jun 01Jun"]),
        # told twice: the second capture by the same side is none
        (["Capture 2020-05-04 by army", "Capture 2020-06-01 by army"], ["army 04May 04May - -"]),
        # two sides are said to have taken it in days that overlap
        (
            ["Capture 2020-05-01..2020-05-10 by army", "Capture 2020-05-08 by rebels"],
            ["army 01May 10May - - contested", "rebels 08May 08May 01May 10May contested"],
        ),
        # what is denied, planned or doubted takes nothing
        (["Capture 2020-05-04 by army Negated"], []),
        (["Capture 2020-05-04 by army Future"], []),
        (["Capture 2020-05-04 by army Uncertain"], []),
        (["Capture 2020-05-04 by army Reported"], ["army 04May 04May - -"]),
        (["Clash 2020-05-04 by army"], []),
    ],
)
def test_captures_and_withdrawals_bound_the_time_that_somebody_holds_a_place(events: list[str], expected: list[str]) -> None:
    found = control_periods(event(text) for text in reversed(events))
    assert [written(period) for period in found] == expected


def test_a_period_names_the_events_that_bound_it() -> None:
    first, *_ = control_periods([event("Capture 2020-05-04 by rebels"), event("Capture 2020-07-01 by army")])
    assert first.evidence == ("event/Capture-2020-05-04", "event/Capture-2020-07-01")
