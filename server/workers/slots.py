"""The right to use a worker: a bounded number, handed on in the order of asking, to threads and to coroutines alike."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable


class Slots:
    """``size`` slots and at most ``queue`` that wait for one."""

    def __init__(self, size: int, queue: int) -> None:
        self._free = size
        self._queue = queue
        self._lock = threading.Lock()
        self._waiting: deque[Callable[[], bool]] = deque()

    def take(self) -> bool:
        """Take a slot if one is free and nobody waits."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
            return False

    @property
    def free(self) -> int:
        """How many can be taken."""
        return self._free

    @property
    def full(self) -> bool:
        """Whether as many wait as may."""
        return len(self._waiting) >= self._queue

    def wait(self, timeout: float) -> bool:
        """Wait in a thread; False when no slot came within ``timeout`` seconds."""
        turn = _Turn()
        come = threading.Event()

        def hand() -> bool:
            won = turn.win()
            come.set()
            return won

        if not self._line_up(hand):
            return True
        return come.wait(timeout) or not turn.win()

    async def wait_async(self, timeout: float) -> bool:
        """Wait in a coroutine; False when no slot came within ``timeout`` seconds."""
        turn = _Turn()
        loop = asyncio.get_running_loop()
        come = asyncio.Event()

        def hand() -> bool:
            won = turn.win()
            if won:
                loop.call_soon_threadsafe(come.set)
            return won

        if not self._line_up(hand):
            return True
        try:
            await asyncio.wait_for(come.wait(), timeout)
        except TimeoutError:
            return not turn.win()
        except asyncio.CancelledError:
            if not turn.win():
                self.give_back()
            raise
        return True

    def give_back(self) -> None:
        """Hand a slot to the next who still waits, or put it back."""
        with self._lock:
            while self._waiting:
                if self._waiting.popleft()():
                    return
            self._free += 1

    def _line_up(self, hand: Callable[[], bool]) -> bool:
        """Join the queue; False when a slot was free after all and is taken."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return False
            self._waiting.append(hand)
            return True


class _Turn:
    """Decides, once, whether a slot was handed over in time or the waiting had ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def win(self) -> bool:
        """Return True to the first who asks."""
        return self._lock.acquire(blocking=False)
