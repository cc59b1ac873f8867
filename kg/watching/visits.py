"""Pages looked at, one after the other: allowed, polite, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from kg.back_off import BusyError
from kg.watching.addresses import site
from kg.watching.fetching import Fetched, NotFetchedError, fetch
from kg.watching.limits import WatchOptions
from kg.watching.page_files import page_file, what_is_said, write_page
from kg.watching.robots import LARGEST_ROBOTS, Robots
from kg.watching.state import NEVER, PageRecord, WatchState

WITHDRAWN = "withdrawn by its publisher"
NOT_LISTED = "its host is not listed: give --host {host} to fetch from there"
VisitKind = Literal["new", "changed", "unchanged", "withdrawn", "refused", "passed", "away"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of a page; ``detail`` says why, "" where nothing is to be told that was not told before."""

    address: str
    kind: VisitKind
    detail: str = ""


class Visits:
    """Visits to pages in one round; a host that is away is left alone for the rest of it."""

    def __init__(self, state: WatchState, folder: Path, options: WatchOptions) -> None:
        self._state, self._folder, self._options = state, folder, options
        self._robots = Robots(state, options.robots_kept, self._robots_file)
        self._away: set[str] = set()
        self._last: dict[str, float] = {}  # when each site was asked last

    def visit(self, page: PageRecord, now: float) -> Visit:
        """Look at a page, and remember what became of it."""
        place = site(page.address)
        if not self._options.may_fetch(page.address):
            return self._ended(page, now, Visit(page.address, "passed", NOT_LISTED.format(host=place.partition("://")[2])))
        if place in self._away:
            return Visit(page.address, "away")
        try:
            return self._ended(page, now, self._looked(page))
        except BusyError as busy:
            self._away.add(place)
            self._state.end_visit(page.address, page.outcome, now + busy.wait)
            return Visit(page.address, "away", f"{busy}: the pages of {place} wait for the next round")

    def _looked(self, page: PageRecord) -> Visit:
        try:
            if not self._robots.allows(page.address):
                return Visit(page.address, "refused", "robots.txt there asks machines to stay away: its article is not fetched")
            answer = self._fetched(page)
        except NotFetchedError as error:
            return Visit(page.address, "refused", f"{error}: not fetched")
        if answer.status in (404, 410):
            if not page.file:
                return Visit(page.address, "refused", f"not there ({answer.status})")
            return Visit(page.address, "withdrawn", f"{WITHDRAWN} ({answer.status})")
        return self._taken(page, answer) if answer.status == 200 else Visit(page.address, "unchanged")

    def _fetched(self, page: PageRecord) -> Fetched:
        delay = max(self._options.delay, self._robots.delay(page.address))
        marks = (page.etag, page.modified) if page.file else ("", "")

        def attempt() -> Fetched:
            self._wait(page.address, delay)
            return fetch(page.address, self._options, self._options.largest_page, marks, self._check)

        return self._options.back_off.call(attempt)

    def _robots_file(self, address: str) -> Fetched:
        return self._options.back_off.call(lambda: fetch(address, self._options, LARGEST_ROBOTS, ("", ""), self._check))

    def _check(self, address: str) -> None:
        if not self._options.may_fetch(address):
            raise NotFetchedError(f"sends us on to {address[:200]}, whose host is not listed")

    def _wait(self, address: str, delay: float) -> None:
        """Let some time pass since the last request to the site."""
        last = self._last.get(site(address))
        if last is not None and (left := last + delay - monotonic()) > 0:
            sleep(left)
        self._last[site(address)] = monotonic()

    def _taken(self, page: PageRecord, answer: Fetched) -> Visit:
        """Keep a page whose article says something else than the version before."""
        file = page_file(self._folder, page.address)
        beside = write_page(file, answer)
        said, why = what_is_said(beside)
        if not said or said == page.said:
            beside.unlink()
            detail = f"{why}{'; the version before is kept' if page.file else ''}"
            if not said:
                return Visit(page.address, "refused", detail)
            self._state.put_page(replace(page, etag=answer.marks[0], modified=answer.marks[1]))
            return Visit(page.address, "unchanged")
        beside.replace(file)
        name = file.relative_to(self._folder).as_posix()
        taken = replace(page, etag=answer.marks[0], modified=answer.marks[1], said=said, file=name)
        self._state.put_page(taken, built=False)
        return Visit(page.address, "changed" if page.said else "new")

    def _ended(self, page: PageRecord, now: float, visit: Visit) -> Visit:
        """Remember when to look again, and tell only what is news."""
        known = now - page.seen
        again = now + max(self._options.every, known) if known < self._options.longest_known else NEVER
        self._state.end_visit(page.address, visit.detail, NEVER if visit.kind == "passed" else again)
        return replace(visit, detail="") if visit.detail == page.outcome else visit
