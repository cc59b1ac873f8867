"""HTTP to services that need not be trusted: redirects are not followed, answers are bounded in size and time."""

from __future__ import annotations

import http.client
import time
import urllib.request
from typing import Any

CHUNK = 65_536


class TooLongError(ValueError):
    """The answer has more bytes than were wanted."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def opener(*, proxies: bool) -> urllib.request.OpenerDirector:
    """Return what opens addresses, by way of the environment's proxies or never by one; a redirect is an HTTPError."""
    handlers = [] if proxies else [urllib.request.ProxyHandler({})]
    return urllib.request.build_opener(_NoRedirect, *handlers)


def whole_body(answer: Any, largest: int, deadline: float) -> bytes:
    """Return the body of an opened answer.

    Raises :class:`TooLongError` beyond ``largest`` bytes, TimeoutError when :func:`time.monotonic` passes ``deadline``
    and :class:`http.client.IncompleteRead` where the answer breaks off.
    """
    body = bytearray()
    while chunk := answer.read1(CHUNK):
        body += chunk
        if len(body) > largest:
            raise TooLongError(f"it sent more than {largest:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("no time left")
    if answer.length:
        raise http.client.IncompleteRead(bytes(body), answer.length)
    return bytes(body)
