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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from server.config import Config
from server.http.metrics import Metrics
from server.http.problem import Problem, busy
from server.ipc.messages import Head
from server.ipc.run_folder import CURRENT
from server.workers.fork_client import ForkClient, Worker
from server.workers.slots import Slots
from server.workers.worker_call import WorkerCall

_PAUSED = 4  # slow queries that may be paused, for each that runs
_ATTEMPTS = 20
_HOUSEKEEPING = 1.0
_SPARE = 16  # threads beyond those that wait for a worker: to fork one, to end one

_Held = contextlib.ExitStack[None]  # what a request holds; handed on to the thread that goes on with it


class _HeldSlot:
    """A slot of the quick queries or, for one that turns out slow, of the slow ones; gives it back at the end.

    Slow queries give up their slot among the quick ones, so that these need not wait for them.
    """

    def __init__(self, pool: Pool, slots: Slots) -> None:
        self.held = False
        self._pool = pool
        self._slots = slots

    def __enter__(self) -> _HeldSlot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if self.held:
            self._slots.give_back()

    def must_wait(self) -> bool:
        """Change to the slow queries, once; True when it is full, so that a slot in it must be waited for."""
        slow = self._pool.slow
        if self._slots is slow:
            return False
        self._slots.give_back()
        self._pool.complete()
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
        self._generation: ForkClient | None = None
        self._state = threading.Lock()
        self.fast_size = math.ceil(config.workers / share)
        self.slow_size = math.ceil(config.slow_workers / share)
        self.fast = Slots(self.fast_size, config.queue)
        self.slow = Slots(self.slow_size, _PAUSED * self.slow_size)
        waiting = self.fast_size + (1 + _PAUSED) * self.slow_size
        self.threads = ThreadPoolExecutor(max_workers=waiting + _SPARE, thread_name_prefix="pool")
        self._closed = threading.Event()
        self._wanting = threading.Event()  # a worker is missing, or the pool is closed
        self._housekeeper = threading.Thread(target=self._keep_house, daemon=True)
        self._housekeeper.start()

    def close(self) -> None:
        """Let go of all workers."""
        self._closed.set()
        self._wanting.set()
        with self._state:
            generation, self._generation = self._generation, None
            if generation is not None:
                generation.retired = True
                generation.close()  # ends its workers too, so that no thread waits for them any more
        if self._housekeeper is not threading.current_thread():
            self._housekeeper.join()
        self.threads.shutdown()

    def ask(
        self,
        head: Head,
        timeout: float,
        client_gone: Callable[[], bool] | None = None,
        generation: ForkClient | None = None,
    ) -> tuple[Head, bytes]:
        """Have a worker answer within ``timeout`` seconds.

        Raises the :class:`Problem` that says why there is no answer: all workers busy, out of time, worker crashed.
        """
        deadline = time.monotonic() + timeout
        with _Held() as held:
            slot = held.enter_context(_HeldSlot(self, self.fast))
            if not self.fast.take():
                with self._queueing(self.fast):
                    _come(self.fast.wait(self._patience(deadline)))
            slot.held = True
            return self._asked(held.pop_all(), slot, head, deadline, client_gone, generation)

    async def ask_async(
        self, head: Head, timeout: float, client_gone: Callable[[], bool], generation: ForkClient
    ) -> tuple[Head, bytes]:
        """Do as :meth:`ask`, without blocking the event loop.

        Here a worker that is there answers quickly; all that may take a while, such as to have one forked, to wait for a
        slow query or to learn how one ended, is left to a thread.
        """
        deadline = time.monotonic() + timeout
        in_thread = asyncio.get_running_loop().run_in_executor
        with _Held() as held:
            slot = held.enter_context(_HeldSlot(self, self.fast))
            if not self.fast.take():
                with self._queueing(self.fast):
                    _come(await self.fast.wait_async(self._patience(deadline)))
            slot.held = True
            call = self._call_idle(deadline, generation)
            if call is None:
                client_gone()  # which begins to look
                return await in_thread(self.threads, self._asked, held.pop_all(), slot, head, deadline, client_gone, generation)
            held.enter_context(call)
            call.ask(head)
            if await call.readable_async() and call.is_short:
                return call.answer()
            client_gone()
            return await in_thread(self.threads, self._awaited, held.pop_all(), slot, call, client_gone)

    def _asked(
        self,
        held: _Held,
        slot: _HeldSlot,
        head: Head,
        deadline: float,
        client_gone: Callable[[], bool] | None,
        generation: ForkClient | None,
    ) -> tuple[Head, bytes]:
        with held:
            call = held.enter_context(self.call_worker(deadline, generation))
            call.ask(head)
            return self._awaited(held.pop_all(), slot, call, client_gone)

    def _awaited(
        self, held: _Held, slot: _HeldSlot, call: WorkerCall, client_gone: Callable[[], bool] | None
    ) -> tuple[Head, bytes]:
        """Wait for the answer, and give back what is held."""
        with held:
            while not call.readable():
                call.look(client_gone)
                if call.is_slow and slot.must_wait():
                    with call.paused(), self._queueing(self.slow):
                        _come(self.slow.wait(call.patience(self.config.queue_timeout)))
                        slot.held = True
            return call.answer()

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

    def _call_idle(self, deadline: float, generation: ForkClient) -> WorkerCall | None:
        """Return a call of a worker of ``generation`` that is there; None: there is none, or the data have changed."""
        with self._state:
            worker = None if generation.retired else generation.living()
            generation.busy += worker is not None
        return WorkerCall(self.metrics, self.take_back, generation, worker, deadline) if worker else None

    def call_worker(self, deadline: float, generation: ForkClient | None = None) -> WorkerCall:
        """Return a call of a worker of ``generation``, or of the newest when that is gone; forks one when none is there."""
        for attempt in range(_ATTEMPTS):
            generation = generation or self.newest()
            call = self._call_idle(deadline, generation)
            if call is not None:
                return call
            with self._state:
                usable = not generation.retired
                generation.busy += usable
            if usable:
                try:
                    return WorkerCall(self.metrics, self.take_back, generation, generation.spawn(), deadline)
                except OSError:
                    self.take_back(generation, None, False)
                    self._lost(generation)
                    time.sleep(0.02 * attempt)
            generation = None
        raise busy("The data are being loaded: try again", 2)

    def take_back(self, generation: ForkClient, worker: Worker | None, reusable: bool) -> None:
        """End a call."""
        if worker is not None and not reusable:
            self._end(generation, worker)
        with self._state:
            generation.busy -= 1
            if worker is not None and reusable:
                generation.idle.append(worker)
            else:
                self.complete()
            if generation.retired and generation.busy == 0:
                generation.close()

    def _end(self, generation: ForkClient, worker: Worker) -> None:
        """Kill a worker, in a thread where there still is one: the fork server may have to be waited for."""
        try:
            self.threads.submit(generation.kill, worker)
        except RuntimeError:  # the pool is closed
            generation.kill(worker)

    def newest(self) -> ForkClient:
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
        if self._closed.is_set():
            raise busy("The server is stopping", 5)
        current = json.loads(Path(self._current_file).read_text(encoding="utf8"))
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            server.connect(current["socket"])
        except OSError:
            server.close()
            raise busy("The data are being loaded: try again", 2) from None
        self._retire()
        self._generation = ForkClient(current["stamp"], server)
        self._seen = seen
        self.complete()

    def _retire(self) -> None:
        if self._generation is not None:
            self._generation.retired = True
            if self._generation.busy == 0:
                self._generation.close()

    def _lost(self, generation: ForkClient) -> None:
        with self._state:
            if self._generation is generation:
                self._retire()
                self._generation, self._seen = None, None

    def complete(self) -> None:
        """Have the missing workers forked, in a thread."""
        self._wanting.set()

    def _keep_house(self) -> None:
        while True:
            self._wanting.wait(_HOUSEKEEPING)
            self._wanting.clear()
            if self._closed.is_set():
                return
            try:
                self._complete(self.newest())
            except (Problem, OSError):
                self._closed.wait(_HOUSEKEEPING)  # what has just failed is not tried again at once
            self.metrics.refresh()

    def _complete(self, generation: ForkClient) -> None:
        """Have a worker wait for each free slot, so that no request has to wait for a fork."""
        with self._state:
            generation.bury()
        while not self._closed.is_set():
            with self._state:
                if generation.retired or len(generation.idle) >= self.fast.free:
                    return
                generation.busy += 1
            worker, warm = None, False
            try:
                worker = generation.spawn()
                worker.warm_up()
                warm = True
            finally:
                self.take_back(generation, worker, warm)


def _come(come: bool) -> None:
    if not come:
        raise busy("All workers are busy: try again", 2)
