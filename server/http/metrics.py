"""Counters of all web processes of an endpoint, for Prometheus; each process writes its own file, one reads all."""

from __future__ import annotations

import contextlib
import mmap
import os
import threading
from pathlib import Path

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OPERATIONS = ("query", "update", "graph", "search", "reconcile", "page")
STATUSES = (200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 406, 408, 413, 415, 422, 429, 500, 503)
GAUGES = {"queued": "Requests that wait for a worker", "running": "Requests under way"}
COUNTERS = {
    "killed_timeout": "Queries stopped at their deadline",
    "killed_client_gone": "Queries stopped because the client left",
    "paused": "Slow queries paused until there was a place for them",
    "crashed": "Queries that ended their worker",
    "refused_busy": "Requests refused because all workers were busy",
    "refused_client": "Requests refused because the client had too many under way",
    "truncated": "Answers cut at the size limit",
    "not_modified": "Requests answered 304",
    "kept": "Requests answered from memory",
}
_NAMES = (
    *GAUGES, *COUNTERS,
    *(f"status_{status}" for status in (*STATUSES, "other")),
    *(f"{operation}_{part}" for operation in OPERATIONS for part in ("count", "sum", *BUCKETS)),
)  # fmt: skip
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_CLIENTS = 4096  # addresses fall into so many buckets
_FIGURES = 8 * len(_NAMES)
_SIZE = _FIGURES + 2 * _CLIENTS


class _Board:
    """The figures of one process, in a file that every process sees."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            view = memoryview(mmap.mmap(file.fileno(), _SIZE))
        self.figures = view[:_FIGURES].cast("d")
        self.clients = view[_FIGURES:].cast("H")


class Metrics:
    """The counters of this process, and the sum over all."""

    def __init__(self, run_folder: Path) -> None:
        self._folder = run_folder
        self._lock = threading.Lock()
        path = run_folder / f"metrics-{os.getpid()}-{id(self):x}"
        path.write_bytes(bytes(_SIZE))
        self._own = _Board(path)
        self._boards = {path: self._own}

    def add(self, name: str, value: float) -> None:
        """Add to a counter; raises KeyError on a name that there isn't."""
        with self._lock:
            self._own.figures[_PLACES[name]] += value

    def observe(self, operation: str, status: int, seconds: float) -> None:
        """Count one finished request."""
        places = [_PLACES[f"status_{status if status in STATUSES else 'other'}"], _PLACES[f"{operation}_count"]]
        places += [_PLACES[f"{operation}_{bucket}"] for bucket in BUCKETS if seconds <= bucket][:1]
        with self._lock:
            for place in places:
                self._own.figures[place] += 1
            self._own.figures[_PLACES[f"{operation}_sum"]] += seconds

    def enter(self, client: int, limit: int) -> bool:
        """Count a client in; False, and not counted, when it has ``limit`` requests under way in all processes."""
        place = client % _CLIENTS
        with self._lock:
            if sum(board.clients[place] for board in self._boards.values()) >= limit:
                return False
            self._own.clients[place] += 1
            self._own.figures[_PLACES["running"]] += 1
            return True

    def leave(self, client: int) -> None:
        """Count a client out."""
        with self._lock:
            self._own.clients[client % _CLIENTS] -= 1
            self._own.figures[_PLACES["running"]] -= 1

    def refresh(self) -> None:
        """Find the boards of processes that have come; clear what those that have died were doing."""
        with self._lock, contextlib.suppress(FileNotFoundError):
            for path in self._folder.glob("metrics-*"):
                if path not in self._boards and path.stat().st_size == _SIZE:
                    self._boards[path] = _Board(path)
            for path, board in self._boards.items():
                if not is_alive(int(path.name.split("-")[1])):
                    board.clients[:] = memoryview(bytes(2 * _CLIENTS)).cast("H")
                    for gauge in GAUGES:
                        board.figures[_PLACES[gauge]] = 0

    def text(self, stamp: str) -> str:
        """Return all figures in Prometheus' text format; ``stamp`` says which data are served."""
        self.refresh()
        with self._lock:
            total = {name: sum(b.figures[place] for b in self._boards.values()) for name, place in _PLACES.items()}
        lines = []
        for name, help_ in GAUGES.items():
            lines += _metric(name, "gauge", help_, [("", total[name])])
        for name, help_ in COUNTERS.items():
            lines += _metric(f"{name}_total", "counter", help_, [("", total[name])])
        statuses = [(f'{{status="{status}"}}', total[f"status_{status}"]) for status in (*STATUSES, "other")]
        lines += _metric("requests_total", "counter", "Requests answered, by status", statuses)
        lines += _latency(total)
        lines += _metric("generation_info", "gauge", "The data that are served", [(f'{{stamp="{stamp}"}}', 1)])
        return "\n".join(lines) + "\n"


def is_alive(pid: int) -> bool:
    """Say whether a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _metric(name: str, kind: str, help_: str, values: list[tuple[str, float]]) -> list[str]:
    full = f"lagebild_{name}"
    return [
        f"# HELP {full} {help_}",
        f"# TYPE {full} {kind}",
        *(f"{full}{labels} {value:g}" for labels, value in values),
    ]


def _latency(total: dict[str, float]) -> list[str]:
    full = "lagebild_request_seconds"
    lines = [f"# HELP {full} Time to answer", f"# TYPE {full} histogram"]
    for operation in OPERATIONS:
        below = 0.0
        for bucket in BUCKETS:
            below += total[f"{operation}_{bucket}"]
            lines.append(f'{full}_bucket{{operation="{operation}",le="{bucket:g}"}} {below:g}')
        lines.append(f'{full}_bucket{{operation="{operation}",le="+Inf"}} {total[f"{operation}_count"]:g}')
        lines.append(f'{full}_sum{{operation="{operation}"}} {total[f"{operation}_sum"]:g}')
        lines.append(f'{full}_count{{operation="{operation}"}} {total[f"{operation}_count"]:g}')
    return lines
