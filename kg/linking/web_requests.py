"""Requests to a service that need not be trusted: bounded in time and size, no redirects, backing off."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg.bounded_http import TooLongError, opener, whole_body
from kg.errors import ServiceError, UsageError

BUSY = frozenset((429, 500, 502, 503, 504))
LONGEST_WAIT = 60.0  # seconds that a service may ask us to stay away


@dataclass(frozen=True)
class Web:
    """How to ask. Times in seconds: ``timeout`` without a sign of life, ``deadline`` for a whole answer."""

    timeout: float = 20.0
    deadline: float = 60.0
    largest: int = 4 << 20  # bytes of an answer
    waits: tuple[float, ...] = (1.0, 4.0, 15.0)  # before each further attempt
    sleep: Callable[[float], None] = time.sleep

    def json(self, address: str, form: Mapping[str, str] | None = None, accept: str = "application/json") -> Any:
        """Return the JSON that ``address`` answers with, to a GET or to a form; raises :class:`ServiceError`."""
        body = self._patiently(address, form, accept)
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise ServiceError(f"{address}: answers something that is no JSON: is this the right address?") from None

    def _patiently(self, address: str, form: Mapping[str, str] | None, accept: str) -> bytes:
        if not address.startswith(("http://", "https://")):
            raise UsageError(f"{address}: is no web address, it begins with neither http:// nor https://")
        for wait in (*self.waits, None):
            try:
                return self._once(address, form, accept)
            except _BusyError as busy:
                if wait is None:
                    raise ServiceError(f"{address}: {busy}: try again later, what was answered is kept") from None
                self.sleep(min(LONGEST_WAIT, max(wait, busy.wait)))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, address: str, form: Mapping[str, str] | None, accept: str) -> bytes:
        headers = {"Accept": accept, "User-Agent": "Lagebild (kg link)"}
        data = urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(address, data, headers)  # noqa: S310 - the scheme is checked above
        end = time.monotonic() + self.deadline
        try:
            with opener(proxies=True).open(request, timeout=self.timeout) as answer:
                return self._read(answer, address, end)
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(address, error) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise _BusyError(f"no answer ({reason})") from None

    def _read(self, answer: Any, address: str, end: float) -> bytes:
        try:
            return whole_body(answer, self.largest, end)
        except TooLongError:
            raise ServiceError(f"{address}: sends more than {self.largest:,} bytes: this is no sensible answer") from None
        except TimeoutError:
            raise _BusyError(f"no whole answer within {self.deadline:g} s") from None
        except http.client.IncompleteRead:
            raise _BusyError("the answer breaks off") from None


class _BusyError(Exception):
    """The service may answer later; ``wait``: seconds that it asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _refusal(address: str, error: urllib.error.HTTPError) -> Exception:
    if error.code in BUSY:
        given = error.headers.get("Retry-After", "")
        return _BusyError(f"answers {error.code} {error.reason}", float(given) if given.isdigit() else 0.0)
    if 300 <= error.code < 400:
        target = " ".join(str(error.headers.get("Location")).split())[:200]
        return ServiceError(f"{address}: sends us on to {target}: if you trust that, give it as the address")
    return ServiceError(f"{address}: answers {error.code} {error.reason}: is this the right address?")
