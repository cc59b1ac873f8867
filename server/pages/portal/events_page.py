"""``/events``: the list as a table, for people page by page, for programs whole."""

from __future__ import annotations

from typing import Any

from server.http.call import Answer, Call
from server.pages.portal.downloads import Downloads, download_of
from server.pages.portal.event_lines import event_lines
from server.pages.portal.selection_page import SelectionPage
from server.pages.portal.views import View
from server.pages.resources.paging import Paging
from server.selection.view_queries import ROWS
from server.workers.fork_client import ForkClient


class EventsPage(SelectionPage):
    """Makes the table."""

    def answer(self, call: Call) -> Answer:
        """Return the table, or what is chosen in the format asked for; raises :class:`Problem`."""
        format_ = download_of(call)
        if format_ is None:
            return super().answer(call)
        view = self.views.view(call)
        generation = self.views.rows.pool.newest()
        self.views.chosen(view, generation)
        return Downloads(self.views).answer(view, format_, generation)

    def _page(self, view: View, generation: ForkClient) -> Answer:
        queries, chosen = self._chosen(view, generation)
        events = event_lines(self.views, view, queries.list(), generation)
        return self.pages.page(view.reader, "events.html", {**chosen, "events": events, **_paging(view, chosen["count"])})


def _paging(view: View, count: int) -> dict[str, Any]:
    paging = Paging(view.reader, view.selection.page, ROWS, count)
    paging.check()
    page, pages = paging.number, paging.last
    before = view.link(view.selection.having("page", str(page - 1))) if page > 1 else None
    after = view.link(view.selection.having("page", str(page + 1))) if page < pages else None
    return {"page": page, "pages": pages, "before": before, "after": after, "first": paging.first_row, "last": paging.last_row}
