"""Queries that take other endpoints down: each is answered, the next one works, and nothing leaks or reaches out."""

from __future__ import annotations

import json
import os
import random
import socket
import threading
import time

import pytest

from tests.support.hostile import ENDLESS, REACHING, REACHING_UPDATES, SHAPES, fuzz, reaching
from tests.support.serving import TOKEN, WRITER, descendants, endpoint, make_store, open_files, select, served

ROUNDS = int(os.environ.get("LAGEBILD_ROUNDS", "60"))
ANSWERS = {200, 400, 408, 413}
CROWD = " ".join(f"GRAPH <g> {{ <s{n}> <p{n % 7}> <o{n % 50}> }}" for n in range(2_000))


@pytest.fixture(scope="module")
def listener():
    """Yield the address of a listener and the list of those who came."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                came.append(address)
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", came
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    store = make_store(tmp_path_factory.mktemp("limits") / "store", CROWD)
    with served(store, write_token=TOKEN, memory=256 << 20, max_result=1 << 20) as client:
        yield client


def ask(client, query, timeout="0.3"):
    return client.get("/sparql", query_string={"query": query, "timeout": timeout})


def works(client) -> bool:
    return select(client, "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/lagebild/g> { ?s ?p ?o } }") == [{"n": "2000"}]


@pytest.mark.parametrize("size", [90, 2_500])
@pytest.mark.parametrize("name", SHAPES)
def test_deep_and_long_queries_are_answered_and_the_next_one_works(client, name, size):
    assert ask(client, SHAPES[name](size)).status_code in ANSWERS
    assert works(client)


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_and_hungry_queries_are_stopped_and_the_next_one_works(client, name):
    answer = ask(client, ENDLESS[name])
    assert answer.status_code in ANSWERS
    if answer.status_code != 200:
        assert answer.json["kind"] in ("timeout", "limit")
    assert works(client)


@pytest.mark.parametrize("name", REACHING)
def test_no_query_reaches_out(client, listener, name):
    url, came = listener
    answer = ask(client, dict(reaching(REACHING, url))[name], "2")
    assert answer.status_code in (200, 400)
    if "service" in name:
        assert answer.json["kind"] in ("refused", "syntax")
    assert came == []
    assert works(client)


@pytest.mark.parametrize("name", REACHING_UPDATES)
def test_no_update_reaches_out(client, listener, name):
    url, came = listener
    answer = client.post("/sparql", data={"update": dict(reaching(REACHING_UPDATES, url))[name]}, headers=WRITER)
    assert answer.status_code in (204, 400)
    assert came == []
    assert works(client)


@pytest.mark.parametrize("context", ['"{url}"', '{{"@import": "{url}"}}'])
def test_no_upload_reaches_out(client, listener, context):
    url, came = listener
    data = f'{{"@context": {context.format(url=url)}, "@id": "urn:a", "urn:b": 1}}'
    answer = client.put("/graphs?graph=urn:x", data=data, content_type="application/ld+json", headers=WRITER)
    assert answer.status_code == 400
    assert came == []


def test_the_corpus_at_random_leaks_nothing(client, listener):
    url, came = listener
    chance = random.Random(20171109)
    own = endpoint(client)
    assert works(client)
    before = len(descendants(os.getpid())), open_files()
    for _ in range(ROUNDS):
        name, text = fuzz(chance, url)
        assert ask(client, text, "0.1").status_code in ANSWERS, name
        assert works(client)
    settle(client)
    workers = own.pool.fast_size + own.pool.slow_size
    assert len(descendants(os.getpid())) <= before[0] + workers
    assert open_files() <= before[1] + workers
    assert came == []


def settle(client):
    """Wait for killed processes to be gone."""
    end = time.monotonic() + 10
    while time.monotonic() < end and len(descendants(os.getpid())) > 20:
        time.sleep(0.05)
    assert works(client)


def test_quick_queries_pass_while_slow_ones_fill_their_slots(tmp_path):
    store = make_store(tmp_path / "store", CROWD)
    with served(store, workers=2, slow_workers=1, timeout=3.0, queue_timeout=3.0) as client:
        answers = []

        def slow():
            answers.append(ask(client.application.test_client(), ENDLESS["count of a product"], "2").status_code)

        threads = [threading.Thread(target=slow) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(20):
            assert works(client)
        assert any(thread.is_alive() for thread in threads)
        for thread in threads:
            thread.join()
        assert set(answers) <= {408, 503}  # out of time while running, or while waiting for its turn


def test_a_timeout_can_be_lowered_and_not_raised(tmp_path):
    with served(make_store(tmp_path / "store", CROWD), timeout=0.3) as client:
        for timeout in ("0.1", "1000"):
            answer = ask(client, ENDLESS["count of a product"], timeout)
            assert (answer.status_code, answer.json["kind"]) == (408, "timeout")


def test_one_client_can_not_take_every_place(tmp_path):
    with served(make_store(tmp_path / "store", CROWD), per_client=2) as client:
        metrics = endpoint(client).metrics
        threads = [
            threading.Thread(target=ask, args=(client.application.test_client(), ENDLESS["count of a product"], "1"))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        while "lagebild_running 2" not in metrics.text("x"):
            time.sleep(0.01)
        refused = ask(client, "ASK {}")
        other = client.get("/sparql", query_string={"query": "ASK {}"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        assert (refused.status_code, refused.json["kind"], refused.headers["Retry-After"]) == (429, "too-many", "1")
        assert other.status_code == 200
        for thread in threads:
            thread.join()
        assert works(client)


def test_a_result_over_the_limit_says_so_and_can_be_read_on(tmp_path):
    with served(make_store(tmp_path / "store", CROWD), max_result=50_000) as client:
        query = {"query": "SELECT ?s { ?s ?p ?o } ORDER BY ?s"}
        whole = set()
        answer = client.get("/sparql", query_string=query)
        while True:
            page = json.loads(answer.data)
            whole |= {row["s"]["value"] for row in page["results"]["bindings"]}
            if "Link" not in answer.headers:
                break
            assert page["head"]["truncated"] is True
            assert answer.headers["X-Truncated"] == f"rows={len(page['results']['bindings'])}"
            link, _, relation = answer.headers["Link"].partition(">; ")
            assert relation.startswith('rel="next"')
            answer = client.get(link[1:])
        assert "truncated" not in page["head"]
        assert len(whole) == 2_000


def test_a_graph_over_the_limit_is_refused_whole(tmp_path):
    with served(make_store(tmp_path / "store", CROWD), max_result=50_000) as client:
        answer = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "5")
        assert (answer.status_code, answer.json["kind"]) == (413, "limit")


def test_no_process_is_left_when_the_endpoint_closes(tmp_path):
    before = set(descendants(os.getpid()))
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        assert ask(client, "ASK {}").status_code == 200
        assert client.post("/sparql", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}, headers=WRITER).status_code == 204
        run_folder = endpoint(client).run_folder
        assert set(descendants(os.getpid())) > before
    end = time.monotonic() + 10
    while set(descendants(os.getpid())) - before and time.monotonic() < end:
        time.sleep(0.05)
    assert set(descendants(os.getpid())) - before == set()
    assert not run_folder.exists()
