"""What is decided about watching."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.back_off import BackOff
from kg.watching.addresses import covers


@dataclass(frozen=True)
class WatchOptions:
    """What is decided about watching. Times in seconds, sizes in bytes.

    ``hosts`` are those that articles are fetched from, with all below them, on the standard ports unless one is named;
    ``private`` those that may have an address of a private network. ``delay`` parts two requests to one host. A page is
    looked at again after ``every``, then ever more seldom, until it has been known for ``longest_known``.
    """

    hosts: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    every: float = 900.0
    delay: float = 1.0
    prune: bool = False
    timeout: float = 20.0
    deadline: float = 60.0
    largest_page: int = 10 << 20
    largest_feed: int = 32 << 20
    most_redirects: int = 5
    longest_known: float = 30 * 86_400.0
    robots_kept: float = 86_400.0
    back_off: BackOff = field(default_factory=lambda: BackOff((2.0, 10.0)))

    def may_fetch(self, address: str) -> bool:
        """Whether articles may be fetched from there."""
        return any(covers(listed, address) for listed in self.hosts)

    def may_be_private(self, address: str) -> bool:
        """Whether the host may have an address of a private network."""
        return any(covers(listed, address) for listed in self.private)
