"""A web process's connection to one fork server, and the workers that were had from it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from dataclasses import dataclass, field

from server.ipc.messages import Head, receive, send

_PATIENCE = 5.0  # seconds that a fresh worker may take for its first answer
_SMALL: Head = {"op": "query", "query": "SELECT * { ?s ?p ?o } LIMIT 8", "results": "json", "graphs": None, "limit": 1 << 20}
_BUFFER = 1 << 20  # bytes; as much of an answer in one go as the system lets


@dataclass(slots=True, eq=False)
class Worker:
    """One worker process."""

    channel: socket.socket
    pid: int
    used: float = 0.0  # seconds of a processor before the present query
    yielded: bool = False  # has stepped back behind the others, for good

    def warm_up(self) -> None:
        """Have the worker answer something small, so that the first who asks need not wait for its copies of pages.

        Raises OSError when there is no answer.
        """
        self.channel.settimeout(_PATIENCE)
        send(self.channel, _SMALL)
        self.used = receive(self.channel)[0]["used"]

    def waits(self) -> bool:
        """Whether the worker, which has nothing to do, is still there."""
        self.channel.setblocking(False)
        try:
            self.channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False


@dataclass(slots=True)
class ForkClient:
    """One generation of the data as a web process has it: the connection to its fork server, and the workers had from it."""

    stamp: str
    server: socket.socket
    idle: deque[Worker] = field(default_factory=deque)
    busy: int = 0
    retired: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spawn(self) -> Worker:
        """Return a fresh worker."""
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        with theirs:
            try:
                pid = int(self._ask({"op": "spawn"}, fd=theirs.fileno())["pid"])
            except OSError:
                ours.close()
                raise
        return Worker(ours, pid)

    def living(self) -> Worker | None:
        """Take an idle worker that has not died meanwhile; None: there is none."""
        while self.idle:
            worker = self.idle.pop()
            if worker.waits():
                return worker
            worker.channel.close()
        return None

    def bury(self) -> None:
        """Let go of the idle workers that have died meanwhile."""
        for worker in [worker for worker in self.idle if not worker.waits()]:
            self.idle.remove(worker)
            worker.channel.close()

    def kill(self, worker: Worker) -> None:
        """End a worker now, whatever it does."""
        self.tell("kill", worker)
        worker.channel.close()

    def tell(self, operation: str, worker: Worker) -> None:
        """Have the fork server do something to a worker."""
        with self.lock, contextlib.suppress(OSError):
            send(self.server, {"op": operation, "pid": worker.pid})

    def end_of(self, worker: Worker) -> int | None:
        """Return the exit code of a worker that has closed its channel; None when it can't be known."""
        worker.channel.close()
        with contextlib.suppress(OSError):
            status = self._ask({"op": "ended", "pid": worker.pid})["status"]
            return None if status is None else int(status)
        return None

    def index(self) -> str:
        """Have the search index made and return its path; the file is there when it is whole."""
        return str(self._ask({"op": "index"})["path"])

    def close(self) -> None:
        """Close the connection; the fork server kills what is left of its workers."""
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)  # wakes who still waits for an answer
        self.server.close()
        for worker in self.idle:
            worker.channel.close()
        self.idle.clear()

    def _ask(self, head: Head, fd: int | None = None) -> Head:
        with self.lock:
            send(self.server, head, fd=fd)
            return receive(self.server)[0]
