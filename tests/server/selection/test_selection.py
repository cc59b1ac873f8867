"""What stands in the address is read, written in one form, and refused with the remedy where it can't be chosen."""

from __future__ import annotations

from datetime import date

import pytest

from kg.namespaces import DEFAULT_BASE
from server.http.call import pairs
from server.http.problem import Problem
from server.selection.selection import Selection


def selection(address: str) -> Selection:
    return Selection.from_address(pairs(address), DEFAULT_BASE)


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ("", Selection(DEFAULT_BASE)),
        ("actor=army&actor=militia&actor=army", Selection(DEFAULT_BASE, actors=("army", "militia"))),
        ("actor=https://w3id.org/lagebild/entity/army", Selection(DEFAULT_BASE, actors=("army",))),
        ("type=Bombing&role=agent", Selection(DEFAULT_BASE, types=("Bombing",), role="agent")),
        ("certainty=Factual&certainty=Future", Selection(DEFAULT_BASE, certainties=("Factual", "Future"))),
        ("from=2016-06&to=2016-06", Selection(DEFAULT_BASE, first=date(2016, 6, 1), last=date(2016, 6, 30))),
        ("from=2016&to=2016-2-29", Selection(DEFAULT_BASE, first=date(2016, 1, 1), last=date(2016, 2, 29))),
        ("q=+die++Stadt+&page=3&sort=-dead", Selection(DEFAULT_BASE, words="die Stadt", page=3, sort="-dead")),
        ("place=town&source=army", Selection(DEFAULT_BASE, places=("town",), sources=("army",))),
        ("day=2016-06-12", Selection(DEFAULT_BASE, day=date(2016, 6, 12))),
        ("lang=en&format=csv&from=&actor=", Selection(DEFAULT_BASE)),
    ],
)  # fmt: skip
def test_an_address_is_read(address, chosen):
    assert selection(address) == chosen
    assert selection(chosen.address()) == chosen


def test_the_same_selection_has_the_same_address():
    assert selection("to=2016&type=Bombing&actor=b&from=2015&actor=a&page=1&sort=-day").address() == (
        "actor=a&actor=b&type=Bombing&from=2015-01-01&to=2016-12-31"
    )


@pytest.mark.parametrize(
    ("address", "parameter", "part"),
    [
        ("actr=army", "actr", "There is no filter actr=: use actor, type"),
        ("type=War", "type", "type=War is unknown: use Capture, Withdrawal"),
        ("certainty=Sure", "certainty", "use Factual, Reported, Uncertain, Negated, Future"),
        ("role=victim", "role", "use agent, target"),
        ("sort=size", "sort", "use -day, day, type, -dead, -reports"),
        ("from=2017-02-30", "from", "is on no calendar: write 2016-06-12, 2016-06 or 2016"),
        ("to=2017-13", "to", "is on no calendar"),
        ("from=yesterday", "from", "is no day: write 2016-06-12"),
        ("day=0000", "day", "is on no calendar"),
        ("from=2017&to=2016", "from", "from=2017-01-01 lies after to=2016-12-31: exchange them"),
        ("page=0", "page", "is no page: pages are numbered 1, 2, 3"),
        ("page=1e9", "page", "is no page"),
        ("page=9999999999999", "page", "is no page"),
        ("actor=%3E%20a", "actor", "is the end of no IRI"),
        ("q=" + "a" * 201, "q", "the limit is 200: use fewer words"),
        ("from=2016&from=2017", "from", "from= stands 2 times: give it once"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_the_remedy(address, parameter, part):
    with pytest.raises(Problem) as refused:
        selection(address)
    assert (refused.value.status, refused.value.kind, refused.value.extra["parameter"]) == (400, "selection", parameter)
    assert part in refused.value.detail


@pytest.mark.parametrize(
    ("address", "name", "value", "with_it", "without_it"),
    [
        ("actor=a&page=4", "actor", "b", "actor=a&actor=b", "actor=a"),
        ("actor=a&actor=b", "actor", "b", "actor=a&actor=b", "actor=a"),
        ("role=agent", "role", "target", "role=target", "role=agent"),
        ("from=2015", "from", "2016", "from=2016-01-01", "from=2015-01-01"),
    ],
)
def test_a_value_is_added_and_taken_away_on_the_first_page(address, name, value, with_it, without_it):
    assert selection(address).having(name, value).address() == with_it
    assert selection(address).lacking(name, value).address() == without_it
    assert selection(with_it).lacking(name).pairs() == [pair for pair in selection(with_it).pairs() if pair[0] != name]


def test_order_page_and_day_are_no_filters():
    assert not selection("sort=day&page=2&day=2016").filtered
    assert selection("q=stadt").filtered
