"""Shards to a store: which article each one is, is settled over all of them as a build would, then their graphs come in."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import cast

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.term import URIRef

from kg.build.flow import outcomes_of
from kg.build.options import Options
from kg.build.results import ArticleGraph
from kg.build.shards.annotating import text_digest
from kg.build.shards.gathering import Gathered, gathered
from kg.build.shards.manifest import ShardEntry, quads_name, read_entries
from kg.build.shards.place import Place
from kg.build.tally import Tally
from kg.build.update import StoreUpdate
from kg.build.workers import annotate_in_this_process
from kg.graph import Descriptions, header
from kg.namespaces import NIF
from kg.reading import Article, Skipped, SkipReason, Source
from kg.reading.article import LeftOut
from kg.store.base import GraphStore
from kg.validation.validator import Validator

TrackShards = Callable[[list[Gathered]], Iterable[Gathered]]
Key = tuple[int, int]  # number of the shard, and of the entry in it
IS_STRING = NamedNode(NIF.isString)


def load_shards(location: str, store: GraphStore, track: TrackShards = iter) -> Tally:
    """Bring ``store`` up to date with all shards of a place; ``track`` passes the shards on and may count them.

    The store holds afterwards what a build of the same inputs would have put there. Raises :class:`UsageError` where
    shards are missing or were not made alike, :class:`StoreError` where one is damaged or the store can't be written to.
    """
    place = Place.of(location)
    shards, options = gathered(place)
    setting = options.setting()
    store.load_shipped(setting.shipped, options.base)
    with StoreUpdate(store, options, setting) as update:
        _Loading(place, shards, store, options, update).run(track)
    refused = {(given, why) for shard in shards for given, why in shard.head.refused}
    return update.finish([], sorted(refused))


class _Loading:
    """One load under way: what is wanted of the shards, by the ids that the articles have in the store."""

    def __init__(
        self, place: Place, shards: list[Gathered], store: GraphStore, options: Options, update: StoreUpdate
    ) -> None:  # fmt: skip
        self._place, self._shards, self._store = place, shards, store
        self._options, self._setting, self._update = options, options.setting(), update
        self._graphs: dict[str, Key] = {}
        self._again: dict[str, tuple[Article, ShardEntry]] = {}
        self._failed: list[ArticleGraph] = []
        self._validator: Validator | None = None

    def run(self, track: TrackShards) -> None:
        for key, noted in self._in_order():
            self._settle(key, noted)
        for shard in track(self._shards):
            for graph in self._wanted(shard):
                self._update.take([graph])
        for article, noted in self._again.values():
            self._update.take(self._annotated_again(article, noted))
        self._update.take(self._failed)

    def _in_order(self) -> list[tuple[Key, ShardEntry]]:
        """Return all entries in the order in which a build comes to them."""
        entries = [
            ((shard.number, number), noted)
            for shard in self._shards
            for number, noted in enumerate(read_entries(self._place, shard.shard))
        ]
        return sorted(entries, key=lambda each: (not each[1].passed, each[1].source, each[1].position))

    def _settle(self, key: Key, noted: ShardEntry) -> None:
        """Note what became of one file or record; keep in mind what is wanted of it."""
        if noted.entry.article is None:
            (self._update.pass_over if noted.passed else self._skip)([_skipped(noted)])
            return
        stand_in = _article(noted)
        article = self._update.settle(stand_in, noted.entry.file, partial(self._is_stored, noted))
        if article is None:
            return
        if noted.entry.outcome == "failed":
            graph = self._setting.article(article.id)
            self._failed.append(ArticleGraph(article.id, graph, failure=noted.entry.detail))
            return
        self._graphs.pop(article.id, None)
        self._again.pop(article.id, None)
        if article.id == noted.entry.article and noted.annotated:
            self._graphs[article.id] = key
        else:  # another article has its id, or its graph was not made since it was taken for a copy
            self._again[article.id] = article, noted

    def _skip(self, skipped: list[Skipped]) -> None:
        self._update.skip(skipped[0])

    def _is_stored(self, noted: ShardEntry, article: Article) -> bool:
        """Whether the store has the graph that this article would have."""
        graph = self._setting.article(article.id)
        known = [triple for triple in header(article, self._setting).triples() if triple.predicate != IS_STRING]
        if not self._store.has(graph, known):
            return False
        rows = self._store.query(f"SELECT ?text {{ GRAPH {graph} {{ {graph} {URIRef(NIF.isString).n3()} ?text }} }}")
        return [text_digest(row["text"].value) for row in rows] == [noted.text]

    def _wanted(self, shard: Gathered) -> Iterator[ArticleGraph]:
        """Yield the graphs that are wanted of a shard; what didn't conform is checked again, for the report."""
        shard.check(self._place)
        with self._place.open(quads_name(shard.shard)) as file, gzip.open(file) as lines:
            for number, noted in enumerate(read_entries(self._place, shard.shard)):
                quads = b"".join(islice(lines, noted.triples))
                article = noted.entry.article
                if article is not None and self._graphs.get(article) == (shard.number, number):
                    yield self._graph(noted, self._setting.article(article), quads)

    def _graph(self, noted: ShardEntry, graph: NamedNode, quads: bytes) -> ArticleGraph:
        article, failed = str(noted.entry.article), noted.entry.failed_sentences
        if not noted.aside:
            return ArticleGraph(article, graph, quads, noted.triples, failed=failed)
        self._validator = self._validator or Validator(self._setting.shipped)
        triples = (quad.triple for quad in parse(quads + noted.aside.encode(), RdfFormat.N_QUADS))
        sifted = self._validator.sift(graph, Descriptions.of(triples))
        kept = sifted.kept.n_quads(graph)
        return ArticleGraph(article, graph, kept, len(sifted.kept), sifted.aside, sifted.report, failed)

    def _annotated_again(self, article: Article, noted: ShardEntry) -> list[ArticleGraph]:
        """Annotate an article from its file, under the id that it has here."""
        for position, outcome in enumerate(outcomes_of(Source(noted.source, None), self._options)):
            same = isinstance(outcome, Article) and outcome.content_hash == article.content_hash
            if position == noted.position and same:
                own = replace(cast(Article, outcome), id=article.id, source_path=article.source_path)
                return annotate_in_this_process([own], self._options)
        why = f"another article of the store has its id, so it has to be read again: {noted.source} isn't here as it was"
        return [ArticleGraph(article.id, self._setting.article(article.id), failure=why)]


def _skipped(noted: ShardEntry) -> Skipped:
    entry = noted.entry
    return Skipped(entry.path, entry.record, cast(SkipReason, entry.outcome), entry.detail)


def _article(noted: ShardEntry) -> Article:
    """Return the article without its text."""
    entry = noted.entry
    return Article(
        id=str(entry.article),
        source_path=entry.path,
        text="",
        blocks=(),
        title=noted.title,
        published=date.fromisoformat(noted.published) if noted.published else None,
        url=noted.url,
        publisher=noted.publisher,
        content_hash=entry.hash,
        retrieved=datetime.fromisoformat(noted.retrieved) if noted.retrieved else None,
        record=entry.record,
        left_out=tuple(LeftOut(passage.category, passage.text) for passage in entry.left_out),
    )
