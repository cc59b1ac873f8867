"""What is chosen, whole, in the formats of other programs."""

from __future__ import annotations

import csv
import json

import pyoxigraph as ox
import pytest

from tests.support.chosen_events import CHOSEN_EVENTS
from tests.support.serving import make_store, served

ENTITY, EVENT = "https://w3id.org/lagebild/entity/", "https://w3id.org/lagebild/event/"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(make_store(tmp_path_factory.mktemp("downloads") / "store", CHOSEN_EVENTS)) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        ("?format=csv", "text/html", "text/csv; charset=utf-8"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("?format=geojson", "", "application/geo+json"),
        ("", "application/geo+json", "application/geo+json"),
        ("", "application/json", "application/geo+json"),
        ("?format=srj", "", "application/sparql-results+json"),
        ("", "application/sparql-results+json", "application/sparql-results+json"),
        ("", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("?format=nq", "", "application/n-quads"),
        ("", "application/n-quads", "application/n-quads"),
        ("", "", "text/html; charset=utf-8"),
        ("", "*/*", "text/html; charset=utf-8"),
        ("", "text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_the_format_is_chosen_by_its_name_or_by_accept(client, query, accept, content_type):
    answer = client.get(f"/events{query}", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize(
    ("path", "accept", "status"), [("?format=pdf", "", 400), ("", "image/png", 406), ("?actor=x&format=csv", "", 404)]
)
def test_what_cannot_be_sent_is_refused(client, path, accept, status):
    assert client.get(f"/events{path}", headers={"Accept": accept}).status_code == status


def test_csv_has_a_row_for_each_event_that_is_chosen(client):
    rows = list(csv.DictReader(client.get("/events?format=csv&actor=militia&sort=day&lang=de").text.splitlines()))
    assert [row["event"] for row in rows] == [EVENT + "2", EVENT + "1"]
    assert rows[0] == {
        "event": EVENT + "2", "label": "Selbstmordanschlag: Hafen", "type": "SuicideBombing", "earliest": "2016-05-21",
        "latest": "2016-07-30", "agents": "Miliz", "targets": "Menschen", "places": "Hafen", "fatalities_low": "24",
        "fatalities_high": "36", "certainty": "Reported", "independent_reports": "1", "agent_iris": ENTITY + "militia",
        "target_iris": ENTITY + "people", "place_iris": ENTITY + "port",
    }  # fmt: skip


def test_geojson_has_a_point_where_a_place_has_one(client):
    features = json.loads(client.get("/events?format=geojson").data)["features"]
    points = {feature["id"]: feature["geometry"] and feature["geometry"]["coordinates"] for feature in features}
    assert points == {EVENT + "1": [40.9, 34.4], EVENT + "2": [41.2, 35.1], EVENT + "3": None}
    assert features[0]["properties"]["certainty"] == ["Factual", "Reported"]


def test_quads_stand_in_the_graphs_of_who_says_so_with_mentions_and_sentences(client):
    quads = list(ox.parse(client.get("/events?format=nq&type=Capture").data, ox.RdfFormat.N_QUADS))
    graphs = {quad.graph_name.value.rpartition("/")[2] for quad in quads if quad.subject.value == EVENT + "1"}
    assert graphs == {"a", "b", "derived"}
    sentences = {quad.object.value for quad in quads if quad.predicate.value.endswith("#anchorOf")}
    assert sentences == {"Die Armee nahm die Stadt ein.", "Die Stadt ist nach Worten der Miliz gefallen."}
    assert {quad.subject.value for quad in quads if quad.subject.value.startswith(EVENT)} == {EVENT + "1"}


def test_what_is_too_much_is_refused_not_cut(tmp_path):
    with served(make_store(tmp_path / "store", CHOSEN_EVENTS), max_result=2000) as client:
        answer = client.get("/events?format=nq")
        assert (answer.status_code, answer.json["kind"]) == (413, "limit")
        assert "choose less" in answer.json["detail"]
