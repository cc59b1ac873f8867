"""A web process's side of the workers: lends them out, holds them to the deadline, and kills what runs over it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from server.channel import Head, coming, receive, send
from server.config import Config
from server.keeper import CURRENT
from server.metrics import Metrics
from server.problem import Problem, busy
from server.slots import Slots

_LOOK = 0.1  # seconds between two looks at clock and client while a query runs
_QUICK = 0.1  # seconds of a processor; a query that uses more is a slow one
_PAUSED = 4  # slow queries that may be paused, for each that runs
_TRANSFER = 30.0  # a worker that has begun to answer must be done in this time
_BIG = 1 << 20  # bytes; a longer reply is not read in the event loop
_TICKS = os.sysconf("SC_CLK_TCK")
_ATTEMPTS = 20
_HOUSEKEEPING = 1.0


class _ClientGoneError(Exception):
    pass


@dataclass(slots=True)
class Worker:
    """One worker process."""

    channel: socket.socket
    pid: int
    used: float = 0.0  # seconds of a processor before the present query
    yielded: bool = False  # has stepped back behind the others, for good


@dataclass(slots=True)
class Generation:
    """A connection to one zygote and the workers that were had from it."""

    stamp: str
    zygote: socket.socket
    idle: deque[Worker] = field(default_factory=deque)
    lent: int = 0
    retired: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spawn(self) -> Worker:
        """Return a fresh worker."""
        ours, theirs = socket.socketpair()
        with theirs:
            pid = int(self._ask({"op": "spawn"}, fd=theirs.fileno())["pid"])
        ours.settimeout(_LOOK)
        return Worker(ours, pid)

    def kill(self, worker: Worker) -> None:
        """End a worker now, whatever it does."""
        self.tell("kill", worker)
        worker.channel.close()

    def tell(self, operation: str, worker: Worker) -> None:
        """Have the zygote do something to a worker."""
        with self.lock, contextlib.suppress(OSError):
            send(self.zygote, {"op": operation, "pid": worker.pid})

    def end_of(self, worker: Worker) -> int | None:
        """Return the exit code of a worker that has closed its channel; None when it can't be known."""
        worker.channel.close()
        with contextlib.suppress(OSError):
            status = self._ask({"op": "ended", "pid": worker.pid})["status"]
            return None if status is None else int(status)
        return None

    def index(self) -> str:
        """Have the search index made and return its path; the file is there when it is whole."""
        return str(self._ask({"op": "index"})["path"])

    def close(self) -> None:
        """Close the connection; the zygote kills what is left of its workers."""
        self.zygote.close()
        for worker in self.idle:
            worker.channel.close()
        self.idle.clear()

    def _ask(self, head: Head, fd: int | None = None) -> Head:
        with self.lock:
            send(self.zygote, head, fd=fd)
            return receive(self.zygote)[0]


class Loan:
    """One worker, lent for one message; used as a context manager that gives it back or kills it."""

    def __init__(self, pool: Pool, generation: Generation, worker: Worker, deadline: float) -> None:
        self._pool = pool
        self._generation = generation
        self._worker = worker
        self._deadline = deadline
        self._reusable = False

    def __enter__(self) -> Loan:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        crashed = isinstance(error, ConnectionError)
        status = self._generation.end_of(self._worker) if crashed else None
        self._pool.take_back(self._generation, None if crashed else self._worker, reusable=self._reusable)
        if isinstance(error, TimeoutError):
            self._pool.metrics.add("killed_timeout", 1)
            raise Problem(408, "timeout", "The query ran out of time and was stopped: narrow it down") from None
        if isinstance(error, _ClientGoneError):
            self._pool.metrics.add("killed_client_gone", 1)
            raise Problem(408, "gone", "The client closed the connection; the query was stopped") from None
        if crashed:
            self._pool.metrics.add("crashed", 1)
            raise _crash(status) from None

    @property
    def channel(self) -> socket.socket:
        """The worker's channel; readable when the answer comes."""
        return self._worker.channel

    @property
    def patience(self) -> float:
        """How many seconds to wait for the answer until the next :meth:`look`."""
        return max(0.001, min(_LOOK, self._deadline - time.monotonic()))

    def look(self, client_gone: Callable[[], bool] | None) -> None:
        """Raise when the time is over or the client has left; let others pass by a slow query."""
        if time.monotonic() >= self._deadline:
            raise TimeoutError
        if client_gone is not None and client_gone():
            raise _ClientGoneError
        if self.is_slow and not self._worker.yielded:
            self._worker.yielded = True
            self._generation.tell("yield", self._worker)

    @property
    def is_slow(self) -> bool:
        """Whether the query has used more than :data:`_QUICK` seconds of a processor."""
        return self._worker.yielded or used_seconds(self._worker.pid) - self._worker.used > _QUICK

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the worker for a while; what it has done so far is kept."""
        self._pool.metrics.add("paused", 1)
        self._generation.tell("pause", self._worker)
        yield
        self._generation.tell("resume", self._worker)

    def ask(self, head: Head) -> None:
        """Send the message."""
        self.channel.settimeout(_TRANSFER)
        send(self.channel, head)

    def size(self) -> int:
        """Return the length of the reply that has begun to come, in bytes."""
        return coming(self.channel)

    def answer(self) -> tuple[Head, bytes]:
        """Return the reply, once it has begun to come."""
        self.channel.settimeout(_TRANSFER)
        reply, body = receive(self.channel)
        self._worker.used = reply["used"]
        self._reusable = not reply.get("retire") and not self._worker.yielded
        return reply, body


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
                loan.channel.settimeout(loan.patience)
                while not _readable(loan.channel):
                    loan.look(client_gone)
                    if loan.is_slow and place.must_wait():
                        with loan.paused(), self._queueing(self.slow):
                            _come(self.slow.wait(self._patience(deadline)))
                            place.held = True
                    loan.channel.settimeout(loan.patience)
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
                while not await _readable_async(loan.channel, loan.patience):
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
                worker = None if generation.retired else _living(generation.idle)
                usable = not generation.retired
                generation.lent += usable
            if usable:
                try:
                    return Loan(self, generation, worker or generation.spawn(), deadline)
                except OSError:
                    self.take_back(generation, None)
                    self._lost(generation)
                    time.sleep(0.02 * attempt)
            generation = None
        raise busy("The data are being loaded: try again", 2)

    def take_back(self, generation: Generation, worker: Worker | None, *, reusable: bool = False) -> None:
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


def _readable(channel: socket.socket) -> bool:
    """Wait as long as the channel's timeout for its first byte; say whether it has come."""
    try:
        channel.recv(1, socket.MSG_PEEK)
    except TimeoutError:
        return False
    return True


async def _readable_async(channel: socket.socket, patience: float) -> bool:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[bool] = loop.create_future()
    loop.add_reader(channel.fileno(), _settle, ready, True)
    timer = loop.call_later(patience, _settle, ready, False)
    try:
        return await ready
    finally:
        timer.cancel()
        loop.remove_reader(channel.fileno())


def _settle(ready: asyncio.Future[bool], value: bool) -> None:
    if not ready.done():
        ready.set_result(value)


def _living(idle: deque[Worker]) -> Worker | None:
    """Take a worker that has not died while it was idle."""
    while idle:
        worker = idle.pop()
        worker.channel.setblocking(False)
        try:
            worker.channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return worker
        except OSError:
            pass
        worker.channel.close()
    return None


def used_seconds(pid: int) -> float:
    """Return the processor time that a process has used; where that can't be read, more than any query may."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:  # noqa: PTH123 - a Path takes longer
            fields = stat.read().rpartition(b")")[2].split()
    except FileNotFoundError:
        return 0.0 if sys.platform == "linux" else math.inf
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _crash(status: int | None) -> Problem:
    by = signal.Signals(-status).name if status is not None and status < 0 else f"exit {status}"
    why = "more memory or nesting than it may" if status in (-signal.SIGABRT, -signal.SIGSEGV) else "more than it may"
    return Problem(400, "limit", f"The query took {why} and was stopped ({by}): simplify it")
