"""A write, tried out: a fork of the fork server makes the change in its copy of the data and says what changed.

Nothing is on disk yet and nobody sees it. When the supervisor has checked and stored the change, this very process becomes
the next generation, without loading anything; when not, it ends and the change is gone.
"""

from __future__ import annotations

import ctypes
import resource
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from server.data.description import StoreDescription
from server.http.formats import OX_GRAPHS
from server.ipc import sandbox
from server.ipc.messages import ChannelClosedError, Head, receive, send
from server.writing.change import Change, holds, observed

Graph = ox.NamedNode | ox.DefaultGraph


def prepare(channel: socket.socket, store: ox.Store | None, settings: Head) -> tuple[socket.socket, Head] | None:
    """Try one write in this fork; return its channel and the next generation's settings, or None when it is dropped."""
    head, body = receive(channel)
    scratch = store if store is not None else _copy(settings["snapshot"], head["scratch"])
    description = StoreDescription(settings)
    description.leave(scratch)
    try:
        with_limits = _Limits(settings["memory"], on_disk=store is None)
        reply, change = _JOBS[head["op"]](scratch, head, body)
        with_limits.lift()
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        kind = "syntax" if isinstance(error, SyntaxError) else "engine"
        send(channel, {"error": kind, "message": str(error)})
        return None
    removed, added = change.to_bytes()
    now = _contents(scratch, change) if head["validate"] else b""
    send(channel, {**reply, "parts": [len(removed), len(added), len(now)]}, removed + added + now)
    del change, removed, added, now
    try:
        promotion, _ = receive(channel)
    except ChannelClosedError:
        return None
    finally:
        if store is None:
            del scratch
            shutil.rmtree(head["scratch"], ignore_errors=True)
    if store is None:
        return None
    description.enter(store)
    _give_memory_back()
    return channel, {**settings, **promotion}


class _Limits:
    """Bounded memory and no network while a client's update is evaluated.

    A copy in memory needs no new descriptors, and so has none; one on disk does, and is not needed afterwards, so it
    gives up the network for good.
    """

    def __init__(self, memory: int, *, on_disk: bool) -> None:
        self.files = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.space = resource.getrlimit(resource.RLIMIT_AS)
        used = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if on_disk:
            sandbox.no_network()
        else:
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, self.files[1]))
        if used:
            resource.setrlimit(resource.RLIMIT_AS, (used * resource.getpagesize() + memory, self.space[1]))

    def lift(self) -> None:
        """Set both back, for the life after."""
        resource.setrlimit(resource.RLIMIT_NOFILE, self.files)
        resource.setrlimit(resource.RLIMIT_AS, self.space)


def _update(store: ox.Store, head: Head, body: bytes) -> tuple[Head, Change]:
    text = body.decode()
    return {}, observed(store, lambda: store.update(text, base_iri=head.get("base")))


def _put(store: ox.Store, head: Head, body: bytes) -> tuple[Head, Change]:
    graph = _graph(head)
    old, new = set(store.quads_for_pattern(None, None, None, graph)), set(_parsed(head, body, graph))
    existed = _exists(store, graph)
    for quad in old - new:
        store.remove(quad)
    store.extend(new - old)
    return {"existed": existed}, Change(list(old - new), list(new - old))


def _post(store: ox.Store, head: Head, body: bytes) -> tuple[Head, Change]:
    graph = _graph(head)
    existed = _exists(store, graph)
    new = [quad for quad in set(_parsed(head, body, graph)) if quad not in store]
    store.extend(new)
    return {"existed": existed}, Change([], new)


def _delete(store: ox.Store, head: Head, body: bytes) -> tuple[Head, Change]:
    graph = _graph(head)
    existed = _exists(store, graph)
    old = list(store.quads_for_pattern(None, None, None, graph))
    if isinstance(graph, ox.NamedNode):
        store.remove_graph(graph)
    else:
        store.clear_graph(graph)
    return {"existed": existed}, Change(old, [])


_JOBS: dict[str, Callable[[ox.Store, Head, bytes], tuple[Head, Change]]] = {
    "update": _update,
    "put": _put,
    "post": _post,
    "delete": _delete,
}


def _parsed(head: Head, body: bytes, graph: Graph) -> Iterator[ox.Quad]:
    """Yield the uploaded triples as quads of ``graph``; blank nodes of every upload get labels of their own."""
    begin = 0
    for part in head["uploads"]:
        data = body[begin : begin + part["length"]]
        begin += part["length"]
        parsed = ox.parse(
            data, format=OX_GRAPHS[part["format"]], base_iri=head.get("base"), without_named_graphs=True,
            rename_blank_nodes=True,
        )  # fmt: skip
        for quad in parsed:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _graph(head: Head) -> Graph:
    return ox.DefaultGraph() if head["graph"] is None else ox.NamedNode(head["graph"])


def _exists(store: ox.Store, graph: Graph) -> bool:
    return isinstance(graph, ox.DefaultGraph) or holds(store, graph)


def _contents(store: ox.Store, change: Change) -> bytes:
    quads = (quad for graph in change.graphs for quad in store.quads_for_pattern(None, None, None, graph))
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _copy(snapshot: str, target: str) -> ox.Store:
    ox.Store.read_only(snapshot).backup(target)
    return ox.Store(target)


def _give_memory_back() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
