"""Media types, and cutting a result that is too long."""

from __future__ import annotations

import csv
import io
import json
import random
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

from server.http.formats import BY_NAME, GRAPHS, OX_GRAPHS, OX_RESULTS, RESULTS, choose, upload_format, wants_page
from server.workers.truncate import truncated


@pytest.mark.parametrize(
    ("accept", "offered", "name"),
    [
        ("", RESULTS, "json"),
        ("application/sparql-results+xml;q=0.1, text/csv;q=0.09", RESULTS, "xml"),
        ("TEXT/CSV", RESULTS, "csv"),
        ("text/csv;q=nonsense, text/tab-separated-values;q=0.1", RESULTS, "tsv"),
        ("application/json;charset=utf-8", RESULTS, "json"),
        ("*;q=0.1", RESULTS, "json"),
        ("image/*", RESULTS, None),
        ("*/*;q=0", RESULTS, None),
        ("text/turtle;q=0, */*;q=0.5", GRAPHS, "nt"),
        ("application/rdf+xml, text/turtle", GRAPHS, "ttl"),
        ("application/ld+json;profile=x", GRAPHS, "jsonld"),
        (",;,q=1,/", RESULTS, None),
    ],
)
def test_accept_chooses(accept, offered, name):
    chosen = choose(accept, offered)
    assert (chosen and chosen.name) == name


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("", False),
        ("*/*", False),
        ("text/turtle, text/html;q=0.5", False),
        ("application/sparql-results+json", False),
    ],
)
def test_a_browser_is_known_by_accept(accept, page):
    assert wants_page(accept) is page


@pytest.mark.parametrize(
    ("content_type", "file_name", "name"),
    [
        ("text/turtle; charset=utf-8", None, "ttl"),
        ("application/octet-stream", "a.nt", "nt"),
        (None, "a.jsonld", "jsonld"),
        ("application/json", None, "jsonld"),
        ("text/plain", "a.rdf", "rdf"),
        ("application/pdf", "a.pdf", None),
        (None, None, None),
    ],
)
def test_an_upload_is_known_by_type_or_name(content_type, file_name, name):
    found = upload_format(content_type, file_name)
    assert (found and found.name) == name


def test_every_format_has_its_writer():
    assert set(BY_NAME) == {*OX_RESULTS, *OX_GRAPHS}


NASTY = ['x}},{"a', '}},{"a":{"type":"', "a,b\r\nc", '"', "tab\tnew\n", "</result>", "]}}", "\\", "ä€\U0001f600", ""]


def rows_of(data: bytes, name: str) -> list[tuple[str | None, ...]]:
    """Read any result format with a parser that is not ours."""
    if name == "json":
        names = json.loads(data)["head"]["vars"]
        return [tuple(row.get(n, {}).get("value") for n in names) for row in json.loads(data)["results"]["bindings"]]
    if name == "xml":
        space = "{http://www.w3.org/2005/sparql-results#}"
        found = ET.fromstring(data).iter(f"{space}result")
        return [tuple(("".join(b.itertext())) for b in row) for row in found]
    if name == "csv":
        return [tuple(row) for row in csv.reader(io.StringIO(data.decode(), newline=""))][1:]
    return [tuple(line.split("\t")) for line in data.decode().split("\n")[1:] if line]


@pytest.mark.parametrize("name", list(OX_RESULTS))
def test_a_cut_result_is_well_formed_and_a_beginning_of_the_whole(name):
    chance = random.Random(7)
    values = " ".join(f"({ox.Literal(a)} {ox.Literal(b)})" for a in NASTY for b in NASTY)
    results = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    whole = results.serialize(format=OX_RESULTS[name])
    expected = rows_of(whole, name)
    assert len(expected) == len(NASTY) ** 2
    begin = len(ox.Store().query("SELECT ?a ?b { FILTER(false) }").serialize(format=OX_RESULTS[name]))
    for end in [begin, *(chance.randrange(begin, len(whole)) for _ in range(300))]:
        short, count = truncated(whole[:end], name)
        found = rows_of(short, name)
        assert found == expected[: len(found)]
        assert len(found) == count
        assert count >= len(expected) * end // len(whole) - 15


def test_a_cut_json_result_says_so():
    whole = ox.Store().query("SELECT ?a { VALUES ?a { 1 2 3 } }").serialize(format=OX_RESULTS["json"])
    assert json.loads(truncated(whole[:-40], "json")[0])["head"] == {"truncated": True, "vars": ["a"]}
