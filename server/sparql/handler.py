"""``/sparql``: from the request over the guards and a worker to the answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from urllib.parse import urlencode

from server.config import Config
from server.http.call import Answer, Call
from server.http.formats import BY_NAME, GRAPHS, RESULTS, Format, choose, format_names, named
from server.http.metrics import Metrics
from server.http.problem import Problem
from server.ipc.messages import Head
from server.sparql import query_checks
from server.sparql.answer_cache import AnswerCache
from server.sparql.federation import Federation
from server.sparql.request import Operation
from server.sparql.syntax_errors import syntax_problem
from server.sparql.using_clauses import with_using
from server.workers.fork_client import ForkClient
from server.workers.pool import Pool
from server.writing.write_requests import WriteRequests

_VARY = "Accept, Accept-Encoding"
_RELATIVE = re.compile(r"<[^:<>\s]*>|\b(?:iri|uri|base)\b", re.IGNORECASE)  # what may depend on the base
_ENGINE_FENCED = ("Too many open files", "Operation not permitted", "os error")


@dataclass(frozen=True, slots=True)
class Question:
    """What a worker is to be asked, within ``timeout`` seconds, and what makes the answer of its reply."""

    head: Head
    timeout: float
    generation: ForkClient
    answered: Callable[[Head, bytes], Answer]


Step = Answer | Question | Callable[[], Answer]  # the answer; what a worker must be asked; what may block


@dataclass(slots=True)
class PreparedQuery:
    """A query ready for a worker."""

    head: Head
    timeout: float
    tag: str | None  # of the answer, where the same question has the same answer
    services: bool  # SERVICE must be resolved first


class SparqlHandler:
    """Answers operations; holds no state of its own."""

    def __init__(self, config: Config, pool: Pool, writes: WriteRequests, metrics: Metrics) -> None:
        self.config = config
        self.pool = pool
        self.writes = writes
        self.metrics = metrics
        self.federation = Federation(config)
        self.answers = AnswerCache(config.answers)

    def step(self, call: Call, operation: Operation) -> Step:
        """Return the next step to the answer to a query or update; raises :class:`Problem`."""
        if operation.update:
            return partial(self._update, call, operation)
        generation = self.pool.newest()
        asked = self._asked(call, operation, generation.stamp)
        if (known := self._known(call, asked)) is not None:
            return known
        if asked.services:
            return partial(self._federated, call, operation, asked, generation)
        return Question(asked.head, asked.timeout, generation, partial(self._answered, call, operation, asked))

    def _update(self, call: Call, operation: Operation) -> Answer:
        call.counted_as = "update"
        self.writes.authorise(call)
        query_checks.inspect(operation.text, limit=self.config.max_update, what="update")
        text = with_using(operation.text, operation.default, operation.named)
        self.writes.do({"op": "update", "base": base_of(call, self.config)}, text.encode())
        return Answer(204)

    def _federated(self, call: Call, operation: Operation, asked: PreparedQuery, generation: ForkClient) -> Answer:
        return self._answered(call, operation, asked, *self._replied(asked, call, generation))

    def _replied(self, asked: PreparedQuery, call: Call, generation: ForkClient) -> tuple[Head, bytes]:
        if asked.services:
            begin = time.monotonic()
            asked.head["query"] = self.federation.resolved(asked.head["query"], asked.timeout)
            asked.timeout = max(0.001, asked.timeout - (time.monotonic() - begin))
        return self.pool.ask(asked.head, asked.timeout, call.client_gone, generation)

    def _known(self, call: Call, asked: PreparedQuery) -> Answer | None:
        """Return the answer where no worker is needed: the client has it, or it is kept here."""
        if asked.tag is None:
            return None
        if matches(call.headers.get("if-none-match", ""), asked.tag):
            self.metrics.add("not_modified", 1)
            return Answer(304, headers=_caching(asked.tag))
        kept = self.answers.get(asked.tag)
        if kept is not None:
            self.metrics.add("kept", 1)
        return kept

    def _asked(self, call: Call, operation: Operation, stamp: str) -> PreparedQuery:
        config = self.config
        results, graphs = formats(operation.formats, call.headers.get("accept", ""))
        traits = query_checks.inspect(operation.text, limit=config.max_query, allow_service=bool(config.allow_service))
        head: Head = {
            "op": "query", "query": operation.text, "base": base_of(call, config), "default": operation.default,
            "named": operation.named, "dataset": traits.has_dataset, "results": results and results.name,
            "graphs": graphs and graphs.name, "offset": operation.offset, "limit": config.max_result,
            "gzip": accepts_gzip(call.headers.get("accept-encoding", "")),
        }  # fmt: skip
        tag = _tag(stamp, head) if traits.stable and not traits.services else None
        return PreparedQuery(head, min(operation.timeout or config.timeout, config.timeout), tag, traits.services)

    def plain(self, call: Call, operation: Operation) -> tuple[Head, bytes]:
        """Return a worker's reply and what it sent, rows as JSON, graphs as Turtle, for a page; raises :class:`Problem`."""
        generation = self.pool.newest()
        asked = self._asked(replace(call, headers={}), operation, generation.stamp)
        reply, body = self._replied(asked, call, generation)
        if "error" in reply:
            raise refusal(reply, None if asked.services else operation.text)
        return reply, body

    def _answered(self, call: Call, operation: Operation, asked: PreparedQuery, reply: Head, body: bytes) -> Answer:
        """Return the answer made of a worker's reply; raises :class:`Problem` where that is an error."""
        if "error" in reply:
            raise refusal(reply, None if asked.services else operation.text)
        headers = {"Content-Type": BY_NAME[reply["format"]].content_type, "Vary": _VARY}
        if asked.tag is not None:
            headers.update(_caching(asked.tag))
        if reply.get("gzip"):
            headers["Content-Encoding"] = "gzip"
        if reply.get("truncated"):
            self.metrics.add("truncated", 1)
            headers["X-Truncated"] = f"rows={reply['rows']}"
            headers["Link"] = _next_page(call, operation, reply["rows"])
        answer = Answer(200, body, headers)
        if asked.tag is not None:
            self.answers.put(asked.tag, answer)
        return answer


def refusal(reply: Head, text: str | None = None) -> Problem:
    """Return the problem that a worker's error reply tells of; ``text`` is the query, if the worker saw it as it was sent."""
    kind, message = reply["error"], reply.get("message", "")
    if kind == "syntax":
        return syntax_problem(message, text)
    if kind == "format":
        offered = ", ".join(f.media_type for f in (RESULTS if reply["offered"] == "results" else GRAPHS))
        return Problem(406, "format", f"None of the types in Accept can be sent: ask for one of {offered}")
    if kind == "xml":
        detail = "XML has no room for a character or a property of the answer: ask for another format"
        return Problem(406, "format", detail)
    if kind == "size":
        return Problem(413, "limit", f"The answer is too long, {message}: ask for less, with LIMIT for example")
    if kind == "missing":
        return Problem(404, "missing", f"There is no graph {message}")
    if kind == "memory":
        return Problem(400, "limit", "The query took more memory than it may: simplify it")
    if any(mark in message for mark in _ENGINE_FENCED):
        return Problem(400, "refused", "The query reaches out to the network, which is switched off: leave SERVICE out")
    return Problem(400, "engine", f"The query can't be evaluated: {message}")


def base_of(call: Call, config: Config) -> str:
    """Return the IRI against which relative IRIs of a request are resolved."""
    return root_of(call, config) + call.path.lstrip("/")


def root_of(call: Call, config: Config) -> str:
    """Return the address of the server as clients know it, with a slash at its end."""
    return config.public_url.rstrip("/") + "/" if config.public_url else call.host_url


def accepts_gzip(header: str) -> bool:
    """Say whether the Accept-Encoding header lets gzip through."""
    for part in header.casefold().split(","):
        coding, _, parameters = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def matches(if_none_match: str, tag: str) -> bool:
    """Say whether an If-None-Match header names the tag."""
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in if_none_match.split(","))


def formats(values: tuple[str, ...], accept: str) -> tuple[Format | None, Format | None]:
    """Return the formats for rows and for graphs; where ``format=`` says nothing of a form, Accept decides."""
    rows, graphs = _wanted(values) if values else (None, None)
    return rows or choose(accept, RESULTS), graphs or choose(accept, GRAPHS)


def _wanted(values: tuple[str, ...]) -> tuple[Format | None, Format | None]:
    try:
        wanted = named(values)
    except ValueError as error:
        raise Problem(400, "parameters", f"format= asks for {error}: give one") from None
    if wanted is None:
        raise Problem(400, "parameters", f"format={values[0][:50]}: not one of {', '.join(format_names())}")
    return wanted


def _tag(stamp: str, head: Head) -> str:
    """Return the ETag of the answer to a message: the same data, question and form have the same.

    The base says nothing where no IRI is relative; so the same query is kept once, whatever name the server is called by.
    """
    if not _RELATIVE.search(head["query"]):
        head = {**head, "base": None}
    return f'"{stamp}-{blake2b(repr(head).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()}"'


def _caching(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": _VARY}


def _next_page(call: Call, operation: Operation, rows: int) -> str:
    asked = {"query": operation.text, "offset": operation.offset + rows}
    graphs = [("default-graph-uri", g) for g in operation.default or ()]
    graphs += [("named-graph-uri", g) for g in operation.named or ()]
    further = [("format", value) for value in operation.formats]
    target = f"/{call.path.lstrip('/')}?{urlencode([*asked.items(), *graphs, *further])}"
    return f'<{target}>; rel="next"; title="rows from {operation.offset + rows + 1}; same order only with ORDER BY"'
