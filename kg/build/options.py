"""What is decided about a build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.graph import GraphContext
from kg.knowledge.triples import load_shipped
from kg.namespaces import DEFAULT_BASE
from kg.provenance import run_id, software
from kg.reading import ColumnMap
from kg.reading.content import NO_COLUMNS


@dataclass(frozen=True)
class Options:
    """What is decided about a build.

    ``published`` is the date of publication of all its articles, instead of what they say; ``below`` the beginning that
    is left out of their source paths; ``prune`` whether articles leave whose files have gone; ``columns`` which columns
    of tables give what; ``run`` the run's id, which :func:`kg.build.build` sets, the same for all processes.
    """

    base: str = DEFAULT_BASE
    pipeline: str = ""
    jobs: int = 1
    force: bool = False
    published: date | None = None
    below: str = ""
    prune: bool = False
    columns: ColumnMap = NO_COLUMNS
    run: str = ""

    def setting(self) -> GraphContext:
        """Return what every article's graph shares."""
        return GraphContext(load_shipped(self.base), self.run or run_id(self.pipeline), software(), self.base)
