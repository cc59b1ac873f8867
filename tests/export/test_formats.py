from __future__ import annotations

import io

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.export.formats import EXPORT_FORMATS
from kg.store.embedded import Store
from tests.support.made import triples

A, B = (NamedNode(f"https://w3id.org/lagebild/article/{name}") for name in "ab")
READ = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE}
SAID = 'lb:fatalities "3"^^xsd:nonNegativeInteger ; schema:headline "Zwei\\nZeilen: ä"@de .'


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", write=True) as opened:
        opened.replace({A: triples(f"<event/e> {SAID}"), B: triples(f"<event/e> {SAID} <event/f> {SAID}")})
        yield opened


def exported(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    EXPORT_FORMATS[name](store, out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["nq", "trig"])
def test_every_quad_is_exported(store, name):
    assert set(parse(exported(store, name), READ[name])) == set(store.quads())
    assert len(set(store.quads())) == 6


def test_turtle_is_the_union_of_all_graphs(store):
    assert {q.triple for q in parse(exported(store, "ttl"), RdfFormat.TURTLE)} == {q.triple for q in store.quads()}


@pytest.mark.parametrize("name", ["nq", "trig", "ttl"])
def test_the_same_store_exports_the_same_statements_in_the_same_order(store, name):
    assert list(parse(exported(store, name), READ[name])) == list(parse(exported(store, name), READ[name]))


def test_every_format_can_be_read_back():
    assert set(READ) <= set(EXPORT_FORMATS)
