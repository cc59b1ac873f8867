"""Shards annotated by the workers of a Dask scheduler, whose workers may die; what is missing afterwards is named."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any

from kg.build.inputs import Inputs, find
from kg.build.options import Options
from kg.build.shards.annotating import annotate_shard
from kg.build.shards.division import MOST_SHARDS, Shard
from kg.build.shards.gathering import number_of_shards
from kg.build.shards.manifest import ShardHead
from kg.build.shards.place import EXTRA, Place
from kg.errors import LagebildError, UsageError
from kg.provenance import run_id

SHARDS_A_THREAD = 4  # at least: the last ones of all workers end at about the same time
LARGEST_SHARD = 8 * 2**20  # bytes of input: so much is annotated again after a worker has died
ATTEMPTS = 3  # times that a shard is tried where the storage fails
PATIENCE = 60.0  # seconds without a scheduler or without any worker until a build gives up
STEP = 0.2
_one_at_a_time = Lock()  # a worker with several threads annotates in one: they would only wait for each other

Done = Callable[[int, int], None]  # how many shards of how many are done


def annotate_on_cluster(
    inputs: list[str], location: str, options: Options, scheduler: str, done: Done, patience: float = PATIENCE
) -> None:
    """Have the shards of ``inputs`` made at ``location``, those that are missing, by the workers of ``scheduler``.

    The workers must see inputs and place under the same names. Raises :class:`LagebildError` where scheduler or workers
    are gone for longer than ``patience`` seconds, or a shard fails again and again; what is done until then is kept.
    """
    place = Place.of(location)
    found = find(inputs)
    with _client(scheduler, patience) as client:
        threads = _threads(client, scheduler, patience)
        number = number_of_shards(place) or _number(found, threads)
        shards = [Shard(n, number) for n in range(1, number + 1)]
        heads = _Work(client, scheduler, patience).heads(inputs, shards, location, options, done)
    if any(head.run != run_id(options.pipeline) for head in heads):
        raise UsageError(f"{scheduler}: its workers run other software than this: install the same version everywhere")


def annotate_here(inputs: list[str], shard: Shard, location: str, options: Options) -> ShardHead:
    """Make one shard in this process, which is a worker's."""
    with _one_at_a_time:
        return annotate_shard(inputs, shard, location, options)[0]


class _Work:
    """The shards that are under way on a cluster."""

    def __init__(self, client: Any, scheduler: str, patience: float) -> None:
        self._client, self._scheduler, self._patience = client, scheduler, patience
        self._well = time.monotonic()  # when scheduler and workers were last seen

    def heads(self, inputs: list[str], shards: list[Shard], location: str, options: Options, done: Done) -> list[ShardHead]:
        """Return the heads of all shards when they are made."""
        waiting = {
            self._client.submit(
                annotate_here, inputs, shard, location, options, pure=False, retries=ATTEMPTS - 1, key=f"lagebild {shard}"
            ): shard
            for shard in shards
        }  # fmt: skip
        heads: list[ShardHead] = []
        while waiting:
            finished = [future for future in waiting if future.done()]
            for future in finished:
                heads.append(self._head(future, waiting.pop(future)))
                done(len(heads), len(shards))
            if not finished:
                self._check()
                time.sleep(STEP)
        return heads

    def _head(self, future: Any, shard: Shard) -> ShardHead:
        from distributed.scheduler import KilledWorker

        if future.status in ("cancelled", "lost"):
            raise self._gone()
        try:
            head: ShardHead = future.result(timeout=self._patience)
        except KilledWorker as error:
            raise LagebildError(f"shard {shard} has ended every worker that tried it, out of memory? see their logs") from error
        except UsageError as error:
            raise UsageError(f"a worker of {self._scheduler} says: {error}; workers must see inputs and place") from error
        except LagebildError:
            raise
        except Exception as error:  # whatever goes wrong between here and there
            raise LagebildError(f"shard {shard} failed on a worker of {self._scheduler}: {_told(error)}") from error
        return head

    def _check(self) -> None:
        """Raise when the scheduler, or the last worker, has been gone for too long."""
        if self._client.status == "running" and self._client.scheduler_info()["workers"]:
            self._well = time.monotonic()
        elif self._client.status == "closed" or time.monotonic() - self._well > self._patience:
            raise self._gone()

    def _gone(self) -> LagebildError:
        what = "no worker left" if self._client.status == "running" else "the scheduler has gone"
        return LagebildError(f"{self._scheduler}: {what}; the shards that are done are kept, run it again")


@contextmanager
def _client(scheduler: str, patience: float) -> Iterator[Any]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise UsageError(f"--scheduler {scheduler}: Dask distributed is not installed: {EXTRA}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said here, in one line
    with dask.config.set({"distributed.comm.timeouts.connect": f"{patience}s"}):
        try:
            client: Any = distributed.Client(scheduler, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise UsageError(f"--scheduler {scheduler}: is no address, write it as tcp://host:8786 ({error})") from error
        except (OSError, TimeoutError) as error:
            raise LagebildError(f"{scheduler}: no Dask scheduler answers there: start one with dask scheduler") from error
        try:
            yield client
        finally:
            client.close(timeout=STEP)


def _threads(client: Any, scheduler: str, patience: float) -> int:
    """Wait for a worker; return how many threads all of them have."""
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as error:
        raise LagebildError(f"{scheduler}: has no workers: start some with dask worker {scheduler} --nthreads 1") from error
    return sum(client.nthreads().values())


def _number(found: Inputs, threads: int) -> int:
    """Return into how many shards the files are divided."""
    size = sum(Path(source.path).stat().st_size for source in found.sources)
    return min(max(SHARDS_A_THREAD * threads, ceil(size / LARGEST_SHARD)), MOST_SHARDS)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n")[0]
