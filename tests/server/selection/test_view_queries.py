"""All views of one selection agree, and count an event once however many articles tell of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.namespaces import DEFAULT_BASE
from server.http.call import pairs
from server.selection.selection import Selection
from server.selection.view_queries import ViewQueries
from tests.support.chosen_events import CHOSEN_EVENTS
from tests.support.serving import make_store, served


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(make_store(tmp_path_factory.mktemp("views") / "store", CHOSEN_EVENTS)) as client:
        yield client


def queries(address: str, language: str = "de") -> ViewQueries:
    return ViewQueries(Selection.from_address(pairs(address), DEFAULT_BASE), language)


def rows(client, query: str) -> list[tuple[str, ...]]:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    names = answer.json["head"]["vars"]
    short = "https://w3id.org/lagebild/ontology#", DEFAULT_BASE + "entity/", DEFAULT_BASE

    def value(row, name):
        text = row[name]["value"] if name in row else ""
        for start in short:
            text = text.replace(start, "")
        return text

    return [tuple(value(row, name) for name in names) for row in answer.json["results"]["bindings"]]


EVENTS = [
    ("", {"1", "2", "3"}),
    ("actor=army", {"1"}),
    ("actor=militia", {"1", "2"}),
    ("actor=militia&role=agent", {"2"}),
    ("actor=militia&actor=army", {"1"}),
    ("role=agent", {"1", "2"}),
    ("type=Bombing", {"2", "3"}),
    ("type=SuicideBombing&type=Capture", {"1", "2"}),
    ("certainty=Reported", {"1", "2"}),
    ("certainty=Negated&certainty=Future", {"3"}),
    ("source=army", {"2"}),
    ("source=army&certainty=Factual", set()),
    ("place=land", {"1"}),
    ("place=land&place=port", {"1", "2"}),
    ("from=2016-06-13", {"1", "2"}),
    ("from=2016-06-14&to=2016-06-14", {"2"}),
    ("to=2016-05", {"2"}),
    ("from=2017", set()),
    ("q=STADT", {"1"}),
    ("q=die+nicht", {"3"}),
    ('q=%22%5C%27%3E%7D', set()),
    ("actor=militia&from=2016-06&to=2016-06&type=Capture&q=miliz&certainty=Reported&place=town&source=militia", {"1"}),
]  # fmt: skip


@pytest.mark.parametrize(("address", "events"), EVENTS)
def test_count_list_and_quads_are_of_the_same_events(client, address, events):
    chosen = queries(address)
    assert rows(client, chosen.count()) == [(str(len(events)),)]
    assert {row[0].removeprefix("event/") for row in rows(client, chosen.list())} == events
    assert {row[1].removeprefix("event/") for row in rows(client, chosen.quads()) if row[1].startswith("event/")} == events


@pytest.mark.parametrize("address", [address for address, _ in EVENTS])
def test_every_query_of_every_selection_is_answered(client, address):
    for query in queries(address, "en").all().values():
        rows(client, query)


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("map", "", [("port", "Hafen", "City", "35.1", "41.2", "1"), ("town", "Stadt", "City", "34.4", "40.9", "1")]),
        ("timeline", "", [("2016-05", "2016-07", "1"), ("2016-06", "2016-06", "1")]),
        ("timeline", "from=2016-06&to=2016-06", [("2016-05-21", "2016-07-30", "1"), ("2016-06-12", "2016-06-13", "1")]),
        ("network", "", [("army", "Armee", "Capture", "militia", "Miliz", "1"),
                         ("militia", "Miliz", "SuicideBombing", "people", "Menschen", "1")]),
        ("tolls", "", [("event/2", "Selbstmordanschlag: Hafen", "24", "30", "36")]),
        ("toll", "", [("1", "24", "36")]),
        ("toll", "actor=army", [("0", "0", "0")]),
        ("control", "day=2016-06-11", [("town", "Stadt", "34.4", "40.9", "militia", "Miliz", "", "", "2016-06-12T00:00:00Z",
                                        "2016-06-13T23:59:59Z", "false")]),
        ("control", "day=2016-07&place=port", []),
        ("facet-actor", "", [("militia", "Miliz", "2"), ("army", "Armee", "1"), ("people", "Menschen", "1")]),
        ("facet-actor", "actor=army", [("army", "Armee", "1"), ("militia", "Miliz", "1")]),
        ("facet-type", "type=Capture", [("Bombing", "Anschlag", "1"), ("Capture", "Einnahme", "1"),
                                        ("SuicideBombing", "Selbstmordanschlag", "1")]),
        ("facet-certainty", "actor=army", [("Factual", "Tatsache", "1"), ("Reported", "berichtet", "1")]),
        ("facet-source", "", [("army", "Armee", "1"), ("militia", "Miliz", "1")]),
        ("facet-place", "", [("land", "Land", "1"), ("port", "Hafen", "1"), ("town", "Stadt", "1")]),
    ],
)  # fmt: skip
def test_a_view_asks_for_what_it_shows(client, name, address, expected):
    assert rows(client, queries(address).all()[name]) == expected


@pytest.mark.parametrize("address", [address for address, _ in EVENTS])
def test_queries_that_name_the_events_find_the_same(client, address):
    chosen = queries(address)
    events = tuple(f"{DEFAULT_BASE}{row[0]}" for row in rows(client, chosen.chosen(10)))
    named = replace(chosen, events=events)
    for name, query in chosen.all().items():
        assert rows(client, named.all()[name]) == rows(client, query), name


def test_a_label_is_of_the_other_language_where_there_is_none(client):
    found = dict(row[:2] for row in rows(client, queries("", "en").list()))
    assert found == {"event/1": "Capture: Town", "event/2": "Suicide bombing: Port", "event/3": "Anschlag: Brücke"}


@pytest.mark.parametrize(
    ("sort", "events"),
    [("-day", "123"), ("day", "213"), ("type", "312"), ("-dead", "213"), ("-reports", "123")],
)
def test_the_list_is_sorted(client, sort, events):
    found = [row[0].removeprefix("event/") for row in rows(client, queries(f"sort={sort}").list())]
    assert "".join(found) == events


def test_a_query_declares_the_prefixes_that_it_uses_and_no_others():
    query = queries("q=xsd:dateTime").count()
    assert [line.split()[1] for line in query.splitlines() if line.startswith("PREFIX")] == ["lb:", "gaf:", "nif:", "rdfs:"]
