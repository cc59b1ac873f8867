"""``/events``: the list as a table, for people page by page, for programs whole."""

from __future__ import annotations

from typing import Any

from server.http.call import Answer, Call
from server.http.problem import Problem
from server.pages.kept_pages import KeptPages
from server.pages.pages import Pages
from server.pages.portal.downloads import Downloads, download_of
from server.pages.portal.event_lines import event_lines
from server.pages.portal.facets import facets_of, filters_in_force, hidden, labels_of_chosen, roles
from server.pages.portal.views import View, Views
from server.pages.resources.vocabulary import Vocabularies
from server.selection.view_queries import ROWS
from server.workers.fork_client import ForkClient


class EventsPage:
    """Makes the table."""

    def __init__(self, views: Views, pages: Pages, kept: KeptPages, vocabularies: Vocabularies) -> None:
        self.views = views
        self.pages = pages
        self.kept = kept
        self.vocabularies = vocabularies
        self.downloads = Downloads(views)

    def answer(self, call: Call) -> Answer:
        """Return the table, or what is chosen in the format asked for; raises :class:`Problem`."""
        format_ = download_of(call)
        view = self.views.view(call)
        if format_ is not None:
            generation = self.views.rows.pool.newest()
            self.views.chosen(view, generation)
            return self.downloads.answer(view, format_, generation)
        return self.kept.answer(call, view.reader, lambda generation: self._page(view, generation))

    def _page(self, view: View, generation: ForkClient) -> Answer:
        labels = labels_of_chosen(self.views, self.vocabularies.newest(), view, generation)
        queries = self.views.counted(view, generation)
        count = int(self.views.select(queries.count(), generation)[0]["events"].text)
        values = {
            "view": view, "count": count, "filters": filters_in_force(view, labels), "roles": roles(view),
            "facets": facets_of(self.views, view, queries, labels, generation),
            "hidden": hidden(view.selection, "q", "from", "to"),
            "events": event_lines(self.views, view, queries.list(), generation), "vocabulary": self.vocabularies.newest(),
            **_paging(view, count),
        }  # fmt: skip
        return self.pages.page(view.reader, "events.html", values)


def _paging(view: View, count: int) -> dict[str, Any]:
    page, pages = view.selection.page, max(1, -(-count // ROWS))
    if page > pages:
        told = ("paging.past", {"page": str(page), "last": str(pages)})
        raise Problem(404, "selection", f"page={page} lies past the end: the last page is {pages}", told=told, parameter="page")
    before = view.link(view.selection.having("page", str(page - 1))) if page > 1 else None
    after = view.link(view.selection.having("page", str(page + 1))) if page < pages else None
    first, last = (page - 1) * ROWS + 1, min(page * ROWS, count)
    return {"page": page, "pages": pages, "before": before, "after": after, "first": first, "last": last}
