from __future__ import annotations

import pytest

from kg.errors import ResourceError
from kg.knowledge import administration as module
from kg.knowledge.administration import Administration, administration, country_codes, divisions, enclosing_places
from kg.knowledge.gazetteer import shipped_gazetteer


def parents() -> dict[str, str]:
    return {entry.slug: entry.place for entry in shipped_gazetteer().entries.values() if entry.place}


@pytest.mark.parametrize(
    ("slug", "country", "admin1", "admin2"),
    [
        ("mosul", "iraq", "nineveh-governorate", None),
        ("hadba-minaret", "iraq", "nineveh-governorate", None),  # facility, facility, quarter, town, province
        ("zakho", "iraq", "dohuk-governorate", None),  # the Kurdistan Region between province and country
        ("eastern-ghouta", "syria", "rif-dimashq-governorate", None),
        ("kajaki-district", "afghanistan", "helmand-province", "kajaki-district"),
        ("nineveh-governorate", "iraq", "nineveh-governorate", None),
        ("northern-iraq", "iraq", None, None),
        ("iraq", "iraq", None, None),
        ("sahel", None, None, None),
        ("nowhere", None, None, None),
    ],
)
def test_a_place_lies_in_its_province_and_country(slug, country, admin1, admin2):
    assert administration(enclosing_places(slug, parents())) == Administration(country, admin1, admin2)


def test_a_circle_of_places_is_gone_round_once():
    assert enclosing_places("a", {"a": "b", "b": "a"}) == ["a", "b"]


def test_every_country_of_the_gazetteer_has_its_codes_and_no_other():
    assert set(country_codes()) == {e.slug for e in shipped_gazetteer().entries.values() if e.kind == "Country"}
    assert {slug for slug, codes in country_codes().items() if not codes.iso} == {"kosovo"}


def test_numbers_of_countries_are_their_own():
    for column in ("iso", "gwno"):
        numbers = [getattr(codes, column) for slug, codes in country_codes().items() if slug != "england"]
        assert len([n for n in numbers if n]) == len({n for n in numbers if n}), column


def test_every_division_is_an_area_of_the_gazetteer_in_a_country():
    for slug in divisions():
        assert shipped_gazetteer().entries[slug].kind in ("Region", "District"), slug
        assert administration(enclosing_places(slug, parents())).country, slug


@pytest.mark.parametrize(
    ("loader", "rows", "fault"),
    [
        (divisions, [{"place": "x", "level": "3"}], "x: level '3' is none of"),
        (country_codes, [{"country": "x", "iso": "IQ", "gwno": ""}], "x: iso and gwno are numbers or empty"),
    ],
)
def test_a_wrong_row_is_named(monkeypatch, loader, rows, fault):
    monkeypatch.setattr(module, "table", lambda file: iter(rows))
    with pytest.raises(ResourceError, match=fault):
        loader.__wrapped__()
