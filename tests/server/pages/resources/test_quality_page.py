"""The quality page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from kg.store.manifest import Entry, FailedSentence, Manifest
from kg.validation.quarantine import Quarantine
from kg.validation.report import Report, Result
from kg.validation.shape_queries import compile_shapes
from kg.validation.validator import read_shapes
from server.pages.quality.quality_page import share
from tests.support.made import triples
from tests.support.portal import PORTAL, page, words
from tests.support.serving import make_store, select, served


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", [
            "3 Artikel 2 Ereignisse 4 Textstellen dazu 1 von mehreren Artikeln berichtet 1 Abdrucke",
            "Handelnden 1 50 %", "Betroffenen 0 0 %", "Ort 1 50 %", "Datum 1 50 %", "staatliche Kraft 1 1 100 %",
            "Miliz 1 0 0 %", "Alle 3 1 33 %", "Artikel ohne Überschrift lbs:RecommendedArticle-headline 0",
            "Die Quarantäne ist leer.", "Jeder Satz wurde ausgewertet.", "Einnahme 1 Tötung 1",
            "Tatsache 2 verneint 1 berichtet 1", "Freie Miliz 1",
        ]),
        ("en", [
            "3 articles 2 events 4 passages that tell them", "an agent 1 50 %", "The quarantine is empty.", "Free Militia 1",
        ]),
    ],
)  # fmt: skip
def test_the_page_counts_what_is_known_and_what_is_missing(portal, language, said):
    text = words(page(portal, "/quality", language))
    assert [part for part in said if part not in text] == []


def test_every_number_shows_the_query_that_counts_it(portal):
    html = page(portal, "/quality")
    queries = [parse_qs(unescape(href))["query"][0] for href in re.findall(r'href="/sparql\?([^"]*)"', html)]
    assert len(queries) == 16
    for query in queries:
        assert select(portal, query)


def test_quarantine_and_failed_sentences_are_named(tmp_path):
    store = make_store(tmp_path / "store", PORTAL)
    aside = triples('<event/x> rdfs:label "<b>wrong</b>"@de .')
    check = next(iter(_checks()))
    Quarantine(store / "quarantine").put("a", aside, Report((Result(aside[0].subject, None, check),)))
    Quarantine(store / "quarantine").put("whole", aside, Report((Result(aside[0].subject, None, check),)))
    manifest = Manifest(store)
    failed = (FailedSentence(0, 3, "IndexError: x"), FailedSentence(4, 9, "IndexError: x"))
    manifest.put("/r/b.txt", [Entry("<i>b</i>.txt", None, "read", article="b", file="/r/b.txt", failed_sentences=failed)])
    manifest.write()
    with served(store) as client:
        text = words(page(client, "/quality"))
        assert "article/whole steht ganz in Quarantäne" in words(page(client, "/article/whole", "de", 404))
    assert f"a 1 https://w3id.org/lagebild/event/x: {check.message}" in text
    assert "&lt;i&gt;b&lt;/i&gt;.txt: 2" in text


def _checks():

    return compile_shapes(read_shapes(["event.ttl"]))


def test_an_empty_store_says_what_to_do(tmp_path):
    with served(make_store(tmp_path / "store", "GRAPH <graph/ontology> { lb:Event a owl:Class . }")) as client:
        assert "kg build" in words(page(client, "/quality"))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "–"), (0, 9, "0 %"), (1, 900, "< 1 %"), (1, 3, "33 %"), (899, 900, "> 99 %"), (9, 9, "100 %")],
)
def test_shares_hide_nothing_by_rounding(part, whole, shown):
    assert share(part, whole) == shown
