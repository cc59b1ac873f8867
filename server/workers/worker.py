"""A worker: one forked process that answers one message after the other over its channel until it is killed."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable

import pyoxigraph as ox

from server.ipc import sandbox
from server.ipc.messages import ChannelClosedError, receive, send
from server.workers.evaluate import answer

_GROWTH = 256 * 1024  # KiB: a worker that has grown more is replaced, to give the memory back


def work(channel: socket.socket, open_store: Callable[[], ox.Store], memory: int, parent: int) -> None:
    """Serve the channel until the other side closes it; does not return.

    ``open_store`` is called inside the fork, before the sandbox is shut. ``parent`` is the fork server's process id.
    """
    sandbox.die_with(parent)
    own = sandbox.keep_only(channel)
    try:
        store = open_store()
        sandbox.close(memory)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        while True:
            head, _ = receive(own)
            reply, body = answer(store, head)
            usage = resource.getrusage(resource.RUSAGE_SELF)
            reply["used"] = usage.ru_utime + usage.ru_stime
            if usage.ru_maxrss - before > _GROWTH:
                reply["retire"] = True
            send(own, reply, body)
    except ChannelClosedError:
        os._exit(0)
    except BaseException:  # a forked copy must never run on into its parent's code
        os._exit(70)
