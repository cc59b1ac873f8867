"""A client that calls a web process by the RSGI protocol, as its HTTP server does, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

from server.web_process import WebProcess


class _Headers:
    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(name.casefold(), value) for name, value in pairs]

    def __contains__(self, name: str) -> bool:
        return name in self.keys()

    def keys(self) -> list[str]:
        return [name for name, _ in self._pairs]

    def get(self, name: str, default: str) -> str:
        return next(iter(self.get_all(name)), default)

    def get_all(self, name: str) -> list[str]:
        return [value for key, value in self._pairs if key == name]


@dataclass
class _Scope:
    method: str
    path: str
    query_string: str
    headers: _Headers
    client: str = "127.0.0.1:50000"
    server: str = "127.0.0.1:80"
    scheme: str = "http"
    http_version: str = "1.1"


@dataclass
class _Protocol:
    body: bytes
    answer: list[Any] = field(default_factory=list)

    async def __call__(self) -> bytes:
        return self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.body

    async def client_disconnect(self) -> None:
        await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer[:] = [status, headers, body]


def ask(
    process: WebProcess, method: str, path: str, query: str, headers: Iterable[tuple[str, str]], body: bytes
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body of the answer to one request."""
    length = [("Content-Length", str(len(body)))] if body else []
    scope, protocol = _Scope(method, path, query, _Headers([*headers, *length])), _Protocol(body)
    asyncio.run(process.__rsgi__(scope, protocol))
    status, given, data = protocol.answer
    return status, given, data
