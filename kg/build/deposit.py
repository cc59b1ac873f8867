"""Checked graphs on their way into the store: gathered, and written together when there are many or some time has passed."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

from kg.build.accounts import Accounts
from kg.build.memory import memory_there_is
from kg.build.results import ArticleGraph
from kg.build.tally import Tally
from kg.resolution.resolver import announce, read_anew
from kg.resources import give_back_memory
from kg.store.base import GraphStore
from kg.store.departures import Departure, Departures, names_in, note_lost
from kg.validation.quarantine import Quarantine

SMALLEST_DEPOSIT, GREATEST_DEPOSIT = 32 * 2**20, 192 * 2**20  # bytes of N-Quads; to hold more gains nothing
DEPOSIT_SHARE = 128  # of the memory there is: to write a deposit takes some seven times its size
LONGEST_HELD = 60.0  # seconds until what is there is written: so much of a build that is killed is done again


def deposit_size(memory: int | None) -> int:
    """Return how many bytes of N-Quads to hold where there is so much memory; None where that is not known.

    The store rewrites much of what it has at every second deposit, so that few large ones cost it less.
    """
    return SMALLEST_DEPOSIT if memory is None else max(SMALLEST_DEPOSIT, min(memory // DEPOSIT_SHARE, GREATEST_DEPOSIT))


LARGEST_DEPOSIT = deposit_size(memory_there_is())


class Deposit:
    """What waits to be written; an article is accounted for when its graph is in the store.

    Where ``beside`` is set, a thread writes one deposit while the next is gathered; what goes wrong there is raised by the
    call that comes next. Otherwise the build goes on when all is written, so that it takes one processor and no more.
    """

    def __init__(self, store: GraphStore, accounts: Accounts, tally: Tally, *, beside: bool = False) -> None:
        self._store, self._accounts, self._tally = store, accounts, tally
        self._quarantine = Quarantine(store.quarantine)
        self._departures = Departures(store.quarantine.parent)
        self._writer = ThreadPoolExecutor(1, "deposit") if beside else None
        self._under_way: tuple[Future[None], list[ArticleGraph]] | None = None
        self._waiting: list[ArticleGraph] = []
        self._bytes = self._written = 0
        self._since = time.monotonic()

    def take(self, batch: list[ArticleGraph]) -> None:
        """Take what came of a batch; write where enough has gathered."""
        self._waiting += batch
        self._bytes += sum(len(checked.quads) for checked in batch)
        if self._bytes >= self._enough() or time.monotonic() - self._since >= LONGEST_HELD:
            self._begin()

    def _enough(self) -> int:
        """Return how many bytes make a deposit: half of what was written, so that little is left to write at the end."""
        return min(LARGEST_DEPOSIT, max(SMALLEST_DEPOSIT, self._written // 2))

    def write(self) -> None:
        """Store all that waits, and return when it is there."""
        self._begin()
        self.end()

    def end(self) -> None:
        """Wait until what is being written is in the store, and account for it."""
        if self._under_way is not None:
            (written, batch), self._under_way = self._under_way, None
            written.result()
            self._account(batch)

    def close(self) -> None:
        """Let the thread end, when it has written what it was given."""
        if self._writer is not None:
            self._writer.shutdown()

    def _begin(self) -> None:
        """Have written what waits; no more than one deposit is under way."""
        self.end()
        self._written += self._bytes
        batch, self._waiting, self._bytes, self._since = self._waiting, [], 0, time.monotonic()
        if self._writer is not None:
            self._under_way = self._writer.submit(self._write, batch), batch
        else:
            self._write(batch)
            self._account(batch)

    def _write(self, batch: list[ArticleGraph]) -> None:
        good = [checked for checked in batch if checked.failure is None]
        if good:
            graphs = [checked.graph.value for checked in good]
            before = names_in(self._store, graphs)
            read_anew(self._store, graphs)
            self._store.put({checked.graph: checked.quads for checked in good})
            announce(self._store, (checked.reports for checked in good if checked.reports is not None))
            self._note_departed(before, graphs)

    def _account(self, batch: list[ArticleGraph]) -> None:
        for checked in batch:
            self._accounts.end(checked)
            if checked.failure is None:
                self._quarantine.put(checked.article, checked.aside, checked.report)
                self._tally.triples += checked.size
                self._tally.set_aside += [checked] if checked.aside else []
        give_back_memory()

    def _note_departed(self, before: dict[str, Departure], graphs: list[str]) -> None:
        """Note the events that articles which were read anew tell of no longer."""
        if before:
            note_lost(self._departures, before, names_in(self._store, graphs))
