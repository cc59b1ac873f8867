"""Map and timeline as SVG, drawn on the server: numbers in, shapes for a template out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT, BARS = 900, 420, 140
_EDGE = 24
_LEAST_SPAN = 2.0  # degrees; a single place is not blown up to the whole map


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map."""

    x: float
    y: float
    radius: float
    label: str
    link: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or month on the timeline."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


def dots(places: Iterable[tuple[str, str, float, float, int]]) -> list[Dot]:
    """Return the dots for (label, link, longitude, latitude, count), the big ones first, so that small ones lie on top.

    Equirectangular, true to scale at the middle latitude.
    """
    known = sorted(places, key=lambda place: (-place[4], place[1]))
    if not known:
        return []
    middle = math.radians(sum(place[3] for place in known) / len(known))
    points = [(longitude * math.cos(middle), -latitude) for _, _, longitude, latitude, _ in known]
    left, right = _spread([x for x, _ in points])
    top, bottom = _spread([y for _, y in points])
    scale = min((WIDTH - 2 * _EDGE) / (right - left), (HEIGHT - 2 * _EDGE) / (bottom - top))
    shift_x = (WIDTH - scale * (right - left)) / 2
    shift_y = (HEIGHT - scale * (bottom - top)) / 2
    most = max(place[4] for place in known)
    return [
        Dot(
            round(shift_x + scale * (x - left), 1), round(shift_y + scale * (y - top), 1),
            round(3 + 13 * math.sqrt(count / most), 1), label, link, count,
        )
        for (label, link, _, _, count), (x, y) in zip(known, points, strict=True)
    ]  # fmt: skip


def bars(months: dict[str, int]) -> list[Bar]:
    """Return a bar for every month between the first and the last of ``{"2014-06": 3, ...}``."""
    if not months:
        return []
    first, last = (_number(month) for month in (min(months), max(months)))
    width = WIDTH / (last - first + 1)
    most = max(months.values())
    drawn = []
    for month, count in sorted(months.items()):
        height = (BARS - 20) * count / most
        drawn.append(
            Bar(round(width * (_number(month) - first), 2), round(BARS - height, 2), round(max(1.0, width - 1), 2),
                round(height, 2), month, count)
        )  # fmt: skip
    return drawn


def _spread(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    missing = max(0.0, _LEAST_SPAN - (high - low)) / 2
    return low - missing, high + missing


def _number(month: str) -> int:
    year, _, rest = month.partition("-")
    return 12 * int(year) + int(rest) - 1
