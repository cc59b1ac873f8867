"""What every request goes through, whichever way it came: the limit of its client, the answer, figures and log."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from typing import Any

from server.config import Config
from server.http.access_log import AccessLog
from server.http.call import Answer, Call, failure
from server.http.metrics import Metrics
from server.http.problem import Problem

Handler = Callable[..., Answer]
_CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, X-Truncated"),
    ("X-Content-Type-Options", "nosniff"),
)
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Entry:
    """The door of one web process."""

    def __init__(self, config: Config, metrics: Metrics, access: AccessLog) -> None:
        self.config = config
        self.metrics = metrics
        self.access = access

    def handle(self, call: Call, operation: str, handler: Handler, parts: dict[str, str]) -> Answer:
        """Answer one request by ``handler``; ``operation`` is the name under which it is counted."""
        visit = self.visit(call, operation)
        with visit:
            visit.admit()
            visit.given = handler(call, **parts)
        return visit.given

    def visit(self, call: Call, operation: str) -> Visit:
        """Return a context manager that counts one request and turns a :class:`Problem` into its answer."""
        return Visit(self, call, operation)


class Visit:
    """One request, from its beginning to its answer."""

    def __init__(self, entry: Entry, call: Call, operation: str) -> None:
        self.given = Answer(500)
        self._entry = entry
        self._call = call
        self._operation = operation
        self._begin = time.perf_counter()
        self._client = zlib.crc32(call.client.encode("utf-8", "replace"))
        self._admitted = False
        self.skipped = False

    def __enter__(self) -> Visit:
        return self

    def skip(self) -> None:
        """Leave the request to another way, uncounted."""
        self.skipped = True

    def admit(self) -> None:
        """Raise the 429 where the client has too many requests under way."""
        limit = self._entry.config.per_client
        if not self._entry.metrics.enter(self._client, limit):
            self._entry.metrics.add("refused_client", 1)
            detail = f"{limit} requests of this address are under way: wait for an answer"
            raise Problem(429, "too-many", detail, headers={"Retry-After": "1"})
        self._admitted = True

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> bool:
        if self.skipped:
            return False
        entry = self._entry
        problem = error if isinstance(error, Problem) else None
        if problem is not None:
            self.given = failure(problem)
        if self._admitted:
            entry.metrics.leave(self._client)
        seconds = time.perf_counter() - self._begin
        entry.metrics.observe(self._call.counted_as or self._operation, self.given.status, seconds)
        entry.access.write(self._call, self.given, seconds, problem)
        return problem is not None


def preflight(methods: tuple[str, ...]) -> Answer:
    """Return the answer to OPTIONS."""
    allowed = ", ".join(methods)
    return Answer(204, headers={"Allow": allowed, "Access-Control-Allow-Methods": allowed, **_PREFLIGHT})


def header_list(answer: Answer) -> list[tuple[str, str]]:
    """Return the headers of an answer with those that every answer has."""
    headers = [*_CORS, *answer.headers.items()]
    if answer.status not in (204, 304):
        headers.append(("Content-Length", str(len(answer.body))))
    return headers
