"""Articles to checked graphs, a batch at a time; in a worker process where there are several."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import NamedNode, Triple
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.pipeline import annotate, load_pipeline
from kg.build.handover import reports_in
from kg.build.options import Options
from kg.graph.article_graph import article_graph
from kg.reading import Article
from kg.resolution.report_reader import ArticleReports
from kg.resources import loading_for_good
from kg.store.manifest import FailedSentence
from kg.validation.report import Report
from kg.validation.validator import Validator


@dataclass(frozen=True)
class ArticleGraph:
    """An article's graph after its check: what conforms, what is set aside and why; or why there is none.

    ``quads`` is what conforms as N-Quads, which go through pipes and into a store many times as fast as terms do, and
    ``size`` the number of its triples; ``failed`` are the sentences that are not in it because they could not be annotated;
    ``reports`` what it says of events, where that needn't be read out of the store.
    """

    article: str
    graph: NamedNode
    quads: bytes = b""
    size: int = 0
    aside: list[Triple] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    failed: tuple[FailedSentence, ...] = ()
    failure: str | None = None
    reports: ArticleReports | None = None


def annotate_batch(batch: list[Article], options: Options) -> list[ArticleGraph]:
    """Annotate the articles of one batch and check their graphs."""
    return _Annotator.of(options).graphs(batch)


@cache
def loaded_pipeline(name: str) -> Language:
    """Return the pipeline of that name, "" for the one without a trained part, loaded once a process."""
    with loading_for_good():
        return load_pipeline(name or None)


class _Annotator:
    """The pipeline, the validator and the setting, loaded once a process."""

    def __init__(self, options: Options) -> None:
        self._nlp = loaded_pipeline(options.pipeline)
        self._setting = options.setting()
        self._validator = Validator(self._setting.shipped)

    @staticmethod
    @cache
    def of(options: Options) -> _Annotator:
        return _Annotator(options)

    def graphs(self, batch: list[Article]) -> list[ArticleGraph]:
        """Annotate all, then make and check all graphs: what a step works with is at hand from the article before."""
        annotated = [self._annotated(article) for article in batch]
        return [self._graph(article, doc) for article, doc in zip(batch, annotated, strict=True)]

    def _annotated(self, article: Article) -> Doc | Exception:
        try:
            [(_, doc)] = annotate(self._nlp, [article])
        except Exception as error:  # whatever is wrong with one article, the others are built, and it is named
            return error
        return doc

    def _graph(self, article: Article, doc: Doc | Exception) -> ArticleGraph:
        if isinstance(doc, Exception):
            return self._failed(article, doc)
        try:
            return self._checked(article, doc)
        except Exception as error:
            return self._failed(article, error)

    def _checked(self, article: Article, doc: Doc) -> ArticleGraph:
        name = self._setting.article(article.id)
        sifted = self._validator.sift(name, article_graph(article, doc, self._setting))
        quads = sifted.kept.n_quads(name)
        reports = reports_in(name.value, sifted.kept, self._setting.base)
        failed = tuple(FailedSentence(f.begin, f.end, f.error) for f in doc._.failures)
        return ArticleGraph(article.id, name, quads, len(sifted.kept), sifted.aside, sifted.report, failed, reports=reports)

    def _failed(self, article: Article, error: Exception) -> ArticleGraph:
        reason = f"can't be annotated, {type(error).__name__}: {error}; please report it"
        return ArticleGraph(article.id, self._setting.article(article.id), failure=reason)
