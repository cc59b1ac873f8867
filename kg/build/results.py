"""What comes of an article: its graph as a worker hands it on. The process that stores it needs nothing that annotates."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from kg.resolution.report_reader import ArticleReports
from kg.store.manifest import FailedSentence
from kg.validation.report import Report


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
