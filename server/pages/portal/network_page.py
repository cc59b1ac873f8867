"""``/network``: who does what to whom."""

from __future__ import annotations

from server.http.call import Answer, Call
from server.pages.kept_pages import KeptPages
from server.pages.pages import Pages
from server.pages.portal.facets import facets_of, filters_in_force, hidden, labels_of_chosen, roles
from server.pages.portal.views import View, Views
from server.pages.resources.vocabulary import Vocabularies
from server.workers.fork_client import ForkClient

_SHOWN = 60  # ties in the table


class NetworkPage:
    """Makes the page."""

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
        count = int(self.views.select(queries.count(), generation)[0]["events"].text)
        values = {
            "view": view, "count": count, "filters": filters_in_force(view, labels), "roles": roles(view),
            "facets": facets_of(self.views, view, queries, labels, generation),
            "hidden": hidden(view.selection, "q", "from", "to"),
            "ties": self.views.select(queries.network(), generation)[:_SHOWN], "vocabulary": self.vocabularies.newest(),
            "client": self.pages.client(view.reader, view.queries.all(), view.selection),
        }  # fmt: skip
        return self.pages.page(view.reader, "network.html", values)
