"""SERVICE for named endpoints: the web process asks them, the worker sees their answers as VALUES.

A SERVICE pattern is evaluated by itself and then joined, so putting its solutions in its place changes nothing. Only
endpoints that the administrator named are asked; redirects are not followed, proxies not used.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.bounded_http import opener, whole_body
from server.config import Config
from server.http.problem import Problem
from server.sparql.tokenizer import Token, tokens

MAX_ROWS = 10_000
MAX_BYTES = 16 << 20
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_SKOLEM = "urn:lagebild:remote-node:"


@dataclass(frozen=True, slots=True)
class _Call:
    begin: int
    end: int
    endpoint: str
    silent: bool
    pattern: str


class Federation:
    """The SERVICE calls of one endpoint."""

    def __init__(self, config: Config) -> None:
        self._allowed = frozenset(config.allow_service)
        self._opener = opener(proxies=False)

    def resolved(self, query: str, timeout: float) -> str:
        """Return the query with every outermost SERVICE replaced by what the endpoint answered.

        Raises :class:`Problem` for an endpoint that is not allowed, and for one that fails unless SILENT.
        """
        deadline = time.monotonic() + timeout
        prologue, calls = _parsed(query)
        for call in calls:
            if call.endpoint not in self._allowed:
                raise Problem(400, "refused", f"SERVICE <{call.endpoint}> is not allowed: see kg serve --allow-service")
        pieces, end = [], 0
        for call in calls:
            pieces += [query[end : call.begin], self._solutions(call, prologue, deadline)]
            end = call.end
        return "".join([*pieces, query[end:]])

    def _solutions(self, call: _Call, prologue: str, deadline: float) -> str:
        try:
            return _values(self._asked(call, prologue, deadline))
        except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as error:
            if call.silent:
                return "{}"
            raise Problem(400, "service", f"SERVICE <{call.endpoint}> did not answer: {error}") from None

    def _asked(self, call: _Call, prologue: str, deadline: float) -> Any:
        query = f"{prologue} SELECT * WHERE {call.pattern} LIMIT {MAX_ROWS + 1}"
        request = urllib.request.Request(  # noqa: S310 - the administrator's own list of addresses
            call.endpoint,
            data=urlencode({"query": query}).encode(),
            headers={"Accept": "application/sparql-results+json", "User-Agent": "Lagebild"},
        )
        with self._opener.open(request, timeout=_left(deadline)) as answer:
            result = json.loads(whole_body(answer, MAX_BYTES, deadline))
        if len(result["results"]["bindings"]) > MAX_ROWS:
            raise ValueError(f"it has more than {MAX_ROWS:,} solutions; narrow the pattern down")
        return result


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left


def _parsed(query: str) -> tuple[str, list[_Call]]:
    """Return the prologue and the outermost SERVICE calls."""
    known = list(tokens(query))
    first = next((i for i, t in enumerate(known) if t.kind == "word" and t.text in _FORMS), 0)
    prefixes = _prefixes(known[:first])
    prologue = query[: known[first].begin] if known else ""
    calls, i = [], 0
    while i < len(known):
        if known[i].kind == "word" and known[i].text == "SERVICE":
            call, i = _call(query, known, i, prefixes)
            calls.append(call)
        else:
            i += 1
    return prologue + "\n", calls


def _call(query: str, known: list[Token], at: int, prefixes: dict[str, str]) -> tuple[_Call, int]:
    i = at + 1
    silent = i < len(known) and known[i].text == "SILENT"
    i += silent
    if i + 1 >= len(known) or known[i + 1].text != "{":
        _refuse()
    endpoint = _endpoint(known[i], prefixes)
    depth, j = 0, i + 1
    while j < len(known):
        depth += {"{": 1, "}": -1}.get(known[j].text, 0)
        if depth == 0:
            pattern = query[known[i + 1].begin : known[j].end]
            return _Call(known[at].begin, known[j].end, endpoint, silent, pattern), j + 1
        j += 1
    return _refuse()


def _refuse() -> NoReturn:
    raise Problem(400, "refused", "SERVICE needs the IRI of an allowed endpoint and a pattern in braces")


def _endpoint(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    if token.kind == "name" and colon and prefix in prefixes:
        return prefixes[prefix] + local
    return _refuse()


def _prefixes(prologue: list[Token]) -> dict[str, str]:
    found = {}
    for keyword, name, iri in zip(prologue, prologue[1:], prologue[2:], strict=False):
        if keyword.text == "PREFIX" and iri.kind == "iri":
            found[name.text.rstrip(":")] = iri.text[1:-1]
    return found


def _values(result: Any) -> str:
    names = result["head"]["vars"]
    rows = result["results"]["bindings"]
    if not names:
        return "{}" if rows else "{ FILTER(false) }"
    lines = (" ".join(_term(row[name]) if name in row else "UNDEF" for name in names) for row in rows)
    variables = " ".join(str(ox.Variable(name)) for name in names)
    return f"{{ VALUES ({variables}) {{ {' '.join(f'({line})' for line in lines)} }} }}"


def _term(value: dict[str, str]) -> str:
    if value["type"] == "uri":
        return str(ox.NamedNode(value["value"]))
    if value["type"] == "bnode":
        return str(ox.NamedNode(_SKOLEM + ox.BlankNode(value["value"]).value))
    if "xml:lang" in value:
        return str(ox.Literal(value["value"], language=value["xml:lang"]))
    datatype = value.get("datatype")
    return str(ox.Literal(value["value"], datatype=ox.NamedNode(datatype) if datatype else None))
