"""The store behind a SPARQL server that fails in every way; Oxigraph and Fuseki themselves stand in files of their own."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading

import pytest
from pyoxigraph import NamedNode

from kg import back_off
from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.store import open_store, remote, sparql_client
from tests.support.killing import survivors
from tests.support.made import small_shipped, stand_in, triples, write_reports
from tests.support.serving import Server, free_port, wait_for
from tests.support.sparql_servers import scripted

A, B = (NamedNode(f"https://w3id.org/lagebild/article/{name}") for name in "ab")
GONE = (0, b"", {})  # no answer at all
WAITS = [1.0, 4.0, 15.0]  # seconds before the second, third and fourth attempt, at least


@pytest.fixture
def server():
    with scripted() as server:
        yield server


@pytest.fixture
def address(server):
    return server.address


@pytest.fixture(autouse=True)
def slept(monkeypatch):
    """Return the seconds that would have been slept."""
    seconds = []
    monkeypatch.setattr(back_off, "sleep", seconds.append)
    return seconds


def said(value: str):
    return triples(f'<article/a> schema:headline "{value}"@de ; lb:fatalities "3"^^xsd:nonNegativeInteger .')


def test_a_remote_store_does_what_the_one_on_disk_does(address, tmp_path):
    states = []
    for location in (address, tmp_path / "store"):
        with open_store(location, write=True) as store:
            store.load_shipped(small_shipped())
            store.load_shipped(small_shipped())
            store.replace({A: said("alt"), B: said("anders")})
            store.replace({A: said("neu")})
            store.remove(B)
            states.append(
                (store.base, store.graphs(), set(store.quads()), store.has(A, said("neu")), store.has(A, said("alt")))
            )
    assert states[0] == states[1]
    assert states[0][3:] == (True, False)


def test_the_command_line_builds_into_a_server_and_asks_it(address, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports")
    with stand_in(monkeypatch):
        assert main(["build", "reports", "--store", address]) == 0
        assert main(["build", "reports", "--store", address]) == 0
    assert "0 articles built (0 triples), 3 unchanged" in capsys.readouterr().err
    assert main(["validate", "--store", address]) == 0
    assert main(["query", "SELECT (COUNT(?e) AS ?n) { ?e a lb:Capture }", "--store", address, "--format", "csv"]) == 0
    assert capsys.readouterr().out.split() == ["n", "3"]
    assert main(["query", "CONSTRUCT { ?e a lb:Event } { ?e a lb:Capture }", "--store", address]) == 0
    assert capsys.readouterr().out.count("lb:Event") == 3
    assert main(["serve", "--store", address, "--write-token", "auf"]) == 2
    assert "only a copy of this store is served here: leave --write-token out" in capsys.readouterr().err


def test_many_graphs_go_in_several_requests(server, monkeypatch):
    monkeypatch.setattr(remote, "LARGEST_REQUEST", 1000)
    names = [NamedNode(f"{A.value}{number}") for number in range(10)]
    open_store(server.address, write=True).replace({name: said(300 * "x") for name in names})
    assert server.kinds == 5 * ["update"]
    assert open_store(server.address).graphs() == names


def test_updates_go_to_their_own_address(server, monkeypatch):
    monkeypatch.setenv("KG_UPDATE", server.address + "update")
    open_store(server.address, write=True).replace({A: said("neu")})
    assert open_store(server.address).graphs() == [A]
    assert [path for path, _, _ in server.asked] == ["/update", "/"]


@pytest.mark.parametrize(
    ("environment", "shown", "origin"),
    [
        ({}, None, "who shows no credentials"),
        ({"KG_TOKEN": "auf"}, "Bearer auf", "what KG_TOKEN says"),
        ({"KG_USER": "anna", "KG_PASSWORD": "pfad"}, "Basic YW5uYTpwZmFk", "what KG_USER and KG_PASSWORD says"),
        ({"NETRC": "own-netrc"}, "Basic YmVydDp0b3I=", "what own-netrc says"),
        ({"NETRC": "nowhere"}, None, "who shows no credentials"),
    ],
)
@pytest.mark.parametrize("status", [401, 403])
def test_credentials_come_from_environment_or_netrc(server, tmp_path, monkeypatch, slept, environment, shown, origin, status):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own-netrc").write_text("machine 127.0.0.1 login bert password tor\n", encoding="ascii")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    server.failing((status, b"no", {}))
    wanted = f"{server.address}: refuses {origin} ({status}): set KG_TOKEN, KG_USER and KG_PASSWORD, or a line for the host"
    with pytest.raises(StoreError, match=re.escape(wanted)):
        open_store(server.address).graphs()
    assert [authorization for _, _, authorization in server.asked] == [shown]
    assert slept == []


@pytest.mark.parametrize(
    ("location", "environment", "wrong"),
    [
        ("http://anna:pfad@127.0.0.1:1/ds", {}, "http://127.0.0.1:1/ds: a password in an address is seen by others: "),
        ("http://127.0.0.1:1/ds", {"KG_USER": "anna"}, "KG_USER without KG_PASSWORD: set both"),
        ("http://127.0.0.1:1/ds", {"NETRC": "broken"}, "broken: can't be read for the password of 127.0.0.1: "),
        ("http://127.0.0.1:99999/ds", {}, "http://127.0.0.1:99999/ds: is no web address: see it"),
    ],
)
def test_wrong_ways_to_give_a_server_are_wrong_usage(tmp_path, monkeypatch, location, environment, wrong):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").write_text("machine 127.0.0.1 passwort pfad\n", encoding="ascii")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as caught:
        open_store(location).graphs()
    assert str(caught.value).startswith(wrong)
    assert "pfad" not in str(caught.value)


@pytest.mark.parametrize("fault", [GONE, (500, b"oh", {}), (502, b"", {}), (503, b"later", {}), (504, b"", {}), (429, b"", {})])
def test_a_server_that_fails_for_a_moment_is_asked_again(server, slept, fault):
    store = open_store(server.address, write=True)
    server.failing(fault, fault, None)
    store.replace({A: said("neu")})
    server.failing(None, fault, fault, fault)
    assert store.graphs() == [A]
    assert store.has(A, said("neu"))
    assert len(slept) == 5
    assert all(least <= wait <= 1.5 * least for wait, least in zip(slept, [1.0, 4.0, *WAITS], strict=True))


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (GONE, "no answer (('Connection aborted.', .*|.*); is the server running there?"),
        ((500, b"an  internal\nfault", {}), "answers 500: an internal fault"),
        ((503, b"", {}), "answers 503"),
    ],
)
def test_a_server_that_goes_on_failing_ends_the_command_clearly(server, slept, fault, end):
    server.failing(*4 * [fault])
    with pytest.raises(StoreError) as caught:
        open_store(server.address).graphs()
    begin, _, rest = str(caught.value).partition(", asked 4 times: ")
    assert begin.startswith(f"{server.address}: {end.partition('(')[0]}")
    assert begin.endswith(end.rpartition("; ")[2])
    assert rest == "see to the server, then run the same command again: it goes on where it stopped"
    assert (len(server.asked), len(slept)) == (4, 3)


@pytest.mark.parametrize(
    ("given", "waited"), [("7", [7]), ("0", [1]), ("Sun, 06 Nov 1994 08:49:37 GMT", [1]), ("bald", [1])]
)
def test_a_server_says_itself_when_to_ask_again(server, slept, given, waited):
    server.failing((503, b"", {"Retry-After": given}))
    assert open_store(server.address).graphs() == []
    assert [int(seconds) for seconds in slept] == waited


def test_a_server_that_asks_for_an_hour_is_not_waited_for(server, slept):
    server.failing((503, b"maintenance", {"Retry-After": "3600"}))
    with pytest.raises(StoreError, match=r"answers 503: maintenance, and wants no request for 3600 s: see to the server"):
        open_store(server.address).graphs()
    assert slept == []


@pytest.mark.parametrize("fault", [(507, b"", {}), (500, b"IOException: No space left on device", {}), (503, b"Disk full", {})])
def test_a_server_out_of_space_is_not_asked_again(server, slept, fault):
    server.failing(fault)
    with pytest.raises(StoreError, match=r": has no space left \(50[037]: .*\): make room there, then run the same"):
        open_store(server.address, write=True).replace({A: said("neu")})
    assert slept == []


@pytest.mark.parametrize("status", [404, 405, 415])
def test_an_address_that_takes_no_updates_names_the_setting(server, status):
    server.failing((status, b"", {}))
    with pytest.raises(StoreError, match=rf": takes no updates \({status}\): set KG_UPDATE to the address where"):
        open_store(server.address, write=True).remove(A)


def test_a_redirect_is_named_and_not_followed(server):
    server.failing((302, b"", {"Location": "http://127.0.0.1:1/elsewhere"}))
    with pytest.raises(StoreError, match=r": sends us on to http://127\.0\.0\.1:1/elsewhere: if you trust that, give"):
        open_store(server.address).graphs()


def test_a_server_that_is_no_endpoint_is_named(server):
    server.failing((200, b"<html>", {"Content-Type": "text/html; charset=utf-8"}))
    with pytest.raises(StoreError, match=r": answers a query with text/html: is it a SPARQL endpoint\?$"):
        open_store(server.address).graphs()


def test_a_server_that_gives_no_sign_of_life_is_given_up(server, monkeypatch):
    monkeypatch.setenv("KG_STORE_TIMEOUT", "1")
    pause = threading.Event()
    server.before = lambda: pause.wait(5) and None
    with pytest.raises(StoreError, match=r"no answer within 1 s \(KG_STORE_TIMEOUT\), asked 4 times"):
        open_store(server.address).graphs()
    pause.set()


def test_a_server_may_take_long_to_read_an_update(server, monkeypatch):
    monkeypatch.setattr(sparql_client, "CONNECT_TIMEOUT", 0.2)
    server.slow = 1.0
    open_store(server.address, write=True).replace({A: said(12_000_000 * "x")})  # more than lies in buffers
    assert server.kinds == ["update"]


def test_a_large_graph_comes_in_parts_and_its_mark_last(server, monkeypatch):
    monkeypatch.setattr(remote, "TRIPLES_AT_ONCE", 2)
    parts = triples("".join(f'<entity/{n}> rdfs:label "{n}"@de . ' for n in range(5)))
    [mark] = triples('<article/a> owl:versionInfo "1" .')
    store = open_store(server.address, write=True)
    store.replace({A: said("alt")})
    server.failing(None, None, *4 * [GONE])
    with pytest.raises(StoreError):
        store.fill(A, parts, mark)
    assert not store.has(A, [mark])
    store.fill(A, parts, mark)
    assert set(store.triples(A)) == {*parts, mark}


@pytest.mark.parametrize(("fault", "after"), [(GONE, 2), (GONE, 9), ((507, b"", {}), 5), ((500, b"", {}), 12)])
def test_a_build_that_a_server_breaks_off_is_completed_by_the_next(server, tmp_path, monkeypatch, capsys, fault, after):
    """Whichever request it is at which the server fails for good."""
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports", *"abcdefghijklmnop")
    with stand_in(monkeypatch):
        with open_store(tmp_path / "whole", write=True):
            pass
        assert main(["build", "reports", "--store", "whole"]) == 0
        server.failing(*after * [None], *60 * [fault])
        assert main(["build", "reports", "--store", server.address]) == 1
        assert f"kg: {server.address}: " in capsys.readouterr().err
        server.failing()
        assert main(["build", "reports", "--store", server.address]) == 0
    with open_store("whole") as whole, open_store(server.address) as remote:
        assert set(remote.quads()) == set(whole.quads())


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(StoreError, match=r"^http://127\.0\.0\.1:1/: no answer \(.*refused\); is the server running there"):
        open_store("http://127.0.0.1:1/").graphs()


def test_a_wrong_query_is_wrong_usage_and_said_in_one_line(address):
    with pytest.raises(UsageError, match=r"^the query is wrong: wrong: .*") as caught:
        open_store(address).query("SELECT")
    assert "\n" not in str(caught.value)


def test_a_copy_of_a_store_behind_a_server_is_served(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store(server.address, write=True) as store:
        store.load_shipped(small_shipped())
        store.replace({A: said("alt")})
    port = free_port()
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", server.address, "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            served = Server(tmp_path, f"http://127.0.0.1:{port}", process)
            wait_for(served)
            assert b"alt" in served.ask("SELECT ?o { ?s <https://schema.org/headline> ?o }")[1]
        finally:
            process.send_signal(signal.SIGINT)
    assert survivors(process.pid) == []
