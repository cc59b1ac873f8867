"""The process that holds the data and forks workers from itself; started by :mod:`server.workers.supervisor`, one a generation.

It has a single thread, so that a fork is safe, and never evaluates a query. Its control channel is descriptor 0: one
message with its settings comes in, ``{"ready": true}`` goes out; when that channel closes it ends and takes its workers
with it. Web processes connect to its Unix socket and ask for workers:

=========  ======================================================================
``spawn``  fork a worker on the descriptor sent along; answers its ``pid``
``kill``   kill a worker of this connection
``index``  have the search index made, once; answers its path, where it will be
``ended``  wait for a worker that has closed its channel; answers how it ended
``yield``  let a worker that takes long step back behind the quick ones
``pause``  stop a worker where it is
``resume`` let it go on
=========  ======================================================================
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from server.data import loading, search_index
from server.data.description import StoreDescription
from server.ipc.messages import ChannelClosedError, Head, receive, receive_fd, send
from server.workers.worker import work
from server.writing import trial

_NICE = 10
_REMEMBERED = 100  # exit codes kept until they are asked for
_PATIENCE = 0.2  # seconds to wait for a worker that is already dying


class ForkServer:
    """The event loop around one store."""

    def __init__(self, control: socket.socket, settings: Head, store: ox.Store | None) -> None:
        self.control = control
        self.settings = settings
        self.store = store
        self.selector = selectors.DefaultSelector()
        self.children: dict[socket.socket, set[int]] = {control: set()}
        self.listener: socket.socket | None = None
        self.exits: dict[int, int] = {}
        self.retiring = False
        self.pid = os.getpid()
        self.indexing = False

    def run(self) -> None:
        """Serve until the control channel closes."""
        self._listen(self.settings["socket"])
        self.selector.register(self.control, selectors.EVENT_READ)
        gc.collect()
        gc.freeze()  # the garbage collector of a fork must not touch, and so copy, what it shares
        send(self.control, {"ready": True})
        while self.children and not (self.retiring and len(self.children) == 1):
            for key, _ in self.selector.select(timeout=1.0):
                self._serve(key.fileobj)
            self._reap()

    def _listen(self, path: str) -> None:
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen(64)
        self.selector.register(self.listener, selectors.EVENT_READ)

    def _serve(self, ready: Any) -> None:
        if self.listener is not None and ready is self.listener:
            connection, _ = self.listener.accept()
            self.children[connection] = set()
            self.selector.register(connection, selectors.EVENT_READ)
            return
        try:
            head, fd = receive_fd(ready)
            reply = self._do(ready, head, fd)
            if reply is not None:
                send(ready, reply)
        except (ChannelClosedError, ConnectionError):
            self._gone(ready)

    def _do(self, client: socket.socket, head: Head, fd: int | None) -> Head | None:
        operation = head["op"]
        if operation == "spawn" and fd is not None:
            return {"pid": self._fork(client, socket.socket(fileno=fd), self._as_worker)}
        if operation == "trial" and fd is not None:
            return {"pid": self._fork(client, socket.socket(fileno=fd), self._as_trial)}
        if operation == "retire":
            self.retiring = True
            return None
        if operation == "index":
            return {"path": self._index()}
        pid = int(head["pid"])
        if operation == "ended":
            return {"status": self._status(client, pid)}
        if pid in self.children[client]:
            if operation == "kill":
                os.kill(pid, signal.SIGKILL)
            elif operation in ("pause", "resume"):
                os.kill(pid, signal.SIGSTOP if operation == "pause" else signal.SIGCONT)
            elif operation == "yield":
                os.setpriority(os.PRIO_PROCESS, pid, _NICE)
            elif operation == "release":
                self.children[client].discard(pid)
        return None

    def _fork(self, client: socket.socket, channel: socket.socket, run: Callable[[socket.socket], None]) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                run(channel)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(70)
        channel.close()
        self.children[client].add(pid)
        return pid

    def _as_worker(self, channel: socket.socket) -> None:
        work(channel, self._opened, self.settings["memory"], self.pid)

    def _opened(self) -> ox.Store:
        return self.store if self.store is not None else ox.Store.read_only(self.settings["snapshot"])

    def _index(self) -> str:
        path = self.settings["search"]
        if not self.indexing:
            self.indexing = True
            channel, ours = socket.socketpair()
            ours.close()
            self._fork(self.control, channel, self._as_indexer)
        return str(path)

    def _as_indexer(self, channel: socket.socket) -> None:
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
        self._forget_connections()
        search_index.build(self._opened(), Path(self.settings["search"]))
        os._exit(0)

    def _as_trial(self, channel: socket.socket) -> None:
        self._forget_connections()
        changed = trial.prepare(channel, self.store, self.settings)
        if changed is not None and self.store is not None:
            control, settings = changed
            ForkServer(control, settings, self.store).run()
        os._exit(0)

    def _forget_connections(self) -> None:
        self.selector.close()
        for connection in (*self.children, self.listener):
            if connection is not None:
                connection.close()

    def _status(self, client: socket.socket, pid: int) -> int | None:
        end = time.monotonic() + _PATIENCE
        while pid not in self.exits and pid in self.children[client] and time.monotonic() < end:
            self._reap()
            time.sleep(0.002)
        return self.exits.pop(pid, None)

    def _gone(self, client: socket.socket) -> None:
        self.selector.unregister(client)
        client.close()
        for pid in self.children.pop(client, ()):
            os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        if client is self.control:
            for other in list(self.children):
                self._gone(other)

    def _reap(self) -> None:
        for pids in self.children.values():
            for pid in list(pids):
                done, status = os.waitpid(pid, os.WNOHANG)
                if done:
                    pids.discard(pid)
                    self.exits[pid] = os.waitstatus_to_exitcode(status)
        while len(self.exits) > _REMEMBERED:
            self.exits.pop(next(iter(self.exits)))


def main() -> None:
    """Load the data as the settings say and serve until told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    settings, _ = receive(control)
    try:
        store = loading.load(settings)
        if store is not None:
            StoreDescription(settings).enter(store)
    except Exception as error:
        send(control, {"error": f"{type(error).__name__}: {error}"})
        sys.exit(1)
    ForkServer(control, settings, store).run()


if __name__ == "__main__":
    main()
