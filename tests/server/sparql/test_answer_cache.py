"""Answers that are kept: only while the data are the same, only as many as fit."""

from __future__ import annotations

import pytest

from server.http.call import Answer
from server.sparql.answer_cache import AnswerCache
from tests.support.serving import TOKEN, endpoint, make_store, select, served, update

QUERY = {"query": "SELECT ?s { ?s a <https://w3id.org/lagebild/ontology#City> }"}


def kept(client) -> int:
    text = endpoint(client).metrics.text("x")
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("lagebild_kept_total ")))


def test_a_question_asked_again_is_answered_from_memory_until_the_data_change(tmp_path):
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        first = client.get("/sparql", query_string=QUERY)
        again = client.get("/sparql", query_string=QUERY)
        assert (again.data, again.headers["ETag"], kept(client)) == (first.data, first.headers["ETag"], 1)
        assert update(client, "INSERT DATA { <urn:new> a <https://w3id.org/lagebild/ontology#City> }").status_code == 204
        assert len(select(client, QUERY["query"])) == 2


def test_another_form_host_or_dataset_is_another_question(tmp_path):
    with served(make_store(tmp_path / "store")) as client:
        relative = {"query": "SELECT (STR(<x>) AS ?iri) {}"}
        answers = [
            client.get("/sparql", query_string=relative),
            client.get("/sparql", query_string=relative, headers={"Accept": "text/csv"}),
            client.get("/sparql", query_string=relative, headers={"Host": "example.org"}),
            client.get("/sparql", query_string={**relative, "default-graph-uri": "urn:g"}),
        ]
        assert len({answer.headers["ETag"] for answer in answers}) == 4
        assert "http://example.org/x" in answers[2].text
        assert kept(client) == 0


def test_what_has_not_been_asked_for_longest_falls_out():
    answers = AnswerCache(9_000)  # room for eight of 1,100 bytes
    for name in "abcdefgh":
        answers.put(name, Answer(body=bytes(100)))
    assert answers.get("a")
    for name in "ij":
        answers.put(name, Answer(body=bytes(100)))
    assert [name for name in "abcdefghij" if answers.get(name)] == list("adefghij")


def test_a_long_answer_is_not_kept():
    answers = AnswerCache(8_000)
    answers.put("long", Answer(body=bytes(100_000)))
    assert answers.get("long") is None
    nothing = AnswerCache(0)
    nothing.put("any", Answer())
    assert nothing.get("any") is None


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("SELECT * { <urn:a> ?p ?o }", True),
        ("PREFIX a: <urn:a#> SELECT * { ?s a:b \"a < b\" }", True),
        ("SELECT * { <entity/a> ?p ?o }", False),
        ("SELECT * { <> ?p ?o }", False),
        ("SELECT (IRI(\"entity/a\") AS ?a) {}", False),
        ("BASE <urn:x> SELECT * { ?s ?p ?o }", False),
    ],
)
def test_a_query_is_kept_under_all_names_of_the_server_where_no_iri_is_relative(client, query, same):
    tags = {client.get("/sparql", query_string={"query": query}, base_url=url).headers["ETag"] for url in ("http://a/", "http://b/")}
    assert len(tags) == (1 if same else 2)
