"""What a worker does with one message: evaluate a query or read a graph, and put the answer into bytes.

Runs only in a worker process, never in the web process.
"""

from __future__ import annotations

import io
import time
import zlib
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from server.http.formats import OX_GRAPHS, OX_RESULTS
from server.workers.truncate import truncated
from server.writing.change import holds

_GZIP_FROM = 1400  # bytes; a smaller answer fits into one packet anyway
_XML = ("xml", "rdf")  # formats
_OUTPUT_PREFIXES = dict(PREFIXES)

Head = dict[str, Any]


class _FullError(Exception):
    pass


class _Capped(io.BytesIO):
    """Collects what is written and stops the writer at ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any) -> int:
        if self.tell() <= self.limit:  # the writer tries once more when it is closed
            super().write(data)
        if self.tell() > self.limit:
            raise _FullError
        return len(data)


def answer(store: ox.Store, head: Head) -> tuple[Head, bytes]:
    """Return the reply to one request head; what the engine refuses comes back as ``{"error": kind, ...}``."""
    begin = time.perf_counter()
    try:
        reply, body = _JOBS[head["op"]](store, head)
        if reply.get("format") in _XML and body and not _well_formed(body):
            reply, body = {"error": "xml"}, b""
    except SyntaxError as error:
        return {"error": "syntax", "message": str(error.msg)}, b""
    except MemoryError:
        return {"error": "memory", "message": "out of memory"}, b""
    except (OSError, ValueError, RuntimeError) as error:
        return {"error": "engine", "message": str(error)}, b""
    reply["seconds"] = round(time.perf_counter() - begin, 6)
    if head.get("gzip") and len(body) > _GZIP_FROM:
        body = _gzip(body)
        reply["gzip"] = True
    return reply, body


def _query(store: ox.Store, head: Head) -> tuple[Head, bytes]:
    default, named = head.get("default"), head.get("named")
    protocol = default is not None or named is not None
    results = store.query(
        head["query"],
        base_iri=head.get("base"),
        use_default_graph_as_union=not protocol and not head.get("dataset", False),
        default_graph=[ox.NamedNode(iri) for iri in default or ()] if protocol else None,
        named_graphs=[ox.NamedNode(iri) for iri in named or ()] if protocol else None,
    )
    if isinstance(results, ox.QueryTriples):
        return _graph_answer(results, head)
    name = head["results"]
    if name is None:
        return {"error": "format", "offered": "results"}, b""
    if isinstance(results, ox.QueryBoolean):
        return {"type": "ask", "format": name}, results.serialize(format=OX_RESULTS[name]) or b""
    return _rows(results, name, head)


def _rows(results: ox.QuerySolutions, name: str, head: Head) -> tuple[Head, bytes]:
    for _, _ in zip(range(head.get("offset", 0)), results, strict=False):
        pass
    sink = _Capped(head["limit"])
    reply: Head = {"type": "select", "format": name}
    try:
        results.serialize(sink, format=OX_RESULTS[name])
    except _FullError:
        body, reply["rows"] = truncated(sink.getvalue(), name)
        reply["truncated"] = True
        return reply, body
    return reply, sink.getvalue()


def _graph_answer(triples: Any, head: Head) -> tuple[Head, bytes]:
    name = head["graphs"]
    if name is None:
        return {"error": "format", "offered": "graphs"}, b""
    sink = _Capped(head["limit"])
    try:
        ox.serialize(triples, sink, format=OX_GRAPHS[name], prefixes=_OUTPUT_PREFIXES)
    except _FullError:
        return {"error": "size", "message": f"more than {head['limit']:,} bytes"}, b""
    return {"type": "graph", "format": name}, sink.getvalue()


def _graph(store: ox.Store, head: Head) -> tuple[Head, bytes]:
    iri = head["iri"]
    graph = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
    if isinstance(graph, ox.NamedNode) and not holds(store, graph):
        return {"error": "missing", "message": iri}, b""
    if head.get("only_look"):
        return {"type": "graph", "format": head["graphs"]}, b""
    return _graph_answer((q.triple for q in store.quads_for_pattern(None, None, None, graph)), head)


def _well_formed(body: bytes) -> bool:
    """Say whether XML is XML: the writers let characters and names through that XML does not have."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _ping(store: ox.Store, head: Head) -> tuple[Head, bytes]:
    return {"type": "ping"}, b""


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


_JOBS = {"query": _query, "graph": _graph, "ping": _ping}
