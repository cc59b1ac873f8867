"""Preloaded by a Dask worker of a test: the stand-in annotates there too, and takes its time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from pytest import MonkeyPatch

from kg.build import annotator
from kg.reading import Article
from tests.support.made import stand_in

SECONDS_AN_ARTICLE = 0.05
_patch = MonkeyPatch()
stand_in(_patch).__enter__()
_annotate = annotator.annotate


def _slowly(nlp: Any, articles: Iterable[Article]) -> Iterator[Any]:
    for annotated in _annotate(nlp, articles):
        time.sleep(SECONDS_AN_ARTICLE)
        yield annotated


_patch.setattr(annotator, "annotate", _slowly)
