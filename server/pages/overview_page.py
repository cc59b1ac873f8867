"""``/``: map, timeline, facets, list and tolls under one filter."""

from __future__ import annotations

from server.http.call import Answer, Call
from server.pages.kept_pages import KeptPages
from server.pages.pages import Pages
from server.pages.views import View, Views
from server.workers.fork_client import ForkClient


class OverviewPage:
    """Makes the first page."""

    def __init__(self, views: Views, pages: Pages, kept: KeptPages) -> None:
        self.views = views
        self.pages = pages
        self.kept = kept

    def answer(self, call: Call) -> Answer:
        """Return the page for what is chosen; raises :class:`Problem`."""
        view = self.views.view(call)
        return self.kept.answer(call, view.reader, lambda generation: self._page(view, generation))

    def _page(self, view: View, generation: ForkClient) -> Answer:
        self.views.check(view, generation)
        events = self.views.select(view.queries.list(), generation)
        count = self.views.select(view.queries.count(), generation)[0]["events"].text
        client = self.pages.client(view.reader, view.queries.all(), view.selection)
        values = {"view": view, "events": events, "count": int(count), "client": client}
        return self.pages.page(view.reader, "overview.html", values)
