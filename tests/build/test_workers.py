from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import Options, flow, workers
from kg.errors import LagebildError
from kg.resources import listed
from tests.support.building import built, entries, quads, write
from tests.support.killing import killed


def end(*_) -> None:
    os._exit(9)


def test_a_worker_that_is_ended_from_outside_is_named(monkeypatch):
    monkeypatch.setattr(workers, "annotate_in_this_process", end)
    with pytest.raises(LagebildError, match=r"a worker process was ended from outside.*fewer --jobs"):
        list(workers.annotated([[]], Options(jobs=2)))


@pytest.mark.parametrize("jobs", [2, 4])
def test_neither_the_number_of_processes_nor_the_order_of_the_articles_matters(tmp_path, monkeypatch, jobs):
    samples = [str(f) for f in listed("samples", ".txt")[:5]]
    monkeypatch.setattr(flow, "ARTICLES_AT_ONCE", 1)
    built(tmp_path / "one", *samples)
    assert built(tmp_path / "others", *reversed(samples), jobs=jobs).built == 5
    assert quads(tmp_path / "one") == quads(tmp_path / "others")


def test_where_workers_annotate_the_process_that_stores_loads_no_pipeline(tmp_path):
    """It is ready half a second sooner, and holds less for as long as the build lasts."""
    sample = str(listed("samples", ".txt")[0])
    line = ["build", sample, "--store", str(tmp_path / "store"), "--jobs", "2"]
    code = f"import sys; from kg.cli import main; assert main({line!r}) == 0; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
    assert built(tmp_path, sample).counts["unchanged"] == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")
def test_after_sigkill_no_process_is_left_and_the_next_build_completes(tmp_path):
    inputs = [tmp_path / "reports" / f"{n}.txt" for n in range(24)]
    samples = [file.read_text(encoding="utf8") for file in listed("samples", ".txt")]
    for number, file in enumerate(inputs):
        write(file, f"{samples[number % len(samples)]}\n\nSo stand es auf Seite {number}.")
    kg = Path(sys.executable).with_name("kg")
    command = [kg, "build", tmp_path / "reports", "--store", tmp_path / "store", "--jobs", "2"]
    chance = random.Random(7)
    ended = [killed(command, chance.uniform(2, 6)) for _ in range(3)]
    assert ended[0]
    built(tmp_path, tmp_path / "reports")
    built(tmp_path / "whole", tmp_path / "reports")
    assert quads(tmp_path) == quads(tmp_path / "whole")
    assert [entry.path for entry in entries(tmp_path)] == [str(file) for file in sorted(inputs)]
