"""The example queries on what is derived over articles: who held what, copies, tolls, names of events; whole answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kg.namespaces import DEFAULT_BASE
from kg.store.embedded import Store
from server.data.description import examples
from tests.support.told import RESOLVED_QUERIES, fill_with, said

LONG = "Die Stadt ist nach Angaben von Bewohnern seit dem Morgen wieder unter der Kontrolle der Armee. " * 4
ARTICLES = {
    "morgenpost": "2014-06-11 Capture c1 mosul 2014-06-10 islamic-state iraqi-army"
    " ; Killing k1 mosul-old-city 2014-06-12 islamic-state iraqi-army 12",
    "abendblatt": "2014-06-12 Killing k2 mosul-old-city 2014-06-12 islamic-state iraqi-army 15",
    "anzeiger": "2017-07-11 Capture c3 mosul 2017-07-10 iraqi-army islamic-state",
    "kurier": "2015-12-20 Capture c4 palmyra 2015-12-18 islamic-state - ; Capture c5 palmyra 2015-12-18 syrian-army -",
    "bote": "2017-07-12 Agreement g1 berlin 2017-07-12 german-government - ; Withdrawal w1 raqqa 2017-07-01 islamic-state -",
    "zeitung": "2017-07-12 Agreement g1 berlin 2017-07-12 german-government -",
}
TEXTS = {"bote": LONG, "zeitung": LONG}
EXTRA = {
    "morgenpost": said("morgenpost", "c1", "Factual", sentence="Die Kämpfer nahmen Mossul ein."),
    "anzeiger": '<event/o1> a lb:Attack ; rdfs:label "Angriff"@de ; lb:agent <entity/peshmerga> .'
    + said("anzeiger", "o1", "Reported", "peshmerga")
    + said("anzeiger", "c3", "Factual", sentence="Die Armee holte Mossul zurück."),
    "kurier": said("kurier", "w1", "Negated", sentence="Der Rückzug sei erfunden."),
}
HELD = ("Islamischer Staat", "true", "2014-06-10", "2017-07-10")
ANSWERS: dict[str, list[tuple[str, ...]]] = {
    "contested-places": [
        ("Palmyra", "Islamischer Staat", "2015-12-18", "2015-12-18"),
        ("Palmyra", "Syrische Armee", "2015-12-18", "-"),
    ],
    "copies": [("article/zeitung", "Zeitung", "article/bote", "Bote")],
    "denied-events": [("event/w1", "article/bote", "-", "article/kurier", "Der Rückzug sei erfunden.")],
    "front-on-a-day": [
        ("Mossul", "Islamischer Staat", "true", "36.345", "43.145"),
        ("Palmyra", "Syrische Armee", "true", "34.5608", "38.2805"),
        ("Rakka", "Islamischer Staat", "false", "35.9528", "39.0079"),  # until July 2017, since nobody says when
    ],
    "held-on-a-day": [
        (*HELD, "event/c1", "article/morgenpost", "Die Kämpfer nahmen Mossul ein."),
        (*HELD, "event/c3", "article/anzeiger", "Die Armee holte Mossul zurück."),
    ],
    "losses": [("2014", "Irakische Armee", "1", "12", "15", "15")],
    "many-sources": [("event/k1", "-", "2014-06-12", "2", "2")],
    "only-one-side-says": [("event/o1", "Angriff", "Peschmerga")],
    "place-with-its-parts": [
        ("event/c1", "Einnahme", "Mossul", "2014-06-10", "2014-06-10"),
        ("event/k1", "Tötung", "Altstadt von Mossul", "2014-06-12", "2014-06-12"),
        ("event/c3", "Einnahme", "Mossul", "2017-07-10", "2017-07-10"),
    ],
    "renamed-events": [
        ("event/k2", "event/k1", "1", reason)
        for reason in ("compatible tolls", "same agent", "same day", "same place", "same target", "same type")
    ],
    "tolls-that-disagree": [
        ("event/k1", "12", "15", "15", "article/abendblatt", "15", "-", "-"),
        ("event/k1", "12", "15", "15", "article/morgenpost", "12", "-", "-"),
    ],
    "who-fought-whom": [
        ("Islamischer Staat", "Irakische Armee", "2"),
        ("Irakische Armee", "Islamischer Staat", "1"),
    ],
}


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("resolved") / "store", write=True) as store:
        fill_with(store, ARTICLES, EXTRA, TEXTS)
        yield store


def short(term: Any) -> str:
    """Return a value for reading: last parts of IRIs, days without their time."""
    if term is None:
        return "-"
    value = str(term.value).removeprefix(DEFAULT_BASE)
    return value.removesuffix("T00:00:00Z").removesuffix("T23:59:59Z")


@pytest.mark.parametrize("name", sorted(RESOLVED_QUERIES))
def test_a_query_on_what_is_derived_has_its_whole_answer(resolved, name):
    [example] = [example for example in examples() if example.name == name]
    rows = resolved.query(example.query)
    answer = [tuple(short(row[index]) for index in range(len(rows.variables))) for row in rows]
    assert answer == ANSWERS[name]
    assert set(example.labels) == {"de", "en"}


def test_every_one_of_these_queries_is_shipped():
    assert set(ANSWERS) == RESOLVED_QUERIES


def test_the_dead_of_an_event_that_several_articles_report_are_counted_once(resolved):
    [example] = [example for example in examples() if example.name == "casualties"]
    assert [[short(value) for value in row] for row in resolved.query(example.query)] == [["2014", "1", "15"]]
