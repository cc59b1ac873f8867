"""``/``: map, timeline, facets, list, tolls and who held what under one filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.http.call import Answer
from server.pages.page_queries import Row
from server.pages.portal.bars import bars
from server.pages.portal.event_lines import event_lines
from server.pages.portal.holdings import holdings, last_change
from server.pages.portal.selection_page import SelectionPage
from server.pages.portal.views import View
from server.pages.sentences.times import in_words
from server.workers.fork_client import ForkClient

_SHOWN = 20  # events of the overview's list
_HELD = 12  # places of «who held what»


class OverviewPage(SelectionPage):
    """Makes the first page."""

    def _page(self, view: View, generation: ForkClient) -> Answer:
        queries, chosen = self._chosen(view, generation)
        asked = queries.all()

        def ask(name: str) -> list[Row]:
            return self.views.select(asked[name], generation)

        toll = ask("toll")[0]
        latest = queries.rows(f"LIMIT {_SHOWN}")
        values = {
            **chosen, "bars": bars(view, ask("timeline")), "tolls": ask("tolls"),
            "events": event_lines(self.views, view, latest, generation),
            "toll": {name: int(toll[name].text) for name in toll},
            "client": self.pages.client(view.reader, view.queries.all(), view.selection), **_held(view, ask("periods")),
        }  # fmt: skip
        return self.pages.page(view.reader, "overview.html", values)


def _held(view: View, periods: Sequence[Row]) -> dict[str, Any]:
    day = view.selection.day or last_change(periods)
    held = holdings(periods, day) if day else []
    words = in_words(day, day, view.reader.language)
    return {"day": day, "day_in_words": words, "held": held[:_HELD], "more_held": held[_HELD:]}
