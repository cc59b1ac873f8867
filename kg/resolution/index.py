"""What resolution remembers between builds, so that it looks again only at what has changed.

``resolution.sqlite`` beside the store; made anew from the store wherever it is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.resolution.copies import SignedArticle
from kg.resolution.event_reports import EventReport
from kg.resolution.report_reader import ArticleReports, Head

INDEX_FILE = "resolution.sqlite"
INDEX_VERSION = 3  # another number: made anew
CHANGED_TOGETHER = 100_000  # triples
PAGES_HELD = 32 * 2**10  # KiB of the file that are held in memory: what is written in no order stays there until it is complete
ANEW = "anew"  # the setting that all that is derived is yet to be told
TABLES = """
CREATE TABLE IF NOT EXISTS article (name TEXT PRIMARY KEY, stamp TEXT, published INTEGER, signature BLOB);
CREATE TABLE IF NOT EXISTS report (key TEXT PRIMARY KEY, article TEXT, block TEXT, content TEXT, shown TEXT);
CREATE INDEX IF NOT EXISTS report_block ON report (block);
CREATE INDEX IF NOT EXISTS report_article ON report (article);
CREATE TABLE IF NOT EXISTS derived (block TEXT, owner TEXT, triples TEXT, PRIMARY KEY (block, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS announcement (article TEXT PRIMARY KEY, stamp TEXT, signature BLOB, reports TEXT);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS renaming (article TEXT, key TEXT, name TEXT, PRIMARY KEY (article, key));
CREATE TABLE IF NOT EXISTS change (triple TEXT PRIMARY KEY, added INTEGER) WITHOUT ROWID;
"""


class ResolutionIndex:
    """Articles, their event reports by block, and what was derived from them; a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / INDEX_FILE
        self._connection = self._opened()
        self._connection.execute(f"PRAGMA cache_size = -{PAGES_HELD}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == INDEX_VERSION:
                connection.executescript(TABLES)
                return connection
        except sqlite3.DatabaseError:  # broken off in the middle, or no index at all: it can be made anew
            pass
        connection.close()
        self._file.unlink(missing_ok=True)
        connection = sqlite3.connect(self._file)
        connection.executescript(TABLES)
        connection.execute(f"PRAGMA user_version = {INDEX_VERSION}")
        connection.commit()
        return connection

    def commit(self) -> None:
        """Keep what was changed until now; what was announced has been taken in."""
        self._connection.execute("DELETE FROM announcement")
        self._connection.commit()

    # -- articles -------------------------------------------------------------------------------------------------

    def stamps(self) -> dict[str, str]:
        """Return the stamp of every article known, by its IRI."""
        return dict(self._connection.execute("SELECT name, stamp FROM article"))

    def forget(self, articles: Iterable[str]) -> set[str]:
        """Take articles out with their reports; return the blocks that these were in."""
        blocks: set[str] = set()
        for name in articles:
            rows = self._connection.execute("SELECT block FROM report WHERE article = ?", (name,))
            blocks |= {block for (block,) in rows}
            self._connection.execute("DELETE FROM report WHERE article = ?", (name,))
            self._connection.execute("DELETE FROM article WHERE name = ?", (name,))
        return blocks

    def outdate(self, articles: Iterable[str]) -> None:
        """Let the next resolution read these articles anew, whatever their stamps say."""
        names = [(name,) for name in articles]
        self._connection.executemany("UPDATE article SET stamp = '' WHERE name = ?", names)
        self._connection.executemany("DELETE FROM announcement WHERE article = ?", names)
        self._connection.commit()

    def announce(self, arrived: Iterable[ArticleReports]) -> None:
        """Keep what articles say for the next resolution, which then needn't read it out of the store."""
        rows = [(each.head.article, each.head.stamp, each.signature, "\n".join(each.reports)) for each in arrived]
        self._connection.executemany("INSERT OR REPLACE INTO announcement VALUES (?, ?, ?, ?)", rows)
        self._connection.commit()

    def announced(self, heads: Iterable[Head]) -> Iterator[tuple[Head, bytes | None, list[tuple[EventReport, str]]]]:
        """Yield those of the articles that were announced as they are now: signature, and reports with their JSON."""
        select = "SELECT signature, reports FROM announcement WHERE article = ? AND stamp = ?"
        for head in heads:
            for signature, reports in self._connection.execute(select, (head.article, head.stamp)).fetchall():
                yield head, signature, [(EventReport.from_json(line), line) for line in reports.splitlines()]

    def put_article(self, head: Head, signature: bytes | None) -> None:
        """Remember an article."""
        row = head.article, head.stamp, head.published, signature
        self._connection.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?)", row)

    def signed(self) -> Iterator[SignedArticle]:
        """Yield every article with its signature."""
        rows = self._connection.execute("SELECT name, published, signature FROM article ORDER BY name")
        return (SignedArticle(name, published, signature) for name, published, signature in rows)

    # -- reports --------------------------------------------------------------------------------------------------

    @contextmanager
    def filled(self) -> Iterator[None]:
        """Let many reports come in of which none is sought meanwhile: their order by block and article is made at once."""
        self._connection.execute("DROP INDEX report_block")
        self._connection.execute("DROP INDEX report_article")
        yield
        self._connection.execute("CREATE INDEX report_block ON report (block)")
        self._connection.execute("CREATE INDEX report_article ON report (article)")

    def put_reports(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Remember reports: key, article, block, JSON, and what the article's graph calls the event."""
        self._connection.executemany("INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?, ?)", rows)

    def block(self, name: str) -> list[tuple[EventReport, str]]:
        """Return the reports of a block, each with what its article's graph calls the event."""
        rows = self._connection.execute("SELECT content, shown FROM report WHERE block = ? ORDER BY key", (name,))
        return [(EventReport.from_json(content), shown) for content, shown in rows]

    def blocks(self) -> set[str]:
        """Return the names of all blocks."""
        return {block for (block,) in self._connection.execute("SELECT DISTINCT block FROM report")}

    def block_of(self, keys: Iterable[str]) -> set[str]:
        """Return the blocks of the reports of those names."""
        found = (self._connection.execute("SELECT block FROM report WHERE key = ?", (key,)).fetchone() for key in keys)
        return {row[0] for row in found if row}

    def blocks_of_articles(self, articles: Iterable[str]) -> set[str]:
        """Return the blocks in which articles have reports."""
        select = "SELECT DISTINCT block FROM report WHERE article = ?"
        return {block for name in articles for (block,) in self._connection.execute(select, (name,))}

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return those of ``keys`` that name a report."""
        sought = list(keys)
        return {k for k in sought if self._connection.execute("SELECT 1 FROM report WHERE key = ?", (k,)).fetchone()}

    def rename(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Remember (article, report, what the article's graph is to call its event)."""
        self._connection.executemany("INSERT OR REPLACE INTO renaming VALUES (?, ?, ?)", rows)
        self._connection.executemany("UPDATE report SET shown = ? WHERE key = ?", [(name, key) for _, key, name in rows])

    # -- what was derived -----------------------------------------------------------------------------------------

    def derived(self, block: str) -> dict[str, str]:
        """Return what was derived from a block: N-Triples by what they are about."""
        return dict(self._connection.execute("SELECT owner, triples FROM derived WHERE block = ?", (block,)))

    def forget_derived(self, blocks: Iterable[str]) -> None:
        """Forget what was derived from blocks."""
        self._connection.executemany("DELETE FROM derived WHERE block = ?", ((block,) for block in blocks))

    def put_derived(self, block: str, content: dict[str, str]) -> None:
        """Remember what was derived from a block of which nothing was."""
        rows = [(block, owner, triples) for owner, triples in content.items()]
        self._connection.executemany("INSERT INTO derived VALUES (?, ?, ?)", rows)

    # -- what the store is yet to be told ---------------------------------------------------------------------------

    def derive_anew(self) -> None:
        """Let the store be told all that is derived until now and until it is told, since it has been told nothing."""
        self.set(ANEW, ANEW)

    def change(self, removed: Iterable[str], added: Iterable[str]) -> None:
        """Remember which of the derived triples, as N-Triples, are to go and which to come; one that comes stays."""
        self._connection.executemany("INSERT OR IGNORE INTO change VALUES (?, 0)", ((line,) for line in removed))
        self._connection.executemany("INSERT OR REPLACE INTO change VALUES (?, 1)", ((line,) for line in added))

    def renamings(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the articles whose graphs are to call events otherwise, with the names by report."""
        rows = self._connection.execute("SELECT article, key, name FROM renaming ORDER BY article, key")
        for article, group in groupby(rows, key=itemgetter(0)):
            yield article, {key: name for _, key, name in group}

    def changes(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield the derived triples that are to go and to come, in portions."""
        if self.setting(ANEW):
            yield from (([], lines) for lines in self._all_derived())
        rows = self._connection.execute("SELECT triple, added FROM change ORDER BY triple")
        while portion := rows.fetchmany(CHANGED_TOGETHER):
            yield [line for line, added in portion if not added], [line for line, added in portion if added]

    def _all_derived(self) -> Iterator[list[str]]:
        portion: list[str] = []
        for (triples,) in self._connection.execute("SELECT triples FROM derived"):
            portion += triples.splitlines()
            if len(portion) >= CHANGED_TOGETHER:
                yield portion
                portion = []
        yield portion

    def done(self) -> None:
        """Forget what the store was to be told, since it has been; what was announced holds no longer where it was renamed."""
        self._connection.execute("DELETE FROM announcement WHERE article IN (SELECT article FROM renaming)")
        self._connection.execute("DELETE FROM renaming")
        self._connection.execute("DELETE FROM change")
        self.set(ANEW, "")
        self._connection.commit()

    def setting(self, name: str) -> str:
        """Return a remembered value; empty where there is none."""
        row = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set(self, name: str, value: str) -> None:
        """Remember a value."""
        self._connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
