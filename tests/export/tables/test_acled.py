"""ACLED's table: its columns, and whole rows for events of every precision."""

from __future__ import annotations

import pytest

from kg.errors import ResourceError
from kg.event_kinds import event_kinds
from kg.export.selection import Selection
from kg.export.tables import acled, actor_classes
from kg.export.tables.acled import ACLED
from kg.export.tables.actor_classes import acled_kind
from kg.export.tables.participants import Participant
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import ACTOR_KINDS
from tests.support.told import exported, table_rows

COLUMNS = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
ROWS = [
    {
        "event_id_cnty": "f1", "year": "2017", "disorder_type": "Political violence", "event_type": "Battles",
        "sub_event_type": "Armed clash", "actor1": "Peshmerga", "inter1": "Political militia", "actor2": "Islamic State",
        "inter2": "Rebel group", "interaction": "Rebel group-Political militia", "iso": "368", "region": "Middle East",
        "country": "Iraq", "location": "Northern Iraq", "latitude": "36.2", "longitude": "43.3", "geo_precision": "3",
        "source": "Anzeiger", "fatalities": "0",
    },
    {
        "event_id_cnty": "a1", "event_date": "2017-02-14", "year": "2017", "time_precision": "3",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike", "actor1": "Russian Air Force", "inter1": "External/Other forces",
        "actor2": "Fighters", "iso": "760", "region": "Middle East", "country": "Syria",
        "admin1": "Rif Dimashq Governorate", "location": "Eastern Ghouta", "latitude": "33.53", "longitude": "36.42",
        "geo_precision": "2", "source": "Anzeiger", "fatalities": "7",
    },
    {
        "event_id_cnty": "k1", "event_date": "2017-02-22", "year": "2017", "time_precision": "2",
        "disorder_type": "Political violence", "event_type": "Violence against civilians", "sub_event_type": "Attack",
        "actor1": "Islamic State", "inter1": "Rebel group", "actor2": "Civilians", "inter2": "Civilians",
        "interaction": "Rebel group-Civilians", "civilian_targeting": "Civilian targeting", "iso": "760",
        "region": "Middle East", "country": "Syria", "admin1": "Raqqa Governorate", "location": "Raqqa",
        "latitude": "35.9528", "longitude": "39.0079", "geo_precision": "1", "source": "Morgenpost; Abendblatt",
        "fatalities": "15",
    },
    {
        "event_id_cnty": "c1", "event_date": "2017-03-01", "year": "2017", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Government regains territory",
        "actor1": "Iraqi Army", "inter1": "State forces", "actor2": "Islamic State", "inter2": "Rebel group",
        "interaction": "State forces-Rebel group", "iso": "368", "region": "Middle East", "country": "Iraq",
        "admin1": "Nineveh Governorate", "location": "Mosul", "latitude": "36.345", "longitude": "43.145",
        "geo_precision": "1", "source": "Morgenpost; Abendblatt", "notes": "Die Armee nahm Mossul ein.",
    },
    {
        "event_id_cnty": "b1", "event_date": "2017-03-04", "year": "2017", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Violence against civilians", "sub_event_type": "Attack",
        "iso": "760", "region": "Middle East", "country": "Syria", "location": "Syria", "source": "Kurier",
        "fatalities": "3",
    },
    {
        "event_id_cnty": "u1", "disorder_type": "Strategic developments", "event_type": "Strategic developments",
        "sub_event_type": "Headquarters or base established", "actor1": "Bundeswehr", "inter1": "External/Other forces",
        "interaction": "External/Other forces only", "iso": "368", "region": "Middle East", "country": "Iraq",
        "location": "Iraq", "source": "Kurier",
    },
]  # fmt: skip


def test_the_columns_are_those_of_acled(told):
    assert [column.name for column in ACLED.columns] == COLUMNS
    assert len(COLUMNS) == 31
    assert exported(told, "acled-csv").partition("\r\n")[0].split(",") == COLUMNS


def test_an_event_is_one_row_over_all_articles_and_what_is_not_known_is_empty(told):
    assert table_rows(told, "acled-csv") == ROWS


def test_of_chosen_articles_only_what_they_say_is_told(told):
    chosen = Selection(told, "SELECT ?a { ?a schema:publisher 'Abendblatt' }")
    rows = table_rows(chosen, "acled-csv")
    assert [(row["event_id_cnty"], row["source"]) for row in rows] == [("k1", "Abendblatt"), ("c1", "Abendblatt")]
    assert "notes" not in rows[1]


def test_codes_of_event_types_are_acleds_own():
    codes = {row.acled for row in event_kinds().values() if row.acled} | {code for *_, code in acled._refinements()}
    assert {code.disorder_type for code in codes} == {"Political violence", "Strategic developments"}
    assert {code.event_type for code in codes} == {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Strategic developments",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "loader", "row", "fault"),
    [
        (
            acled, acled._refinements, {"kind": "Capture", "agent": "Pirates", "target": ""},
            "Capture: no type of event, or \\['Pirates'\\] no kind of actor",
        ),
        (acled, acled._refinements, {"kind": "Conquest", "agent": "", "target": ""}, "Conquest: no type of event"),
        (
            actor_classes, actor_classes.actor_classes, {"actor": "x", "acled": "Pirates", "acled_abroad": "", "ged": ""},
            "x: stands there twice, or in no class",
        ),
    ],
)  # fmt: skip
def test_a_wrong_row_of_the_lexicon_is_named(monkeypatch, module, loader, row, fault):
    monkeypatch.setattr(module, "table", lambda file: iter([row]))
    with pytest.raises(ResourceError, match=fault):
        loader.__wrapped__()


def test_every_class_is_of_an_actor_of_the_gazetteer_or_of_a_kind():
    names = {name.removeprefix("unlisted ") for name in actor_classes.actor_classes()}
    assert names <= {*shipped_gazetteer().entries, *ACTOR_KINDS, "Country"}


@pytest.mark.parametrize(
    ("actor", "country", "kind"),
    [
        (Participant("x/army", "StateForce", (("en", "Army"),), country="iraq"), "iraq", "State forces"),
        (Participant("x/army", "StateForce", (("en", "Army"),), country="iraq"), "syria", "External/Other forces"),
        (Participant("x/army", "StateForce", (("en", "Army"),), country="iraq"), "", ""),
        (Participant("x/soldiers", "PopulationGroup", (("en", "Soldiers"),)), "iraq", ""),
        (Participant("x/is", "ArmedGroup", (("en", "IS"),)), "", "Rebel group"),
        (Participant("x/gunmen", "ArmedGroup", (("de", "Bewaffnete"),)), "iraq", ""),
        (Participant("x/coalition", "Coalition", (("en", "Coalition"),)), "iraq", "External/Other forces"),
        (Participant("x/someone", "Person", (("en", "Someone"),)), "iraq", ""),
    ],
)
def test_an_actor_is_of_acleds_kind_where_that_is_known(actor, country, kind):
    assert acled_kind(actor, country) == kind
