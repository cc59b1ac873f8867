"""What several articles say of one event is one row, and its place is one place."""

from __future__ import annotations

from datetime import date

import pytest

from kg.export.tables.event_rows import common_days, finest_kind
from kg.export.tables.locations import location_of
from kg.export.tables.participants import ActorsAndPlaces, Participant

EARLY, MIDDLE, LATE = date(2017, 3, 1), date(2017, 3, 5), date(2017, 3, 9)
PLACES = {
    slug: Participant(f"x/{slug}", kind, (("en", slug),), parent=parent, point=("36.0", "43.0"))
    for slug, kind, parent in (
        ("iraq", "Country", ""), ("nineveh-governorate", "Region", "iraq"), ("northern-iraq", "Region", "iraq"),
        ("nineveh-plains", "Region", "nineveh-governorate"), ("mosul", "City", "nineveh-governorate"),
        ("mosul-old-city", "District", "mosul"), ("tikrit", "City", "saladin-governorate"),
        ("saladin-governorate", "Region", "iraq"), ("tal-afar", "City", "nineveh-governorate"), ("sahel", "Region", ""),
        ("helmand-province", "Region", "afghanistan"), ("kajaki-district", "District", "helmand-province"),
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("days", "common"),
    [
        ([(EARLY, LATE), (MIDDLE, LATE)], (MIDDLE, LATE)),
        ([(EARLY, EARLY), (LATE, LATE)], (EARLY, LATE)),  # they disagree: all of their days
        ([(EARLY, None), (None, LATE)], (EARLY, LATE)),
        ([(None, None), (None, MIDDLE)], (None, MIDDLE)),
        ([(None, None)], (None, None)),
    ],
)
def test_the_days_of_an_event_are_those_on_which_all_articles_can_be_right(days, common):
    assert common_days(days) == common


@pytest.mark.parametrize(
    ("kinds", "finest"),
    [
        (["Bombing", "SuicideBombing"], "SuicideBombing"),
        (["Attack", "Shelling"], "Shelling"),
        (["Killing", "Bombing"], "Bombing"),
    ],
)
def test_the_kind_that_says_most_counts(kinds, finest):
    assert finest_kind(kinds).name == finest


@pytest.mark.parametrize(
    ("places", "name", "admin1", "admin2", "level"),
    [
        (["mosul"], "mosul", "nineveh-governorate", "", "spot"),
        (["mosul", "mosul-old-city"], "mosul", "nineveh-governorate", "", "spot"),
        (["mosul", "tal-afar"], "nineveh-governorate", "nineveh-governorate", "", "admin1"),
        (["mosul", "tikrit"], "iraq", "", "", "country"),
        (["nineveh-plains"], "nineveh-plains", "nineveh-governorate", "", "part"),
        (["northern-iraq"], "northern-iraq", "", "", "area"),
        (["kajaki-district"], "kajaki-district", "helmand-province", "kajaki-district", "admin2"),
        (["sahel"], "sahel", "", "", "unknown"),
        (["mosul", "sahel"], "", "", "", "unknown"),
        ([], "", "", "", "unknown"),
    ],
)
def test_of_several_places_the_smallest_that_holds_them_is_told(places, name, admin1, admin2, level):
    location = location_of([PLACES[slug] for slug in places], ActorsAndPlaces(PLACES.values()))
    assert (location.name, location.admin1, location.admin2, location.level) == (name, admin1, admin2, level)
