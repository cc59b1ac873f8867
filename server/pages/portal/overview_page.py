"""``/``: map, timeline, facets, list, tolls and who held what under one filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.http.call import Answer, Call
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import Row
from server.pages.pages import Pages
from server.pages.portal.bars import bars
from server.pages.portal.event_lines import event_lines
from server.pages.portal.facets import facets_of, filters_in_force, hidden, labels_of_chosen, roles
from server.pages.portal.holdings import holdings, last_change
from server.pages.portal.views import View, Views
from server.pages.resources.vocabulary import Vocabularies
from server.pages.sentences.times import in_words
from server.workers.fork_client import ForkClient

_SHOWN = 20  # events of the overview's list
_HELD = 12  # places of «who held what»


class OverviewPage:
    """Makes the first page."""

    def __init__(self, views: Views, pages: Pages, kept: KeptPages, vocabularies: Vocabularies) -> None:
        self.views = views
        self.pages = pages
        self.kept = kept
        self.vocabularies = vocabularies

    def answer(self, call: Call) -> Answer:
        """Return the page for what is chosen; raises :class:`Problem`."""
        view = self.views.view(call)
        return self.kept.answer(call, view.reader, lambda generation: self._page(view, generation))

    def _page(self, view: View, generation: ForkClient) -> Answer:
        labels = labels_of_chosen(self.views, self.vocabularies.newest(), view, generation)

        queries = self.views.counted(view, generation)
        asked = queries.all()

        def ask(name: str) -> list[Row]:
            return self.views.select(asked[name], generation)

        toll = ask("toll")[0]
        latest = queries.rows(f"LIMIT {_SHOWN}")
        values = {
            "view": view, "count": int(ask("count")[0]["events"].text), "filters": filters_in_force(view, labels),
            "facets": facets_of(self.views, view, queries, labels, generation), "roles": roles(view),
            "hidden": hidden(view.selection, "q", "from", "to"), "bars": bars(view, ask("timeline")),
            "events": event_lines(self.views, view, latest, generation), "tolls": ask("tolls"),
            "toll": {name: int(toll[name].text) for name in toll}, "vocabulary": self.vocabularies.newest(),
            "client": self.pages.client(view.reader, view.queries.all(), view.selection), **_held(view, ask("periods")),
        }  # fmt: skip
        return self.pages.page(view.reader, "overview.html", values)


def _held(view: View, periods: Sequence[Row]) -> dict[str, Any]:
    day = view.selection.day or last_change(periods)
    held = holdings(periods, day) if day else []
    words = in_words(day, day, view.reader.language)
    return {"day": day, "day_in_words": words, "held": held[:_HELD], "more_held": held[_HELD:]}
