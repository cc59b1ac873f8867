"""The timeline as bars, for pages without scripts: in each stretch of time the events that may lie in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.pages.page_queries import Row
from server.pages.portal.views import View

_MOST = 48  # bars; beyond, months are put together to years
_YEAR, _MONTH = 4, 7  # characters of a day that say its year, its month


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch: its name, where its events are, how many may lie in it, and the share of the highest in per cent."""

    label: str
    link: str
    events: int
    share: int


def bars(view: View, rows: Sequence[Row]) -> list[Bar]:
    """Return the bars that have events, in their order, from the rows of the timeline's query."""
    spans = [(row["first"].text, row["last"].text, int(row["events"].text)) for row in rows if "first" in row and "last" in row]
    counts: dict[str, int] = {}
    length = _YEAR if _months(spans) > _MOST else _MONTH
    for first, last, events in spans:
        for name in _stretch(first[:length], last[:length]):
            counts[name] = counts.get(name, 0) + events
    most = max(counts.values(), default=1)
    free = view.selection.lacking("from").lacking("to")
    return [
        Bar(name, view.link(free.having("from", name).having("to", name)), events, max(1, round(100 * events / most)))
        for name, events in sorted(counts.items())
    ]


def _months(spans: Sequence[tuple[str, str, int]]) -> int:
    if not spans:
        return 0
    return _number(max(last for _, last, _ in spans)) - _number(min(first for first, _, _ in spans)) + 1


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7])


def _stretch(first: str, last: str) -> Iterator[str]:
    """Yield the years or months from first to last."""
    if len(first) == _YEAR:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    for number in range(_number(first), _number(last) + 1):
        yield f"{(number - 1) // 12:04}-{(number - 1) % 12 + 1:02}"
