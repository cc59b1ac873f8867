"""What every request goes through, whichever way it came: the limit of its client, the answer, figures and log."""

from __future__ import annotations

import sys
import time
import traceback
import zlib
from collections.abc import Awaitable, Callable
from types import TracebackType

from server.config import Config
from server.http.access_log import AccessLog
from server.http.call import Answer, Call, failure
from server.http.formats import wants_page
from server.http.metrics import Metrics
from server.http.problem import Problem

Handler = Callable[[Call], Answer]
AsyncHandler = Callable[[Call], Awaitable[Answer]]
_CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, X-Truncated"),
    ("X-Content-Type-Options", "nosniff"),
)
_ASKED_FOR = (  # what editors and libraries send: YASGUI, Comunica, Ontotext's and Virtuoso's clients, fetch itself
    "Accept", "Accept-Language", "Authorization", "Cache-Control", "Content-Type", "If-None-Match", "QueryId", "User-Agent",
    "X-Requested-With", "*",
)  # fmt: skip
_PREFLIGHT = {
    "Access-Control-Allow-Headers": ", ".join(_ASKED_FOR),
    "Access-Control-Max-Age": "86400",
}


class Admission:
    """Lets the requests of one web process in; each is counted and logged with its answer."""

    def __init__(self, config: Config, metrics: Metrics, access: AccessLog, page: Callable[[Call, Problem], Answer]) -> None:
        self.config = config
        self.page = page
        self.metrics = metrics
        self.access = access

    def handle(self, call: Call, operation: str, handler: Handler) -> Answer:
        """Answer one request by ``handler``; ``operation`` is the name under which it is counted."""
        with Visit(self, call, operation) as visit:
            visit.admit()
            visit.given = handler(call)
        return visit.given

    async def handle_async(self, call: Call, operation: str, handler: AsyncHandler) -> Answer:
        """Do as :meth:`handle`, without blocking the event loop."""
        with Visit(self, call, operation) as visit:
            visit.admit()
            visit.given = await handler(call)
        return visit.given

    def refusal(self, call: Call, problem: Problem) -> Answer:
        """Return the answer that a problem is: a page for a person's browser, else problem details."""
        if call.method in ("GET", "HEAD") and wants_page(call.headers.get("accept", "")):
            page = self.page(call, problem)
            page.headers.update({"Cache-Control": "no-store", **problem.headers})
            return page
        return failure(problem)


class Visit:
    """One request, from its beginning to its answer: a context manager that turns what is raised into the answer."""

    def __init__(self, admission: Admission, call: Call, operation: str) -> None:
        self.given = Answer(500)
        self._admission = admission
        self._call = call
        self._operation = operation
        self._begin = time.perf_counter()
        self._client = zlib.crc32(call.client.encode("utf-8", "replace"))
        self._admitted = False

    def __enter__(self) -> Visit:
        return self

    def admit(self) -> None:
        """Raise the 429 where the client has too many requests under way."""
        limit = self._admission.config.per_client
        if not self._admission.metrics.enter(self._client, limit):
            self._admission.metrics.add("refused_client", 1)
            detail = f"{limit} requests of this address are under way: wait for an answer"
            raise Problem(429, "too-many", detail, headers={"Retry-After": "1"})
        self._admitted = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        problem = error if isinstance(error, Problem) else _fault(error) if isinstance(error, Exception) else None
        if problem is not None:
            self.given = self._admission.refusal(self._call, problem)
        admission = self._admission
        if self._admitted:
            admission.metrics.leave(self._client)
        seconds = time.perf_counter() - self._begin
        admission.metrics.observe(self._call.counted_as or self._operation, self.given.status, seconds)
        admission.access.write(self._call, self.given, seconds, problem)
        return problem is not None


def _fault(error: Exception) -> Problem:
    """Return the 500 for an error that is ours; it is told on stderr."""
    traceback.print_exception(error, file=sys.stderr)
    return Problem(500, "fault", "The server made a mistake, its log says which; another request may be answered")


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
