"""A load generator: some keep-alive connections, each with one request under way, in one process.

``python -m tests.bench.load HOST PORT CONNECTIONS SECONDS < requests.json`` prints one JSON object. The file holds a
list of [method, path, headers, body]; they are sent in turn.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

Request = tuple[str, str, dict[str, str], str]
_END = b"\r\n\r\n"


@dataclass
class Connection:
    """One socket and the answer that is coming in."""

    sock: socket.socket
    sent: float = 0.0
    data: bytearray = field(default_factory=bytearray)
    status: int = 0
    length: int | None = None  # of the body; None: not known yet; -1: chunked
    body_at: int = 0


class Load:
    """Sends requests for some seconds and keeps every latency."""

    def __init__(self, host: str, port: int, connections: int, requests: list[Request]) -> None:
        self.address = host, port
        self.frames = [_frame(host, port, request) for request in requests]
        self.next = 0
        self.latencies: list[float] = []
        self.failed = 0
        self.answers = 0
        self.bytes = 0
        self.selector = selectors.DefaultSelector()
        self.count = connections

    def run(self, seconds: float) -> dict[str, Any]:
        """Return requests a second, latencies in ms and the number of failed requests."""
        for _ in range(self.count):
            self._open()
        begin = time.perf_counter()
        end = begin + seconds
        while (now := time.perf_counter()) < end:
            for key, _ in self.selector.select(timeout=min(0.5, end - now)):
                self._read(key.data)
        taken = time.perf_counter() - begin
        now = time.perf_counter()
        waiting = [now - key.data.sent for key in self.selector.get_map().values()]
        self.latencies.sort()
        if waiting and max(waiting) > (self.latencies or [0.0])[-1]:
            self.latencies.append(max(waiting))  # who still waits has waited so long at least
        ms = [1000 * latency for latency in self.latencies] or [float("nan")]
        return {
            "rate": self.answers / taken,
            "p50": ms[len(ms) // 2],
            "p99": ms[min(len(ms) - 1, int(len(ms) * 0.99))],
            "max": ms[-1],
            "answers": self.answers,
            "failed": self.failed,
            "bytes": self.bytes,
        }

    def _open(self) -> None:
        sock = socket.create_connection(self.address, timeout=60)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(sock)
        self.selector.register(sock, selectors.EVENT_READ, connection)
        self._send(connection)

    def _send(self, connection: Connection) -> None:
        frame = self.frames[self.next]
        self.next = (self.next + 1) % len(self.frames)
        connection.data.clear()
        connection.length, connection.body_at = None, 0
        connection.sent = time.perf_counter()
        connection.sock.sendall(frame)

    def _read(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(1 << 18)
        except ConnectionError:
            data = b""
        if not data:
            self._closed(connection)
            return
        connection.data += data
        if connection.length is None:
            _read_head(connection)
        if connection.length is not None and _is_whole(connection):
            self._count(connection)
            self._send(connection)

    def _closed(self, connection: Connection) -> None:
        whole = connection.length == -2
        if whole:
            self._count(connection)
        else:
            self.failed += 1
        self.selector.unregister(connection.sock)
        connection.sock.close()
        self._open()

    def _count(self, connection: Connection) -> None:
        self.latencies.append(time.perf_counter() - connection.sent)
        self.answers += 1
        self.bytes += len(connection.data)
        if connection.status // 100 != 2:
            self.failed += 1


def _read_head(connection: Connection) -> None:
    end = connection.data.find(_END)
    if end < 0:
        return
    head = bytes(connection.data[:end]).lower()
    connection.status = int(head[9:12])
    connection.body_at = end + 4
    at = head.find(b"content-length:")
    if at >= 0:
        connection.length = int(head[at + 15 :].split(b"\r\n", 1)[0])
    else:
        connection.length = -1 if b"chunked" in head else -2


def _is_whole(connection: Connection) -> bool:
    assert connection.length is not None
    if connection.length == -1:
        return connection.data.endswith(b"0\r\n\r\n")
    return connection.length >= 0 and len(connection.data) >= connection.body_at + connection.length


def _frame(host: str, port: int, request: Request) -> bytes:
    method, path, headers, body = request
    data = body.encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}:{port}", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if data:
        lines.append(f"Content-Length: {len(data)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + data


def main() -> None:
    """Run one load and print its figures."""
    host, port, connections, seconds = sys.argv[1:5]
    load = Load(host, int(port), int(connections), json.load(sys.stdin))
    print(json.dumps(load.run(float(seconds))))


if __name__ == "__main__":
    main()
