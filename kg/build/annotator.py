"""Articles to checked graphs, a batch at a time; in a worker process where there are several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.annotation.pipeline import annotate, load_pipeline
from kg.build.options import Options
from kg.graph import article_graph
from kg.reading import Article
from kg.store.manifest import FailedSentence
from kg.validation.validator import Report, Validator


@dataclass(frozen=True)
class ArticleGraph:
    """An article's graph after its check: what conforms, what is set aside and why; or why there is none.

    ``quads`` is what conforms as N-Quads, which go through pipes and into a store many times as fast as terms do, and
    ``size`` the number of its triples; ``failed`` are the sentences that are not in it because they could not be annotated.
    """

    article: str
    graph: NamedNode
    quads: bytes = b""
    size: int = 0
    aside: list[Triple] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    failed: tuple[FailedSentence, ...] = ()
    failure: str | None = None


def annotate_batch(batch: list[Article], options: Options) -> list[ArticleGraph]:
    """Annotate the articles of one batch and check their graphs."""
    return _Annotator.of(options).graphs(batch)


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

    def graphs(self, batch: list[Article]) -> list[ArticleGraph]:
        graphs: dict[NamedNode, list[Triple]] = {}
        sentences: dict[NamedNode, tuple[FailedSentence, ...]] = {}
        failed: list[ArticleGraph] = []
        ids = {self._setting.article(a.id): a.id for a in batch}
        for article in batch:
            name = self._setting.article(article.id)
            try:
                [(_, doc)] = annotate(self._nlp, [article])
                graphs[name] = article_graph(article, doc, self._setting)
                sentences[name] = tuple(FailedSentence(f.begin, f.end, f.error) for f in doc._.failures)
            except Exception as error:  # whatever is wrong with one article, the others are built, and it is named
                reason = f"can't be annotated, {type(error).__name__}: {error}; please report it"
                failed.append(ArticleGraph(article.id, name, failure=reason))
        sifted = self._validator.sift(graphs)
        good = (
            ArticleGraph(ids[name], name, n_quads(name, kept), len(kept), aside, report, sentences[name])
            for name, kept, aside, report in sifted
        )
        return [*good, *failed]


def n_quads(graph: NamedNode, triples: Iterable[Triple]) -> bytes:
    """Return ``triples`` as the N-Quads of one graph, in their order."""
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return lines.replace(b" .\n", f" {graph} .\n".encode())  # a line ends there alone: literals have their line ends escaped
