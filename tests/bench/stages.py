"""What each stage of a build takes: processor time between the doors of the rooms, in the build itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pytest import MonkeyPatch

from kg.build import annotator, flow, update
from kg.graph import Descriptions
from kg.store.embedded import Store
from kg.validation.validator import Validator

STAGES = ("read", "annotate", "graph", "validate", "store", "resolve")


class Stopwatch:
    """Seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function`` with its time, or that of the iteration that it returns, added to a stage."""

        def measured(*args: Any, **kwargs: Any) -> Any:
            begin = time.process_time()
            try:
                result = function(*args, **kwargs)
            finally:
                self.seconds[stage] += time.process_time() - begin
            return self._iterated(stage, result) if isinstance(result, Iterator) else result

        return measured

    def _iterated(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            begin = time.process_time()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.seconds[stage] += time.process_time() - begin
            yield item


@contextmanager
def watched() -> Iterator[Stopwatch]:
    """Measure the builds that are made in this process meanwhile."""
    watch = Stopwatch()
    doors: tuple[tuple[str, Any, str], ...] = (
        ("read", flow, "read_articles"),
        ("annotate", annotator, "annotate"),
        ("graph", annotator, "article_graph"),
        ("graph", Descriptions, "n_quads"),
        ("validate", Validator, "sift"),
        ("store", Store, "put"),
        ("store", Store, "replace"),
        ("resolve", annotator, "reports_in"),
        ("resolve", update, "resolve"),
    )
    with MonkeyPatch.context() as patch:
        for stage, place, name in doors:
            patch.setattr(place, name, watch.timed(stage, getattr(place, name)))
        yield watch
