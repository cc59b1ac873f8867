"""The page of an article, and the list of articles."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from kg.store.manifest import Entry, FailedSentence, LeftOutPassage, Manifest
from tests.support.portal import PORTAL, page, words
from tests.support.serving import make_store, served


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", [
            "Armee nimmt Rawa ein Bote · 18. November 2017", "Am 17. November nahm die Armee die Stadt Rawa ein.",
            "2 Ereignisse", "Die Irakische Armee hat am 17. November 2017 im Kampf gegen die Freie Miliz Rawa eingenommen.",
            "Von diesem Artikel wurde nichts beiseitegelegt.", "Datei a.txt",
        ]),
        ("en", ["2 events", "The Iraqi Army captured Rawah from the Free Militia on 17 November 2017.", "File a.txt"]),
    ],
)  # fmt: skip
def test_the_page_shows_the_text_and_what_was_found_in_it(portal, language, said):
    text = unescape(words(page(portal, "/article/a", language)))
    assert [part for part in said if part not in text] == []


def test_what_is_named_stands_marked_at_its_own_address_and_leads_to_its_page(portal):
    html = page(portal, "/article/a")
    body = html.partition('<div class="text"')[2].partition("</div>")[0]
    found = re.findall(r'<mark class="(\w+)" id="(\w+)"[^>]*>(?:<a href="([^"]*)" title="([^"]*)">)?([^<]*)', body)
    assert found == [
        ("time", "offset_3_15", "", "", "17. November"),
        ("trigger", "offset_16_20", "/event/one",
         "Die Irakische Armee hat am 17. November 2017 im Kampf gegen die Freie Miliz Rawa eingenommen.", "nahm"),
        ("actor", "offset_21_30", "/entity/army", "Irakische Armee", "die Armee"),
        ("place", "offset_31_45", "/entity/rawa", "Rawa", "die Stadt Rawa"),
        ("trigger", "offset_57_64", "/event/deaths", "&lt;img src=x onerror=alert(1)&gt; ist getötet worden.", "starben"),
        ("actor", "offset_65_78", "/entity/fighters-a", "&lt;img src=x onerror=alert(1)&gt;", "zwölf Kämpfer"),
    ]  # fmt: skip
    assert "<img" not in html


def test_what_was_set_aside_is_shown_with_the_reason(tmp_path):
    store = make_store(tmp_path / "store", PORTAL)
    manifest = Manifest(store)
    failed = (FailedSentence(51, 79, "ValueError: <b>x</b>"),)
    left_out = (LeftOutPassage("related", "Lesen Sie <i>auch</i>"), LeftOutPassage("unheard", "Sonstiges"))
    entry = Entry("a.txt", None, "read", article="a", file="/r/a.txt", failed_sentences=failed, left_out=left_out)
    manifest.put("/r/a.txt", [entry])
    manifest.write()
    with served(store) as client:
        html = page(client, "/article/a")
    text = words(html)
    assert "Lesen Sie &lt;i&gt;auch&lt;/i&gt; Verweise auf andere Artikel Sonstiges unheard" in text
    assert "ValueError: &lt;b&gt;x&lt;/b&gt;" in text
    assert '<mark class="failed"' in html
    assert "Dabei starben zwölf Kämpfer." in text.partition("wurde nicht ausgewertet")[0]


def test_the_list_has_outlet_date_and_number_of_events_newest_first(portal):
    text = words(page(portal, "/articles"))
    assert "3 Artikel, die jüngsten zuerst." in text
    rows = text.partition("Medium Ereignisse ")[2]
    assert rows.startswith(
        "20. November 2017 Streit um Rawa · Abdruck von diesem Artikel – 1 Ereignisse "
        "19. November 2017 Rawa gefallen Kurier 1 Ereignisse 18. November 2017 Armee nimmt Rawa ein Bote 2 Ereignisse"
    )
    assert 'href="/articles?outlet=Kurier"' in page(portal, "/articles")


@pytest.mark.parametrize(
    ("path", "language", "status", "part"),
    [
        ("/articles?outlet=Bote", "de", 200, "1 Artikel von Bote."),
        ("/articles?outlet=%22x%22", "en", 200, "No article of &#34;x&#34;."),
        ("/articles?page=2", "de", 404, "Seite 2 gibt es nicht, die letzte ist 1."),
        ("/articles?page=0", "en", 400, "0 is no page: pages are numbered 1, 2, 3."),
        ("/articles?colour=red", "de", 400, "Einen Filter colour gibt es hier nicht. Es gibt: outlet, page."),
        ("/article/nothing", "en", 404, "Nothing is known of it."),
    ],
)
def test_what_is_asked_wrongly_is_said_with_the_remedy(portal, path, language, status, part):
    assert part in words(page(portal, path, language, status))
    if status != 200:
        assert json.loads(portal.get(path).data)["status"] == status


def test_a_store_without_articles_says_so(tmp_path):
    with served(make_store(tmp_path / "store", "GRAPH <graph/ontology> { lb:Event a owl:Class . }")) as client:
        assert "kg build" in words(page(client, "/articles"))
