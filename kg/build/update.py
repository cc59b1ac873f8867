"""A store that is being brought up to date: which article each one is, what has to be annotated, what became of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import TracebackType
from typing import Self

from pyoxigraph import Literal, NamedNode, Triple

from kg.build.accounts import Accounts
from kg.build.deposit import Deposit
from kg.build.identity import Identities, Known, Verdict, passages_left_out, version
from kg.build.options import Options
from kg.build.results import ArticleGraph
from kg.build.tally import Tally
from kg.errors import StoreError
from kg.graph import GraphContext, header
from kg.namespaces import LB
from kg.reading import Article, Skipped
from kg.resolution.resolver import resolve
from kg.store.base import GraphStore
from kg.store.inventory import gone, inventory
from kg.store.manifest import Entry, Manifest
from kg.store.removal import prune

IsStored = Callable[[Article], bool]  # whether the store holds the graph that this software makes of an article
MOVED_TOGETHER = 64  # articles that get another path in one go


class StoreUpdate:
    """One update of a store, wherever its articles and their graphs come from; a context manager.

    What is taken in is written at the end at the latest, and when something breaks off, unless the store does.
    """

    def __init__(self, store: GraphStore, options: Options, setting: GraphContext) -> None:
        self._store, self._options, self._setting = store, options, setting
        self._manifest = Manifest(store.quarantine.parent)
        self._identities = Identities(inventory(store), self._manifest, pruning=options.prune)
        self._accounts = Accounts(self._manifest)
        self._moves: dict[NamedNode, str] = {}
        self._tally = Tally()
        self._deposit = Deposit(store, self._accounts, self._tally, beside=options.jobs > 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        written = False
        try:
            if not isinstance(error, StoreError):
                self._deposit.write()
                self._move()
                written = True
        finally:
            self._deposit.close()
            self._accounts.close(complete=written and error is None)

    def pass_over(self, passed: Iterable[Skipped]) -> None:
        """Note what in the folders is no file to read."""
        self._tally.passed += [self._accounts.skipped(skipped) for skipped in passed]

    def skip(self, skipped: Skipped) -> None:
        """Note a file or record that gives no article."""
        self._accounts.skipped(skipped)

    def settle(self, article: Article, file: str, is_stored: IsStored | None = None) -> Article | None:
        """Note which article this one, read from ``file``, is; return it with its id where its graph is wanted.

        ``is_stored`` tells whether the store has its graph already; by default what is known before annotation does.
        """
        verdict = self._identities.settle(article, file)
        return verdict.article if self._is_wanted(verdict, file, is_stored or self._has) else None

    def take(self, batch: list[ArticleGraph]) -> None:
        """Take in the graphs of articles that were wanted."""
        self._deposit.take(batch)

    def finish(self, inputs: list[str], refused: Iterable[tuple[str, str]]) -> Tally:
        """Let go what has gone from the disk, where that is wanted; find the events that articles share; return the tally.

        To be called when all was written. ``refused`` are inputs that find nothing, and why.
        """
        tally = self._tally
        if self._options.prune:
            tally.pruned = [held.path for held in prune(self._store, self._manifest, inputs)]
            self._manifest.write()
        tally.resolved = resolve(self._store)
        tally.gone = len(gone(inventory(self._store).values(), self._manifest))
        passed = set(tally.passed)
        unread = [Entry(given, None, "unreadable", why) for given, why in refused]
        tally.entries = [*unread, *(entry for entry in self._accounts if entry not in passed)]
        return tally

    def _is_wanted(self, verdict: Verdict, file: str, is_stored: IsStored) -> bool:
        """Note what an article is; say whether its graph is wanted."""
        article, known = verdict.article, verdict.known
        entry = Entry(
            article.source_path, article.record, "read", "", article.id, file, article.content_hash, version(article),
            left_out=passages_left_out(article),
        )  # fmt: skip
        if known is None:
            self._accounts.begin(entry)
            return True
        if verdict.kind in ("copy", "older"):
            self._accounts.note(_double(entry, verdict.kind, known))
            return False
        if verdict.kind == "changed":
            entry = replace(entry, outcome="replaced")
            self._accounts.supersede(known, entry)
            self._accounts.begin(entry)
            return True
        return self._is_outdated(article, entry, known, is_stored)

    def _is_outdated(self, article: Article, entry: Entry, known: Known, is_stored: IsStored) -> bool:
        """Note an article whose content the store has; say whether other software has read it."""
        if self._options.force or not is_stored(replace(article, source_path=known.path)):
            self._accounts.begin(entry)
            return True
        if known.path != article.source_path:
            entry = replace(entry, detail=f"the article of {known.path}, which stands under this path now")
            self._tally.moved.append(entry)
            self._moves[self._setting.article(article.id)] = article.source_path
            if len(self._moves) >= MOVED_TOGETHER:
                self._move()
        self._accounts.note(replace(entry, outcome="unchanged"))
        return False

    def _has(self, article: Article) -> bool:
        return self._store.has(self._setting.article(article.id), header(article, self._setting).triples())

    def _move(self) -> None:
        """Give the articles their new source paths; a deposit under way may hold a new version of one."""
        self._deposit.end()
        moved = {graph: [_at(path, triple) for triple in self._store.triples(graph)] for graph, path in self._moves.items()}
        if moved:
            self._store.replace(moved)
        self._moves.clear()


def _double(entry: Entry, kind: str, known: Known) -> Entry:
    """Return the entry of an article that is kept from another file or record."""
    if kind == "copy":
        return replace(entry, outcome="copy", detail=f"the same article as {known.path}, which is kept")
    return replace(entry, outcome="duplicate", detail=f"an older version of the article that is kept from {known.path}")


def _at(path: str, triple: Triple) -> Triple:
    if triple.predicate.value != str(LB.sourcePath):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(path))
