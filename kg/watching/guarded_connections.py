"""Connections to hosts on the open network alone: the address that was checked is the one that is connected to."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from typing import Any
from urllib.parse import SplitResult

MOST_ADDRESSES = 3  # of one host, tried one after the other


class PrivateAddressError(Exception):
    """The host has an address of a private network, of this machine, or another that nobody publishes from."""


def guarded_connection(parts: SplitResult, timeout: float, *, private: bool) -> http.client.HTTPConnection:
    """Return a connection to the host of an address, opened by its first request."""
    kind = _GuardedTls if parts.scheme == "https" else _Guarded
    return kind(parts.hostname or "", parts.port, timeout=timeout, private=private)


class _Guarded(http.client.HTTPConnection):
    def __init__(self, host: str, port: int | None, *, timeout: float, private: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._private = private

    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, float(self.timeout or 0), self._private)


class _GuardedTls(_Guarded):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _connected(host: str, port: int, timeout: float, private: bool) -> socket.socket:
    """Return a connected socket; raise :class:`PrivateAddressError`, or OSError where nobody answers."""
    addresses = [info[4] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    closed = [str(address[0]) for address in addresses if not _is_open(str(address[0]))]
    if closed and not private:
        raise PrivateAddressError(f"{host} has the private address {closed[0]}")
    trouble: OSError = OSError("no address")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((str(address[0]), port), timeout)
        except OSError as error:
            trouble = error
    raise trouble


def _is_open(address: str) -> bool:
    found: Any = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(inner.is_global and not inner.is_multicast)
