"""A load generator: some keep-alive connections, each with one request under way, in one process.

``python -m tests.bench.load HOST PORT CONNECTIONS SECONDS [--rate N] [--patience N] < requests.json`` prints one JSON
object. The file holds a list of [method, path, headers, body]; they are sent in turn, each when the connection's last
answer is whole. With a rate, so many are due a second however fast the answers come, and a request's latency counts from
when it was due; so the servers compared bear the same load. A client with patience leaves when its answer takes longer.
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

Request = tuple[str, str, dict[str, str], str]
_END = b"\r\n\r\n"


@dataclass(eq=False)
class Connection:
    """One socket and the answer that is coming in."""

    sock: socket.socket
    sent: float = 0.0  # or when it was due
    waits: bool = False
    data: bytearray = field(default_factory=bytearray)
    status: int = 0
    length: int | None = None  # of the body; None: not known yet; -1: chunked
    body_at: int = 0


class Load:
    """Sends requests for some seconds and keeps every latency."""

    def __init__(
        self, host: str, port: int, connections: int, requests: list[Request], rate: float | None = None,
        patience: float | None = None,
    ) -> None:  # fmt: skip
        self.rate = rate
        self.patience = patience
        self.free: list[Connection] = []
        self.due = 0.0  # when the next request is; at a rate only
        self.left = 0
        self.address = host, port
        self.frames = [_frame(host, port, request) for request in requests]
        self.next = 0
        self.latencies: list[float] = []
        self.failed = 0
        self.answers = 0
        self.bytes = 0
        self.selector = selectors.SelectSelector()  # waits to the microsecond, not to the millisecond
        self.count = connections

    def run(self, seconds: float) -> dict[str, Any]:
        """Return requests a second, latencies in ms and the number of failed requests."""
        begin = self.due = time.perf_counter()
        end = begin + seconds
        for _ in range(self.count):
            self._open()
        while (now := time.perf_counter()) < end:
            self._send_due(now)
            for key, _ in self.selector.select(timeout=max(0.0, min(self._pause(), end - time.perf_counter()))):
                self._read(key.data)
            if self.patience is not None:
                self._leave()
        taken = time.perf_counter() - begin
        now = time.perf_counter()
        waiting = [now - key.data.sent for key in self.selector.get_map().values() if key.data.waits]
        if self.rate is not None and not self.free:
            waiting.append(now - self.due)
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
            "left": self.left,
            "bytes": self.bytes,
        }

    def _open(self) -> None:
        sock = socket.create_connection(self.address, timeout=60)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(sock)
        self.selector.register(sock, selectors.EVENT_READ, connection)
        self._free(connection)

    def _free(self, connection: Connection) -> None:
        """Have a connection send its next request, at once or when it is due."""
        connection.waits = False
        if self.rate is None:
            self._send(connection, time.perf_counter())
        else:
            self.free.append(connection)

    def _send_due(self, now: float) -> None:
        while self.rate is not None and self.free and self.due <= now:
            self._send(self.free.pop(), self.due)
            self.due += 1 / self.rate

    def _pause(self) -> float:
        """Return how long nothing is to do but to wait for answers, in seconds."""
        return max(0.0, self.due - time.perf_counter()) if self.rate is not None and self.free else 0.5

    def _send(self, connection: Connection, due: float) -> None:
        frame = self.frames[self.next]
        self.next = (self.next + 1) % len(self.frames)
        connection.data.clear()
        connection.length, connection.body_at = None, 0
        connection.sent, connection.waits = due, True
        connection.sock.sendall(frame)

    def _leave(self) -> None:
        now = time.perf_counter()
        for key in list(self.selector.get_map().values()):
            if key.data.waits and now - key.data.sent > (self.patience or 0.0):
                self.left += 1
                self._reopen(key.data)

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
            self._free(connection)

    def _closed(self, connection: Connection) -> None:
        whole = connection.length == -2
        if whole:
            self._count(connection)
        else:
            self.failed += 1
        self._reopen(connection)

    def _reopen(self, connection: Connection) -> None:
        if connection in self.free:
            self.free.remove(connection)
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("connections", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--patience", type=float)
    args = parser.parse_args()
    load = Load(args.host, args.port, args.connections, json.load(sys.stdin), args.rate, args.patience)
    print(json.dumps(load.run(args.seconds)))


if __name__ == "__main__":
    main()
