"""Worker processes that annotate side by side: results in the order of the batches, and none outlives its parent."""

from __future__ import annotations

import ctypes
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from kg.build import annotator
from kg.build.annotator import ArticleGraph
from kg.build.options import Options
from kg.errors import LagebildError
from kg.reading import Article
from kg.resources import collect_rarely

_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


def annotated(batches: Iterable[list[Article]], options: Options) -> Iterator[list[ArticleGraph]]:
    """Yield every batch's graphs in the order of the batches, whatever the number of processes."""
    if options.jobs == 1:
        yield from (annotator.annotate_batch(batch, options) for batch in batches)
        return
    with ProcessPoolExecutor(options.jobs, get_context("spawn"), initializer=begin, initargs=(os.getpid(),)) as pool:
        try:
            yield from _in_order(pool, batches, options)
        except BrokenProcessPool as error:
            raise LagebildError("a worker process was ended from outside, out of memory? try fewer --jobs") from error


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[list[Article]], options: Options) -> Iterator[list[ArticleGraph]]:
    """Yield the results as the batches came; read no further ahead than keeps the workers busy."""
    under_way: deque[Future[list[ArticleGraph]]] = deque()
    for batch in batches:
        under_way.append(pool.submit(annotator.annotate_batch, batch, options))
        if len(under_way) > 2 * options.jobs:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def begin(parent: int) -> None:
    """Begin a worker process of ``parent``."""
    collect_rarely()
    end_with(parent)


def end_with(parent: int) -> None:
    """Have this process end when ``parent``, which started it, does, even by SIGKILL."""
    Thread(target=_watch, daemon=True).start()
    if sys.platform == "linux":  # at once, also while C code runs that lets no other thread in
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os._exit(1)


def _watch() -> None:
    """Wait for the end of the pipe that the parent holds open, and end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
