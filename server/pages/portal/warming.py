"""Makes what people open first before they ask for it, whenever the data have changed.

The overview of many events takes many times as long as that of a few; made once for each state of the data, it is there at
once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

from kg.namespaces import LANGUAGES, RESULTS_JSON
from server.http.call import PAGE, Answer, Call
from server.http.problem import Problem
from server.pages.portal.views import View
from server.workers.pool import Pool

_LOOK = 0.5  # seconds between looks at the data
_DRAWN = ("map", "timeline", "count", "periods", "network")  # what the client asks for itself

Handler = Callable[[Call], Answer]


class Warming:
    """A thread that has the pages and the queries of their views answered for each new state of the data."""

    def __init__(self, pool: Pool, base: str, pages: Mapping[str, Handler], sparql: Handler) -> None:
        self.pool = pool
        self.base = base
        self.pages = pages
        self.sparql = sparql
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="warming")

    def begin(self) -> None:
        """Begin to look at the data."""
        self._thread.start()

    def end(self) -> None:
        """Stop; what is being made is let go."""
        self._ended.set()

    def round(self) -> None:
        """Have everything made once; raises :class:`Problem` where the workers have no time for it."""
        for call, handler in self._calls():
            if self._ended.is_set():
                return
            handler(call)

    def _watch(self) -> None:
        seen, warm = "", ""
        while not self._ended.wait(_LOOK):
            with contextlib.suppress(Problem, OSError):  # busy or changing: the next look will do
                stamp = self.pool.newest().stamp
                if stamp == seen != warm:  # data that change all the time are not followed
                    self.round()
                    warm = stamp
                seen = stamp

    def _calls(self) -> Iterator[tuple[Call, Handler]]:
        for language in LANGUAGES:
            for path, handler in self.pages.items():
                yield _call(path, "", {"accept": PAGE, "cookie": f"lang={language}"}), handler
            queries = View.of(_call("/", "", {"cookie": f"lang={language}"}), self.base).queries.all()
            for name in _DRAWN:
                headers = {"accept": RESULTS_JSON, "accept-encoding": "gzip"}
                yield _call("/sparql", urlencode({"query": queries[name]}), headers), self.sparql


def _call(path: str, query: str, headers: Mapping[str, str]) -> Call:
    return Call("GET", path, query, dict(headers), lambda limit: b"", "http://localhost/")
