"""The results of a search as a page."""

from __future__ import annotations

from html import unescape

import pytest

from tests.support.portal import page, words


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/search?q=Rawa", "de", [
            "Treffer für Rawa", "Rawa Ortschaft", "Einnahme: Rawa Einnahme", "Armee nimmt Rawa ein Artikel", "Art Einnahme 1",
        ]),
        ("/search?q=Rawa", "en", ["results for Rawa", "Rawah city", "Capture: Rawa capture", "Free Militia 1", "sentence"]),
        ("/search?q=Rawa&type=Capture", "de", ["1 Treffer für", "jede Art ✕"]),
        ("/search?q=Armeee", "de", ["Nichts enthält «Armeee»: Dies enthält «armee»."]),
        ("/search?q=Xylophon", "de", ["0 Treffer für Xylophon", "Nichts gefunden. Versuchen Sie eine andere Schreibweise"]),
        ("/search?q=onerror", "en", ["<img src=x onerror=alert(1)>"]),
        ("/search?q=%3Cb%3EArmee%3C/b%3E", "en", ["for <b>Armee</b>"]),
    ],
)  # fmt: skip
def test_results_are_named_in_the_readers_language(portal, path, language, said):
    html = page(portal, path, language)
    assert [part for part in said if part not in unescape(words(html))] == []
    assert "<img" not in html
    assert "<b>Armee" not in html


def test_the_words_looked_for_are_marked_and_a_sentence_leads_to_its_place(portal):
    html = page(portal, "/search?q=kampfer")
    assert '<mark class="hit" title="Treffer">Kämpfer</mark>' in html
    assert 'href="/article/a#offset_51_79"' in html
    assert 'id="offset_51_79"' in page(portal, "/article/a")


def test_without_words_the_page_says_so(portal):
    assert "Geben Sie oben ein, wonach Sie suchen." in words(page(portal, "/search", "de", 400))
