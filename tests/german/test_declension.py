"""Names with article and case, as a German sentence has them."""

from __future__ import annotations

import pytest

from kg.german.declension import declined, grammar, located, where


@pytest.mark.parametrize(
    ("name", "kind", "nominative", "accusative", "dative"),
    [
        ("Roter Mond", "Organization", "Roter Mond", "Roter Mond", "Roter Mond"),
        ("Irakischer Rat", "Government", "der Irakische Rat", "den Irakischen Rat", "dem Irakischen Rat"),
        ("Irakische Nationale Garde", "StateForce", *["die Irakische Nationale Garde"] * 2, "der Irakischen Nationalen Garde"),
        ("Irakisches Gericht", "Government", *["das Irakische Gericht"] * 2, "dem Irakischen Gericht"),
        ("Freie Kräfte Libyens", "Coalition", *["die Freien Kräfte Libyens"] * 2, "den Freien Kräften Libyens"),
        ("Wiener Geheimdienst", "StateForce", "der Wiener Geheimdienst", "den Wiener Geheimdienst", "dem Wiener Geheimdienst"),
        ("al-Madina-Front", "ArmedGroup", *["die al-Madina-Front"] * 2, "der al-Madina-Front"),
        ("Ansar Madina", "ArmedGroup", *["Ansar Madina"] * 3),
        ("Zivilisten", "PopulationGroup", *["Zivilisten"] * 3),
        ("bewaffnete Kämpfer", "ArmedGroup", *["bewaffnete Kämpfer"] * 2, "bewaffneten Kämpfern"),
        ("Peter Rat", "Person", *["Peter Rat"] * 3),
    ],
)
def test_a_name_takes_article_and_case(name, kind, nominative, accusative, dative):
    assert [declined(name, kind, case) for case in ("nominative", "accusative", "dative")] == [nominative, accusative, dative]


@pytest.mark.parametrize(
    ("name", "kind", "there", "from_there"),
    [
        ("Tikrit", "City", "in Tikrit", "aus Tikrit"),
        ("Neustadt", "City", "in Neustadt", "aus Neustadt"),
        ("Libanon", "Country", "im Libanon", "aus dem Libanon"),
        ("Griechenland", "Country", "in Griechenland", "aus Griechenland"),
        ("Vereinigte Staaten", "Country", "in den Vereinigten Staaten", "aus den Vereinigten Staaten"),
        ("Südjemen", "Region", "im Südjemen", "aus dem Südjemen"),
        ("Provinz Homs", "Region", "in der Provinz Homs", "aus der Provinz Homs"),
        ("Insel Kreta", "Region", "auf der Insel Kreta", "aus der Insel Kreta"),
        ("Tigris", "WaterBody", "am Tigris", "aus dem Tigris"),
        ("Flughafen Basra", "Facility", "auf dem Flughafen Basra", "aus dem Flughafen Basra"),
        ("Rote Zone", "District", "in der Roten Zone", "aus der Roten Zone"),
    ],
)
def test_a_place_takes_its_preposition(name, kind, there, from_there):
    assert (where(name, kind), located("aus", name, kind)) == (there, from_there)


@pytest.mark.parametrize(
    ("name", "kind", "plural"),
    [
        ("Kurden", "PopulationGroup", True),
        ("Taliban", "ArmedGroup", True),
        ("Hamas", "ArmedGroup", False),
        ("Irak", "Country", False),
    ],
)
def test_a_name_has_a_number(name, kind, plural):
    assert grammar(name, kind).plural is plural
