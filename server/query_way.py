"""The way of a request to ``/sparql``, written once: what must be done up to the worker's turn, and after its reply.

Who has a thread waits for the worker (:meth:`QueryWay.answer`), the event loop of a web process awaits it
(:meth:`QueryWay.answer_async`); all else is the same for both.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from functools import partial

from server.config import Config
from server.http.call import Answer, Call
from server.http.formats import wants_page
from server.http.problem import Problem
from server.pages.editor_page import EditorPage
from server.pages.reader import Reader
from server.sparql import request
from server.sparql.handler import Question, SparqlHandler, Step
from server.sparql.request import Operation
from server.sparql.service_description import ServiceDescription
from server.workers.pool import Pool


class QueryWay:
    """Takes requests to ``/sparql`` through checks, negotiation and a worker to their answers."""

    def __init__(
        self, config: Config, pool: Pool, sparql: SparqlHandler, editor: EditorPage, description: ServiceDescription
    ) -> None:
        self.config = config
        self.pool = pool
        self.sparql = sparql
        self.editor = editor
        self.description = description

    def answer(self, call: Call) -> Answer:
        """Answer in a thread that may wait; raises :class:`Problem`."""
        step = self._step(call)
        if isinstance(step, Question):
            return step.answered(*self.pool.ask(step.head, step.timeout, call.client_gone, step.generation))
        return step if isinstance(step, Answer) else step()

    async def answer_async(self, call: Call, threads: Executor) -> Answer:
        """Answer in an event loop; what blocks and is no worker's is left to ``threads``; raises :class:`Problem`."""
        step = self._step(call)
        if isinstance(step, Question):
            return step.answered(*await self.pool.ask_async(step.head, step.timeout, call.client_gone, step.generation))
        if isinstance(step, Answer):
            return step
        call.client_gone()  # which begins to look, as only the event loop can
        return await asyncio.get_running_loop().run_in_executor(threads, step)

    def _step(self, call: Call) -> Step:
        operation = request.operation_of(call, self.config.max_query, self.config.max_update)
        page = call.method in ("GET", "HEAD") and wants_page(call.headers.get("accept", ""))
        if page and (operation is None or not operation.formats):
            return partial(self._editor, call, operation)
        if operation is None:
            return partial(self.description.service, call)
        return self.sparql.step(call, operation)

    def _editor(self, call: Call, operation: Operation | None) -> Answer:
        reader = Reader.of(call)
        if operation is None:
            return self.editor.answer(reader, None, None, b"", None)
        try:
            reply, body = self.sparql.plain(call, operation)
        except Problem as problem:
            return self.editor.answer(reader, operation.text, None, b"", problem)
        return self.editor.answer(reader, operation.text, reply, body, None)
