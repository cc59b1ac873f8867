"""``/network``: who does what to whom."""

from __future__ import annotations

from server.http.call import Answer
from server.pages.portal.selection_page import SelectionPage
from server.pages.portal.views import View
from server.workers.fork_client import ForkClient

_SHOWN = 60  # ties in the table


class NetworkPage(SelectionPage):
    """Makes the page."""

    def _page(self, view: View, generation: ForkClient) -> Answer:
        queries, chosen = self._chosen(view, generation)
        values = {
            **chosen, "ties": self.views.select(queries.network(), generation)[:_SHOWN],
            "client": self.pages.client(view.reader, view.queries.all(), view.selection),
        }  # fmt: skip
        return self.pages.page(view.reader, "network.html", values)
