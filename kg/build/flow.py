"""The whole way of a build; what is unchanged is left alone, and what became of each input is noted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.build import workers
from kg.build.inputs import find
from kg.build.options import Options
from kg.build.tally import Tally
from kg.build.update import StoreUpdate
from kg.graph import readable_path
from kg.provenance import run_id
from kg.reading import Article, Skipped, Source, read_articles
from kg.store.base import GraphStore

TrackSources = Callable[[list[Source]], Iterable[Source]]
ARTICLES_AT_ONCE = 8  # articles annotated and checked together: bounds memory, and the progress bar still moves


def build(inputs: Iterable[str], store: GraphStore, options: Options, track: TrackSources = iter) -> Tally:
    """Bring ``store`` up to date with the articles of ``inputs``; ``track`` passes the sources on and may count them.

    An input that can't be read is named in the tally and the others are built. Raises :class:`StoreError` when the
    store can't be written to; what was stored until then stays.
    """
    inputs = list(inputs)
    workers.prepare(options)
    found = find(inputs, perhaps_none=options.prune)
    options = replace(options, run=run_id(options.pipeline))
    setting = options.setting()
    store.load_shipped(setting.shipped, options.base)
    with StoreUpdate(store, options, setting) as update:
        update.pass_over(found.passed)
        for batch in workers.annotated(batches(_wanted(track(found.sources), options, update)), options):
            update.take(batch)
    return update.finish(inputs, found.refused)


def _wanted(sources: Iterable[Source], options: Options, update: StoreUpdate) -> Iterator[Article]:
    """Yield the articles that have to be annotated; have noted what becomes of the others."""
    for source in sources:
        file = os.path.realpath(source.path)
        for outcome in outcomes_of(source, options):
            if isinstance(outcome, Skipped):
                update.skip(outcome)
            elif (article := update.settle(outcome, file)) is not None:
                yield article


def outcomes_of(source: Source, options: Options) -> Iterator[Article | Skipped]:
    """Yield what comes of a file, each article under the path that its graph gives."""
    for outcome in read_articles(source.path, root=source.root, published=options.published, columns=options.columns):
        yield below(outcome, options)


def below(outcome: Article | Skipped, options: Options) -> Article | Skipped:
    """Return an article under the path that its graph gives."""
    if isinstance(outcome, Skipped):
        return outcome
    return replace(outcome, source_path=readable_path(outcome.source_path.removeprefix(options.below)))


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in the portions in which they are annotated."""
    articles = iter(articles)
    while batch := list(islice(articles, ARTICLES_AT_ONCE)):
        yield batch
