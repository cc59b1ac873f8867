"""One round: feeds asked for what is new, pages fetched, what is on the disk built, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time

from kg.back_off import BusyError
from kg.watching.feed_items import FeedItem, feed_items
from kg.watching.fetching import NotFetchedError, fetch
from kg.watching.limits import WatchOptions
from kg.watching.state import WatchState
from kg.watching.visits import WITHDRAWN, Visit, Visits

PAGES_AT_ONCE = 64  # pages looked at, and then built, together: bounds what a kill costs
MOST_TOLD = 20  # of one kind that are told one by one
FINDING_KINDS = frozenset(("withdrawn", "refused", "away", "feed"))
BuildFiles = Callable[[Sequence[str]], None]


@dataclass
class RoundTally:
    """What came of a round: numbers by kind, and the first lines of each kind that are worth to be told."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    findings: bool = False
    _lines: Counter[str] = field(default_factory=Counter)

    def add(self, visit: Visit) -> None:
        """Count a visit, and take up what it says."""
        self.counts[visit.kind] += 1
        self.tell(visit.kind, f"{visit.address}: {visit.detail}" if visit.detail else "")

    def tell(self, kind: str, line: str) -> None:
        """Take up a line about something of this kind, as far as that can be read."""
        if not line:
            return
        self.findings = self.findings or kind in FINDING_KINDS
        self._lines[kind] += 1
        if self._lines[kind] <= MOST_TOLD:
            self.told.append(line)

    def lines(self) -> Iterator[str]:
        """Yield what is to be told, then the numbers."""
        yield from self.told
        yield from (f"{n - MOST_TOLD} more ({kind})" for kind, n in sorted(self._lines.items()) if n > MOST_TOLD)
        numbers = ", ".join(f"{self.counts[kind]} {kind}" for kind in ("new", "changed", "unchanged", "withdrawn", "refused"))
        yield f"pages: {numbers}, {self.counts['passed']} of hosts not listed, {self.counts['away']} left for later"


def watch_round(
    feeds: Sequence[str], state: WatchState, folder: Path, options: WatchOptions, build: BuildFiles
) -> RoundTally:
    """Look at every feed and page that is due; ``build`` brings files into the store, those of a broken-off round first."""
    tally = RoundTally()
    _build_rest(state, folder, build)
    for feed in feeds:
        _ask(feed, state, options, tally)
    visits = Visits(state, folder, options)
    now, behind = time(), ""
    while batch := state.due(now, behind, PAGES_AT_ONCE):
        for page in batch:
            tally.add(visits.visit(page, now))
        behind = batch[-1].address
        _build_rest(state, folder, build)
    if options.prune:
        _prune(state, folder, build)
    kept = len(state.files_of(f"{WITHDRAWN} (404)")) + len(state.files_of(f"{WITHDRAWN} (410)"))
    if kept:
        tally.told.append(f"{kept} withdrawn articles are kept: kg watch --prune removes them, kg remove ADDRESS one of them")
    return tally


def _ask(address: str, state: WatchState, options: WatchOptions, tally: RoundTally) -> None:
    """Take up what a feed names."""
    marks, moment = state.feed(address)
    now = time()
    if moment > now:
        tally.tell("feed", f"{address}: wants no request for {moment - now:.0f} s more")
        return
    try:
        answer = options.back_off.call(lambda: fetch(address, options, options.largest_feed, marks, lambda _: None))
        if answer.status in (404, 410):
            raise NotFetchedError(f"is not there ({answer.status})")
        if answer.status == 200:
            state.note(_named(feed_items(answer, options.largest_feed), address, tally), now)
            state.put_feed(address, answer.marks, 0.0)
    except NotFetchedError as error:
        tally.tell("feed", f"{address}: {error}; what it named before is kept")
    except BusyError as busy:
        state.put_feed(address, marks, now + busy.wait)
        tally.tell("feed", f"{address}: {busy}; it is asked again in the next round")


def _named(items: Iterator[FeedItem], feed: str, tally: RoundTally) -> Iterator[tuple[str, str]]:
    for item in items:
        if item.address is None:
            tally.tell("refused", f"{feed}: an item leads to no web address ({item.link[:200]})")
        else:
            yield item.address, item.stamp


def _build_rest(state: WatchState, folder: Path, build: BuildFiles) -> None:
    """Build what is on the disk and not yet in the store."""
    while names := state.unbuilt(PAGES_AT_ONCE):
        if files := [str(folder / name) for name in names if (folder / name).exists()]:
            build(files)
        state.mark_built(names)


def _prune(state: WatchState, folder: Path, build: BuildFiles) -> None:
    """Let the articles go that are withdrawn: their files, and with these their graphs."""
    gone = [*state.files_of(f"{WITHDRAWN} (404)"), *state.files_of(f"{WITHDRAWN} (410)")]
    for _, name in gone:
        (folder / name).unlink(missing_ok=True)
    if gone:
        build([str(folder / name) for _, name in gone])
    for address, _ in gone:
        state.forget_file(address)
