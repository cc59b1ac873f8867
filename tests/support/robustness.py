"""Texts through the pipeline and into a graph, several at a time; those at which it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kg.annotation.pipeline import annotate
from kg.build import Options
from kg.graph.article_graph import article_graph
from tests.support.extraction import PUBLISHED, pipeline
from tests.support.made import article

TOGETHER = 20  # texts that are read as paragraphs of one article


def failing(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return each passage at which annotation fails, with the error; a graph that can't be made raises."""
    whole = article("\n\n".join(texts), published=PUBLISHED)
    [(_, doc)] = annotate(pipeline(), [whole])
    article_graph(whole, doc, Options().setting())
    return [(whole.text[failure.begin : failure.end], failure.error) for failure in doc._.failures]


def together(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in groups that are read in one go."""
    texts = iter(texts)
    while group := list(islice(texts, TOGETHER)):
        yield group
