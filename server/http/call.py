"""A request and an answer as the endpoint's own code sees them, apart from any web framework."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from server.http.problem import TYPE, Problem

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PAGE = "text/html; charset=utf-8"
_HOST = re.compile(r"[A-Za-z0-9._~-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_USUAL = {"http": ":80", "https": ":443"}


class Headers(Protocol):
    """Request headers, looked up by their name in lower case."""

    def get(self, name: str, default: str, /) -> str:
        """Return the value of a header."""


@dataclass(slots=True)
class Call:
    """One HTTP request."""

    method: str
    path: str
    query: str
    headers: Headers
    body: Callable[[int], bytes]  # reads at most so many bytes, raises Problem 413 beyond
    host_url: str  # scheme and host with a slash at the end
    client: str = ""  # address of who asks
    client_gone: Callable[[], bool] = lambda: False
    counted_as: str | None = None  # another name for the figures than the route's

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters, lower case; empty without one."""
        return self.headers.get("content-type", "").split(";")[0].strip().casefold()

    def arguments(self) -> list[tuple[str, str]]:
        """Return the names and values of the query string; raises :class:`Problem` when it is not UTF-8."""
        return pairs(self.query)


@dataclass(slots=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def host_url(scheme: str, host: str, server: str) -> str:
    """Return scheme and host with a slash at the end; ``server`` stands in for a Host header that is missing or no host."""
    known = host if _HOST.fullmatch(host) else server
    return f"{scheme}://{known.removesuffix(_USUAL.get(scheme, '/'))}/"


def pairs(text: str) -> list[tuple[str, str]]:
    """Decode ``a=b&c=d``; raises :class:`Problem` when it is not UTF-8 or has too many fields."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except (UnicodeDecodeError, ValueError) as error:
        raise Problem(400, "encoding", f"The parameters can't be decoded: {error}") from None


def only(arguments: list[tuple[str, str]], name: str) -> str | None:
    """Return the value of a parameter; None without one; raises :class:`Problem` when it stands there twice."""
    values = [value for key, value in arguments if key == name]
    if len(values) > 1:
        raise Problem(400, "parameters", f"{name}= stands {len(values)} times: give it once")
    return values[0] if values else None


def every(arguments: list[tuple[str, str]], name: str) -> list[str]:
    """Return all values of a parameter that may be repeated."""
    return [value for key, value in arguments if key == name]


def failure(problem: Problem) -> Answer:
    """Return the answer that a problem is."""
    return Answer(problem.status, problem.body(), {"Content-Type": TYPE, "Cache-Control": "no-store", **problem.headers})
