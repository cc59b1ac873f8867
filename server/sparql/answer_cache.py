"""Answers kept in memory: the same question of the same data is evaluated once.

The key is the answer's ETag, which says the data's state, the question and the form of the answer; so nothing that is kept
can be out of date, and what is never asked for again falls out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from server.http.call import Answer

_SHARE = 8  # an answer longer than this part of the whole is not kept


class AnswerCache:
    """The answers given last, up to ``limit`` bytes; 0 keeps none."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, tag: str) -> Answer | None:
        """Return the answer with this tag."""
        with self._lock:
            answer = self._kept.get(tag)
            if answer is not None:
                self._kept.move_to_end(tag)
            return answer

    def put(self, tag: str, answer: Answer) -> None:
        """Keep an answer; it must not be changed afterwards."""
        size = _size(answer)
        if size * _SHARE > self._limit:
            return
        with self._lock:
            if tag not in self._kept:
                self._kept[tag] = answer
                self._size += size
            while self._size > self._limit:
                _, old = self._kept.popitem(last=False)
                self._size -= _size(old)


def _size(answer: Answer) -> int:
    return len(answer.body) + 1000  # headers, key and the table's own
