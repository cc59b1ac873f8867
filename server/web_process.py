"""One web process of ``kg serve``: short queries go straight to a worker, all else through the Flask application.

Granian calls :class:`Lane` by its RSGI protocol, in one event loop; it keeps slow clients away and tells when one
leaves. A query is answered here by the same code as in Flask, only without a thread and without Flask's own work on a
request, which would take longer than the query.
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

from server.app import create_app, endpoint_of
from server.http.admission import header_list
from server.http.call import Answer, Call, failure
from server.http.problem import Problem
from server.ipc import sandbox
from server.sparql.request import FORM, QUERY, read

SETTINGS = "LAGEBILD_LANE"  # environment variable with the settings, as JSON
_PATHS = frozenset({"/sparql", "/sparql/"})
_SHORT = 8192  # characters; a longer text is checked in a thread
_SMALL = 1 << 16  # bytes of a body that is read before it is known who will take it


class Lane:
    """The RSGI application."""

    def __init__(self, store_path: str, run_folder: str, share: int, parent: int, settings: dict[str, Any]) -> None:
        sandbox.die_with(parent)
        self.app = create_app(store_path, run_folder=run_folder, share=share, **settings)
        self.endpoint = endpoint_of(self.app)
        self.threads = ThreadPoolExecutor(max_workers=2 * self.endpoint.config.workers + 8)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.path in _PATHS and len(scope.query_string) <= _SHORT:
            if scope.method == "GET":
                await self._quick(scope, protocol, b"")
                return
            if scope.method in ("POST", "QUERY") and _length(scope) <= _SHORT:
                body = await protocol()
                media_type = scope.headers.get("content-type", "").split(";")[0].strip().casefold()
                if media_type in (QUERY, FORM) and len(body) <= _SHORT and b"update=" not in body:
                    await self._quick(scope, protocol, body)
                else:
                    await self._through_flask(scope, protocol, body)
                return
        await self._through_flask(scope, protocol, None)

    def __rsgi_del__(self, loop: Any) -> None:
        """End with the web server."""
        self.endpoint.close()
        self.threads.shutdown(wait=False, cancel_futures=True)

    async def _quick(self, scope: Any, protocol: Any, body: bytes) -> None:
        endpoint = self.endpoint
        leaving = _Leaving(protocol)
        call = Call(
            scope.method, scope.path, scope.query_string, scope.headers, lambda limit: body, _host_url(scope),
            _address(scope), leaving,
        )  # fmt: skip
        config = endpoint.config
        if config.allow_service or "text/html" in scope.headers.get("accept", ""):
            await self._through_flask(scope, protocol, body)
            return
        visit = endpoint.entry.visit(call, "query")
        with visit:
            operation = read(call, config.max_query, config.max_update)
            if operation is None or operation.update:
                visit.skip()
            else:
                visit.admit()
                generation = endpoint.pool.newest()
                asked = endpoint.sparql.prepare(call, operation, generation.stamp)
                if isinstance(asked, Answer):
                    visit.given = asked
                else:
                    reply, data = await endpoint.pool.ask_async(asked.head, asked.timeout, leaving, generation)
                    visit.given = endpoint.sparql.finish(call, operation, asked, reply, data)
        if visit.skipped:
            await self._through_flask(scope, protocol, body)
            return
        leaving.forget()
        protocol.response_bytes(visit.given.status, header_list(visit.given), visit.given.body)

    async def _through_flask(self, scope: Any, protocol: Any, body: bytes | None) -> None:
        may_write = self.endpoint.writes.may(scope.headers.get("authorization", ""))
        limit = self.endpoint.config.max_upload if may_write else 4 * self.endpoint.config.max_query
        try:
            data = await _body(scope, protocol, limit) if body is None else body
        except Problem as problem:
            answer = failure(problem)
            protocol.response_bytes(answer.status, header_list(answer), answer.body)
            return
        leaving = _Leaving(protocol)
        loop = asyncio.get_running_loop()
        leaving.watch()
        status, headers, answer_body = await loop.run_in_executor(
            self.threads, self._wsgi, _environ(scope, data, leaving), scope.method
        )
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


async def _body(scope: Any, protocol: Any, limit: int) -> bytes:
    if _length(scope) > limit:
        raise Problem(413, "limit", f"The body is longer than {limit:,} bytes: send less")
    data = bytearray()
    async for chunk in protocol:
        data += chunk
        if len(data) > limit:
            raise Problem(413, "limit", f"The body is longer than {limit:,} bytes: send less")
    return bytes(data)


def _length(scope: Any) -> int:
    """Return the announced length of the body; very long when it is not announced."""
    if "transfer-encoding" in scope.headers:
        return sys.maxsize
    text = scope.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else sys.maxsize


def _host_url(scope: Any) -> str:
    return f"{scope.scheme}://{scope.headers.get('host', '') or scope.server}/"


def _address(scope: Any) -> str:
    address, _, _ = scope.client.rpartition(":")
    return str(address.strip("[]"))


def _environ(scope: Any, body: bytes, leaving: _Leaving) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
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
        "CONTENT_TYPE": scope.headers.get("content-type", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "lagebild.client_gone": leaving,
    }
    for name, value in scope.headers.items():
        if name not in ("content-length", "content-type", "transfer-encoding"):
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    return environ


def create() -> Lane:
    """Return the lane that the environment describes; the web server calls it in each of its processes."""
    sandbox.return_memory()
    lane = Lane(**json.loads(os.environ[SETTINGS]))
    lane.endpoint.pool.complete()
    gc.collect()
    gc.freeze()  # a collection must not go through all modules while requests wait
    return lane
