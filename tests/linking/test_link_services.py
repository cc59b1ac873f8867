"""``kg link`` against services that are dead, slow, busy or lying, and none at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.commands.link import Web
from kg.errors import ServiceError, UsageError
from kg.linking.cache import Cache
from kg.linking.entities import read_entities
from kg.linking.wikipedia_titles import items_of
from kg.settings import settings
from tests.support.linking import BASE, PAGE, QUICK, WD, command, folder_fixture, proposed, service, store_fixture  # noqa: F401

# Services that are not to be trusted

MANIFEST = {
    "versions": ["0.2"], "name": "made up", "identifierSpace": WD, "schemaSpace": "http://www.wikidata.org/prop/direct/",
}  # fmt: skip
Reply = tuple[int, dict[str, str], bytes]


class Made:
    """A service in this process; ``reply`` decides on every request, ``asked`` counts them."""

    def __init__(self, reply: Callable[[Made, dict[str, Any]], Reply]) -> None:
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.address = ""


@contextmanager
def made(reply: Callable[[Made, dict[str, Any]], Reply]) -> Iterator[Made]:
    one = Made(reply)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {
                k: json.loads(v[0]) if k != "query" else v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()
            }
            one.asked.append(form)
            status, headers, body = one.reply(one, form)
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = answer  # noqa: N815 - named by http.server

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.address = f"http://127.0.0.1:{server.server_port}/api"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()


def said(value: Any) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


def results(form: dict[str, Any], candidate: dict[str, Any]) -> Reply:
    return said({key: {"result": [candidate]} for key in form["queries"]})


def honest(one: Made, form: dict[str, Any]) -> Reply:
    return results(form, {"id": "Q1", "name": "X", "score": 100, "match": True}) if "queries" in form else said(MANIFEST)


def lying(what: Callable[[dict[str, Any]], Reply]) -> Callable[[Made, dict[str, Any]], Reply]:
    return lambda one, form: what(form) if "queries" in form else said(MANIFEST)


def slow(one: Made, form: dict[str, Any]) -> Reply:
    time.sleep(1.3)
    return said(MANIFEST)


def good(**other: Any) -> dict[str, Any]:
    return {"id": "Q1", "name": "X", "score": 50.0, **other}


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (slow, "no answer"),
        (lambda one, form: (200, {}, b"<html>Welcome</html>"), "answers something that is no JSON"),
        (lambda one, form: (200, {}, b"[" * 100_000), "answers something that is no JSON"),
        (lambda one, form: said([]), "has no manifest"),
        (lambda one, form: said({**MANIFEST, "versions": ["0.1"]}), "doesn't speak version 0.2"),
        (lambda one, form: said({**MANIFEST, "identifierSpace": "x y"}), "identifier space that is no IRI"),
        (lambda one, form: (200, {}, b" " * (10 << 20)), "sends more than 4,194,304 bytes"),
        (lambda one, form: (302, {"Location": "http://127.0.0.1:1/evil"}, b""), "sends us on to http://127.0.0.1:1/evil"),
        (lambda one, form: (404, {}, b""), "answers 404 Not Found: is this the right address?"),
        (lambda one, form: (503, {"Retry-After": "5"}, b""), "answers 503 Service Unavailable: try again later"),
        (lambda one, form: (200, {"Content-Length": "1000"}, b"{"), "the answer breaks off"),
        (lying(lambda form: said([])), "answers a batch with no object"),
        (lying(lambda form: said({})), "leaves the query q0 without a result"),
        (lying(lambda form: said({"q0": {"result": {}}})), "leaves the query q0 without a result"),
        (lying(lambda form: results(form, {"id": "Q1"})), "a candidate without id and name"),
        (lying(lambda form: results(form, good(id="Q1> <x"))), "is no identifier of"),
        (lying(lambda form: results(form, good(id="P31"))), "gives 'P31', which is no identifier of"),
        (lying(lambda form: results(form, good(id="../../etc"))), "is no identifier of"),
        (lying(lambda form: results(form, good(score="high"))), "a score that is no number"),
        (lying(lambda form: (200, {}, b'{"q0": {"result": [{"id": "Q1", "name": "X", "score": NaN}]}}')), "no number"),
        (lying(lambda form: (200, {}, b"x" * (10 << 20))), "sends more than"),
        (lying(lambda form: (301, {"Location": "/elsewhere"}, b"")), "sends us on to /elsewhere"),
    ],
)
def test_a_bad_service_is_named_and_nothing_is_written(store, tmp_path, monkeypatch, capsys, reply, message):
    folder, review = str(store.folder), tmp_path / "review.tsv"
    store.close()
    before = (store.folder / "generation").read_text(encoding="utf8")
    with made(reply) as bad:
        arguments = ("--ask", "--automatic", "--store", folder, "--reconcile", bad.address, "--wikidata", "")
        assert command(monkeypatch)(*arguments, "-o", str(review)) == 1
        err = capsys.readouterr().err
        assert bad.address in err
    assert message in err
    assert len(err.splitlines()) == 2
    assert not review.exists()
    assert (store.folder / "generation").read_text(encoding="utf8") == before


def test_a_dead_service_is_named(store, tmp_path, monkeypatch, capsys):
    with made(honest) as gone:
        address = gone.address
    store.close()
    review = tmp_path / "review.tsv"
    arguments = ("--ask", "--store", str(store.folder), "--reconcile", address, "-o", str(review))
    assert command(monkeypatch)(*arguments) == 1
    assert f"kg: {address}: no answer" in capsys.readouterr().err
    assert not review.exists()


def test_an_address_that_is_none_is_wrong_usage(store):
    with pytest.raises(UsageError, match="is no web address"):
        proposed(store, "file:///etc/passwd")


def test_names_from_outside_become_one_printable_line(store):
    with made(lying(lambda form: results(form, good(name="a\tb\n\u202ec\x00d")))) as one:
        assert {row.name for row in proposed(store, one.address).rows} == {"a b c d"}


def test_a_run_that_broke_off_goes_on_where_it_was(store, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.linking.service.QUERIES_AT_ONCE", 1)
    monkeypatch.setattr("kg.linking.propose.QUERIES_AT_ONCE", 1)

    def failing(one: Made, form: dict[str, Any]) -> Reply:
        batches = [asked for asked in one.asked if "queries" in asked]
        return (500, {}, b"") if len(batches) > 2 else honest(one, form)

    file = tmp_path / "answers.jsonl"
    with made(failing) as one:
        with pytest.raises(ServiceError, match="answers 500"):
            proposed(store, one.address, cache=Cache(file))
        one.reply = honest
        one.asked.clear()
        assert proposed(store, one.address, cache=Cache(file)).asked == 4
        assert len(one.asked) == 2
        one.asked.clear()
        proposed(store, one.address, cache=Cache(file))
        assert one.asked == []


def test_a_line_that_a_crash_cut_off_is_asked_again(tmp_path):
    file = tmp_path / "answers.jsonl"
    Cache(file).put("s", "q", 1)
    file.write_text(file.read_text(encoding="utf8") + '["abc', encoding="utf8")
    assert Cache(file).get("s", "q") == 1
    assert Cache(file).get("s", "other") is None


def test_a_busy_service_is_left_alone_as_long_as_it_asks(store):
    waited: list[float] = []
    replies = iter([(429, {"Retry-After": "7"}, b""), (503, {}, b""), (429, {"Retry-After": "9999"}, b"")])
    with made(lambda one, form: next(replies, None) or honest(one, form)) as one:
        web = replace(QUICK, waits=(1.0, 4.0, 15.0), sleep=waited.append)
        assert service(one.address, web=web).manifest["name"] == "made up"
    assert waited == [7.0, 4.0, 60.0]


def test_queries_are_sent_in_batches(store):
    with made(honest) as one:
        service(one.address).candidates([{"query": str(n)} for n in range(23)])
        assert [len(form["queries"]) for form in one.asked if "queries" in form] == [10, 10, 3]


def test_a_slow_drip_is_cut_off():
    class Drip(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Drip) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            web = replace(QUICK, deadline=0.2, waits=())
            with pytest.raises(ServiceError, match=r"no whole answer within 0.2 s"):
                web.json(f"http://127.0.0.1:{server.server_port}/")
        finally:
            server.shutdown()
            thread.join()


# Wikipedia titles


def rows_of(*pairs: tuple[str, str]) -> Reply:
    bindings = [{"page": {"value": page}, "item": {"value": item}} for page, item in pairs]
    return said({"results": {"bindings": bindings}})


def test_an_entity_with_a_wikipedia_title_is_resolved_through_it_first(store):
    with made(honest) as names, made(lambda one, form: rows_of((PAGE, f"{WD}Q215880"))) as endpoint:
        found = proposed(store, names.address, endpoint.address)
        assert "schema.org/about" in endpoint.asked[0]["query"]
        asked = [query["query"] for form in names.asked for query in form.get("queries", {}).values()]
    titled = [row for row in found.rows if row.method == "title"]
    assert [(r.entity, r.target, r.score) for r in titled] == [(f"{BASE}entity/peshmerga", f"{WD}Q215880", "100")]
    assert "Peschmerga" not in asked


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (said([]), "answers no SPARQL results"),
        (rows_of((PAGE, f"{WD}P31")), "is no item of Wikidata"),
        (rows_of(("https://en.wikipedia.org/wiki/Other", f"{WD}Q1")), "is no item of Wikidata"),
    ],
)
def test_a_lying_sparql_endpoint_is_named(reply, message):
    with made(lambda one, form: reply) as endpoint, pytest.raises(ServiceError, match=message):
        items_of([PAGE], endpoint.address, QUICK, Cache())


def test_addresses_that_are_no_wikipedia_articles_are_not_asked_for():
    assert items_of(["https://example.org/> } #"], "http://127.0.0.1:1/", QUICK, Cache()) == {}


# Off unless asked


def test_without_being_told_to_ask_nothing_goes_to_the_network(store, monkeypatch):
    store.close()
    monkeypatch.setattr(Web, "json", lambda *_: pytest.fail("asked the network"))
    assert command(monkeypatch)("--store", str(store.folder)) == 0


def test_wikidata_is_the_service_by_default():
    values = settings({})
    assert str(values["reconcile"]).startswith("https://wikidata.")
    assert "wikidata.org" in str(values["wikidata"])


def test_all_entities_are_read(store):
    found = read_entities(store)
    raqqah = found[f"{BASE}entity/raqqah"]
    assert (raqqah.mentions, raqqah.first, raqqah.country) == (2, "2014-06-10", f"{BASE}entity/syr")
    assert found[f"{BASE}entity/peshmerga"].page == PAGE
