"""What the pages of one selection of events have in common: overview, table and network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from server.http.call import Answer, Call
from server.pages.kept_pages import KeptPages
from server.pages.pages import Pages
from server.pages.portal.facets import facets_of, filters_in_force, hidden, labels_of_chosen, roles
from server.pages.portal.views import View, Views
from server.pages.resources.vocabulary import Vocabularies
from server.selection.view_queries import ViewQueries
from server.workers.fork_client import ForkClient


class SelectionPage(ABC):
    """Makes a page of what is chosen."""

    def __init__(self, views: Views, pages: Pages, kept: KeptPages, vocabularies: Vocabularies) -> None:
        self.views = views
        self.pages = pages
        self.kept = kept
        self.vocabularies = vocabularies

    def answer(self, call: Call) -> Answer:
        """Return the page for what is chosen; raises :class:`Problem`."""
        view = self.views.view(call)
        return self.kept.answer(call, view.reader, lambda generation: self._page(view, generation))

    @abstractmethod
    def _page(self, view: View, generation: ForkClient) -> Answer:
        """Return the page of one view of the data."""

    def _chosen(self, view: View, generation: ForkClient) -> tuple[ViewQueries, dict[str, Any]]:
        """Return the queries of what is chosen, and what every such page shows: how many events, filters, facets."""
        vocabulary = self.vocabularies.newest()
        labels = labels_of_chosen(self.views, vocabulary, view, generation)
        queries = self.views.counted(view, generation)
        return queries, {
            "view": view, "count": int(self.views.select(queries.count(), generation)[0]["events"].text),
            "filters": filters_in_force(view, labels), "roles": roles(view), "vocabulary": vocabulary,
            "facets": facets_of(self.views, view, queries, labels, generation),
            "hidden": hidden(view.selection, "q", "from", "to"),
        }  # fmt: skip
