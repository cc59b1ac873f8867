"""Pages kept in memory: a page is made once for each state of the data, address and language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from server.config import Config
from server.http.call import Answer, Call
from server.pages.reader import COOKIE, Reader
from server.sparql.answer_cache import AnswerCache
from server.sparql.handler import matches
from server.workers.fork_client import ForkClient
from server.workers.pool import Pool

_MAKING = frozenset((".py", ".html", ".tsv", ".css", ".js"))  # files that make a page
_SHARE = 4  # of the memory for answers, which part is for pages


class KeptPages:
    """Answers with pages that depend on the data, the address and the language alone."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.pool = pool
        self._kept = AnswerCache(config.answers // _SHARE)

    def answer(self, call: Call, reader: Reader, make: Callable[[ForkClient], Answer]) -> Answer:
        """Return the page that ``make`` makes, 304 where the client has it; raises what ``make`` raises."""
        generation = self.pool.newest()
        tag = _tag(generation.stamp, reader)
        caching = {**reader.headers(), "ETag": tag, "Cache-Control": "no-cache"}
        if matches(call.headers.get("if-none-match", ""), tag):
            return Answer(304, headers=caching)
        made = self._kept.get(tag)
        if made is None:
            made = make(generation)
            self._kept.put(tag, made)
        return replace(made, headers={**made.headers, **caching})


@cache
def software() -> str:
    """Return a word that is another one when the pages' code, templates, texts or bundle are: browsers keep no old page."""
    digest = blake2b(digest_size=8)
    root = Path(__file__).parent
    for file in sorted(path for path in root.rglob("*") if path.suffix in _MAKING and "node_modules" not in path.parts):
        digest.update(f"{file.relative_to(root)} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _tag(stamp: str, reader: Reader) -> str:
    arguments = tuple(pair for pair in reader.arguments if pair[0] != COOKIE)
    address = repr((software(), reader.language, reader.path, arguments))
    digest = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16)
    return f'"{stamp}-{digest.hexdigest()}"'
