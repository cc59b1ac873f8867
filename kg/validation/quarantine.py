"""What does not conform, by article: a Turtle file with the triples set aside and the report that says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, Triple
from rdflib.namespace import SH

from kg.validation.report import Report, as_turtle


@dataclass(frozen=True)
class QuarantinedArticle:
    """One article's file in quarantine; ``triples`` counts what is set aside, ``messages`` what is wrong with it."""

    path: Path
    triples: int
    messages: tuple[str, ...]


class Quarantine:
    """The folder of what was set aside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, article_id: str, aside: Iterable[Triple], report: Report) -> None:
        """Keep what was set aside of an article; when nothing was, forget what an earlier build set aside."""
        aside = list(aside)
        if not aside:
            self.remove(article_id)
            return
        path = self._folder / f"{article_id}.ttl"
        self._folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_turtle([*aside, *Report(report.violations).triples()]))

    def remove(self, article_id: str) -> None:
        """Forget what was set aside of an article."""
        (self._folder / f"{article_id}.ttl").unlink(missing_ok=True)

    def entry(self, article_id: str) -> QuarantinedArticle:
        """Return what is in quarantine of an article; raises OSError where nothing is."""
        return _entry(self._folder / f"{article_id}.ttl")

    def entries(self) -> list[QuarantinedArticle]:
        """Return what is in quarantine, sorted by article."""
        return [_entry(path) for path in sorted(self._folder.glob("*.ttl"))]


def _entry(path: Path) -> QuarantinedArticle:
    store = Store()
    store.load(path=str(path), format=RdfFormat.TURTLE)
    rows = store.query(
        f"SELECT ?focus ?message {{ [] <{SH.focusNode}> ?focus ; <{SH.resultMessage}> ?message }} ORDER BY ?focus"
    )
    aside = sum(isinstance(quad.subject, NamedNode) for quad in store)  # the report's own nodes are blank
    return QuarantinedArticle(path, aside, tuple(f"{row['focus'].value}: {row['message'].value}" for row in rows))  # type: ignore[union-attr]
