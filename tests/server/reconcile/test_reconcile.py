"""The reconciliation service: which entity a name means, and answers that keep to the specification's schemas."""

from __future__ import annotations

import csv
import json
import os

import pytest
from jsonschema import Draft7Validator
from pyoxigraph import QueryResultsFormat
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from kg.knowledge.gazetteer import shipped_gazetteer
from kg.knowledge.triples import load_shipped
from kg.namespaces import DEFAULT_BASE
from kg.store.embedded import Store
from server.data.names import levelled
from server.reconcile.entities import gathered
from server.reconcile.match import SURE, Candidate, Condition, ReconciliationQuery, candidates
from server.reconcile.names import sound
from tests.support.places import DATA_FOLDER, PROJECT
from tests.support.serving import PREFIXED, TOKEN, make_store, served, update

DATA = DATA_FOLDER
SCHEMAS = PROJECT.parent / "shared" / "reconciliation"
HAVE_SCHEMAS = SCHEMAS.is_dir() or bool(os.environ.get("LAGEBILD_REQUIRE_GOLD"))
VERSIONS = ("0.2", "1.0-draft")


def table(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf8").splitlines()
    return list(csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"))


VARIANTS = table("spelling_variants.tsv")
ABSENT = [row["name"] for row in table("absent_names.tsv")]


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """Return the gazetteer alone."""
    with Store(tmp_path_factory.mktemp("gazetteer") / "store", write=True) as store:
        store.load_shipped(load_shipped())

        def ask(query):
            return json.loads(store.query(query).serialize(format=QueryResultsFormat.JSON))["results"]["bindings"]

        yield gathered(ask, DEFAULT_BASE)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reconcile") / "store"
    with served(make_store(folder)) as client:
        yield client


def best(directory, question: ReconciliationQuery) -> Candidate | None:
    return next(iter(candidates(directory, question)), None)


# Names


def test_table_has_200_variants_and_50_absent_names_none_of_them_in_the_gazetteer():
    known = {name for entry in shipped_gazetteer().entries.values() for name in entry.names}
    assert len(VARIANTS) >= 200
    assert len(ABSENT) >= 50
    assert {row["entity"] for row in VARIANTS} <= set(shipped_gazetteer().entries)
    assert known.isdisjoint({row["variant"] for row in VARIANTS} | set(ABSENT))


def test_top_candidate_of_95_in_100_variants_is_the_entity_meant(directory):
    found = [best(directory, ReconciliationQuery(row["variant"])) for row in VARIANTS]
    wrong = [row["variant"] for row, one in zip(VARIANTS, found, strict=True) if one is None or one.entity.id != row["entity"]]
    right = 1 - len(wrong) / len(VARIANTS)
    print(f"reconciliation: top-1 {right:.3f} of {len(VARIANTS)} variants; wrong: {wrong}")
    assert right >= 0.95


@pytest.mark.parametrize("name", ABSENT)
def test_name_that_is_not_there_has_no_match(directory, name):
    found = candidates(directory, ReconciliationQuery(name))
    assert [(c.entity.id, c.score) for c in found if c.match or c.score >= SURE] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rakka", "ar-Raqqah"), ("Deir ez-Zor", "Dair az Saur"), ("Sindschar", "Sinjar"), ("Abu Kamal", "Abou Kamal")],
)
def test_spellings_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_levelling_leaves_letters_and_single_blanks():
    assert levelled("  Šaddādī–Straße, (Nord)_1 ") == "saddadi strasse nord 1"


@pytest.mark.parametrize(
    ("question", "id_", "match"),
    [
        (ReconciliationQuery("Mossul"), "mosul", True),
        (ReconciliationQuery("Mossul", kinds=("Actor",)), None, False),
        (ReconciliationQuery("Mossul", kinds=("City", "Region")), "mosul", True),
        (ReconciliationQuery("Mossul", kinds=("Place",)), "mosul", True),
        (ReconciliationQuery("Baghdadi, Abu Bakr al-"), "abu-bakr-al-baghdadi", True),
        (ReconciliationQuery("Tripoli", conditions=(Condition("country", ("Libyen",)),)), "tripoli-libya", True),
        (ReconciliationQuery("Tripoli", conditions=(Condition("country", ("lebanon",)),)), "tripoli-lebanon", True),
        (ReconciliationQuery("Tripoli", conditions=(Condition("coordinates", ("32.9,13.2",)),)), "tripoli-libya", True),
        (ReconciliationQuery(conditions=(Condition("wikidata", ("Q83317",)),)), "mosul", True),
        (ReconciliationQuery("Mossul", conditions=(Condition("wikidata", ({"id": "Q1"},), required=True),)), None, False),
        (ReconciliationQuery("Mossul", conditions=(Condition("wikidata", ("Q1",), none=True),)), "mosul", True),
        (ReconciliationQuery("Mossul", conditions=(Condition("locatedIn", ("Irak", "Mars"), all=True),)), "mosul", False),
        (ReconciliationQuery(ids=("mosul", "nobody")), "mosul", True),
        (ReconciliationQuery("   "), None, False),
        (ReconciliationQuery("!!!"), None, False),
    ],
)
def test_conditions_decide(directory, question, id_, match):
    found = best(directory, question)
    best_id = found.entity.id if found and found.score >= 70 else None
    assert (best_id, bool(found and found.match)) == (id_, match)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Syrien", "syria"), ("USA", "united-states"), ("SDF", "syrian-democratic-forces"), ("ISIS", "islamic-state"),
        ("Hamas", "hamas"), ("Hama", "hama"), ("Mossul, Irak", "mosul"), ("Mossul (Irak)", "mosul"),
        ("Aleppo (Syrien)", "aleppo"), ("Aleppo, Syria", "aleppo"), ("Tripolis (Libyen)", "tripoli-libya"),
        ("Tripoli, Libanon", "tripoli-lebanon"), ("Mossul-Staudamm", "mosul-dam"),
    ],
)  # fmt: skip
def test_an_exact_name_of_one_entity_alone_is_the_match_and_first(directory, name, id_):
    found = candidates(directory, ReconciliationQuery(name))
    assert (found[0].entity.id, found[0].score, [c.match for c in found]) == (id_, 100.0, [True] + [False] * (len(found) - 1))


@pytest.mark.parametrize("name", ["Mossul, Japan", "Aleppo (Nirgendwo)", "Mossul, Berlin, Paris"])
def test_a_name_with_what_it_does_not_belong_to_is_no_exact_name(directory, name):
    assert [c.entity.id for c in candidates(directory, ReconciliationQuery(name)) if c.score == 100.0] == []


def test_names_that_are_one_entitys_only_are_matched_with_it(directory):
    owners: dict[str, set[str]] = {}
    for entity in directory.entities.values():
        for name in entity.names:
            owners.setdefault(levelled(name), set()).add(entity.id)
    unique = sorted((name, ids) for name, ids in owners.items() if len(ids) == 1 and name not in directory.entities)[::40]
    assert len(unique) > 50
    found = {name: best(directory, ReconciliationQuery(name)) for name, _ in unique}
    assert [name for name, ids in unique if not found[name] or {found[name].entity.id} != ids or not found[name].match] == []


def test_country_is_found_through_the_places_around(directory):
    assert directory.country(directory.entities["mosul"]) == "iraq"
    assert directory.around(directory.entities["mosul"])[-1] == "iraq"


# The service, over HTTP as a client sees it


def batch(client, queries, method="POST"):
    fields = {"queries": json.dumps(queries)}
    return client.post("/reconcile", data=fields) if method == "POST" else client.get("/reconcile", query_string=fields)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_batch_is_answered_by_get_and_by_form(client, method):
    answer = batch(client, {"q0": {"query": "Abu Kamal", "type": "City", "limit": 1}, "q1": {"query": "xyz"}}, method)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json == {
        "q0": {
            "result": [
                {
                    "id": "abu-kamal",
                    "name": "Abu Kamal",
                    "description": "City · 1 mention",
                    "type": [{"id": "City", "name": "City"}],
                    "score": 100.0,
                    "features": [{"id": "name", "name": "similarity of the name", "value": 1.0}],
                    "match": True,
                }
            ]
        },
        "q1": {"result": []},
    }


def test_draft_match_takes_names_ids_and_properties(client):
    queries = [
        {"type": "City", "conditions": [{"matchType": "name", "propertyValue": "Abou Kamal"}]},
        {"conditions": [{"matchType": "id", "propertyValue": "syrian-army"}]},
        {"conditions": [{"matchType": "property", "propertyId": "wikidata", "propertyValue": ["Q380614", "Q1"]}]},
    ]
    answer = client.post("/reconcile/match", json={"queries": queries})
    first = [result["candidates"][0] for result in answer.json["results"]]
    assert [(c["id"], c["match"]) for c in first] == [
        ("abu-kamal", True), ("syrian-army", True), ("syrian-army", True),
    ]  # fmt: skip


def test_extension_gives_rows_of_values(client):
    extend = {
        "ids": ["abu-kamal", "nobody"],
        "properties": [{"id": "latitude"}, {"id": "label-de"}, {"id": "mentions"}, {"id": "country"}],
    }
    expected = {"latitude": [{"float": 34.4}], "label-de": [{"str": "Abu Kamal"}], "mentions": [{"int": 1}]}
    old = client.post("/reconcile", data={"extend": json.dumps(extend)}).json
    assert old["rows"] == {
        "abu-kamal": {**expected, "country": []},
        "nobody": {"latitude": [], "label-de": [], "mentions": [], "country": []},
    }
    new = client.post("/reconcile/extend", json=extend).json
    assert [row["id"] for row in new["rows"]] == ["abu-kamal", "nobody"]
    values = {p["id"]: p["values"] for p in new["rows"][0]["properties"]}
    assert values == {**expected, "country": []}


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("entity?prefix=abu", ["abu-kamal"]),
        ("entity?prefix=Armee", ["syrian-army"]),
        ("entity?prefix=", []),
        ("entity?prefix=Terrormilizz", ["islamic-state"]),
        ("type?prefix=cit", ["City"]),
        ("property?prefix=wiki", ["wikidata"]),
    ],
)
def test_suggestions(client, path, ids):
    assert [found["id"] for found in client.get(f"/reconcile/suggest/{path}").json["result"]] == ids


@pytest.mark.parametrize("blank", [{}, {"query": ""}, {"query": "  "}, {"query": "", "properties": []}, {"query": "?"}])
@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_a_blank_cell_finds_nothing_and_the_others_are_answered(client, path, blank):
    queries = {"before": {"query": "Abu Kamal"}, "blank": blank, "after": {"query": "Syrische Armee"}}
    answer = client.post(path, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200
    ids = {key: [found["id"] for found in one["result"] if found["match"]] for key, one in answer.json.items()}
    assert ids == {"before": ["abu-kamal"], "blank": [], "after": ["syrian-army"]}
    assert answer.json["blank"] == {"result": []}


def test_the_manifest_is_at_both_addresses(client):
    assert client.get("/reconcile/").json == client.get("/reconcile").json


def test_preview_is_a_page_that_runs_nothing(client):
    answer = client.get("/reconcile/preview?id=syrian-army")
    assert "<h1>Syrische Armee</h1>" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=nobody").status_code == 404


def test_preview_escapes_what_comes_from_texts(tmp_path):
    evil = 'GRAPH <graph/gazetteer> { <entity/x> a lb:City ; rdfs:label "<script>alert(1)</script>"@de . }'
    with served(make_store(tmp_path / "store", evil)) as client:
        assert "<script" not in client.get("/reconcile/preview?id=x").text


def test_new_entities_are_found_after_the_next_write(tmp_path):
    with served(make_store(tmp_path / "store"), write_token=TOKEN, validate_writes=False) as client:
        assert client.get("/reconcile/suggest/entity?prefix=Neustadt").json["result"] == []
        town = f'<{DEFAULT_BASE}entity/neustadt> a lb:City ; rdfs:label "Neustadt"@de'
        written = update(client, f"{PREFIXED} INSERT DATA {{ GRAPH <{DEFAULT_BASE}article/2> {{ {town} }} }}")
        assert written.status_code == 204
        found = client.get("/reconcile/suggest/entity?prefix=Neustadt").json["result"]
        assert [one["id"] for one in found] == ["neustadt"]


@pytest.mark.parametrize(
    ("call", "status", "message"),
    [
        (lambda c: c.post("/reconcile", data={"queries": "{"}), 400, "queries is no JSON"),
        (lambda c: c.post("/reconcile", data={"queries": "[]"}), 400, "queries is no JSON object"),
        (lambda c: c.post("/reconcile", data={"queries": "[" * 100_000}), 400, "queries is no JSON"),
        (lambda c: batch(c, {"q": 1}), 400, "is no object"),
        (lambda c: batch(c, {"q": {"query": 3}}), 400, "a query that is no text"),
        (lambda c: batch(c, {"q": {"query": "a", "limit": -1}}), 400, "no number above 0"),
        (lambda c: batch(c, {"q": {"query": "a", "limit": True}}), 400, "no number above 0"),
        (lambda c: batch(c, {"q": {"query": "a", "type": [1]}}), 400, "a type that is no text"),
        (lambda c: batch(c, {"q": {"query": "a", "what": 1}}), 400, "version 0.2 doesn't know"),
        (lambda c: batch(c, {"q": {"query": "a", "properties": [{"pid": "P1", "v": 1}]}}), 400, "asks for the property"),
        (lambda c: batch(c, {"q": {"query": "a", "properties": [{"pid": "country"}]}}), 400, "without pid and v"),
        (lambda c: batch(c, {str(n): {"query": "a"} for n in range(201)}), 413, "send 200 at most"),
        (lambda c: c.post("/reconcile", data={"queries": " " * (1 << 21)}), 413, "the limit is"),
        (lambda c: c.post("/reconcile", json={}), 415, "send application/x-www-form-urlencoded"),
        (lambda c: c.get("/reconcile?version=0.1"), 400, "0.2 and 1.0-draft are spoken here"),
        (lambda c: c.get("/reconcile/match"), 405, "use OPTIONS, POST"),
        (lambda c: c.post("/reconcile/match", json={}), 400, "no list of queries"),
        (lambda c: c.post("/reconcile/match", json={"queries": [{"conditions": []}]}), 400, "has no conditions"),
        (
            lambda c: c.post("/reconcile/match", json={"queries": [{"conditions": [{"propertyValue": "x"}]}]}),
            400,
            "matchType is none of",
        ),
        (lambda c: c.post("/reconcile", data={"extend": '{"ids": 1}'}), 400, "no list of ids"),
        (
            lambda c: c.post("/reconcile", data={"extend": '{"ids": [], "properties": [{"id": "x"}]}'}),
            400,
            "There is no property",
        ),
        (lambda c: c.get("/reconcile/suggest/entity"), 400, "prefix="),
        (lambda c: c.get("/reconcile/nothing"), 404, "nothing here"),
    ],
)
def test_wrong_request_is_answered_with_the_reason(client, call, status, message):
    answer = call(client)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert message in answer.json["detail"]


# The specification's own schemas


def validator(version: str, name: str) -> Draft7Validator:
    folder = SCHEMAS / version / "schemas"
    schemas = {file.name: json.loads(file.read_text(encoding="utf8")) for file in sorted(folder.glob("*.json"))}
    assert name in schemas, f"{folder}: no schemas here"
    registry: Registry = Registry()
    for schema in schemas.values():
        registry = registry.with_resource(schema["$id"], Resource(schema, DRAFT7))
    return Draft7Validator(schemas[name], registry=registry)


ANSWERS = {
    "manifest.json": {
        "0.2": lambda c: c.get("/reconcile"),
        "1.0-draft": lambda c: c.get("/reconcile?version=1.0-draft"),
    },
    "reconciliation-result-batch.json": {
        "0.2": lambda c: batch(c, {"q": {"query": "Armee", "properties": [{"pid": "country", "v": "Irak"}]}}),
        "1.0-draft": lambda c: c.post(
            "/reconcile/match",
            json={"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Syrische Arme"}]}]},
        ),
    },
    "suggest-entities-response.json": dict.fromkeys(VERSIONS, lambda c: c.get("/reconcile/suggest/entity?prefix=a")),
    "suggest-types-response.json": dict.fromkeys(VERSIONS, lambda c: c.get("/reconcile/suggest/type?prefix=")),
    "suggest-properties-response.json": dict.fromkeys(VERSIONS, lambda c: c.get("/reconcile/suggest/property?prefix=")),
    "data-extension-property-proposal.json": dict.fromkeys(VERSIONS, lambda c: c.get("/reconcile/extend/propose?type=City")),
    "data-extension-response.json": {
        "0.2": lambda c: c.post(
            "/reconcile", data={"extend": '{"ids": ["abu-kamal"], "properties": [{"id": "latitude"}, {"id": "kind"}]}'}
        ),
        "1.0-draft": lambda c: c.post(
            "/reconcile/extend", json={"ids": ["abu-kamal"], "properties": [{"id": "latitude"}, {"id": "kind"}]}
        ),
    },
}


@pytest.mark.parametrize("version", VERSIONS if HAVE_SCHEMAS else [])
@pytest.mark.parametrize("schema", ANSWERS)
def test_answer_is_valid_against_the_schema_of_the_specification(client, schema, version):
    answer = ANSWERS[schema][version](client)
    assert answer.status_code == 200
    assert answer.json
    assert [error.message for error in validator(version, schema).iter_errors(answer.json)] == []


@pytest.mark.parametrize("version", VERSIONS if HAVE_SCHEMAS else [])
def test_schema_check_fires(version):
    assert list(validator(version, "manifest.json").iter_errors({"versions": []})) != []
