"""A store with something to link, our own service, and ways to ask one, for the tests of ``kg link``."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.cli import main
from kg.commands import link as link_command
from kg.commands.link import Web
from kg.knowledge.triples import load_shipped
from kg.linking.cache import Cache
from kg.linking.propose import propose
from kg.linking.service import Service
from kg.store.embedded import Store
from tests.support.made import HEAD
from tests.support.serving import running

BASE = "https://example.org/lage/"
WD = "http://www.wikidata.org/entity/"
SPACE = "https://w3id.org/lagebild/entity/"
PAGE = "https://en.wikipedia.org/wiki/Peshmerga"
QUICK = Web(timeout=1.0, deadline=1.5, waits=(0.0, 0.0), sleep=lambda seconds: None)

ARTICLE = f"""@base <{BASE}> .
<article/1> a schema:NewsArticle ; lb:sourcePath "1.txt" ; schema:headline "Drei Städte"@de .
<article/1#offset_0_5> a gaf:Mention ; nif:anchorOf "Rakka" ; nif:referenceContext <article/1> .
<article/1#offset_9_15> a gaf:Mention ; nif:anchorOf "Mossul" ; nif:referenceContext <article/1> .
<entity/raqqah> a lb:City ; rdfs:label "Raqqah"@de ; lb:latitude 35.95 ; lb:longitude 39.01 ; lb:country <entity/syr> ;
    gaf:denotedBy <article/1#offset_0_5>, <article/1#offset_9_15> .
<entity/syr> a lb:Country ; rdfs:label "Syrien"@de, "Syria"@en .
<entity/mosull> a lb:City ; rdfs:label "Mosull"@de ; gaf:denotedBy <article/1#offset_9_15> .
<entity/peshmerga> a lb:Militia ; rdfs:label "Peschmerga"@de ; foaf:isPrimaryTopicOf <{PAGE}> ;
    gaf:denotedBy <article/1#offset_0_5> .
<entity/zwoelfkirchen> a lb:City ; rdfs:label "Zwölfkirchen"@de ; gaf:denotedBy <article/1#offset_0_5> .
<event/1> a lb:Capture ; rdfs:label "Einnahme"@de ; lb:agent <entity/peshmerga> ; lb:place <entity/raqqah> ;
    lb:earliest "2014-06-10T00:00:00Z"^^xsd:dateTime ; gaf:denotedBy <article/1#offset_0_5> .
"""
GAZETTEER = f"""@base <{BASE}> .
<entity/berlin> a lb:City ; rdfs:label "Berlin"@de ; skos:exactMatch <{WD}Q64> ; lb:latitude 52.5 ; lb:longitude 13.4 .
"""


def triples_of(turtle: str) -> list[Any]:
    return [quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE)]


def filled(folder: Path) -> Store:
    store = Store(folder, write=True)
    store.load_shipped(replace(load_shipped(), gazetteer=tuple(triples_of(GAZETTEER))), BASE)
    store.replace({NamedNode(f"{BASE}article/1"): triples_of(ARTICLE)})
    return store


@pytest.fixture(name="made_folder", scope="module")
def folder_fixture(tmp_path_factory) -> Path:
    """Return a store's folder that no test writes into."""
    with filled(tmp_path_factory.mktemp("made") / "store") as store:
        return store.folder


@pytest.fixture(name="store")
def store_fixture(made_folder, tmp_path) -> Iterator[Store]:
    shutil.copytree(made_folder, tmp_path / "store")
    with Store(tmp_path / "store", write=True) as opened:
        yield opened


@pytest.fixture(name="own", scope="module")
def own_fixture(tmp_path_factory) -> Iterator[str]:
    """Return the address of our own service over the shipped gazetteer."""
    folder = tmp_path_factory.mktemp("own") / "store"
    with Store(folder, write=True) as gazetteer:
        gazetteer.load_shipped(load_shipped())
    with running(folder, processes=1) as server:
        yield f"{server.url}/reconcile"


def service(address: str, cache: Cache | None = None, web: Web = QUICK) -> Service:
    return Service(address, web, cache or Cache())


def proposed(store: Store, address: str, endpoint: str = "", cache: Cache | None = None, **options: Any) -> Any:
    cache = cache or Cache()
    return propose(store, service(address, cache), endpoint, (QUICK, cache), **options)

def command(monkeypatch) -> Callable[..., int]:
    """Return ``kg link`` that waits for no service for long."""
    monkeypatch.setattr(link_command, "Web", lambda: QUICK)
    return lambda *arguments: main(["link", *arguments])
