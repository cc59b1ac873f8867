"""From files to a store: read, annotate, graph, validate, store; what is unchanged is left alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from multiprocessing import get_context

from pyoxigraph import NamedNode, Triple

from kg.annotation.pipeline import annotate, load_pipeline
from kg.errors import LagebildError, UsageError
from kg.graph import GraphContext, article_graph, header
from kg.knowledge.triples import load_shipped
from kg.namespaces import DEFAULT_BASE
from kg.provenance import run_id, software
from kg.reading import Article, Skipped, Source, discover, read_articles
from kg.store.base import GraphStore
from kg.validation.quarantine import Quarantine
from kg.validation.validator import Report, Validator

Track = Callable[[list[Source]], Iterable[Source]]
BATCH = 8  # articles annotated, checked and stored together: bounds memory, and the progress bar still moves


@dataclass(frozen=True)
class Options:
    """What is decided about a build.

    ``published`` is the date of publication of all its articles, instead of what they say; ``below`` the beginning that
    is left out of their source paths; ``run`` the run's id, which :func:`build` sets, the same for all processes.
    """

    base: str = DEFAULT_BASE
    pipeline: str = ""
    jobs: int = 1
    force: bool = False
    published: date | None = None
    below: str = ""
    run: str = ""

    def setting(self) -> GraphContext:
        """Return what every article's graph shares."""
        return GraphContext(load_shipped(self.base), self.run or run_id(self.pipeline), software(), self.base)


@dataclass(frozen=True)
class Checked:
    """An article's graph after its check: what conforms, what is set aside and why; or why there is none."""

    article: str
    graph: NamedNode
    kept: list[Triple] = field(default_factory=list)
    aside: list[Triple] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    failure: str | None = None


@dataclass
class Tally:
    """What came of a build; ``failures`` are lines for people, each names an input."""

    built: int = 0
    unchanged: int = 0
    triples: int = 0
    failures: list[str] = field(default_factory=list)
    set_aside: list[Checked] = field(default_factory=list)


def build(inputs: Iterable[str], store: GraphStore, options: Options, track: Track = iter) -> Tally:
    """Bring ``store`` up to date with the articles of ``inputs``; ``track`` passes the sources on and may count them.

    An input that can't be read is named in the tally and the others are built. Raises :class:`StoreError` when the
    store can't be written to; what was stored until then stays.
    """
    options = replace(options, run=run_id(options.pipeline))
    tally, setting, quarantine = Tally(), options.setting(), Quarantine(store.quarantine)
    store.load_shipped(setting.shipped, options.base)
    articles = _readable(track(_sources(inputs, tally)), options, tally)
    changed = (a for a in articles if options.force or not _unchanged(a, store, setting, tally))
    for batch in _checked(_batches(changed), options):
        good = [c for c in batch if c.failure is None]
        store.replace({c.graph: c.kept for c in good})
        for checked in good:
            quarantine.put(checked.article, checked.aside, checked.report)
        _count(batch, tally)
    return tally


def _sources(inputs: Iterable[str], tally: Tally) -> list[Source]:
    """Return the files that ``inputs`` name, each once and in an order that does not depend on that of the inputs.

    Raises :class:`UsageError` when no input names a file.
    """
    good: list[str] = []
    for given in inputs:
        try:
            good += [given] if list(discover([given])) else []
        except UsageError as error:
            tally.failures.append(str(error))
    if not good and tally.failures:
        raise UsageError("; ".join(tally.failures))
    found = list(discover(good))
    tally.failures += [str(skipped) for skipped in found if isinstance(skipped, Skipped)]
    return sorted((source for source in found if isinstance(source, Source)), key=lambda source: source.path)


def _readable(sources: Iterable[Source], options: Options, tally: Tally) -> Iterator[Article]:
    """Yield the articles that can be read, each id once."""
    seen: dict[str, str] = {}
    for source in sources:
        for article in read_articles(source.path, root=source.root, published=options.published):
            if isinstance(article, Skipped):
                tally.failures.append(str(article))
            elif article.id in seen:
                tally.failures.append(f"{article.source_path}: the same article as {seen[article.id]}, left out")
            else:
                seen[article.id] = article.source_path
                yield replace(article, source_path=article.source_path.removeprefix(options.below))


def _unchanged(article: Article, store: GraphStore, setting: GraphContext, tally: Tally) -> bool:
    """Say whether the store holds this article as this software reads it."""
    unchanged = store.has(setting.article(article.id), header(article, setting))
    tally.unchanged += unchanged
    return unchanged


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        yield batch


def _checked(batches: Iterable[list[Article]], options: Options) -> Iterator[list[Checked]]:
    """Yield every batch's graphs in the order of the batches, whatever the number of processes."""
    if options.jobs == 1:
        yield from (checked_graphs(batch, options) for batch in batches)
        return
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        try:
            yield from _in_order(pool, batches, options)
        except BrokenProcessPool as error:
            raise LagebildError("a worker process was ended from outside, out of memory? try fewer --jobs") from error


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[list[Article]], options: Options) -> Iterator[list[Checked]]:
    """Yield the results as the batches came; read no further ahead than keeps the workers busy."""
    under_way: deque[Future[list[Checked]]] = deque()
    for batch in batches:
        under_way.append(pool.submit(checked_graphs, batch, options))
        if len(under_way) > 2 * options.jobs:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def checked_graphs(batch: list[Article], options: Options) -> list[Checked]:
    """Annotate the articles of one batch and check their graphs; runs in a worker process where there are several."""
    return _Annotator.of(options).checked(batch)


class _Annotator:
    """The pipeline, the validator and the setting, loaded once a process."""

    def __init__(self, options: Options) -> None:
        self._nlp = load_pipeline(options.pipeline or None)
        self._setting = options.setting()
        self._validator = Validator(self._setting.shipped)

    @staticmethod
    @cache
    def of(options: Options) -> _Annotator:
        return _Annotator(options)

    def checked(self, batch: list[Article]) -> list[Checked]:
        graphs: dict[NamedNode, list[Triple]] = {}
        failed: list[Checked] = []
        ids = {self._setting.article(a.id): a.id for a in batch}
        for article in batch:
            name = self._setting.article(article.id)
            try:
                [(_, doc)] = annotate(self._nlp, [article])
                graphs[name] = article_graph(article, doc, self._setting)
            except Exception as error:  # whatever is wrong with one article, the others are built, and it is named
                reason = f"{article.source_path}: can't be annotated, {type(error).__name__}: {error}; please report it"
                failed.append(Checked(article.id, name, failure=reason))
        sifted = self._validator.sift(graphs)
        return [*(Checked(ids[name], name, kept, aside, report) for name, kept, aside, report in sifted), *failed]


def _count(batch: Iterable[Checked], tally: Tally) -> None:
    for checked in batch:
        if checked.failure is not None:
            tally.failures.append(checked.failure)
            continue
        tally.built += 1
        tally.triples += len(checked.kept)
        if checked.aside:
            tally.set_aside.append(checked)
