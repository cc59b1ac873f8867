"""Pages of a long list: which one the address asks for, and where the others are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from server.http.call import only
from server.http.problem import Problem
from server.pages.reader import COOKIE, Reader

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list of ``total`` rows, ``size`` on each page; pages are numbered from 1."""

    reader: Reader
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The number of the first row on the page, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        """The number of the last row on the page."""
        return min(self.number * self.size, self.total)

    def address(self, number: int) -> str:
        """Return where another page of the same list is."""
        kept = [pair for pair in self.reader.arguments if pair[0] not in ("page", COOKIE)]
        return f"{self.reader.path}?{urlencode([*kept, *([('page', str(number))] if number > 1 else [])])}".rstrip("?")

    def check(self) -> None:
        """Raise the :class:`Problem` 404 where there is no such page."""
        if self.number > self.last:
            told = ("paging.past", {"page": str(self.number), "last": str(self.last)})
            raise Problem(404, "missing", f"page={self.number} lies past the end: the last page is {self.last}", told=told)


def page_number(arguments: Sequence[tuple[str, str]]) -> int:
    """Return which page is asked for; raises the :class:`Problem` 400 on what is no number of a page."""
    written = only(list(arguments), "page") or "1"
    if not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS and int(written) > 0):
        detail = f"page={written[:20]} is no page: pages are numbered 1, 2, 3"
        raise Problem(400, "parameters", detail, told=("paging.wrong", {"page": written[:20]}))
    return int(written)


def known_only(arguments: Sequence[tuple[str, str]], known: Sequence[str]) -> None:
    """Raise the :class:`Problem` 400 on a name that the page does not know."""
    for name, _ in arguments:
        if name not in known and name != COOKIE:
            told = ("paging.unknown", {"name": name[:50], "known": ", ".join(known)})
            raise Problem(400, "parameters", f"There is no {name[:50]}= here: use {', '.join(known)}", told=told)
