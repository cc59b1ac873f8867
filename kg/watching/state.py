"""What watching remembers, whatever ends it: ``.watch.sqlite`` beside the pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError, StoreLockedError

STATE_FILE = ".watch.sqlite"
WATCH_TABLES = """
CREATE TABLE IF NOT EXISTS feed (address TEXT PRIMARY KEY, etag TEXT, modified TEXT, next REAL);
CREATE TABLE IF NOT EXISTS page (address TEXT PRIMARY KEY, stamp TEXT, etag TEXT, modified TEXT, said TEXT, file TEXT,
    outcome TEXT, seen REAL, next REAL, built INTEGER);
CREATE INDEX IF NOT EXISTS page_next ON page (next);
CREATE TABLE IF NOT EXISTS site (place TEXT PRIMARY KEY, robots TEXT, fetched REAL);
"""
SETTINGS_OF_THE_FILE = ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL")  # a kill loses nothing
NEVER = 1e18  # a moment that does not come


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page that a feed named; times in seconds since 1970.

    ``etag`` and ``modified`` are of the version that is on the disk, ``said`` tells what its article says; ``file`` is its
    name below the folder, "" until there is one. ``outcome`` is what became of it last, "" for nothing worth to be told.
    """

    address: str
    etag: str
    modified: str
    said: str
    file: str
    outcome: str
    seen: float


class WatchState:
    """Feeds, pages and sites; every change is on the disk when its method returns. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / STATE_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=0, isolation_level=None)
            for setting in SETTINGS_OF_THE_FILE:
                self._connection.execute(f"PRAGMA {setting}")
            self._connection.executescript(f"BEGIN EXCLUSIVE; {WATCH_TABLES} COMMIT;")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreLockedError(f"{folder}: another kg watch is at work here: wait for its end") from error
            raise StoreError(f"{self._file}: can't be written: {error}; is the disk full?") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self._file}: is damaged ({error}): remove it, the pages are fetched anew") from error
        except OSError as error:
            raise StoreError(f"{folder}: can't be made: {error.strerror or error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._connection.close()

    def feed(self, address: str) -> tuple[tuple[str, str], float]:
        """Return the marks of a feed's last version, and when it may be asked for again."""
        rows = self._connection.execute("SELECT etag, modified, next FROM feed WHERE address = ?", (address,))
        etag, modified, moment = rows.fetchone() or ("", "", 0.0)
        return (etag, modified), moment

    def put_feed(self, address: str, marks: tuple[str, str], moment: float) -> None:
        """Remember the version of a feed, and when it may be asked for again."""
        self._connection.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)", (address, *marks, moment))

    def note(self, items: Iterator[tuple[str, str]], now: float) -> int:
        """Take up what a feed names, (address, stamp); what is new or changed is due. Returns how many are."""
        before = self._connection.total_changes
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT INTO page VALUES (?, ?, '', '', '', '', '', ?, 0, 1) "
                "ON CONFLICT (address) DO UPDATE SET stamp = excluded.stamp, next = 0 WHERE stamp != excluded.stamp",
                ((address, stamp, now) for address, stamp in items),
            )
        return self._connection.total_changes - before

    def due(self, now: float, behind: str, most: int) -> list[PageRecord]:
        """Return the pages to look at now whose address sorts behind ``behind``."""
        rows = self._connection.execute(
            "SELECT address, etag, modified, said, file, outcome, seen FROM page WHERE next <= ? AND address > ? "
            "ORDER BY address LIMIT ?", (now, behind, most),
        )  # fmt: skip
        return [PageRecord(*row) for row in rows]

    def put_page(self, page: PageRecord, *, built: bool | None = None) -> None:
        """Remember the version of a page that is known, and whether its file is in the store."""
        self._connection.execute(
            "UPDATE page SET etag = ?, modified = ?, said = ?, file = ?, built = COALESCE(?, built) WHERE address = ?",
            (page.etag, page.modified, page.said, page.file, built, page.address),
        )

    def end_visit(self, address: str, outcome: str, moment: float) -> None:
        """Remember what became of a page, and when to look at it again."""
        self._connection.execute("UPDATE page SET outcome = ?, next = ? WHERE address = ?", (outcome, moment, address))

    def unbuilt(self, most: int) -> list[str]:
        """Return files that the store doesn't hold yet as they are."""
        rows = self._connection.execute("SELECT file FROM page WHERE built = 0 ORDER BY file LIMIT ?", (most,))
        return [file for (file,) in rows]

    def mark_built(self, files: list[str]) -> None:
        """Remember that the store holds these files."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany("UPDATE page SET built = 1 WHERE file = ?", ((file,) for file in files))

    def forget_file(self, address: str) -> None:
        """Remember that the last version of a page is no longer on the disk."""
        self._connection.execute("UPDATE page SET file = '', said = '', etag = '', modified = '' WHERE address = ?", (address,))

    def files_of(self, outcome: str) -> list[tuple[str, str]]:
        """Return address and file of the pages with this outcome whose last version is still on the disk."""
        rows = self._connection.execute("SELECT address, file FROM page WHERE outcome = ? AND file != ''", (outcome,))
        return rows.fetchall()

    def robots(self, place: str) -> tuple[str | None, float]:
        """Return the robots.txt of a site and when it was fetched; None where it was not."""
        rows = self._connection.execute("SELECT robots, fetched FROM site WHERE place = ?", (place,))
        return rows.fetchone() or (None, 0.0)

    def put_robots(self, place: str, text: str, moment: float) -> None:
        """Remember the robots.txt of a site."""
        self._connection.execute("INSERT OR REPLACE INTO site VALUES (?, ?, ?)", (place, text, moment))
