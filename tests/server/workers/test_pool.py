"""Workers are there before they are asked for, of the newest data, and go when the endpoint closes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from server.http.metrics import is_alive
from tests.support.hostile import ENDLESS
from tests.support.serving import TOKEN, endpoint, make_store, select, served, update

CITIES = "SELECT ?s { ?s a lb:City }"
CROWD = "\n".join(f"<urn:{n}> <urn:p> {n} ." for n in range(500))


def eventually(holds: Callable[[], bool]) -> bool:
    """Say whether something comes to hold within ten seconds."""
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.fixture
def client(tmp_path):
    store = make_store(tmp_path / "store", f"{CROWD} <urn:town> a lb:City .")
    with served(store, workers=3, write_token=TOKEN, validate_writes=False) as client:
        select(client, CITIES)
        assert eventually(lambda: waiting(client) == 3)
        yield client


def waiting(client) -> int:
    return len(endpoint(client).pool.newest().idle)


def pids(client) -> set[int]:
    return {worker.pid for worker in endpoint(client).pool.newest().idle}


def test_a_worker_that_waits_answers(client):
    before = pids(client)
    assert len(select(client, CITIES)) == 1
    assert pids(client) == before


@pytest.mark.parametrize("killed", [1, 3])
def test_workers_that_have_died_are_replaced_and_nobody_notices(client, killed):
    before = pids(client)
    for pid in sorted(before)[:killed]:
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda pid=pid: not is_alive(pid))
    for number in range(3):
        assert len(select(client, f"{CITIES} LIMIT {number + 1}")) == 1
    assert eventually(lambda: waiting(client) == 3 and len(pids(client) & before) == 3 - killed)


def test_a_query_that_ends_its_worker_leaves_no_gap(client):
    before = pids(client)
    answer = client.get("/sparql", query_string={"query": ENDLESS["count of a product"], "timeout": "0.3"})
    assert answer.status_code == 408
    assert eventually(lambda: waiting(client) == 3 and len(pids(client) & before) == 2)


def test_workers_of_new_data_wait_before_they_are_asked(client):
    before = pids(client)
    assert update(client, "INSERT DATA { <urn:new> a <https://w3id.org/lagebild/ontology#City> }").status_code == 204
    assert eventually(lambda: waiting(client) == 3 and not pids(client) & before)
    assert len(select(client, CITIES)) == 2


def test_closing_ends_what_still_runs(tmp_path):
    answers = []
    with served(make_store(tmp_path / "store", CROWD), timeout=600.0) as client:
        asking = threading.Thread(
            target=lambda: answers.append(client.get("/sparql", query_string={"query": ENDLESS["count of a product"]}))
        )
        asking.start()
        assert eventually(lambda: "lagebild_running 1" in endpoint(client).metrics.text("x"))
        time.sleep(0.3)  # the query is on its way to a worker
    asking.join(30)
    assert not asking.is_alive()
    assert answers[0].status_code in (400, 503)
