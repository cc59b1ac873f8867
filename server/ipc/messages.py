"""Messages between the processes of one endpoint: a JSON head and a body of bytes, over a Unix stream socket.

Layout: 4 bytes head length, 8 bytes body length (big endian), head, body. A file descriptor can travel with a message.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

_LENGTHS = struct.Struct("!IQ")
_CHUNK = 256 * 1024
MAX_HEAD = 64 << 20

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps would make one each time

Head = dict[str, Any]


class ChannelClosedError(ConnectionError):
    """The other side has gone before the message was whole."""


def send(sock: socket.socket, head: Head, body: bytes = b"", fd: int | None = None) -> None:
    """Send one message; ``fd`` is duplicated into the other process."""
    text = _encode(head).encode("utf-8", "surrogatepass")
    frame = _LENGTHS.pack(len(text), len(body)) + text
    if fd is not None:
        socket.send_fds(sock, [frame[:1]], [fd])
        frame = frame[1:]
    if len(body) <= _CHUNK:
        sock.sendall(frame + body)
    else:
        sock.sendall(frame)
        sock.sendall(body)


def receive(sock: socket.socket, on_wait: Callable[[], None] | None = None) -> tuple[Head, bytes]:
    """Return the next message; ``on_wait`` is called whenever the socket's timeout passes and may raise.

    Raises :class:`ChannelClosedError` when the other side is gone. Reads not a byte further: more may be waiting.
    """
    head_length, body_length = _lengths(_exactly(sock, _LENGTHS.size, on_wait))
    data = _exactly(sock, head_length + body_length, on_wait)
    head = json.loads(data[:head_length].decode("utf-8", "surrogatepass"))
    return head, bytes(memoryview(data)[head_length:])


def coming(sock: socket.socket) -> int:
    """Return the body length of the message that has begun to come, without reading it; -1 when it can't be told."""
    start = sock.recv(_LENGTHS.size, socket.MSG_PEEK)
    return int(_LENGTHS.unpack(start)[1]) if len(start) == _LENGTHS.size else -1


def receive_fd(sock: socket.socket) -> tuple[Head, int | None]:
    """Return the head of the next message, which has no body, and the descriptor that came with it or None."""
    first, fds, _, _ = socket.recv_fds(sock, 1, 1)
    if not first:
        raise ChannelClosedError("the other side has gone")
    head_length, _ = _lengths(first + _exactly(sock, _LENGTHS.size - 1))
    return json.loads(_exactly(sock, head_length)), fds[0] if fds else None


def _lengths(data: bytes | bytearray) -> tuple[int, int]:
    head, body = _LENGTHS.unpack(data)
    if head > MAX_HEAD:
        raise ChannelClosedError("not a message")
    return head, body


def _exactly(sock: socket.socket, size: int, on_wait: Callable[[], None] | None = None) -> bytearray:
    data = bytearray(size)
    view, have = memoryview(data), 0
    while have < size:
        try:
            got = sock.recv_into(view[have:])
        except TimeoutError:
            if on_wait is None:
                raise
            on_wait()
            continue
        if not got:
            raise ChannelClosedError("the other side has gone")
        have += got
    return data
