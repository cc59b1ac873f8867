"""The whole way of a build; what is unchanged is left alone, and what became of each input is noted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.build import workers
from kg.build.accounts import Accounts
from kg.build.deposit import Deposit
from kg.build.identity import Identities, Known, Verdict, version
from kg.build.options import Options
from kg.build.tally import Tally
from kg.errors import StoreError, UsageError
from kg.graph import GraphContext, header, readable_path
from kg.namespaces import LB
from kg.provenance import run_id
from kg.reading import Article, Skipped, Source, discover, read_articles
from kg.resolution.resolver import resolve
from kg.store import holds_a_store
from kg.store.base import GraphStore
from kg.store.inventory import gone, inventory
from kg.store.manifest import Entry, Manifest
from kg.store.removal import prune

TrackSources = Callable[[list[Source]], Iterable[Source]]
ARTICLES_AT_ONCE = 8  # articles annotated, checked and stored together: bounds memory, and the progress bar still moves
MOVED_TOGETHER = 64  # articles that get another path in one go


@dataclass(frozen=True)
class Inputs:
    """What the inputs name: files to read, in an order that does not depend on that of the inputs, and what is none."""

    sources: list[Source] = field(default_factory=list)
    passed: list[Skipped] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # an input that finds nothing, and why


def find(inputs: Iterable[str], *, perhaps_none: bool = False) -> Inputs:
    """Return what ``inputs`` name.

    Raises :class:`UsageError` when none of them finds a file to read, unless there may be none any more.
    """
    good: list[str] = []
    found = Inputs()
    for given in inputs:
        try:
            good += [given] if list(discover([given])) else []
        except UsageError as error:
            found.refused.append((given, str(error).removeprefix(f"{given}: ")))
    if not good and found.refused and not perhaps_none:
        raise UsageError("; ".join(f"{given}: {why}" for given, why in found.refused))
    for one in _of_the_user(list(discover(good)) if good else []):
        if isinstance(one, Skipped):
            found.passed.append(one)
        else:
            found.sources.append(one)
    found.sources.sort(key=lambda source: source.path)
    return found


def _of_the_user(found: list[Source | Skipped]) -> list[Source | Skipped]:
    """Leave out the files of stores, which may lie below the inputs."""
    folders = {folder for one in found for folder in Path(one.path).parents}
    stores = {folder for folder in folders if holds_a_store(folder)}
    return [one for one in found if stores.isdisjoint(Path(one.path).parents)]


def build(inputs: Iterable[str], store: GraphStore, options: Options, track: TrackSources = iter) -> Tally:
    """Bring ``store`` up to date with the articles of ``inputs``; ``track`` passes the sources on and may count them.

    An input that can't be read is named in the tally and the others are built. Raises :class:`StoreError` when the
    store can't be written to; what was stored until then stays.
    """
    inputs = list(inputs)
    found = find(inputs, perhaps_none=options.prune)
    options = replace(options, run=run_id(options.pipeline))
    setting = options.setting()
    store.load_shipped(setting.shipped, options.base)
    return _Build(store, options, setting).run(inputs, found, track)


class _Build:
    """One build under way."""

    def __init__(self, store: GraphStore, options: Options, setting: GraphContext) -> None:
        self._store, self._options, self._setting = store, options, setting
        self._manifest = Manifest(store.quarantine.parent)
        self._identities = Identities(inventory(store), self._manifest, pruning=options.prune)
        self._accounts = Accounts(self._manifest)
        self._moves: dict[NamedNode, str] = {}
        self._tally = Tally()
        self._deposit = Deposit(store, self._accounts, self._tally)

    def run(self, inputs: list[str], found: Inputs, track: TrackSources) -> Tally:
        complete = False
        try:
            self._note(found)
            for batch in workers.annotated(_batches(self._wanted(track(found.sources))), self._options):
                self._deposit.take(batch)
            self._deposit.write()
            self._move()
            complete = True
        except StoreError:
            raise
        except BaseException:
            self._deposit.write()  # what was annotated until now is kept
            raise
        finally:
            self._accounts.close(complete=complete)
        return self._closed(inputs, found)

    def _note(self, found: Inputs) -> None:
        self._tally.passed = [self._accounts.skipped(skipped) for skipped in found.passed]

    def _wanted(self, sources: Iterable[Source]) -> Iterator[Article]:
        """Yield the articles that have to be annotated; note what becomes of the others."""
        for source in sources:
            file = os.path.realpath(source.path)
            published, columns = self._options.published, self._options.columns
            for outcome in read_articles(source.path, root=source.root, published=published, columns=columns):
                if isinstance(outcome, Skipped):
                    self._accounts.skipped(outcome)
                    continue
                path = readable_path(outcome.source_path.removeprefix(self._options.below))
                verdict = self._identities.settle(replace(outcome, source_path=path), file)
                if self._annotate(verdict, file):
                    yield verdict.article

    def _annotate(self, verdict: Verdict, file: str) -> bool:
        """Note what an article is; say whether it has to be annotated."""
        article, known = verdict.article, verdict.known
        entry = Entry(
            article.source_path, article.record, "read", "", article.id, file, article.content_hash, version(article)
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
        return self._renewed(verdict, entry, known)

    def _renewed(self, verdict: Verdict, entry: Entry, known: Known) -> bool:
        """Note an article whose content the store has; say whether other software has to read it again."""
        article = verdict.article
        graph = self._setting.article(article.id)
        as_stored = replace(article, source_path=known.path)
        if self._options.force or not self._store.has(graph, header(as_stored, self._setting)):
            self._accounts.begin(entry)
            return True
        if known.path != article.source_path:
            entry = replace(entry, detail=f"the article of {known.path}, which stands under this path now")
            self._tally.moved.append(entry)
            self._moves[graph] = article.source_path
            if len(self._moves) >= MOVED_TOGETHER:
                self._move()
        self._accounts.note(replace(entry, outcome="unchanged"))
        return False

    def _move(self) -> None:
        """Give the articles their new source paths."""
        moved = {
            graph: [_at(path, triple) for triple in self._store.triples(graph)] for graph, path in self._moves.items()
        }
        if moved:
            self._store.replace(moved)
        self._moves.clear()

    def _closed(self, inputs: list[str], found: Inputs) -> Tally:
        """Let go what has gone from the disk, where that is wanted; find the events that articles share; return the tally."""
        tally = self._tally
        if self._options.prune:
            tally.pruned = [held.path for held in prune(self._store, self._manifest, inputs)]
            self._manifest.write()
        tally.resolved = resolve(self._store)
        tally.gone = len(gone(inventory(self._store).values(), self._manifest))
        passed = set(tally.passed)
        refused = [Entry(given, None, "unreadable", why) for given, why in found.refused]
        tally.entries = [*refused, *(entry for entry in self._accounts if entry not in passed)]
        return tally


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    articles = iter(articles)
    while batch := list(islice(articles, ARTICLES_AT_ONCE)):
        yield batch


def _double(entry: Entry, kind: str, known: Known) -> Entry:
    """Return the entry of an article that is kept from another file or record."""
    if kind == "copy":
        return replace(entry, outcome="copy", detail=f"the same article as {known.path}, which is kept")
    return replace(entry, outcome="duplicate", detail=f"an older version of the article that is kept from {known.path}")


def _at(path: str, triple: Triple) -> Triple:
    if triple.predicate.value != str(LB.sourcePath):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(path))
