"""The process that checks a change against the shapes and puts it on disk; started with the first write.

Control channel: descriptor 0. A message holds ``parts``: the lengths of removed, added and the changed graphs' new
content, all N-Quads. The answer is ``{"stored": stamp}``, ``{"error": kind, ...}`` or, with the SHACL report as Turtle
in the body, ``{"error": "invalid"}``.
"""

from __future__ import annotations

import signal
import socket
from collections import defaultdict
from itertools import accumulate, pairwise
from pathlib import Path

import pyoxigraph as ox

from kg.errors import LagebildError, StoreLockedError
from kg.knowledge.triples import load_shipped
from kg.store.departures import Departures, names_in, note_lost
from kg.store.embedded import Store
from kg.validation.report import Report, as_turtle
from kg.validation.validator import Validator
from server.data import loading
from server.ipc.messages import ChannelClosedError, Head, receive, send
from server.writing.change import Change, apply


class Writer:
    """Stores changes, one after the other; holds the store's lock only while it does."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self._validator: Validator | None = None

    def answer(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        """Return the reply to one message."""
        bounds = [0, *accumulate(head["parts"])]
        removed, added, content = (body[a:b] for a, b in pairwise(bounds))
        try:
            if head["validate"] and (report := self._report(content)):
                return {"error": "invalid"}, report
            return self._stored(Change.from_bytes(removed, added), head["stamp"]), b""
        except StoreLockedError as error:
            return {"error": "locked", "message": str(error)}, b""
        except LagebildError as error:
            return {"error": "store", "message": str(error)}, b""

    def _report(self, content: bytes) -> bytes:
        if self._validator is None:
            self._validator = Validator(load_shipped(self.base))
        graphs = defaultdict(list)
        for quad in ox.parse(content, ox.RdfFormat.N_QUADS):
            name = quad.graph_name if isinstance(quad.graph_name, ox.NamedNode) else ox.NamedNode("urn:default")
            graphs[name].append(quad.triple)
        reports = self._validator.validate(graphs).values()
        failed = Report(tuple(result for report in reports for result in report.results))
        return b"" if failed.conforms else as_turtle(failed.triples())

    def _stored(self, change: Change, stamp: str) -> Head:
        with Store(self.folder, write=True) as store:
            if loading.stamp(self.folder) != stamp:
                return {"error": "outdated"}
            articles = sorted({quad.graph_name.value for quad in change.removed if isinstance(quad.graph_name, ox.NamedNode)})
            before = names_in(store, articles) if store.base else {}
            store.apply(lambda oxigraph: apply(oxigraph, change))
            store.flush()  # on the disk itself, not only in the system's memory
            note_lost(Departures(self.folder), before, names_in(store, articles) if before else {})
        return {"stored": loading.stamp(self.folder)}


def main() -> None:
    """Serve the control channel until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=0)
    settings, _ = receive(control)
    writer = Writer(Path(settings["folder"]), settings["base"])
    try:
        while True:
            head, body = receive(control)
            send(control, *writer.answer(head, body))
    except ChannelClosedError:
        return


if __name__ == "__main__":
    main()
