"""UCDP GED's table: its columns, whole rows, who the sides are and whose the dead."""

from __future__ import annotations

import pytest

from kg.event_kinds import event_kinds
from kg.export.tables.event_rows import EventRow
from kg.export.tables.ged import GED, ged_id
from kg.export.tables.ged_sides import deaths_by_side, ged_sides
from kg.export.tables.participants import ActorsAndPlaces, Participant
from kg.export.tables.prio_grid import priogrid_gid
from tests.support.told import exported, table_rows

COLUMNS = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip
ROWS = [
    {
        "relid": "a1", "year": "2017", "type_of_violence": "1",
        "dyad_name": "Government of Russia (Soviet Union) - Fighters", "side_a": "Government of Russia (Soviet Union)",
        "side_b": "Fighters", "number_of_sources": "1", "source_article": '"Anzeiger","2017-03-05","Anzeiger meldet"',
        "source_office": "Anzeiger", "source_date": "2017-03-05", "source_headline": "Anzeiger meldet", "where_prec": "5",
        "where_coordinates": "Eastern Ghouta", "where_description": "Eastern Ghouta", "adm_1": "Rif Dimashq Governorate",
        "latitude": "33.53", "longitude": "36.42", "geom_wkt": "POINT (36.42 33.53)", "priogrid_gid": "178273",
        "country": "Syria", "country_id": "652", "region": "Middle East", "date_prec": "4", "date_start": "2017-02-01",
        "date_end": "2017-02-28", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": "7",
        "best": "7", "high": "7", "low": "7", "gwnoa": "365",
    },
    {
        "relid": "k1", "year": "2017", "type_of_violence": "3", "dyad_name": "Islamic State - Civilians",
        "side_a": "Islamic State", "side_b": "Civilians", "number_of_sources": "2",
        "source_article": '"Morgenpost","2017-03-02","Morgenpost meldet"; "Abendblatt","2017-03-03","Abendblatt meldet"',
        "source_office": "Morgenpost; Abendblatt", "source_date": "2017-03-02; 2017-03-03",
        "source_headline": "Morgenpost meldet; Abendblatt meldet", "where_prec": "1", "where_coordinates": "Raqqa",
        "where_description": "Raqqa", "adm_1": "Raqqa Governorate", "latitude": "35.9528", "longitude": "39.0079",
        "geom_wkt": "POINT (39.0079 35.9528)", "priogrid_gid": "181159", "country": "Syria", "country_id": "652",
        "region": "Middle East", "date_prec": "2", "date_start": "2017-02-20", "date_end": "2017-02-24", "deaths_a": "0",
        "deaths_b": "0", "deaths_civilians": "15", "deaths_unknown": "0", "best": "15", "high": "15", "low": "12",
    },
    {
        "relid": "b1", "year": "2017", "number_of_sources": "1", "source_article": '"Kurier","2017-03-06","Kurier meldet"',
        "source_office": "Kurier", "source_date": "2017-03-06", "source_headline": "Kurier meldet", "where_prec": "6",
        "where_coordinates": "Syria", "where_description": "Syria", "latitude": "35.0085", "longitude": "38.2885",
        "geom_wkt": "POINT (38.2885 35.0085)", "priogrid_gid": "180437", "country": "Syria", "country_id": "652",
        "region": "Middle East", "date_prec": "1", "date_start": "2017-03-04", "date_end": "2017-03-04", "deaths_a": "0",
        "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": "3", "best": "3", "high": "3", "low": "3",
    },
]  # fmt: skip
ACTORS = {
    "army": Participant("x/army", "StateForce", (("en", "Iraqi Army"),), country="iraq"),
    "police": Participant("x/police", "StateForce", (("en", "Federal Police"),), country="iraq"),
    "turkey": Participant("x/turkey", "Country", (("en", "Turkey"),), country="turkey"),
    "soldiers": Participant("x/soldiers", "PopulationGroup", (("en", "Soldiers"),)),
    "is": Participant("x/is", "ArmedGroup", (("en", "Islamic State"),)),
    "militia": Participant("x/militia", "Militia", (("en", "Militia"),)),
    "civilians": Participant("x/civilians", "PopulationGroup", (("en", "Civilians"),)),
    "people": Participant("x/people", "PopulationGroup", (("en", "People"),)),
    "bridge": Participant("x/bridge", "Facility", (("en", "Bridge"),)),
}
IRAQ = Participant("x/iraq", "Country", (("en", "Iraq"),), country="iraq")
CAST = ActorsAndPlaces([*ACTORS.values(), IRAQ])


def test_the_columns_are_those_of_ged(told):
    assert [column.name for column in GED.columns] == COLUMNS
    assert len(COLUMNS) == 49
    assert exported(told, "ged-csv").partition("\r\n")[0].split(",") == COLUMNS


def test_only_lethal_violence_becomes_rows_and_each_is_whole(told):
    rows = table_rows(told, "ged-csv")
    assert [row.pop("id") for row in rows] == [str(ged_id(f"{told.base}event/{row['relid']}")) for row in rows]
    assert rows == ROWS


def test_an_events_number_is_its_own_and_exact_in_a_spreadsheet():
    numbers = {ged_id(f"https://w3id.org/lagebild/event/{number}") for number in range(1000)}
    assert len(numbers) == 1000
    assert all(int(float(number)) == number for number in numbers)


def row(kind: str, agents: str, targets: str) -> EventRow:
    """Return an event of ``kind``; actors are keys of :data:`ACTORS`."""
    one, other = (tuple(ACTORS[name] for name in names.split()) for names in (agents, targets))
    return EventRow("x/e", event_kinds()[kind], one, other, (), (), None, None, None, "Factual", (), "")


@pytest.mark.parametrize(
    ("kind", "agents", "targets", "violence", "names", "states"),
    [
        ("Capture", "army", "is", 1, ("Government of Iraq", "Islamic State"), ("645", "")),
        ("Attack", "is", "army", 1, ("Government of Iraq", "Islamic State"), ("645", "")),
        ("Attack", "is", "soldiers", 1, ("Soldiers", "Islamic State"), ("", "")),
        ("Airstrike", "army police", "is", 1, ("Government of Iraq", "Islamic State"), ("645", "")),
        ("Airstrike", "turkey", "army", 1, ("Government of Turkey", "Government of Iraq"), ("640", "645")),
        ("Clash", "is army", "", 1, ("Government of Iraq", "Islamic State"), ("645", "")),
        ("Clash", "is militia", "", 2, ("Islamic State", "Militia"), ("", "")),
        ("Attack", "militia", "is", 2, ("Militia", "Islamic State"), ("", "")),
        ("Attack", "is", "civilians", 3, ("Islamic State", "Civilians"), ("", "")),
        ("Execution", "is", "soldiers", 3, ("Islamic State", "Civilians"), ("", "")),
        ("Killing", "army", "civilians", 3, ("Government of Iraq", "Civilians"), ("645", "")),
        ("Attack", "is", "people", None, ("Islamic State", ""), ("", "")),
        ("Bombing", "", "bridge", None, ("", ""), ("", "")),
    ],
)
def test_sides_are_told_as_far_as_they_are_known(kind, agents, targets, violence, names, states):
    sides = ged_sides(row(kind, agents, targets))
    assert (sides.violence, sides.names(CAST), sides.states) == (violence, names, states)


@pytest.mark.parametrize(
    ("kind", "agents", "targets", "deaths"),
    [
        ("Killing", "is", "army", (9, 0, 0, 0)),
        ("Killing", "army", "is", (0, 9, 0, 0)),
        ("Massacre", "is", "civilians", (0, 0, 9, 0)),
        ("Killing", "is", "army civilians", (0, 0, 0, 9)),  # how many of whom is not said
        ("Killing", "is", "civilians people", (0, 0, 0, 9)),
        ("Killing", "is", "", (0, 0, 0, 9)),
        ("Airstrike", "army", "is", (0, 0, 0, 9)),  # who is hit need not be who died
    ],
)
def test_whose_dead_they_are_is_told_only_where_those_hit_are_the_dead(kind, agents, targets, deaths):
    event = row(kind, agents, targets)
    assert deaths_by_side(event, ged_sides(event), 9) == deaths


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-90, 180, 720), (90, 180, 259_200), (34.53, 69.17, 179_779), (36.345, 43.145, 181_887)],
)
def test_the_world_is_parted_into_cells_of_half_a_degree(latitude, longitude, cell):
    assert priogrid_gid(latitude, longitude) == cell


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (0, -180.5)])
def test_a_point_of_another_world_has_no_cell(latitude, longitude):
    with pytest.raises(ValueError, match="no point of this world"):
        priogrid_gid(latitude, longitude)
