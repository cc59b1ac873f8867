"""What is refused before the native parser sees it: too long, too deep, too many links, network access.

These are friendly fences with a message. The hard ones are the worker's: its own process, a deadline, a memory limit
and no network.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from server.http.problem import Problem
from server.sparql.tokenizer import tokens

MAX_DEPTH = 100
MAX_CHAIN = 500
_CHAINED = frozenset({"UNION", "OPTIONAL", "BIND", "MINUS", "EXISTS", "SELECT", "GRAPH", "FILTER"})
_PATH_MARKS = frozenset("/|^")
_SHORT = 1500
_WATCHED = re.compile(r"service|load|from", re.IGNORECASE)
_UNSTABLE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traits:
    """What the text of a query tells before it is parsed."""

    has_dataset: bool = False  # FROM stands in it
    services: bool = False  # SERVICE stands in it
    stable: bool = True  # asked twice of the same data it answers the same


def inspect(text: str, *, limit: int, what: str = "query", allow_service: bool = False) -> Traits:
    """Return the traits of a query or update, or raise the :class:`Problem` that refuses it."""
    if len(text) > limit:
        raise Problem(413, "limit", f"The {what} has {len(text):,} characters, the limit is {limit:,}: shorten it")
    if "\x00" in text:
        raise Problem(400, "syntax", f"The {what} contains a NUL character: remove it")
    stable = _UNSTABLE.search(text) is None
    if len(text) <= _SHORT and not _WATCHED.search(text) and _openers(text) <= MAX_DEPTH:
        return Traits(stable=stable)
    words = _checked(text, what, allow_service=allow_service)
    return Traits(has_dataset="FROM" in words, services="SERVICE" in words, stable=stable)


def _openers(text: str) -> int:
    return text.count("{") + text.count("(") + text.count("[") + text.count("<<")


def _checked(text: str, what: str, *, allow_service: bool) -> Counter[str]:
    words: Counter[str] = Counter()
    depth, steps = 0, 0
    for token in tokens(text):
        if token.kind == "word":
            words[token.text] += 1
            _refuse_network(token.text, what, allow_service=allow_service)
        elif token.kind == "mark":
            if token.text in "{([":
                depth += 1
                if depth > MAX_DEPTH:
                    raise _limit(what, f"nests deeper than {MAX_DEPTH} brackets", text, token.begin)
            elif token.text in "})]":
                depth -= 1
            elif token.text in _PATH_MARKS:
                steps += 1
    if steps > MAX_CHAIN or sum(words[word] for word in _CHAINED) > MAX_CHAIN:
        raise _limit(what, f"chains more than {MAX_CHAIN} path steps or graph patterns", text, 0)
    return words


def _refuse_network(word: str, what: str, *, allow_service: bool) -> None:
    if word == "LOAD":
        raise Problem(400, "refused", f"LOAD is not done: send the data to the Graph Store instead of the {what}")
    if word == "SERVICE" and not allow_service:
        raise Problem(
            400, "refused", "SERVICE is switched off: the administrator can allow an endpoint with --allow-service IRI"
        )


def _limit(what: str, why: str, text: str, offset: int) -> Problem:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Problem(400, "limit", f"The {what} {why}: split it", line=line, column=column)
