"""What a request to ``/sparql`` asks for, by the SPARQL 1.1 Protocol; no state, no evaluation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.http.call import FORM, Call, every, only, pairs
from server.http.problem import Problem

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with its protocol parameters; None in a graph list: not given."""

    text: str
    update: bool = False
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    timeout: float | None = None
    offset: int = 0
    formats: tuple[str, ...] = ()  # what format= names, in the order given


def operation_of(call: Call, limit: int, update_limit: int) -> Operation | None:
    """Return the operation, None when a GET has no query; raises :class:`Problem` on a wrong request."""
    arguments = call.arguments()
    if call.method in ("GET", "HEAD"):
        if only(arguments, "update") is not None:
            raise Problem(400, "method", "An update is sent by POST, not by GET")
        text = only(arguments, "query")
        return None if text is None else _operation(text, arguments, update=False)
    if call.media_type == QUERY:
        return _operation(_text(call, limit), arguments, update=False)
    if call.method == "POST" and call.media_type == UPDATE:
        return _operation(_text(call, update_limit), arguments, update=True)
    if call.method == "POST" and call.media_type == FORM:
        return _form(call, arguments, max(limit, update_limit))
    accepted = QUERY if call.method == "QUERY" else f"{FORM}, {QUERY} or {UPDATE}"
    raise Problem(415, "media-type", f"Content-Type {call.media_type or 'is missing'}: send {accepted}")


def _form(call: Call, arguments: list[tuple[str, str]], limit: int) -> Operation:
    arguments = arguments + pairs(_text(call, 3 * limit))
    query, update = only(arguments, "query"), only(arguments, "update")
    if query is not None and update is not None:
        raise Problem(400, "parameters", "Both query= and update= are given: send one of them")
    if query is not None:
        return _operation(query, arguments, update=False)
    if update is not None:
        return _operation(update, arguments, update=True)
    raise Problem(400, "parameters", "The form has neither query= nor update=")


def _operation(text: str, arguments: list[tuple[str, str]], *, update: bool) -> Operation:
    kind = "using-" if update else ""
    default = _graphs(arguments, "using-graph-uri" if update else "default-graph-uri")
    named = _graphs(arguments, f"{kind}named-graph-uri")
    given = default is not None or named is not None
    return Operation(
        text=text,
        update=update,
        default=(default or ()) if given else None,
        named=(named or ()) if given else None,
        timeout=_seconds(only(arguments, "timeout")),
        offset=_count(only(arguments, "offset")),
        formats=tuple(value for value in every(arguments, "format") if value),
    )


def _graphs(arguments: list[tuple[str, str]], name: str) -> tuple[str, ...] | None:
    iris = every(arguments, name)
    for iri in iris:
        check_iri(iri, name)
    return tuple(iris) or None


def is_iri(text: str) -> bool:
    """Say whether a text is an absolute IRI that can stand in a query."""
    return _IRI.fullmatch(text) is not None


def check_iri(iri: str, name: str) -> str:
    """Return ``iri`` when it is an absolute one; raises :class:`Problem` naming the parameter."""
    if not is_iri(iri):
        raise Problem(400, "parameters", f"{name}={iri[:200]}: not an absolute IRI")
    return iri


def _seconds(value: str | None) -> float | None:
    if value is None or not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Problem(400, "parameters", f"timeout={value[:50]}: give seconds, 2.5 for example")
    return seconds


def _count(value: str | None) -> int:
    if not value:
        return 0
    if not (value.isascii() and value.isdigit() and len(value) < 12):
        raise Problem(400, "parameters", f"offset={value[:50]}: give the number of rows to leave out")
    return int(value)


def _text(call: Call, limit: int) -> str:
    charset = _CHARSET.search(call.headers.get("content-type", ""))
    if charset and charset[1].casefold() not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, "encoding", f"charset {charset[1]}: send UTF-8")
    try:
        return call.body(4 * limit).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "encoding", f"The body is not UTF-8: {error.reason} at byte {error.start}") from None
