"""One web process of ``kg serve``: short requests to ``/sparql`` are answered in its event loop, all else by Flask in threads.

Granian calls :class:`WebProcess` by its RSGI protocol, in one event loop; it keeps slow clients away and tells when one
leaves. A query takes the same :class:`server.query_way.QueryWay` here as in Flask, only without a thread and without
Flask's own work on a request, which would take longer than the query.
"""

from __future__ import annotations

import asyncio
import gc
import io
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

from server.app import CLIENT_GONE, TOO_LONG, create_app, endpoint_of
from server.http.admission import header_list
from server.http.call import Answer, Call, host_url
from server.ipc import sandbox

SETTINGS = "LAGEBILD_WEB_PROCESS"  # environment variable with the settings, as JSON
_PATHS = frozenset({"/sparql", "/sparql/"})
_SHORT = 8192  # characters of a query string, bytes of a body; a longer text is checked in a thread


class WebProcess:
    """The RSGI application."""

    def __init__(self, store_path: str, run_folder: str, share: int, settings: dict[str, Any]) -> None:
        self.app = create_app(store_path, run_folder=run_folder, share=share, **settings)
        self.endpoint = endpoint_of(self.app)
        self.threads = ThreadPoolExecutor(max_workers=2 * self.endpoint.config.workers + 8)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.path in _PATHS and len(scope.query_string) <= _SHORT:
            if scope.method == "GET":
                await self._in_event_loop(scope, protocol, b"")
                return
            if scope.method in ("POST", "QUERY") and _length(scope) <= _SHORT:
                await self._in_event_loop(scope, protocol, await protocol())
                return
        await self._through_flask(scope, protocol)

    def __rsgi_del__(self, loop: Any) -> None:
        """End with the web server."""
        self.endpoint.close()
        self.threads.shutdown(wait=False, cancel_futures=True)

    async def _in_event_loop(self, scope: Any, protocol: Any, body: bytes) -> None:
        leaving = _Leaving(protocol)
        call = Call(
            scope.method, scope.path, scope.query_string, _Headers(scope.headers), lambda limit: body, _host_url(scope),
            _address(scope), leaving,
        )  # fmt: skip
        answer = await self.endpoint.admission.handle_async(call, "query", self._answered)
        leaving.forget()
        protocol.response_bytes(answer.status, header_list(answer), answer.body)

    async def _answered(self, call: Call) -> Answer:
        return await self.endpoint.query_way.answer_async(call, self.threads)

    async def _through_flask(self, scope: Any, protocol: Any) -> None:
        may_write = self.endpoint.writes.may(scope.headers.get("authorization", ""))
        limit = self.endpoint.config.max_upload if may_write else 4 * self.endpoint.config.max_query
        body = await _body(scope, protocol, limit)
        leaving = _Leaving(protocol)
        leaving.watch()
        environ = {**_environ(scope, body or b""), CLIENT_GONE: leaving, TOO_LONG: limit if body is None else None}
        loop = asyncio.get_running_loop()
        status, headers, answer_body = await loop.run_in_executor(self.threads, self._wsgi, environ, scope.method)
        leaving.forget()
        protocol.response_bytes(status, headers, answer_body)

    def _wsgi(self, environ: dict[str, Any], method: str) -> tuple[int, list[tuple[str, str]], bytes]:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started[:] = [int(status.split(" ", 1)[0]), headers]
            return lambda data: None

        parts: Iterable[bytes] = self.app.wsgi_app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return started[0], started[1], b"" if method == "HEAD" else body


class _Headers:
    """Request headers; one that is sent several times is one list, as HTTP has it."""

    def __init__(self, headers: Any) -> None:
        self._headers = headers

    def get(self, name: str, default: str, /) -> str:
        """Return the value of a header."""
        return ", ".join(self._headers.get_all(name)) or default


class _Leaving:
    """Says whether the client has left; asks the web server only when first asked itself."""

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._task: asyncio.Task[None] | None = None
        self._gone = False

    def __call__(self) -> bool:
        if self._task is None:
            self.watch()
        return self._gone

    def watch(self) -> None:
        """Begin to look; in the event loop."""
        self._task = asyncio.get_running_loop().create_task(self._wait())

    def forget(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()

    async def _wait(self) -> None:
        await self._protocol.client_disconnect()
        self._gone = True


async def _body(scope: Any, protocol: Any, limit: int) -> bytes | None:
    """Return the body; None: it is longer than ``limit`` bytes and was not read to its end."""
    if _length(scope, unknown=0) > limit:
        return None
    data = bytearray()
    async for chunk in protocol:
        data += chunk
        if len(data) > limit:
            return None
    return bytes(data)


def _length(scope: Any, unknown: int = sys.maxsize) -> int:
    """Return the announced length of the body; ``unknown`` when it is not announced."""
    if "transfer-encoding" in scope.headers:
        return unknown
    text = scope.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else unknown


def _host_url(scope: Any) -> str:
    return host_url(scope.scheme, scope.headers.get("host", ""), scope.server)


def _address(scope: Any) -> str:
    address, _, _ = scope.client.rpartition(":")
    return str(address.strip("[]"))


def _environ(scope: Any, body: bytes) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    headers = _Headers(scope.headers)
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers.get("content-type", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name in scope.headers.keys():  # noqa: SIM118 - they are no mapping
        if name not in ("content-length", "content-type", "transfer-encoding"):
            environ["HTTP_" + name.upper().replace("-", "_")] = headers.get(name, "")
    return environ


def create() -> WebProcess:
    """Return the application that the environment describes; the web server calls it in each of its processes."""
    sandbox.return_memory()
    settings = json.loads(os.environ[SETTINGS])
    sandbox.die_with(settings.pop("parent"))
    process = WebProcess(**settings)
    process.endpoint.pool.complete()
    if process.endpoint.config.answers:  # bytes in which answers are kept
        process.endpoint.warming.begin()
    gc.collect()
    gc.freeze()  # a collection must not go through all modules while requests wait
    return process
