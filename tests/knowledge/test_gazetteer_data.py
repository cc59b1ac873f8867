"""The shipped actors and places: verified identifiers, both languages, sane coordinates, names that tell apart."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import ACTOR_KINDS, DEFAULT_BASE, FOAF, GEO, LB, PLACE_KINDS, VOID, WD
from kg.resources import text
from tests.support.places import DATA_FOLDER, PROJECT

ROOT = PROJECT
DATA = DATA_FOLDER
TABLES = ROOT.parent / "shared" / "gazetteer"
VERIFIED = TABLES / "qids.tsv"
WORLD = ("world.tsv", "actors-world.tsv")
GOLD_SLUGS = {  # rows of the verified table that go by another slug in annotated articles
    "abu-mohammad-al-adnani": "abu-mohammed-al-adnani",
    "afp": "agence-france-presse",
    "irgc": "islamic-revolutionary-guard-corps",
    "syrian-arab-army": "syrian-army",
    "us-armed-forces": "us-military",
    "yarmouk-camp": "yarmouk",
}
SHARED_NAMES = {
    "Duma": {"douma", "russian-parliament"},  # a town near Damascus; the lower house in Moscow
}
WKT = re.compile(r"POINT\((-?\d+\.\d+) (-?\d+\.\d+)\)")


@cache
def shipped(file: str) -> Graph:
    return Graph().parse(data=text("ontology", file), format="turtle")


@cache
def gazetteer() -> Graph:
    return shipped("actors.ttl") + shipped("places.ttl")


@cache
def entities() -> dict[str, URIRef]:
    found = {slug(s): s for s in gazetteer().subjects(RDF.type, OWL.NamedIndividual) if isinstance(s, URIRef)}
    assert len(found) > 1000
    return found


def slug(iri: object) -> str:
    return str(iri).removeprefix(f"{DEFAULT_BASE}entity/")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf8") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")


@cache
def kinds(file: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for s, o in shipped(file).subject_objects(RDF.type):
        if o != OWL.NamedIndividual:
            found[slug(s)].add(str(o).removeprefix(str(LB)))
    return found


def names_of(entity: URIRef) -> set[str]:
    return {str(o) for p in (RDFS.label, SKOS.altLabel) for o in gazetteer().objects(entity, p)}


def links() -> set[tuple[str, str]]:
    return {(slug(s), str(o).removeprefix(str(WD))) for s, o in gazetteer().subject_objects(SKOS.exactMatch)}


@cache
def towns() -> Graph:
    return shipped("cities.ttl") + shipped("towns.ttl")


def town_links() -> set[tuple[str, str]]:
    return {(slug(s), str(o).removeprefix(str(WD))) for s, o in towns().subject_objects(SKOS.exactMatch)}


@pytest.mark.parametrize(
    ("file", "allowed"),
    [("actors.ttl", ACTOR_KINDS), ("places.ttl", PLACE_KINDS), ("cities.ttl", ("City",)), ("towns.ttl", ("City",))],
)
def test_every_entity_has_exactly_one_kind_of_its_file(file: str, allowed: tuple[str, ...]) -> None:
    assert {s: k for s, k in kinds(file).items() if len(k) != 1 or not k <= set(allowed)} == {}


def test_no_entity_stands_in_both_files() -> None:
    assert set(kinds("actors.ttl")) & set(kinds("places.ttl")) == set()


def test_slugs_are_lower_case_words_joined_by_hyphens() -> None:
    assert [s for s in entities() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s)] == []


def test_identifiers_are_exactly_the_frozen_verified_ones() -> None:
    frozen = {(row["slug"], row["qid"]) for row in rows(DATA / "qids.tsv")}
    assert len(frozen) > 100
    assert links() == frozen


def test_identifiers_are_the_confirmed_rows_and_others_of_checked_tables() -> None:
    if not VERIFIED.exists():
        assert not os.environ.get("LAGEBILD_REQUIRE_GOLD"), f"{VERIFIED} is missing"
        pytest.skip("the table of verified identifiers is not beside the project")
    table = list(rows(VERIFIED))
    confirmed = {(GOLD_SLUGS.get(r["slug"], r["slug"]), r["qid"]) for r in table if r["status"] == "confirmed"}
    assert confirmed
    assert confirmed - links() == set()
    checked = {r["qid"] for name in WORLD for r in rows(TABLES / name)}
    assert {qid for _, qid in (links() | town_links()) - confirmed} - checked == set()
    assert "Q29999" not in {qid for _, qid in links()}  # the kingdom is not the country that news means
    assert {GOLD_SLUGS.get(r["slug"], r["slug"]) for r in table} - set(entities()) == set()
    articles = {
        (GOLD_SLUGS.get(r["slug"], r["slug"]), f"https://en.wikipedia.org/wiki/{r['wikipedia_en']}")
        for r in table
        if r["status"] == "missing" and r["wikipedia_en"]
    }
    assert {(slug(s), str(o)) for s, o in gazetteer().subject_objects(FOAF.isPrimaryTopicOf)} == articles


def test_an_identifier_belongs_to_one_entity() -> None:
    found = [qid for _, qid in (*links(), *town_links())]
    assert len(town_links()) > 3000
    assert sorted(found) == sorted(set(found))


def test_towns_of_the_world_repeat_no_place_of_the_wars() -> None:
    names = {str(o) for p in (RDFS.label, SKOS.altLabel) for o in gazetteer().objects(None, p) if o.language == "de"}
    assert {slug(s) for s, _ in towns().subject_objects(RDF.type)} & set(entities()) == set()
    assert {str(o) for o in towns().objects(None, RDFS.label) if o.language == "de"} & names == set()


def test_every_town_of_the_world_is_labelled_linked_and_lies_in_a_country_or_region_at_a_point() -> None:
    graph, homes = towns(), {s for s, k in kinds("places.ttl").items() if k <= {"Country", "Region"}}
    for town in graph.subjects(RDF.type, LB.City):
        facts = (RDFS.label, SKOS.exactMatch, LB.latitude, LB.longitude, GEO.asWKT, LB.locatedIn)
        assert [len(list(graph.objects(town, p))) for p in facts] == [2, 1, 1, 1, 1, 1], town
        assert {slug(p) for p in graph.objects(town, LB.locatedIn)} <= homes, town


def test_linkset_repeats_the_exact_matches_and_counts_them() -> None:
    graph = shipped("linkset.ttl")
    same = {(slug(s), str(o).removeprefix(str(WD))) for s, o in graph.subject_objects(OWL.sameAs)}
    assert same == links()
    assert [int(str(n)) for n in graph.objects(None, VOID.triples)] == [len(same)]


def test_every_entity_has_one_label_in_german_and_one_in_english() -> None:
    graph = gazetteer()
    languages = {
        s: sorted(o.language or "" for o in graph.objects(iri, RDFS.label) if isinstance(o, Literal))
        for s, iri in entities().items()
    }
    assert {s: found for s, found in languages.items() if found != ["de", "en"]} == {}


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.altLabel, LB.epithet, LB.demonym])
def test_names_are_trimmed_composed_and_carry_a_language(predicate: URIRef) -> None:
    def sound(name: object) -> bool:
        return (
            isinstance(name, Literal)
            and name.language in ("de", "en")
            and re.fullmatch(r"\S+( \S+)*", name) is not None
            and not re.search("[̀-ͯ]", name)
        )

    assert [(s, str(o)) for s, o in gazetteer().subject_objects(predicate) if not sound(o)] == []


def test_a_name_means_one_entity_unless_listed() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for s, iri in entities().items():
        for name in names_of(iri):
            owners[name].add(s)
    assert {name: found for name, found in owners.items() if len(found) > 1} == SHARED_NAMES


def test_an_epithet_is_no_exact_name_of_the_same_entity() -> None:
    graph = gazetteer()
    both = {s: names_of(iri) & {str(o) for o in graph.objects(iri, LB.epithet)} for s, iri in entities().items()}
    assert {s: found for s, found in both.items() if found} == {}


@pytest.mark.parametrize(
    ("predicate", "subjects", "objects"),
    [
        (LB.locatedIn, {*PLACE_KINDS}, {"Country", "Region", "City", "District", "Facility"}),
        (LB.country, {*ACTOR_KINDS}, {"Country"}),
    ],
)
def test_links_between_entities_join_the_right_kinds(predicate: URIRef, subjects: set[str], objects: set[str]) -> None:
    known = {**kinds("actors.ttl"), **kinds("places.ttl")}
    wrong = [
        (slug(s), slug(o))
        for s, o in gazetteer().subject_objects(predicate)
        if not known.get(slug(s), {""}) <= subjects or not known.get(slug(o), {""}) <= objects
    ]
    assert wrong == []


def test_places_lie_in_each_other_without_a_circle() -> None:
    inside = {slug(s): slug(o) for s, o in gazetteer().subject_objects(LB.locatedIn)}

    def circular(start: str) -> bool:
        seen, place = {start}, inside.get(start)
        while place:
            if place in seen:
                return True
            seen.add(place)
            place = inside.get(place)
        return False

    assert [s for s in inside if circular(s)] == []
    assert len(inside) == len(list(gazetteer().subject_objects(LB.locatedIn)))


def coordinates() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by slug."""
    graph = gazetteer()
    lat = {slug(s): float(str(o)) for s, o in graph.subject_objects(LB.latitude)}
    lon = {slug(s): float(str(o)) for s, o in graph.subject_objects(LB.longitude)}
    assert set(lat) == set(lon)
    return {s: (lat[s], lon[s]) for s in lat}


def test_point_says_the_same_as_latitude_and_longitude() -> None:
    points = {slug(s): str(o) for s, o in gazetteer().subject_objects(GEO.asWKT)}
    read = {s: (float(m[2]), float(m[1])) for s, wkt in points.items() if (m := WKT.fullmatch(wkt))}
    assert len(read) > 500
    assert read == coordinates()


def test_coordinates_are_on_earth() -> None:
    assert {s: c for s, c in coordinates().items() if not (-90 <= c[0] <= 90 and -180 <= c[1] <= 180)} == {}


def test_place_lies_in_the_box_of_its_country() -> None:
    inside = {slug(s): slug(o) for s, o in gazetteer().subject_objects(LB.locatedIn)}
    boxes = {
        r["slug"]: (float(r["south"]), float(r["north"]), float(r["west"]), float(r["east"]))
        for r in rows(DATA / "country_boxes.tsv")
    }
    countries = {s for s, k in kinds("places.ttl").items() if k == {"Country"}}
    outside, unboxed = {}, set()
    for place, (lat, lon) in coordinates().items():
        country = place
        while country not in countries and country in inside:
            country = inside[country]
        if country in boxes:
            south, north, west, east = boxes[country]
            if not (south <= lat <= north and west <= lon <= east):
                outside[place] = (country, lat, lon)
        elif country in countries and country != place:
            unboxed.add(country)
    assert outside == {}
    assert unboxed == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rakka", "raqqa"), ("Raqqa", "raqqa"), ("Al-Rakka", "raqqa"), ("Mossul", "mosul"), ("Mosul", "mosul"),
        ("Tall Afar", "tal-afar"), ("Hawidscha", "hawija"), ("Hawija", "hawija"), ("Deir ez-Zor", "deir-ez-zor"),
        ("Dair as-Saur", "deir-ez-zor"), ("Albu Kamal", "abu-kamal"), ("Al-Bukamal", "abu-kamal"),
        ("Baidschi", "baiji"), ("Bedschi", "baiji"), ("Schingal", "sinjar"), ("Ain al-Arab", "kobani"),
        ("Daesch", "islamic-state"), ("ISIS", "islamic-state"), ("Al-Kaida", "al-qaeda"), ("Hizbollah", "hezbollah"),
        ("Haschd al-Schaabi", "popular-mobilization-forces"), ("Bagdadi", "abu-bakr-al-baghdadi"),
        ("Revolutionsgarden", "islamic-revolutionary-guard-corps"), ("Irakische Truppen", "iraqi-army"),
        ("Irakische Streitkräfte", "iraqi-army"), ("Pentagon", "us-department-of-defense"),
        ("Anti-IS-Koalition", "global-coalition"), ("Grossbritannien", "united-kingdom"),
    ],
)  # fmt: skip
def test_spelling_of_the_press_is_known(name: str, expected: str) -> None:
    assert {s for s, iri in entities().items() if name in names_of(iri)} == {expected}


@pytest.mark.parametrize(
    ("epithet", "expected"),
    [
        ("Terrormiliz", "islamic-state"),
        ("Dschihadistenmiliz", "islamic-state"),
        ("Regierungstruppen", "iraqi-army"),
        ("Regierungstruppen", "syrian-army"),
        ("Koalition", "global-coalition"),
        ("Kurdenmiliz", "ypg"),
        ("Schiitenmiliz", "hezbollah"),
        ("Beobachtungsstelle", "syrian-observatory-for-human-rights"),
    ],
)
def test_epithet_of_the_press_is_known(epithet: str, expected: str) -> None:
    assert expected in {slug(s) for s in gazetteer().subjects(LB.epithet, Literal(epithet, lang="de"))}


def test_forces_and_offices_whose_epithet_needs_a_state_name_it() -> None:
    graph = gazetteer()
    bare = {
        slug(s)
        for word in ("Regierungstruppen", "Armee", "Polizei", "Regierung", "Luftwaffe")
        for s in graph.subjects(LB.epithet, Literal(word, lang="de"))
        if (s, LB.country, None) not in graph
    }
    assert bare == set()


def test_every_country_but_the_smallest_has_a_demonym() -> None:
    graph = gazetteer()
    without = {
        s
        for s, k in kinds("places.ttl").items()
        if k == {"Country"} and not set(graph.objects(entities()[s], LB.demonym))
    }
    assert without == {
        "republic-of-the-congo",
        "saint-kitts-and-nevis",
        "saint-lucia",
        "saint-vincent-and-the-grenadines",
        "turkmenistan",
    }


@pytest.mark.parametrize(
    ("noun", "country", "region"),
    [("Südosten", "turkey", "southeastern-turkey"), ("Süden", "yemen", "southern-yemen"), ("Süden", "iceland", None)],
)
def test_part_of_a_country_is_its_region_of_that_name(noun: str, country: str, region: str | None) -> None:
    found = shipped_gazetteer().region(noun, country)
    assert (found and found.slug) == region
