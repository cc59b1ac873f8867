"""What watching outlives: kills, a store that is taken, rounds that fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from kg.cli import main
from kg.commands import watch as command
from kg.store.embedded import Store
from kg.watching.state import STATE_FILE, WatchState
from tests.support.building import texts
from tests.support.killing import survivors

PAGES = tuple(f"/{number:02}" for number in range(30))
WATCH = """
import sys
from pytest import MonkeyPatch
from kg.cli import main
from kg.watching import rounds
from tests.support.made import stand_in
rounds.PAGES_AT_ONCE = 8
with stand_in(MonkeyPatch()):
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def full(site):
    """A site of thirty articles."""
    site.feed(*PAGES)
    for path in PAGES:
        site.article(path, f"Es regnete in Ort {path[1:]}.")
    return site


@pytest.mark.parametrize("request_number", [1, 2, 12, 31])
def test_a_kill_loses_nothing_and_the_next_round_completes(full, watch, tmp_path, request_number):
    """Killed while the site answers that request."""
    given = ["watch", f"{full.address}/feed.xml", "--host", full.host, "--private", full.host, "--once", "--delay", "0s"]
    process: list[subprocess.Popen[bytes]] = []

    def before(path: str) -> None:
        if len(full.asked) == request_number:
            os.kill(process[0].pid, signal.SIGKILL)

    full.before = before
    process.append(
        subprocess.Popen(
            [sys.executable, "-c", WATCH, *given, "--store", "store"], cwd=tmp_path, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.DEVNULL,
        )
    )  # fmt: skip
    assert process[0].wait(120) == -signal.SIGKILL
    assert survivors(process[0].pid) == []
    full.before = lambda path: None
    fetched = {path for path in full.asked[:-1] if path in PAGES}
    full.asked.clear()
    status, _ = watch()
    assert (status, len(texts(tmp_path))) == (0, 30)
    assert set(PAGES) - set(full.asked) <= fetched
    with Store(tmp_path / "store") as store:
        assert len(store.articles()) == 30


def test_what_was_fetched_is_built_by_the_next_round_where_the_store_was_taken(full, watch, tmp_path):
    with Store(tmp_path / "store", write=True):
        status, said = watch()
        assert status == 1
        assert "another process is writing into this store: wait for its end" in said
    assert watch()[0] == 0
    assert len(texts(tmp_path)) == 30


def test_two_watches_do_not_share_a_folder(watch, tmp_path):
    with WatchState(tmp_path / "lagebild-pages"):
        status, said = watch()
    assert status == 1
    assert said == f"kg: {tmp_path / 'lagebild-pages'}: another kg watch is at work here: wait for its end\n"


def test_a_damaged_state_is_named_with_the_remedy(watch, tmp_path):
    (tmp_path / "lagebild-pages").mkdir()
    (tmp_path / "lagebild-pages" / STATE_FILE).write_bytes(1000 * b"kein SQLite ")
    status, said = watch()
    assert status == 1
    assert f"{STATE_FILE}: is damaged (file is not a database): remove it, the pages are fetched anew" in said


def test_pages_do_not_lie_in_a_store(full, watch, tmp_path):
    watch()
    status, said = watch("--pages", "store/pages")
    assert status == 2
    assert "store/pages: lies in a store: give another folder as --pages" in said


def test_rounds_follow_each_other_until_interrupted(full, watch, tmp_path, monkeypatch, capsys):
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise KeyboardInterrupt
        full.feed(*PAGES, edited=len(pauses))

    monkeypatch.setattr(command.time, "sleep", pause)
    given = ["watch", f"{full.address}/feed.xml", "--host", full.host, "--private", full.host, "--every", "1h"]
    with Store(tmp_path / "store", write=True):
        assert main([*given, "--store", str(tmp_path / "store")]) == 130
    said = capsys.readouterr().err
    assert said.count("another process is writing into this store: wait for its end; the next round goes on") == 3
    assert all(3000 < seconds <= 3960 for seconds in pauses)
    assert main([*given, "--once", "--store", str(tmp_path / "store")]) == 0
    assert len(texts(tmp_path)) == 30
