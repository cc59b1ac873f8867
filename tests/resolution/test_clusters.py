"""Which reports of several articles are one event."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from kg.resolution.clusters import as_judged, block_of, clustered
from kg.resolution.containment import Geography
from kg.resolution.event_reports import EventReport
from kg.resolution.judgements import Judgement, ReportJudgements

GEOGRAPHY = Geography(
    kinds={"talburg": "City", "altstadt": "District", "seetal": "Region", "bergdorf": "City", "nordland": "Country"},
    parents={"altstadt": "talburg", "talburg": "seetal", "bergdorf": "seetal", "seetal": "nordland"},
)


def report(article: str, text: str) -> EventReport:
    """Read ``Kind place day[..day] [by who] [on whom] [dead n[-n]]``."""
    kind, place, days, *rest = text.split()
    first, _, last = days.partition("..")
    said = dict(zip(rest[::2], rest[1::2], strict=True))
    low, _, high = said.get("dead", "").partition("-")
    return EventReport(
        key=f"event/{article}", article=article, kind=kind, places=(place,),
        published=date(2020, 5, 30).toordinal(),
        earliest=date.fromisoformat(first).toordinal(), latest=date.fromisoformat(last or first).toordinal(),
        agents=frozenset(said["by"].split("+")) if "by" in said else frozenset(),
        targets=frozenset(said["on"].split("+")) if "on" in said else frozenset(),
        deaths=(int(low), int(high or low)) if low else None,
    )  # fmt: skip


def groups(*texts: str, judgements: ReportJudgements | None = None) -> list[str]:
    """Return which of the reports, called a, b, c …, are one event."""
    reports = [report(chr(ord("a") + number), text) for number, text in enumerate(texts)]
    found = set()
    for order in permutations(reports):  # no order of arrival may matter
        occurrences = as_judged(clustered(order, GEOGRAPHY, judgements), judgements or ReportJudgements())
        found.add(" ".join(sorted("".join(sorted(r.article for r in o.reports)) for o in occurrences)))
    [one] = found
    return one.split()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # the same town on the same day
        (["Capture talburg 2020-05-04 by army", "Capture talburg 2020-05-04 on rebels"], ["ab"]),
        # another town of the region, another week
        (["Capture talburg 2020-05-04", "Capture bergdorf 2020-05-04"], ["a", "b"]),
        (["Capture talburg 2020-05-04", "Capture talburg 2020-05-11"], ["a", "b"]),
        # two days apart, even where a third report is too vague to tell
        (["Capture talburg 2020-05-04", "Capture talburg 2020-05-06", "Capture talburg 2020-05-01..2020-05-10"], ["ac", "b"]),
        # a month and a day in it
        (["Capture talburg 2020-05-01..2020-05-31", "Capture talburg 2020-05-04"], ["ab"]),
        # a year proves nothing by itself, with the same two sides it does
        (["Capture talburg 2020-01-01..2020-12-31", "Capture talburg 2020-05-04"], ["a", "b"]),
        (["Capture talburg 2020-01-01..2020-12-31 by army on rebels", "Capture talburg 2020-05-04 by army on rebels"], ["ab"]),
        # who took the town is a contradiction between reports of one event; who took it from whom is not
        (["Capture talburg 2020-05-04 by army", "Capture talburg 2020-05-04 by militia"], ["ab"]),
        (["Capture talburg 2020-05-04 by army on rebels", "Capture talburg 2020-05-04 by rebels on army"], ["a", "b"]),
        # capture and battle are two things
        (["Capture talburg 2020-05-04", "Clash talburg 2020-05-04"], ["a", "b"]),
        # a general word and a special one; two special ones
        (["Attack talburg 2020-05-04", "Airstrike talburg 2020-05-04 by airforce"], ["ab"]),
        (["Shelling talburg 2020-05-04", "Airstrike talburg 2020-05-04"], ["a", "b"]),
        # two air raids by two air forces on one day
        (["Airstrike talburg 2020-05-04 by airforce", "Airstrike talburg 2020-05-04 by coalition"], ["a", "b"]),
        # tolls: the same, growing, not to be reconciled
        (["Killing talburg 2020-05-04 dead 12", "Killing talburg 2020-05-04 dead 12"], ["ab"]),
        (["Killing talburg 2020-05-04 dead 12", "Killing talburg 2020-05-04 dead 15"], ["ab"]),
        (["Killing talburg 2020-05-04 dead 3", "Killing talburg 2020-05-04 dead 80"], ["a", "b"]),
        # something said is told apart by who says it, not by where
        (["Proclamation talburg 2020-05-04 by rebels", "Proclamation bergdorf 2020-05-04 by rebels"], ["ab"]),
        (["Proclamation talburg 2020-05-04 by rebels", "Proclamation talburg 2020-05-04 by army"], ["a", "b"]),
        # a quarter of the town, and the region around it
        (["Clash altstadt 2020-05-04", "Clash talburg 2020-05-04"], ["ab"]),
        (["Clash talburg 2020-05-04", "Clash seetal 2020-05-04"], ["ab"]),
        # a battle in the region joins the town that fits best, not both
        (["Clash talburg 2020-05-04 by army", "Clash bergdorf 2020-05-04", "Clash seetal 2020-05-04 by army"], ["ac", "b"]),
    ],
)  # fmt: skip
def test_reports_are_one_event_where_type_place_time_and_sides_agree(texts: list[str], expected: list[str]) -> None:
    assert groups(*texts) == expected


def test_two_events_of_one_article_are_never_joined() -> None:
    one, other = report("a", "Clash talburg 2020-05-04"), report("b", "Clash talburg 2020-05-04")
    found = clustered([one, EventReport(**{**_fields(other), "article": "a"})], GEOGRAPHY)
    assert [len(occurrence.reports) for occurrence in found] == [1, 1]


def _fields(report: EventReport) -> dict[str, object]:
    return {name: getattr(report, name) for name in EventReport.__dataclass_fields__}


def test_what_people_judge_is_obeyed_across_all_doubts() -> None:
    same = "Capture talburg 2020-05-04"
    split = ReportJudgements.of([Judgement("split", "event/a", "event/b")])
    join = ReportJudgements.of([Judgement("join", "event/a", "event/b")])
    assert groups(same, same, judgements=split) == ["a", "b"]
    assert groups(same, "Capture talburg 2020-07-04", judgements=join) == ["ab"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Capture altstadt 2020-05-04", ("Capture", "seetal")),
        ("Capture nordland 2020-05-04", ("Capture", "nordland")),
        ("Capture irgendwo 2020-05-04", ("Capture", "irgendwo")),
        ("Airstrike talburg 2020-05-04", ("assault", "seetal")),
        ("Airstrike talburg 2018-05-04..2020-05-04", None),
    ],
)
def test_reports_can_meet_only_inside_a_family_and_a_region(text: str, expected: tuple[str, str] | None) -> None:
    assert block_of(report("a", text), GEOGRAPHY) == expected


def test_the_earliest_report_gives_an_event_its_name() -> None:
    early, late = report("b", "Capture talburg 2020-05-04"), report("a", "Capture talburg 2020-05-04")
    [found] = clustered([EventReport(**{**_fields(early), "published": 1}), late], GEOGRAPHY)
    assert found.key == "event/b"
