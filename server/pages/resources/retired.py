"""Names that nothing has any more: where they lead now, or why they lead nowhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from kg.store.base import QUARANTINE
from kg.store.departures import Departure, Departures
from server.config import Config
from server.http.call import Answer
from server.http.problem import Problem
from server.pages.page_queries import PageQueries

_PRESENT = """SELECT ?successor WHERE {{ <{iri}> dcterms:isReplacedBy ?successor
  FILTER NOT EXISTS {{ <{iri}> gaf:denotedBy ?mention }} }} ORDER BY ?successor LIMIT 1"""
_MOST_STEPS = 10  # from one successor to the next


class RetiredNames:
    """Knows what became of names of events and articles; ``folder`` is the store's."""

    def __init__(self, config: Config, folder: Path, rows: PageQueries) -> None:
        self.base = config.base
        self.folder = folder
        self.rows = rows

    def redirect(self, iri: str, ending: str) -> Answer | None:
        """Return the 301 to the event that the reports of another one were joined with; None where that has its own name."""
        rows = self.rows.select(_PRESENT.format(iri=iri))
        return self._moved(rows[0]["successor"].text, ending) if rows else None

    def gone(self, kind: str, name: str, ending: str) -> Answer:
        """Answer for a name that the data do not know: 301 to where its reports go on; raises :class:`Problem` 410 or 404."""
        noted = Departures(self.folder)
        departure = noted.find(f"{kind}/{name}")
        if departure is None:
            if kind == "article" and self._is_in_quarantine(name):
                detail = f"All of article/{name} is in quarantine: kg status says why"
                raise Problem(404, "missing", detail, told=("gone.quarantined", {"name": f"article/{name}"}))
            detail = f"Nothing is known of {self.base}{kind}/{name[:200]}: search for it"
            raise Problem(404, "missing", detail, told=("missing", {}))
        last = departure
        for _ in range(_MOST_STEPS):
            if last.successor is None:
                break
            if self.rows.ask(f"ASK {{ <{self.base}{last.successor}> ?property ?value }}"):
                return self._moved(self.base + last.successor, ending)
            following = noted.find(last.successor)
            if following is None:
                break
            last = following
        raise _gone(departure)

    def _is_in_quarantine(self, article: str) -> bool:
        folder = self.folder / QUARANTINE
        return any(file.stem == article for file in folder.glob("*.ttl"))

    def _moved(self, iri: str, ending: str) -> Answer:
        path = quote(iri.removeprefix(self.base), safe="/%:@!$&'()*+,;=~.-_")
        return Answer(301, headers={"Location": f"/{path}{ending}", "Cache-Control": "no-cache", "Vary": "Accept"})


def _gone(departure: Departure) -> Problem:
    reasons = {
        "removed": "the article that told of it was removed from the store",
        "pruned": "the file of the article that told of it is gone",
        "changed": "the article that told of it was read anew and tells of it no longer",
    }
    detail = f"{departure.name} is gone: {reasons[departure.cause]} ({departure.title})"
    values = {"name": departure.name, "title": departure.title}
    return Problem(410, "gone", detail, told=(f"gone.{departure.cause}", values))
