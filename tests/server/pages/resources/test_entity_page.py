"""The pages of actors and places."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from tests.support.portal import page, words
from tests.support.serving import select


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/entity/army", "de", [
            "staatliche Kraft Irakische Armee 1 Ereignis · 1 Nennungen in 1 Artikeln", "Auch Regierungstruppen",
            "Anderswo Wikidata Q1664529", "Kampf, Angriff und Gewalt Freie Miliz →gegen oder für Einnahme 1 1",
            "Rawa Irakische Armee am 17. November 2017 Ende unbekannt", "am 17. November 2017 Einnahme: Rawa",
        ]),
        ("/entity/army", "en", ["state force Iraqi Army 1 event", "Rawah Iraqi Army on 17 November 2017 end unknown"]),
        ("/entity/rawa", "de", ["Ortschaft Rawa Liegt in Irak 1 Ereignis", "Koordinaten 34.48, 41.91", "Wer den Ort hielt"]),
        ("/entity/iraq", "en", ["Iraq 1 event", "Show as an actor", "not linked"]),
        ("/entity/militia", "de", ["Freie Miliz", "1 Mal als Quelle", "Irakische Armee ←durch Einnahme 1 1"]),
        ("/entity/fighters-a", "de", ["<img src=x onerror=alert(1)>", "1 Ereignis"]),
    ],
)  # fmt: skip
def test_the_page_says_what_it_is_called_and_with_whom_it_has_to_do(portal, path, language, said):
    html = page(portal, path, language)
    assert [part for part in said if part not in unescape(words(html))] == []
    assert "<img" not in html


@pytest.mark.parametrize("path", ["/entity/army", "/entity/rawa"])
def test_every_view_shows_a_query_that_the_endpoint_answers(portal, path):
    html = page(portal, path)
    queries = [parse_qs(unescape(href))["query"][0] for href in re.findall(r'href="/sparql\?([^"]*)"', html)]
    assert len(queries) >= 5
    for query in queries:
        select(portal, query)
    client = json.loads(html.partition('id="view">')[2].partition("</script>")[0])
    assert set(client["queries"]) == {"map", "timeline", "count"}
    assert select(portal, client["queries"]["count"]) == [{"events": "1"}]


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/entity/army?page=2", 404, "There is no page 2, the last is 1."),
        ("/entity/army?page=x", 400, "x is no page"),
        ("/entity/army?x=1", 400, "There is no filter x here."),
    ],
)
def test_a_page_that_is_not_there_is_said(portal, path, status, part):
    assert part in words(page(portal, path, "en", status))
