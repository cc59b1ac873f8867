"""What the parser says about a query it refuses, in words for who wrote it; places are those of the text as it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.http import problem
from server.http.problem import Problem
from server.sparql.tokenizer import Token, tokens

_MESSAGE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<wanted>.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z][^\[\]\"',]*? [^\[\]\"',]*)")  # a sentence among what could have stood there
_WORD = re.compile(r"(?<![\w'\"])(?:[A-Z]{2,}|\"[^\s\"]{1,3}\")(?=,|$)")
_MOST_WORDS = 8


def syntax_problem(message: str, text: str | None) -> Problem:
    """Return the 400 for a query that the parser refused with ``message``; None: it did not see the text as it was sent."""
    found = _MESSAGE.match(message)
    if found is None:
        return problem.syntax(message)
    if text is None:
        return Problem(400, "syntax", f"The query can't be parsed: {_because(found['wanted'])}")
    place = int(found["line"]), int(found["column"])
    for name in _undeclared(text):
        if _place(text, name.begin) <= place:
            prefix = name.text.partition(":")[0]
            why = f"the prefix {prefix}: is not declared, write PREFIX {prefix}: <IRI> before the query"
            return _problem(_place(text, name.begin), why)
    return _problem(place, _because(found["wanted"]))


def _because(wanted: str) -> str:
    if reason := _REASON.search(wanted):
        return reason[1]
    words = list(dict.fromkeys(_WORD.findall(wanted)))
    return f"{', '.join(words[:_MOST_WORDS])} could stand here" if words else "this can't stand here"


def _undeclared(text: str) -> Iterator[Token]:
    """Yield the names whose prefix no PREFIX before them declares."""
    declared: set[str] = set()
    declares = False
    for token in tokens(text):
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and prefix != "_" and not prefix.startswith("@"):
            if declares:
                declared.add(prefix)
            elif prefix not in declared:
                yield token
        declares = token.kind == "word" and token.text == "PREFIX"


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, columns in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _problem(place: tuple[int, int], why: str) -> Problem:
    line, column = place
    detail = f"The query can't be parsed at line {line}, column {column}: {why}"
    return Problem(400, "syntax", detail, line=line, column=column)
