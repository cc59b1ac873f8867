"""A request to ``/sparql`` has one answer, whether it is awaited in the event loop or waited for in Flask's threads."""

from __future__ import annotations

from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from server.query_way import QueryWay
from server.web_process import WebProcess
from tests.support import rsgi
from tests.support.serving import PREFIXED, TOKEN, endpoint, make_store, served

SELECT = PREFIXED + "SELECT ?who { ?e a lb:Capture ; lb:agent ?who }"
CONSTRUCT = PREFIXED + "CONSTRUCT { ?e lb:agent ?who } { ?e lb:agent ?who } ORDER BY ?e"
UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
FORM, QUERY, UPDATING = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
RIGHT, WRONG = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": "Bearer x"}


def get(query: str | None = SELECT, method: str = "GET", headers: dict[str, str] | None = None, **parameters: str):
    """Return a request without a body: method, query string, headers, body."""
    given = {"query": query} if query is not None else {}
    return method, urlencode({**given, **parameters}), headers or {}, b""


def post(text: str | bytes, media_type: str | None, method: str = "POST", query: str = "", **headers: str):
    """Return a request with a body."""
    body = text.encode() if isinstance(text, str) else text
    return method, query, {**({"Content-Type": media_type} if media_type else {}), **headers}, body


def accepting(accept: str, **parameters: str):
    return get(headers={"Accept": accept}, **parameters)


TABLE = {
    "query": (200, get()),
    "second time": (200, get()),
    "csv": (200, accepting("Text/CSV")),
    "page": (200, accepting("text/html")),
    "page in capitals": (200, accepting("Text/HTML")),
    "page of a wrong query": (400, get("SELEKT", headers={"Accept": "text/html"})),
    "page, but a format": (200, accepting("text/html", format="csv")),
    "page less liked": (200, accepting("text/html;q=0.5, text/csv")),
    "nothing acceptable": (406, accepting("image/png")),
    "no type at all": (406, accepting("nonsense")),
    "construct": (200, get(CONSTRUCT)),
    "construct as rows": (406, get(CONSTRUCT, headers={"Accept": "text/csv"})),
    "ask": (200, get("ASK {}")),
    "head": (200, get(method="HEAD")),
    "head without query": (200, get(None, method="HEAD")),
    "description": (200, get(None)),
    "editor": (200, get(None, headers={"Accept": "text/html"})),
    "unknown parameter": (200, get(frobnicate="1")),
    "doubled query": (400, ("GET", urlencode([("query", SELECT), ("query", SELECT)]), {}, b"")),
    "doubled timeout": (400, ("GET", urlencode([("query", SELECT), ("timeout", "1"), ("timeout", "2")]), {}, b"")),
    "timeout that is no number": (400, get(timeout="abc")),
    "timeout of nothing": (200, get(timeout="")),
    "timeout": (200, get(timeout="5")),
    "offset": (200, get(offset="1")),
    "offset that is no number": (400, get(offset="-1")),
    "format": (200, get(format="tsv")),
    "unknown format": (400, get(format="xls")),
    "graph that is no IRI": (400, get(**{"default-graph-uri": "a b"})),
    "graph": (200, get(**{"default-graph-uri": "urn:none"})),
    "bad UTF-8": (400, ("GET", "query=%ff", {}, b"")),
    "empty query": (400, get("")),
    "blank query": (400, get("  ")),
    "syntax error": (400, get("SELECT * {\n ?s ?p }")),
    "service": (400, get("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")),
    "too deep": (400, get("ASK " + "{" * 200 + "}" * 200)),
    "update by get": (400, get(None, update=UPDATE)),
    "known already": (200, get(headers={"If-None-Match": '"other"'})),
    "any will do": (304, get(headers={"If-None-Match": "*"})),
    "packed": (200, get("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", headers={"Accept-Encoding": "gzip"})),
    "form": (200, post(urlencode({"query": SELECT}), FORM)),
    "form in capitals": (200, post(urlencode({"query": SELECT}), FORM.title() + "; charset=UTF-8")),
    "form and query string": (200, post(urlencode({"query": SELECT}), FORM, query="format=csv")),
    "query twice over": (400, post(urlencode({"query": SELECT}), FORM, query=urlencode({"query": SELECT}))),
    "form of both": (400, post(urlencode({"query": SELECT, "update": UPDATE}), FORM)),
    "empty form": (400, post("", FORM)),
    "form of something else": (400, post("a=b", FORM)),
    "form of an update": (401, post(urlencode({"update": UPDATE}), FORM)),
    "form as text/html": (200, post(urlencode({"query": SELECT}), FORM, Accept="text/html, */*;q=0.1")),
    "direct": (200, post(SELECT, QUERY)),
    "direct with parameters": (200, post(SELECT, QUERY, query="format=xml")),
    "direct, empty": (400, post("", QUERY)),
    "direct, bad UTF-8": (400, post(b"SELECT \xff", QUERY)),
    "direct, other character set": (415, post(SELECT, QUERY + "; charset=latin1")),
    "direct, wrong query": (400, post("SELEKT", QUERY)),
    "wrong media type": (415, post(SELECT, "text/plain")),
    "no media type": (415, post(SELECT, None)),
    "long": (200, post(SELECT + " #" + "x" * 9000, QUERY)),
    "too long": (413, post(SELECT + " #" + "x" * 300_000, QUERY)),
    "query method": (200, post(SELECT, QUERY, method="QUERY")),
    "query method with a form": (415, post(urlencode({"query": SELECT}), FORM, method="QUERY")),
    "update without token": (401, post(UPDATE, UPDATING)),
    "update with a wrong token": (401, post(UPDATE, UPDATING, **WRONG)),
    "update with an error": (400, post("INSERT DATA { ?s <urn:b> 1 }", UPDATING, **RIGHT)),
    "update by the query method": (415, post(UPDATE, UPDATING, method="QUERY", **RIGHT)),
    "options": (204, get(method="OPTIONS")),
    "put": (405, post(SELECT, QUERY, method="PUT")),
    "delete": (405, get(method="DELETE")),
}  # fmt: skip
CROWDED = {
    "query": get(), "wrong timeout": get(timeout="abc"), "page": accepting("text/html"), "description": get(None),
    "wrong media type": post(SELECT, "text/plain"), "update": post(UPDATE, UPDATING, **RIGHT), "head": get(method="HEAD"),
    "long": post(SELECT + " #" + "x" * 9000, QUERY), "too long": post(SELECT + " #" + "x" * 300_000, QUERY),
}  # fmt: skip


@contextmanager
def both(folder, **settings):
    """Yield a web process and a client of Flask for the same store."""
    store = make_store(folder)
    with served(store, write_token=TOKEN, **settings) as client:
        process = WebProcess(str(store), str(endpoint(client).run_folder), 1, {"write_token": TOKEN, **settings})
        try:
            yield process, client
        finally:
            process.__rsgi_del__(None)


def awaited(process, method, query, headers, body):
    """Return the whole answer of the event loop."""
    status, given, data = rsgi.ask(process, method, "/sparql", query, [*headers.items(), ("Host", "localhost")], body)
    return status, sorted(given), b"" if method == "HEAD" else data


def waited_for(client, method, query, headers, body):
    """Return the whole answer of Flask."""
    answer = client.open("/sparql", method=method, query_string=query, headers=headers, data=body or None)
    return answer.status_code, sorted(answer.headers.items()), answer.data


@pytest.fixture(scope="module")
def ways(tmp_path_factory):
    with both(tmp_path_factory.mktemp("ways") / "store") as ways:
        yield ways


@pytest.fixture(scope="module")
def crowded_ways(tmp_path_factory):
    with both(tmp_path_factory.mktemp("crowded") / "store", per_client=0) as ways:
        yield ways


@pytest.mark.parametrize("name", TABLE)
def test_both_ways_give_the_same_answer(ways, name):
    status, request = TABLE[name]
    process, client = ways
    answer = awaited(process, *request)
    assert answer == waited_for(client, *request)
    assert answer[0] == status


@pytest.mark.parametrize("name", CROWDED)
def test_a_client_with_too_many_requests_is_told_so_before_anything_else(crowded_ways, name):
    process, client = crowded_ways
    answer = awaited(process, *CROWDED[name])
    assert answer == waited_for(client, *CROWDED[name])
    assert answer[0] == 429


@pytest.mark.parametrize("body", [b"", (SELECT + " #" + "x" * 9000).encode()], ids=["event loop", "Flask"])
def test_a_header_that_is_sent_twice_is_one_list(ways, body):
    method, query = ("POST", "") if body else ("GET", urlencode({"query": SELECT}))
    headers = [("Accept", "image/png"), ("Accept", "text/csv"), ("Content-Type", QUERY)]
    assert dict(rsgi.ask(ways[0], method, "/sparql", query, headers, body)[1])["Content-Type"] == "text/csv; charset=utf-8"


def test_a_mistake_of_the_server_is_told_on_stderr_and_answered_without_details(ways, monkeypatch, capsys):
    def fail(self, call):
        raise RuntimeError("secret")

    monkeypatch.setattr(QueryWay, "_step", fail)
    process, client = ways
    answer = awaited(process, *get())
    assert answer == waited_for(client, *get())
    assert (answer[0], b'"kind": "fault"' in answer[2], b"secret" in answer[2]) == (500, True, False)
    assert capsys.readouterr().err.count("RuntimeError: secret") == 2
