"""Cutting a result that is too long at the end of a row: what is left is well-formed and says that it is cut."""

from __future__ import annotations

import re

_JSON_ROW = re.compile(rb'\}\},\{"[^"\\{}\[\]:,]+":\{"type":"')
_JSON_HEAD = b'{"head":{'


def truncated(data: bytes, name: str) -> tuple[bytes, int]:
    """Return the whole rows of an unfinished serialisation and their number.

    JSON gets ``"truncated": true`` in its head, XML a comment; CSV and TSV have no place for it.

    ``name`` is the result format: json, xml, csv or tsv.
    """
    return {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}[name](data)


def _json(data: bytes) -> tuple[bytes, int]:
    # A quote in a literal is escaped, so this pattern is found only between two rows.
    ends = [match.start() for match in _JSON_ROW.finditer(data)]
    marked = _JSON_HEAD + b'"truncated":true,' + data[len(_JSON_HEAD) :]
    grown = len(marked) - len(data)
    if not ends:
        bindings = marked.index(b'"bindings":[') + len(b'"bindings":[')
        return marked[:bindings] + b"]}}", 0
    return marked[: ends[-1] + grown + 2] + b"]}}", len(ends)


def _xml(data: bytes) -> tuple[bytes, int]:
    end = data.rfind(b"</result>")
    if end < 0:
        return data[: data.index(b"<results>") + len(b"<results>")] + b"</results></sparql>", 0
    rows = data.count(b"</result>")
    return data[: end + len(b"</result>")] + b"<!-- truncated --></results></sparql>", rows


def _csv(data: bytes) -> tuple[bytes, int]:
    end = data.rfind(b"\r\n")
    while data.count(b'"', 0, end) % 2:  # inside a quoted literal
        end = data.rfind(b"\r\n", 0, end)
    whole = data[: end + 2]
    unquoted = re.sub(rb'"[^"]*"', b"", whole)
    return whole, unquoted.count(b"\r\n") - 1


def _tsv(data: bytes) -> tuple[bytes, int]:
    whole = data[: data.rfind(b"\n") + 1]
    return whole, whole.count(b"\n") - 1
