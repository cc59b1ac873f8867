"""Worker processes that annotate side by side: results in the order of the batches, and none outlives its parent.

On Linux they are copies of one process that has loaded all they need, and share its memory; elsewhere each loads it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from threading import Thread

from kg.build.options import Options
from kg.build.results import ArticleGraph
from kg.errors import LagebildError
from kg.reading import Article
from kg.resources import collect_rarely

_METHOD = "forkserver" if sys.platform == "linux" else "spawn"
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


def prepare(options: Options) -> None:
    """Let the process begin to load of which the workers will be copies: there is time until the first batch."""
    if options.jobs > 1 and _METHOD == "forkserver":
        forkserver.set_forkserver_preload(["kg.build.annotator" if options.pipeline else "kg.build.preloaded"])
        resource_tracker.ensure_running()  # started with the other it would let SIGINT through again
        before = pthread_sigmask(SIG_BLOCK, {SIGINT})  # Ctrl-C is for this process, which ends the others
        forkserver.ensure_running()
        pthread_sigmask(SIG_SETMASK, before)


def annotated(batches: Iterable[list[Article]], options: Options) -> Iterator[list[ArticleGraph]]:
    """Yield every batch's graphs in the order of the batches, whatever the number of processes."""
    if options.jobs == 1:
        yield from (annotate_in_this_process(batch, options) for batch in batches)
        return
    prepare(options)
    with ProcessPoolExecutor(options.jobs, get_context(_METHOD), initializer=begin) as pool:
        try:
            yield from _in_order(pool, batches, options)
        except BrokenProcessPool as error:
            raise LagebildError("a worker process was ended from outside, out of memory? try fewer --jobs") from error


def annotate_in_this_process(batch: list[Article], options: Options) -> list[ArticleGraph]:
    """Annotate the articles of one batch and check their graphs, in this process; it loads what that needs at the first."""
    from kg.build import annotator  # half a second and 60 MiB, for nothing where workers annotate

    return annotator.annotate_batch(batch, options)


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[list[Article]], options: Options) -> Iterator[list[ArticleGraph]]:
    """Yield the results as the batches came; read no further ahead than keeps the workers busy."""
    under_way: deque[Future[list[ArticleGraph]]] = deque()
    for batch in batches:
        under_way.append(pool.submit(annotate_in_this_process, batch, options))
        if len(under_way) > 2 * options.jobs:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def begin() -> None:
    """Begin a worker process."""
    collect_rarely()
    end_with(os.getppid())


def end_with(parent: int) -> None:
    """Have this process end when ``parent`` does, of which it came, or the process of the build, even by SIGKILL."""
    Thread(target=_watch, daemon=True).start()
    if sys.platform == "linux":  # at once, also while C code runs that lets no other thread in
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os._exit(1)


def _watch() -> None:
    """Wait for the end of the pipe that the process of the build holds open, and end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
