"""Analyses of word forms that outlive the process: looking one up takes a hundredth of the time of making it.

Several processes may share the file. Where it can't be read or written, everything is analysed anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

from kg.annotation.words import morphology
from kg.settings import settings

NO_CACHE = "-"
MOST_KEPT = 500_000  # word forms; some 60 MB
KEPT_TOGETHER = 200
_TABLE = "CREATE TABLE IF NOT EXISTS analysis (form TEXT PRIMARY KEY, found TEXT)"


class KeptAnalyses:
    """What was found for each form, by a key that says what was asked.

    The file is opened by the first question: until then this process may be copied, and each copy opens it for itself.
    """

    def __init__(self, file: Path | None) -> None:
        self._lock = Lock()
        self._new: dict[str, str] = {}
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def kept(self, key: str, analyse: Callable[[], Any]) -> Any:
        """Return what is kept under ``key``, JSON's lists for tuples; else what ``analyse`` finds, and keep it."""
        if self._file is not None:
            self._open()
        if self._connection is None:
            return analyse()
        with self._lock:
            try:
                row = self._connection.execute("SELECT found FROM analysis WHERE form = ?", (key,)).fetchone()
                if row is not None:
                    return json.loads(row[0])
            except (sqlite3.Error, ValueError):
                self._connection = None
                return analyse()
            found = analyse()
            self._keep(key, json.dumps(found))
        return found

    def _open(self) -> None:
        with self._lock:
            if self._file is not None:
                self._connection = _opened(self._file)
                self._file = None

    def _keep(self, key: str, found: str) -> None:
        self._new[key] = found
        if len(self._new) < KEPT_TOGETHER or self._connection is None:
            return
        try:
            with self._connection:
                self._connection.executemany("INSERT OR IGNORE INTO analysis VALUES (?, ?)", self._new.items())
        except sqlite3.Error:  # another process writes, or the disk is full
            pass
        self._new.clear()


def analyses_file() -> Path | None:
    """Return where analyses of this software are kept; None where the user wants none kept."""
    place = settings()["cache"]
    if place == NO_CACHE:
        return None
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lagebild"
    maker = f"{version('HanTa')} {Path(morphology.__file__).read_text(encoding='utf8')}"
    return Path(place or usual) / f"words-{sha256(maker.encode()).hexdigest()[:16]}.sqlite"


def _opened(file: Path) -> sqlite3.Connection | None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=0.2, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a file that breaks is made anew
        connection.execute(_TABLE)
        full = (connection.execute("SELECT MAX(rowid) FROM analysis").fetchone()[0] or 0) > MOST_KEPT
    except (OSError, sqlite3.Error):
        return None
    if full:
        connection.execute("PRAGMA query_only = ON")
    return connection
