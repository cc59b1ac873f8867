"""A build by a real Dask scheduler and workers, of which one is killed, then the scheduler; what is done is kept."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kg.build import Options
from kg.build.shards.cluster import annotate_on_cluster
from kg.build.shards.gathering import gathered
from kg.build.shards.loading import load_shards
from kg.build.shards.place import Place
from kg.cli import main
from kg.errors import LagebildError, UsageError
from kg.store.embedded import Store
from tests.support.building import built, entries, quads
from tests.support.made import write_reports
from tests.support.places import PROJECT
from tests.support.serving import free_port

pytestmark = pytest.mark.usefixtures("fast")
PATIENT = 60.0  # seconds in which processes surely start
IMPATIENT = 4.0


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-show")
        _await(port)

    def worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--preload", "tests.support.slow_worker")
        return self._started("worker", self.address, *options, "--local-directory", str(self._folder))

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    def _started(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", kind, *options, "--no-dashboard"],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process


def _await(port: int) -> None:
    end = time.monotonic() + PATIENT
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("the scheduler has not started")


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[Cluster, list[subprocess.Popen[bytes]]]]:
    made = Cluster(folder)
    try:
        yield made, [made.worker() for _ in range(workers)]
    finally:
        made.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports", *(f"nummer{n}" for n in range(40)))


def killing(process: subprocess.Popen[bytes], after: int):
    """End a process when so many shards are done."""

    def done(number: int, of: int) -> None:
        if number == after:
            process.send_signal(signal.SIGKILL)

    return done


def test_a_worker_that_is_killed_costs_no_shard(tmp_path, folder):
    place = str(tmp_path / "shards")
    with cluster(tmp_path, 3) as (made, workers):
        annotate_on_cluster([str(folder)], place, Options(), made.address, killing(workers[0], 1), PATIENT)
        assert workers[0].wait() == -signal.SIGKILL
    with Store(tmp_path / "store", write=True) as store:
        load_shards(place, store)
    built(tmp_path / "whole", folder)
    assert quads(tmp_path) == quads(tmp_path / "whole")
    assert entries(tmp_path) == entries(tmp_path / "whole")


def test_when_the_scheduler_is_gone_what_is_done_is_kept_and_the_next_run_completes(tmp_path, folder):
    place = tmp_path / "shards"
    with cluster(tmp_path, 1) as (made, _):
        annotate = annotate_on_cluster
        with pytest.raises(LagebildError, match=r"the scheduler has gone; the shards that are done are kept, run it again"):
            annotate([str(folder)], str(place), Options(), made.address, killing(made.scheduler, 2), PATIENT)
    before = {file: file.stat().st_mtime_ns for file in place.glob("*.gz")}
    assert len(before) >= 2
    with cluster(tmp_path, 1) as (made, _):
        annotate_on_cluster([str(folder)], str(place), Options(), made.address, lambda *_: None, PATIENT)
    assert {file: file.stat().st_mtime_ns for file in before} == before
    shards, _ = gathered(Place.of(str(place)))
    assert sum(shard.head.counts["read"] for shard in shards) == 40


def test_workers_that_are_gone_are_named(tmp_path, folder):
    with cluster(tmp_path, 0) as (made, _), pytest.raises(LagebildError, match="has no workers: start some with dask worker"):
        annotate_on_cluster([str(folder)], str(tmp_path / "s"), Options(), made.address, lambda *_: None, IMPATIENT)


def test_what_a_worker_can_not_see_is_wrong_usage(tmp_path, folder, monkeypatch):
    monkeypatch.chdir(tmp_path)  # workers run in another folder
    with cluster(tmp_path, 1) as (made, _), pytest.raises(UsageError, match=r"no such file or folder.*workers must see inputs"):
        annotate_on_cluster(["reports"], "shards", Options(), made.address, lambda *_: None, PATIENT)


def test_the_command_annotates_on_a_cluster_and_loads(tmp_path, folder):
    with cluster(tmp_path, 1) as (made, _):
        arguments = ["--scheduler", made.address, "--shards", str(tmp_path / "shards"), "--store", str(tmp_path / "store")]
        assert main(["build", str(folder), *arguments]) == 0
    built(tmp_path / "whole", folder)
    assert quads(tmp_path) == quads(tmp_path / "whole")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], 2, "--scheduler ADDRESS and --shards PLACE belong together"),
        (["--shards", "x"], 2, "--scheduler ADDRESS and --shards PLACE belong together"),
        (["--scheduler", "nonsense", "--shards", "x"], 2, "--scheduler nonsense: is no address, write it as tcp://host:8786"),
        (["--scheduler", "tcp://127.0.0.1:1", "--shards", "x", "--prune"], 2, "without --prune and --force"),
    ],
)
def test_wrong_calls_are_named(folder, capsys, arguments, status, message):
    assert main(["build", str(folder), *arguments]) == status
    assert message in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, folder):
    with pytest.raises(LagebildError, match=r"tcp://127.0.0.1:\d+: no Dask scheduler answers there"):
        address = f"tcp://127.0.0.1:{free_port()}"
        annotate_on_cluster([str(folder)], str(tmp_path / "s"), Options(), address, lambda *_: None, IMPATIENT)
