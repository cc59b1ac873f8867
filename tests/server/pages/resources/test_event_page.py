"""The page of an event, and of names that events no longer have."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from kg.store.departures import Departure, Departures
from tests.support.portal import BROWSER, NASTY, PORTAL, page, words
from tests.support.serving import TOKEN, WRITER, endpoint, make_store, select, served


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", [
            "Einnahme: Rawa",
            "Umstritten ist, ob die Irakische Armee am 17. November 2017 im Kampf gegen die Freie Miliz Rawa eingenommen hat.",
            "It is disputed whether the Iraqi Army captured Rawah from the Free Militia on 17 November 2017.",
            "Die Berichte widersprechen sich in 2 Punkten.", "Art Einnahme", "Wann am 17. November 2017", "Tote 12–20",
            "Quellen im Text Freie Miliz", "Berichte 3 · 2 unabhängig", "Bote · 18. November 2017",
            "Am 17. November nahm die Armee die Stadt Rawa ein.", "Tatsache · Zuversicht der Auswertung 0,9",
            "berichtet · laut Freie Miliz", "Medium unbekannt · 20. November 2017 · Abdruck von diesem Artikel",
            "Tote Widerspruch 12 ≥ 20", "Gewissheit Widerspruch Tatsache berichtet verneint",
            "Güte der schwächsten Verbindung: 0,75 von 1. Dafür spricht: derselbe Tag derselbe Ort",
            "Frühere Namen: three, two.",
            "Rawa Irakische Armee am 17. November 2017 Ende unbekannt",
        ]),
        ("en", [
            "Capture: Rawah", "It is disputed whether the Iraqi Army captured Rawah from the Free Militia on 17 November 2017.",
            "The reports contradict each other in 2 respects.", "reported · according to Free Militia", "same day",
            "Rawah Iraqi Army on 17 November 2017 end unknown", "Dead Contradiction 12 ≥ 20",
        ]),
    ],
)  # fmt: skip
def test_the_page_says_what_happened_who_says_so_and_where_reports_contradict(portal, language, said):
    text = unescape(words(page(portal, "/event/one", language)))
    assert [part for part in said if part not in text] == []


def test_trigger_actor_place_and_time_are_marked_and_lead_to_what_they_mean(portal):
    html = page(portal, "/event/one")
    found = re.findall(r'<mark class="(\w+)"[^>]*>(?:<a href="([^"]*)"[^>]*>)?([^<]*)', html.partition("<blockquote")[2])
    assert found[:4] == [
        ("time", "", "17. November"), ("trigger", "", "nahm"), ("actor", "/entity/army", "die Armee"),
        ("place", "/entity/rawa", "die Stadt Rawa"),
    ]  # fmt: skip
    assert 'href="/article/a#offset_0_50"' in html


def test_every_view_shows_a_query_that_the_endpoint_answers(portal):
    html = page(portal, "/event/one")
    queries = [parse_qs(unescape(href))["query"][0] for href in re.findall(r'href="/sparql\?([^"]*)"', html)]
    assert len(queries) == 5
    for query in queries:
        assert select(portal, query)


def test_the_map_is_drawn_of_the_events_places(portal):
    html = page(portal, "/event/one", "en")
    client = json.loads(html.partition('id="view">')[2].partition("</script>")[0])
    assert client["selection"] is None
    assert select(portal, client["queries"]["map"]) == [{
        "place": "https://w3id.org/lagebild/entity/rawa", "label": "Rawah", "events": "1", "latitude": "34.48",
        "longitude": "41.91", "kind": "https://w3id.org/lagebild/ontology#City",
    }]  # fmt: skip


def test_what_looks_like_html_is_text(portal):
    html = page(portal, "/event/deaths")
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert NASTY in unescape(words(html))
    assert 'title="&lt;img' in html


@pytest.mark.parametrize("accept", [BROWSER["Accept"], "text/turtle", ""])
@pytest.mark.parametrize(
    ("path", "target"), [("/event/two?lang=en", "/event/one?lang=en"), ("/event/three.ttl", "/event/one.ttl")]
)
def test_the_name_of_a_joined_report_leads_to_the_event(portal, accept, path, target):
    answer = portal.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (301, target)


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    store = make_store(tmp_path_factory.mktemp("left") / "store", PORTAL)
    Departures(store).note([
        Departure("event/gone", "z", "Sieg <b>gemeldet</b>", "pruned"),
        Departure("event/elsewhere", "z", "Sieg", "removed", "event/further"),
        Departure("event/further", "y", "Sieg", "removed", "event/one"),
        Departure("article/z", "z", "Sieg gemeldet", "removed"),
    ])  # fmt: skip
    with served(store) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "language", "reason"),
    [
        ("/event/gone", "de", "Die Datei des Artikels, der davon berichtete («Sieg &lt;b&gt;gemeldet&lt;/b&gt;»), ist weg."),
        ("/event/gone", "en", "the file of the article that told of it («Sieg &lt;b&gt;gemeldet&lt;/b&gt;») no longer exists"),
        ("/article/z", "de", "article/z gibt es nicht mehr"),
    ],
)
def test_what_was_removed_is_gone_with_the_reason(left, path, language, reason):
    assert reason in page(left, path, language, 410)
    details = left.get(path, headers={"Accept": "text/turtle"})
    assert (details.status_code, details.json["kind"]) == (410, "gone")
    assert "is gone: " in details.json["detail"]


def test_an_article_that_was_deleted_over_http_is_gone_with_its_events(tmp_path):
    with served(make_store(tmp_path / "store", PORTAL), write_token=TOKEN, validate_writes=False) as client:
        graph = "https://w3id.org/lagebild/article/a"
        assert client.delete("/graphs", query_string={"graph": graph}, headers=WRITER).status_code in (200, 204)
        assert "«Armee nimmt Rawa ein»" in page(client, "/event/deaths", "de", 410)
        assert "article/a gibt es nicht mehr" in page(client, "/article/a", "de", 410)
        assert client.get("/event/one", headers=BROWSER).status_code == 200


def test_where_other_reports_go_on_the_old_name_leads_there(left):
    answer = left.get("/event/elsewhere", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/event/one")


def test_a_name_that_never_was_is_not_found(left):
    assert "Darüber ist nichts bekannt" in page(left, "/event/never", "de", 404)
    assert endpoint(left) is not None
