"""Asking again: who is busy or gone for a moment is given time, within limits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import sleep
from typing import TypeVar

Answer = TypeVar("Answer")


class BusyError(Exception):
    """It may go better later; ``wait``: seconds that the other side asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class BackOff:
    """How often and how late something is tried again. Times in seconds.

    ``waits`` stand before each further attempt, up to half as long again, so that many who wait don't all come at once.
    Who asks for more than ``longest`` is not waited for.
    """

    waits: tuple[float, ...] = (1.0, 4.0, 15.0)
    longest: float = 60.0

    def call(self, attempt: Callable[[], Answer]) -> Answer:
        """Return what ``attempt`` returns; raise the last :class:`BusyError` when all attempts do."""
        for wait in self.waits:
            try:
                return attempt()
            except BusyError as busy:
                if busy.wait > self.longest:
                    raise
                sleep(max(busy.wait, wait * (1 + random.random() / 2)))  # noqa: S311 - nothing secret
        return attempt()


def asked_wait(retry_after: str | None) -> float:
    """Return the seconds that a ``Retry-After`` header asks for, as a number or a date; 0 where it says nothing sensible."""
    given = (retry_after or "").strip()
    if given.isdecimal():
        return float(given[:9])
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
