"""The access log: one JSON object a line."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TextIO

from server.http.call import Answer, Call
from server.http.problem import Problem

_LONGEST = 2000  # characters of a query string that are written down


class AccessLog:
    """Writes requests down, to a file, to stderr (``-``) or nowhere (None)."""

    def __init__(self, target: str | None) -> None:
        self._file: TextIO | None = None
        if target == "-":
            self._file = sys.stderr
        elif target is not None:
            self._file = Path(target).open("a", encoding="utf8", buffering=1)  # noqa: SIM115 - open as long as the server

    def write(self, call: Call, answer: Answer, seconds: float, problem: Problem | None) -> None:
        """Write one request; the token it may carry is not written."""
        if self._file is None:
            return
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": call.client,
            "method": call.method,
            "path": call.path,
            "query": call.query[:_LONGEST],
            "status": answer.status,
            "bytes": len(answer.body),
            "ms": round(1000 * seconds, 2),
            "kind": problem.kind if problem else None,
            "agent": call.headers.get("user-agent", "")[:200],
        }
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None and self._file is not sys.stderr:
            self._file.close()
        self._file = None
