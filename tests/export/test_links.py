"""Exports for people who work with links, and which identifiers are shipped at all."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import OWL, SKOS

from kg.export.formats import EXPORT_FORMATS
from kg.knowledge.triples import load_shipped
from kg.linking.link_store import Ledger, Link
from kg.namespaces import VOID, WD
from kg.resources import text
from kg.store.embedded import Store
from tests.support.places import DATA_FOLDER

SPACE = "https://w3id.org/lagebild/entity/"
QIDS = DATA_FOLDER / "qids.tsv"
CLOSE = Link(f"{SPACE}amaq", f"{WD}Q1", False, "93.5", "http://127.0.0.1/api", "type news agency", "Amaq", "Amaq Agency")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("links") / "store", write=True) as opened:
        opened.load_shipped(load_shipped())
        assert Ledger(opened).add_close([CLOSE]) == 1
        yield opened


def exported(store, name: str) -> str:
    out = io.BytesIO()
    EXPORT_FORMATS[name](store, out)
    return out.getvalue().decode()


def of_towns() -> set[str]:
    """Return the identifiers that came with the towns of Natural Earth."""
    return {q for name in ("cities.ttl", "towns.ttl") for q in re.findall(r"wd:(Q\d+) ", text("ontology", name))}


def confirmed() -> set[str]:
    lines = [line for line in QIDS.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return {cell for line in lines for cell in line.split("\t") if cell[:1] == "Q" and cell[1:].isdigit()}


def shipped_pairs(predicate: str) -> set[tuple[str, str]]:
    return {
        (t.subject.value, t.object.value.removeprefix(str(WD)))
        for t in load_shipped().gazetteer
        if t.predicate.value == predicate and t.object.value.startswith(str(WD))
    }


EXACT, ALMOST = shipped_pairs(str(SKOS.exactMatch)), shipped_pairs(str(SKOS.closeMatch))


def test_every_shipped_identifier_is_a_confirmed_one():
    assert len(EXACT) >= 100
    assert {item for _, item in EXACT | ALMOST} <= confirmed() | of_towns()
    assert len({item for _, item in EXACT}) == len({entity for entity, _ in EXACT}) == len(EXACT)


def test_coverage_is_told_for_every_kind(capsys):
    shipped = load_shipped()
    kinds = {
        t.subject.value: t.object.value.rpartition("#")[2]
        for triples in shipped.entities.values()
        for t in triples
        if t.predicate.value.endswith("#type") and "/lagebild/ontology#" in t.object.value
    }
    all_, linked = Counter(kinds.values()), Counter(kinds[iri] for iri, _ in EXACT)
    for kind in sorted(all_):
        print(f"linked to Wikidata: {kind} {linked[kind]} of {all_[kind]}")
    assert capsys.readouterr().out.count("linked to Wikidata") == len(all_) >= 15
    assert sum(linked.values()) == len(EXACT)


def test_linkset_says_same_as_only_for_exact_links_and_counts_them(store):
    triples = [quad.triple for quad in parse(exported(store, "linkset").encode(), RdfFormat.TURTLE)]
    same = [t for t in triples if t.predicate.value == str(OWL.sameAs)]
    assert {(t.subject.value, t.object.value.removeprefix(str(WD))) for t in same} == EXACT
    close = {(t.subject.value, t.object.value) for t in triples if t.predicate.value == str(SKOS.closeMatch)}
    assert close == {(entity, f"{WD}{item}") for entity, item in ALMOST} | {(CLOSE.entity, CLOSE.target)}
    counts = sorted(int(t.object.value) for t in triples if t.predicate.value == str(VOID.triples))
    assert counts == [len(close), len(same)]
    assert {t.object.value for t in triples if t.predicate.value == str(VOID.linkPredicate)} == {
        str(OWL.sameAs), str(SKOS.closeMatch),
    }  # fmt: skip


def test_sssom_has_its_metadata_and_a_row_a_link(store):
    text = exported(store, "sssom")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert head[0] == "#curie_map:"
    assert {line.split(":")[0] for line in head} >= {"#mapping_set_id", "#license", "#mapping_set_version"}
    rows = list(csv.DictReader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t"))
    assert len(rows) == len(EXACT) + len(ALMOST) + 1
    by_subject = {row["subject_id"]: row for row in rows}
    assert by_subject["lbe:mosul"] == {
        "subject_id": "lbe:mosul", "subject_label": "Mosul", "subject_category": "lb:City",
        "predicate_id": "skos:exactMatch", "object_id": "wd:Q83317", "object_label": "",
        "mapping_justification": "semapv:ManualMappingCuration", "confidence": "", "mapping_tool": "", "comment": "",
    }  # fmt: skip
    amaq = by_subject["lbe:amaq"]
    assert (amaq["predicate_id"], amaq["confidence"], amaq["object_label"], amaq["comment"]) == (
        "skos:closeMatch", "0.935", "Amaq Agency", "type news agency",
    )  # fmt: skip


def test_catalogue_has_a_row_an_entity_and_items_only_where_verified(store):
    rows = list(csv.DictReader(io.StringIO(exported(store, "mixnmatch")), delimiter="\t"))
    assert len(rows) == len({row["id"] for row in rows}) == len(load_shipped().entities)
    by_id = {row["id"]: row for row in rows}
    assert by_id["mosul"] == {
        "id": "mosul", "name": "Mosul", "desc": "City, Nineveh Governorate", "url": f"{SPACE}mosul", "q": "Q83317",
    }  # fmt: skip
    assert by_id["amaq"]["q"] == ""
    assert all(row["name"] and row["desc"] for row in rows)


@pytest.mark.parametrize("name", ["linkset", "sssom", "mixnmatch"])
def test_the_same_store_exports_the_same_bytes(store, name):
    assert exported(store, name) == exported(store, name)
