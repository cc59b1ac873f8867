"""What lies above what."""

from __future__ import annotations

from kg.knowledge.hierarchy import all_above


def test_all_above_goes_up_every_way_and_round_a_circle_once():
    direct = {"city": ["place"], "place": ["feature", "thing"], "a": ["b"], "b": ["a"]}
    assert all_above(direct) == {
        "city": {"city", "place", "feature", "thing"}, "place": {"place", "feature", "thing"}, "a": {"a", "b"}, "b": {"a", "b"},
    }  # fmt: skip
