"""Checked graphs on their way into the store: gathered, and written together when there are many or some time has passed."""

from __future__ import annotations

import time

from kg.build.accounts import Accounts
from kg.build.annotator import ArticleGraph
from kg.build.tally import Tally
from kg.resolution.resolver import announce, read_anew
from kg.store.base import GraphStore
from kg.store.departures import Departure, Departures, names_in, note_lost
from kg.validation.quarantine import Quarantine

LARGEST_DEPOSIT = 32 * 2**20  # bytes of N-Quads held until they are written: some 200 articles
LONGEST_HELD = 20.0  # seconds until what is there is written: so much of a build that is killed is done again


class Deposit:
    """What waits to be written; an article is accounted for when its graph is in the store."""

    def __init__(self, store: GraphStore, accounts: Accounts, tally: Tally) -> None:
        self._store, self._accounts, self._tally = store, accounts, tally
        self._quarantine = Quarantine(store.quarantine)
        self._departures = Departures(store.quarantine.parent)
        self._waiting: list[ArticleGraph] = []
        self._bytes = 0
        self._since = time.monotonic()

    def take(self, batch: list[ArticleGraph]) -> None:
        """Take what came of a batch; write where enough has gathered."""
        self._waiting += batch
        self._bytes += sum(len(checked.quads) for checked in batch)
        if self._bytes >= LARGEST_DEPOSIT or time.monotonic() - self._since >= LONGEST_HELD:
            self.write()

    def write(self) -> None:
        """Store all that waits."""
        good = [checked for checked in self._waiting if checked.failure is None]
        if good:
            graphs = [checked.graph.value for checked in good]
            before = names_in(self._store, graphs)
            read_anew(self._store, graphs)
            self._store.put({checked.graph: checked.quads for checked in good})
            announce(self._store, (checked.reports for checked in good if checked.reports is not None))
            self._note_departed(before, graphs)
        for checked in self._waiting:
            self._accounts.end(checked)
        for checked in good:
            self._quarantine.put(checked.article, checked.aside, checked.report)
            self._tally.triples += checked.size
            self._tally.set_aside += [checked] if checked.aside else []
        self._waiting, self._bytes, self._since = [], 0, time.monotonic()

    def _note_departed(self, before: dict[str, Departure], graphs: list[str]) -> None:
        """Note the events that articles which were read anew tell of no longer."""
        if before:
            note_lost(self._departures, before, names_in(self._store, graphs))
