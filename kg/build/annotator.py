"""Articles to checked graphs, a batch at a time; in a worker process where there are several."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.pipeline import annotate, load_pipeline
from kg.build.handover import reports_in
from kg.build.options import Options
from kg.build.results import ArticleGraph
from kg.graph.article_graph import article_graph
from kg.reading import Article
from kg.resources import loading_for_good
from kg.store.manifest import FailedSentence
from kg.validation.validator import Validator


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
