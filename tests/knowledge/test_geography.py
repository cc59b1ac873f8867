"""Distances on the globe."""

from __future__ import annotations

import pytest

from kg.knowledge.geography import kilometres


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((36.345, 43.145), (36.345, 43.145), 0),
        ((0, 0), (0, 180), 20015),
        ((52.52, 13.405), (48.137, 11.575), 504),
    ],
)
def test_kilometres_between_two_points(one, other, distance):
    assert round(kilometres(one, other)) == distance
