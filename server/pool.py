"""The workers of one web process: which are free, for whom, and of which generation."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from server.channel import Head
from server.config import Config
from server.generation import Generation, Worker
from server.keeper import CURRENT
from server.loan import Loan
from server.metrics import Metrics
from server.problem import Problem, busy
from server.slots import Slots

_PAUSED = 4  # slow queries that may be paused, for each that runs
_ATTEMPTS = 20
_BIG = 1 << 20  # bytes; a longer reply is not read in the event loop
_HOUSEKEEPING = 1.0


class _Place:
    """A place in the fast lane or, for a query that turns out slow, in the slow one; gives it back at the end.

    Slow queries leave the fast lane, so that quick ones need not wait for them.
    """

    def __init__(self, pool: Pool, slots: Slots) -> None:
        self.held = False
        self._pool = pool
        self._slots = slots

    def __enter__(self) -> _Place:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if self.held:
            self._slots.give_back()

    def must_wait(self) -> bool:
        """Change to the slow lane, once; True when it is full, so that a place in it must be waited for."""
        slow = self._pool.slow
        if self._slots is slow:
            return False
        self._slots.give_back()
        self._slots = slow
        self.held = slow.take()
        return not self.held


class Pool:
    """The workers of one web process."""

    def __init__(self, run_folder: Path, config: Config, share: int, metrics: Metrics) -> None:
        self.config = config
        self.metrics = metrics
        self._current_file = str(run_folder / CURRENT)
        self._seen: tuple[int, int] | None = None
        self._generation: Generation | None = None
        self._state = threading.Lock()
        self.fast_size = math.ceil(config.workers / share)
        self.slow_size = math.ceil(config.slow_workers / share)
        self.fast = Slots(self.fast_size, config.queue)
        self.slow = Slots(self.slow_size, _PAUSED * self.slow_size)
        self._closed = threading.Event()
        threading.Thread(target=self._keep_house, daemon=True).start()

    def close(self) -> None:
        """Let go of all workers."""
        self._closed.set()
        with self._state:
            if self._generation is not None:
                self._generation.close()
                self._generation = None

    def ask(
        self,
        head: Head,
        timeout: float,
        client_gone: Callable[[], bool] | None = None,
        generation: Generation | None = None,
    ) -> tuple[Head, bytes]:
        """Have a worker answer within ``timeout`` seconds.

        Raises the :class:`Problem` that says why there is no answer: all workers busy, out of time, worker crashed.
        """
        deadline = time.monotonic() + timeout
        with _Place(self, self.fast) as place:
            if not self.fast.take():
                with self._queueing(self.fast):
                    _come(self.fast.wait(self._patience(deadline)))
            place.held = True
            with self.lend(deadline, generation) as loan:
                loan.ask(head)
                while not loan.readable():
                    loan.look(client_gone)
                    if loan.is_slow and place.must_wait():
                        with loan.paused(), self._queueing(self.slow):
                            _come(self.slow.wait(self._patience(deadline)))
                            place.held = True
                return loan.answer()

    async def ask_async(
        self, head: Head, timeout: float, client_gone: Callable[[], bool], generation: Generation
    ) -> tuple[Head, bytes]:
        """Do as :meth:`ask`, without blocking the event loop."""
        deadline = time.monotonic() + timeout
        if generation.retired:
            return await asyncio.to_thread(self.ask, head, timeout, client_gone)
        with _Place(self, self.fast) as place:
            if not self.fast.take():
                with self._queueing(self.fast):
                    _come(await self.fast.wait_async(self._patience(deadline)))
            place.held = True
            with self.lend(deadline, generation) as loan:
                loan.ask(head)
                while not await loan.readable_async():
                    loan.look(client_gone)
                    if loan.is_slow and place.must_wait():
                        with loan.paused(), self._queueing(self.slow):
                            _come(await self.slow.wait_async(self._patience(deadline)))
                            place.held = True
                return await asyncio.to_thread(loan.answer) if loan.size() > _BIG else loan.answer()

    def _patience(self, deadline: float) -> float:
        """Return how long to wait for a slot."""
        return max(0.0, min(self.config.queue_timeout, deadline - time.monotonic()))

    @contextlib.contextmanager
    def _queueing(self, slots: Slots) -> Iterator[None]:
        """Count one who waits; refuse where too many do, and count who is refused."""
        try:
            if slots.full:
                raise busy("Too many requests wait for a worker: try again", 2)
            self.metrics.add("queued", 1)
            try:
                yield
            finally:
                self.metrics.add("queued", -1)
        except Problem:
            self.metrics.add("refused_busy", 1)
            raise

    def lend(self, deadline: float, generation: Generation | None = None) -> Loan:
        """Return a worker of ``generation``, or of the newest when that is gone."""
        for attempt in range(_ATTEMPTS):
            generation = generation or self.newest()
            with self._state:
                worker = None if generation.retired else generation.living()
                usable = not generation.retired
                generation.lent += usable
            if usable:
                try:
                    return Loan(self.metrics, self.take_back, generation, worker or generation.spawn(), deadline)
                except OSError:
                    self.take_back(generation, None, False)
                    self._lost(generation)
                    time.sleep(0.02 * attempt)
            generation = None
        raise busy("The data are being loaded: try again", 2)

    def take_back(self, generation: Generation, worker: Worker | None, reusable: bool) -> None:
        """End a loan."""
        if worker is not None and not reusable:
            generation.kill(worker)
        with self._state:
            generation.lent -= 1
            if worker is not None and reusable:
                generation.idle.append(worker)
            if generation.retired and generation.lent == 0:
                generation.close()

    def newest(self) -> Generation:
        """Return the newest generation; connects to it when it is another one than before."""
        try:
            state = os.stat(self._current_file)  # noqa: PTH116 - on every request; Path.stat takes much longer
        except FileNotFoundError:
            raise busy("The server is stopping", 5) from None
        seen = state.st_ino, state.st_mtime_ns
        generation = self._generation
        if generation is not None and seen == self._seen:
            return generation
        with self._state:
            if self._generation is None or seen != self._seen:
                self._switch(seen)
            assert self._generation is not None
            return self._generation

    def _switch(self, seen: tuple[int, int]) -> None:
        current = json.loads(Path(self._current_file).read_text(encoding="utf8"))
        zygote = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            zygote.connect(current["socket"])
        except OSError:
            zygote.close()
            raise busy("The data are being loaded: try again", 2) from None
        self._retire()
        self._generation = Generation(current["stamp"], zygote)
        self._seen = seen

    def _retire(self) -> None:
        if self._generation is not None:
            self._generation.retired = True
            if self._generation.lent == 0:
                self._generation.close()

    def _lost(self, generation: Generation) -> None:
        with self._state:
            if self._generation is generation:
                self._retire()
                self._generation, self._seen = None, None

    def _keep_house(self) -> None:
        while not self._closed.wait(_HOUSEKEEPING):
            with contextlib.suppress(Problem):
                self.newest()
            self.metrics.refresh()


def _come(come: bool) -> None:
    if not come:
        raise busy("All workers are busy: try again", 2)
