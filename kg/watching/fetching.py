"""One address fetched: bounded in time and size, redirects followed only to where articles may come from."""

from __future__ import annotations

import http.client
import socket
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urljoin, urlsplit

from kg.back_off import BusyError, asked_wait
from kg.bounded_http import TooLongError, whole_body
from kg.provenance import software
from kg.watching.addresses import site, web_address
from kg.watching.guarded_connections import PrivateAddressError, guarded_connection
from kg.watching.limits import WatchOptions

AWAY = frozenset((408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524))
ANSWERS = frozenset((200, 304, 404, 410))
REDIRECTS = frozenset((301, 302, 303, 307, 308))
AGENT = "Lagebild"  # what robots.txt may call us


class NotFetchedError(Exception):
    """What stands there is not fetched, now or later; says why."""


@dataclass(frozen=True)
class Fetched:
    """An answer; ``address`` is where the redirects led, ``headers`` are named in lower case."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def marks(self) -> tuple[str, str]:
        """What tells the server next time which version is known: ETag and Last-Modified."""
        return self.headers.get("etag", ""), self.headers.get("last-modified", "")


def fetch(
    address: str, options: WatchOptions, largest: int, marks: tuple[str, str], check: Callable[[str], None]
) -> Fetched:
    """Fetch an address, unless it is what ``marks`` say; ``check`` is asked about every address on the way.

    Raises :class:`BusyError` where it may go better later, else :class:`NotFetchedError`.
    """
    for _ in range(options.most_redirects + 1):
        check(address)
        answer = _once(address, options, largest, marks)
        if answer.status not in REDIRECTS:
            return answer
        address = _next_address(address, answer.headers.get("location", ""))
    raise NotFetchedError(f"sends us on more than {options.most_redirects} times")


def unpacked(answer: Fetched, largest: int) -> bytes:
    """Return the body of an answer that came packed though nobody had asked for that; as it is where it did not."""
    if answer.headers.get("content-encoding", "") not in ("gzip", "x-gzip", "deflate"):
        return answer.body
    try:
        unpacker = zlib.decompressobj(47)
        body = unpacker.decompress(answer.body, largest)
    except zlib.error as error:
        raise NotFetchedError("is packed in a way that is damaged") from error
    if unpacker.unconsumed_tail:
        raise NotFetchedError(f"unpacks to more than {largest:,} bytes")
    return body


def _next_address(address: str, location: str) -> str:
    try:
        return web_address(urljoin(address, location))
    except ValueError:
        raise NotFetchedError(f"sends us on to {location[:200]!r}, which is no web address") from None


def _once(address: str, options: WatchOptions, largest: int, marks: tuple[str, str]) -> Fetched:
    parts = urlsplit(address)
    connection = guarded_connection(parts, options.timeout, private=options.may_be_private(address))
    try:
        return _answered(connection, address, options, largest, marks)
    except PrivateAddressError as error:
        raise NotFetchedError(f"{error}: give that host as --private where this is meant") from None
    except TooLongError:
        raise NotFetchedError(f"sends more than {largest:,} bytes") from None
    except TimeoutError:
        raise BusyError(f"no whole answer within {options.deadline:g} s") from None
    except (OSError, http.client.HTTPException) as error:
        raise BusyError(f"no answer ({type(error).__name__}: {str(error)[:100]})") from None
    finally:
        connection.close()


def _answered(
    connection: http.client.HTTPConnection, address: str, options: WatchOptions, largest: int, marks: tuple[str, str]
) -> Fetched:
    end = time.monotonic() + options.deadline
    connection.connect()
    late = Timer(options.deadline, _hang_up, (connection.sock,))  # also on a head that comes drop by drop
    late.start()
    try:
        connection.request("GET", address.removeprefix(site(address)), headers=_headers(marks))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.status in AWAY:
            raise BusyError(f"answers {answer.status}", asked_wait(headers.get("retry-after")))
        if answer.status not in ANSWERS | REDIRECTS:
            raise NotFetchedError(f"answers {answer.status} {answer.reason}".rstrip())
        body = whole_body(answer, largest, end) if answer.status == 200 else b""
        if time.monotonic() >= end:  # what was cut off then may look whole
            raise TimeoutError
        return Fetched(address, answer.status, headers, body)
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= end:
            raise TimeoutError from error
        raise
    finally:
        late.cancel()


def _headers(marks: tuple[str, str]) -> dict[str, str]:
    conditional = zip(("If-None-Match", "If-Modified-Since"), marks, strict=True)
    agent = f"{software().replace(' ', '/')} (kg watch; +https://w3id.org/lagebild/)"
    plain = {"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close"}
    return plain | {name: mark for name, mark in conditional if mark}


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # closed already
        connection.shutdown(socket.SHUT_RDWR)
