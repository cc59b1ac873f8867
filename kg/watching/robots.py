"""What a site lets machines fetch, by its robots.txt (RFC 9309): none there lets all, one that can't be had lets nothing."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from kg.back_off import BusyError
from kg.reading.formats.libraries import library
from kg.watching.addresses import site
from kg.watching.fetching import AGENT, Fetched, NotFetchedError
from kg.watching.state import WatchState

LARGEST_ROBOTS = 512 << 10  # bytes that are read of one
LONGEST_DELAY = 60.0  # seconds that a site may want between two requests


class Robots:
    """The rules of every site, remembered for a while; ``get`` fetches a robots.txt."""

    def __init__(self, state: WatchState, kept: float, get: Callable[[str], Fetched]) -> None:
        self._state, self._kept, self._get = state, kept, get
        self._rules: dict[str, Any] = {}
        self._protego = library("protego", "keeping robots.txt")

    def allows(self, address: str) -> bool:
        """Whether the address may be fetched; raises :class:`BusyError` where the site can't say for the moment."""
        return bool(self._of(site(address)).can_fetch(address, AGENT))

    def delay(self, address: str) -> float:
        """Return the seconds that the site wants between two requests; 0 where it says nothing."""
        return min(LONGEST_DELAY, float(self._of(site(address)).crawl_delay(AGENT) or 0))

    def _of(self, place: str) -> Any:
        if place not in self._rules:
            text, fetched = self._state.robots(place)
            if text is None or fetched + self._kept < time():
                text = self._fetched(place)
                self._state.put_robots(place, text, time())
            self._rules[place] = self._protego.Protego.parse(text)
        return self._rules[place]

    def _fetched(self, place: str) -> str:
        try:
            answer = self._get(f"{place}/robots.txt")
        except NotFetchedError as error:
            if str(error).startswith("answers 4"):
                return ""
            raise BusyError(f"its robots.txt {error}") from None
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
