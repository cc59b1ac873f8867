"""What the endpoint says of itself: one address, and what is switched on."""

from __future__ import annotations

import pytest
import rdflib

from tests.support.serving import TOKEN, make_store, served

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
QUERY_LANGUAGES = {SD.SPARQL10Query, SD.SPARQL11Query}


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize(
    ("settings", "languages", "features"),
    [
        ({}, QUERY_LANGUAGES, {SD.UnionDefaultGraph}),
        ({"write_token": TOKEN}, {*QUERY_LANGUAGES, SD.SPARQL11Update}, {SD.UnionDefaultGraph}),
        ({"allow_service": ("http://example.org/sparql",)}, QUERY_LANGUAGES, {SD.UnionDefaultGraph, SD.BasicFederatedQuery}),
        ({"public_url": "https://example.org/lage/"}, QUERY_LANGUAGES, {SD.UnionDefaultGraph}),
    ],
    ids=["read-only", "writable", "federated", "public"],
)
def test_the_description_names_the_one_endpoint_and_what_it_can_do(tmp_path, path, settings, languages, features):
    address = rdflib.URIRef(settings.get("public_url", "http://localhost/") + "sparql")
    with served(make_store(tmp_path / "store"), **settings) as client:
        graph = rdflib.Graph().parse(data=client.get(path, headers={"Accept": "application/n-triples"}).data, format="nt")
    assert set(graph.subject_objects(SD.endpoint)) == {(address, address)}
    assert set(graph.objects(predicate=rdflib.VOID.sparqlEndpoint)) == {address}
    assert set(graph.objects(address, SD.supportedLanguage)) == languages
    assert set(graph.objects(address, SD.feature)) == features
    assert set(graph.subjects(SD.defaultDataset)) == {address}
    assert not [term for triple in graph for term in triple if str(term).startswith("https://w3id.org/lagebild/sparql")]
