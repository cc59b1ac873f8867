"""What services have answered, one JSON line an answer: a run that broke off goes on where it was."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any


class Cache:
    """Answers by service and question; without a file, only for this run."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: dict[str, Any] = {}
        if file is not None and file.is_file():
            for line in file.read_text(encoding="utf8").splitlines():
                self._learn(line)

    def get(self, service: str, question: Any) -> Any:
        """Return the answer, or None when it was never given."""
        return self._known.get(_key(service, question))

    def put(self, service: str, question: Any, answer: Any) -> None:
        """Keep an answer, on disk at once."""
        key = _key(service, question)
        self._known[key] = answer
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf8") as out:
                out.write(json.dumps([key, answer], ensure_ascii=False) + "\n")

    def _learn(self, line: str) -> None:
        """Take a line; one that a crash cut off is asked again."""
        try:
            key, answer = json.loads(line)
        except ValueError:
            return
        self._known[key] = answer


def _key(service: str, question: Any) -> str:
    return sha256(json.dumps([service, question], sort_keys=True).encode()).hexdigest()
