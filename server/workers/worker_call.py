"""One worker, called for one message and held to its deadline."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator

from server.http.metrics import Metrics
from server.http.problem import Problem
from server.ipc.messages import Head, coming, receive, send
from server.workers.fork_client import ForkClient, Worker

_LOOK = 0.1  # seconds between two looks at clock and client while a query runs
_QUICK = 0.1  # seconds of a processor; a query that uses more is a slow one
_SHORT = range(1 << 20)  # bytes; an answer that has come and is so long may be read in the event loop
_TRANSFER = 30.0  # a worker that has begun to answer must be done in this time
_TICKS = os.sysconf("SC_CLK_TCK")


class _ClientGoneError(Exception):
    pass


class WorkerCall:
    """One worker, called for one message; used as a context manager that gives it back or kills it."""

    def __init__(self, metrics: Metrics, take_back: TakeBack, generation: ForkClient, worker: Worker, deadline: float) -> None:
        self._metrics = metrics
        self._take_back = take_back
        self._generation = generation
        self._worker = worker
        self._deadline = deadline
        self._reusable = False

    def __enter__(self) -> WorkerCall:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        crashed = isinstance(error, ConnectionError)
        status = self._generation.end_of(self._worker) if crashed else None
        self._take_back(self._generation, None if crashed else self._worker, self._reusable)
        if isinstance(error, TimeoutError):
            self._metrics.add("killed_timeout", 1)
            raise Problem(408, "timeout", "The query ran out of time and was stopped: narrow it down") from None
        if isinstance(error, _ClientGoneError):
            self._metrics.add("killed_client_gone", 1)
            raise Problem(408, "gone", "The client closed the connection; the query was stopped") from None
        if crashed:
            self._metrics.add("crashed", 1)
            raise _crash(status) from None

    @property
    def channel(self) -> socket.socket:
        """The worker's channel; readable when the answer comes."""
        return self._worker.channel

    def patience(self, most: float) -> float:
        """Return how many seconds to wait until something else is due, ``most`` at most."""
        return max(0.001, min(most, self._deadline - time.monotonic()))

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
        self._metrics.add("paused", 1)
        self._generation.tell("pause", self._worker)
        yield
        self._generation.tell("resume", self._worker)

    def ask(self, head: Head) -> None:
        """Send the message."""
        self.channel.settimeout(_TRANSFER)
        send(self.channel, head)

    def readable(self) -> bool:
        """Wait a while for the answer; say whether it has begun to come."""
        self.channel.settimeout(self.patience(_LOOK))
        try:
            self.channel.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return False
        return True

    async def readable_async(self) -> bool:
        """Do as :meth:`readable`, without blocking the event loop."""
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[bool] = loop.create_future()
        loop.add_reader(self.channel.fileno(), _settle, ready, True)
        timer = loop.call_later(self.patience(_LOOK), _settle, ready, False)
        try:
            return await ready
        finally:
            timer.cancel()
            loop.remove_reader(self.channel.fileno())

    @property
    def is_short(self) -> bool:
        """Whether the answer has begun to come and can be read in no time."""
        return coming(self.channel) in _SHORT

    def answer(self) -> tuple[Head, bytes]:
        """Return the reply, once it has begun to come."""
        self.channel.settimeout(_TRANSFER)
        reply, body = receive(self.channel)
        self._worker.used = reply["used"]
        self._reusable = not reply.get("retire") and not self._worker.yielded
        return reply, body


TakeBack = Callable[[ForkClient, Worker | None, bool], None]


def _settle(ready: asyncio.Future[bool], value: bool) -> None:
    if not ready.done():
        ready.set_result(value)


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
