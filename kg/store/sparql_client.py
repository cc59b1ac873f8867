"""Requests to a SPARQL 1.1 server: asked again while it is busy or gone for a moment, then a clear end."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from kg.back_off import BackOff, BusyError, asked_wait
from kg.errors import StoreError, UsageError
from kg.store.credentials import WAYS, Credentials

QUERY_TYPE, UPDATE_TYPE = "application/sparql-query", "application/sparql-update"
REFUSED = frozenset((401, 403, 407))
FOR_A_MOMENT = frozenset((408, 425, 429, 500, 502, 503, 504))
OUT_OF_SPACE = 507
NO_SPACE = ("no space left", "disk full", "disk is full", "not enough space", "quota exceeded")
CONNECT_TIMEOUT = 10.0  # seconds
GO_ON = "then run the same command again: it goes on where it stopped"


@dataclass(frozen=True)
class SparqlClient:
    """One server, and how patiently it is asked; ``timeout`` is in seconds without a sign of life.

    What is asked again may have been done already: updates must be such that doing them twice is doing them once.
    """

    credentials: Credentials = field(default_factory=Credentials)
    timeout: float = 600.0
    back_off: BackOff = field(default_factory=BackOff)

    def post(self, address: str, kind: str, body: str, accept: str) -> tuple[bytes, str]:
        """Return the body of the answer and its media type.

        Raises :class:`UsageError` on a query that the server calls wrong, else :class:`StoreError`, in one line that
        names the server and the remedy.
        """
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Accept": accept}
        if self.credentials.header:
            headers["Authorization"] = self.credentials.header
        try:
            answer = self.back_off.call(lambda: self._once(address, body.encode(), headers))
        except BusyError as busy:
            too_long = busy.wait > self.back_off.longest
            how = f"and wants no request for {busy.wait:g} s" if too_long else f"asked {len(self.back_off.waits) + 1} times"
            raise StoreError(f"{address}: {busy}, {how}: see to the server, {GO_ON}") from busy
        if answer.status >= 300:
            raise self._refusal(address, kind, answer)
        return answer.data, answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        waiting = urllib3.Timeout(connect=min(CONNECT_TIMEOUT, self.timeout), read=self.timeout)
        pool = urllib3.PoolManager(retries=False, timeout=waiting)
        kinds = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}
        pool.pool_classes_by_scheme = {scheme: _pool_of(kind, self.timeout) for scheme, kind in kinds.items()}
        return pool

    def _once(self, address: str, body: bytes, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            answer = self._pool.request("POST", address, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.LocationValueError as error:
            raise UsageError(f"{address}: is no web address: see it") from error
        except urllib3.exceptions.ReadTimeoutError:
            raise BusyError(f"no answer within {self.timeout:g} s (KG_STORE_TIMEOUT)") from None
        except urllib3.exceptions.HTTPError as error:
            raise BusyError(f"no answer ({_cause(error)}); is the server running there?") from None
        if answer.status in FOR_A_MOMENT and not _is_full(answer):
            wait = asked_wait(answer.headers.get("Retry-After"))
            raise BusyError(f"answers {answer.status}: {_reason(answer)}".removesuffix(": "), wait)
        return answer

    def _refusal(self, address: str, kind: str, answer: urllib3.BaseHTTPResponse) -> UsageError | StoreError:
        status, reason = answer.status, _reason(answer)
        if status in REFUSED:
            given = f"what {self.credentials.origin} says" if self.credentials.origin else "who shows no credentials"
            return StoreError(f"{address}: refuses {given} ({status}): set {WAYS} to what the server wants")
        if _is_full(answer):
            return StoreError(f"{address}: has no space left ({status}: {reason}): make room there, {GO_ON}")
        if status < 400:
            return StoreError(f"{address}: sends us on to {answer.headers.get('Location')}: if you trust that, give it instead")
        if status == 400 and kind == QUERY_TYPE:
            return UsageError(f"the query is wrong: {reason}")
        if kind == UPDATE_TYPE and status in (404, 405, 406, 415):
            return StoreError(f"{address}: takes no updates ({status}): set KG_UPDATE to the address where the server does")
        return StoreError(f"{address}: answers {status}: {reason}")


def _pool_of(kind: Any, timeout: float) -> Any:
    """Return a kind of pool whose connections have ``timeout`` for sending, where the library gives the one for connecting.

    A server that reads while it writes to its disk takes long to take a large update; one cut off it may half execute.
    """

    class PatientConnection(kind.ConnectionCls):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            self.sock.settimeout(timeout)

    return type("PatientPool", (kind,), {"ConnectionCls": PatientConnection})


def _is_full(answer: urllib3.BaseHTTPResponse) -> bool:
    return answer.status == OUT_OF_SPACE or (answer.status >= 500 and any(sign in _reason(answer).lower() for sign in NO_SPACE))


def _reason(answer: urllib3.BaseHTTPResponse) -> str:
    return " ".join(answer.data.decode(errors="replace").split())[:300]


def _cause(error: urllib3.exceptions.HTTPError) -> str:
    """Return what is behind a library's error, without the objects that it names."""
    return str(error.__cause__ or (error.args[-1] if error.args else type(error).__name__))
