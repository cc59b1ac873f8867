"""``/quality``: what conforms and what is set aside, how events spread over types, certainties and sources, what is missing."""

from __future__ import annotations

from typing import Any

from server.http.call import Answer, Call
from server.pages.article.build_record import BuildRecord
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import PageQueries, Row
from server.pages.pages import Pages
from server.pages.quality import quality_queries
from server.pages.reader import Reader
from server.pages.resources.paging import known_only
from server.pages.resources.things import local_name
from server.pages.resources.vocabulary import Vocabularies
from server.selection.pattern import declared
from server.workers.fork_client import ForkClient

_MOST_QUARANTINED = 100  # articles that are shown


class QualityPage:
    """Makes the page."""

    def __init__(
        self, rows: PageQueries, pages: Pages, vocabularies: Vocabularies, kept: KeptPages, record: BuildRecord
    ) -> None:
        self.rows = rows
        self.pages = pages
        self.vocabularies = vocabularies
        self.kept = kept
        self.record = record

    def answer(self, call: Call) -> Answer:
        """Return the page; raises :class:`Problem`."""
        reader = Reader.of(call)
        known_only(reader.arguments, ())
        return self.kept.answer(call, reader, lambda generation: self._page(reader, generation))

    def _page(self, reader: Reader, generation: ForkClient) -> Answer:
        numbers = {
            group: {name: self._number(query, generation) for name, query in queries.items()}
            for group, queries in _COUNTED.items()
        }
        listed = {name: declared(query) for name, query in _listed(reader.language).items()}
        found = {name: [_counted(row) for row in self.rows.select(query, generation)] for name, query in listed.items()}
        quarantined = self.record.quarantined()
        values = {
            **numbers, **found, "queries": listed, "query_of": _query, "quarantined": quarantined[:_MOST_QUARANTINED],
            "more_quarantined": max(0, len(quarantined) - _MOST_QUARANTINED), "vocabulary": self.vocabularies.newest(),
            "failed": [(entry, len(entry.failed_sentences)) for entry in self.record.unread()], "share": share,
        }  # fmt: skip
        return self.pages.page(reader, "quality.html", values)

    def _number(self, query: str, generation: ForkClient) -> int:
        return int(self.rows.select(declared(query), generation)[0]["n"].text)


_COUNTED = {"figures": quality_queries.FIGURES, "gaps": quality_queries.GAPS, "warnings": quality_queries.WARNINGS}


def share(part: int, whole: int) -> str:
    """Return a share in per cent as a whole number, with marks for what rounding hides."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    rounded = round(percent)
    return "< 1 %" if part and not rounded else "> 99 %" if part < whole and rounded == 100 else f"{rounded} %"


def _listed(language: str) -> dict[str, str]:
    return {
        "by_type": quality_queries.BY_TYPE, "by_certainty": quality_queries.BY_CERTAINTY, "linked": quality_queries.LINKED,
        "by_source": quality_queries.BY_SOURCE.format(language=language),
    }  # fmt: skip


def _counted(row: Row) -> dict[str, Any]:
    """Return a row of counts: what is counted (iri, local name, name where it has one), how many, how many with a link."""
    key = "kind" if "kind" in row else "value"
    iri = row[key].text if key in row else ""
    return {
        "iri": iri, "term": local_name(row, key), "name": row["name"].text if "name" in row else iri.rpartition("/")[2],
        "n": int(row["n"].text), "links": int(row["links"].text) if "links" in row else 0,
    }  # fmt: skip


def _query(group: str, name: str) -> str:
    return declared(_COUNTED[group][name])
