"""What goes wrong, said in the reader's language with the remedy."""

from __future__ import annotations

import pytest

from server.pages.texts import all_texts
from tests.support.portal import page, words


@pytest.mark.parametrize(
    ("path", "status", "german", "english"),
    [
        ("/events?actor=nobody", 404, "nobody kennt dieser Bestand nicht", "nobody is unknown to this store"),
        ("/events?from=2016-02-30", 400, "2016-02-30 ist kein Tag: Schreiben Sie from=2016-06-12", "2016-02-30 is no day"),
        ("/events?from=soon", 400, "soon ist kein Tag", "soon is no day"),
        ("/events?from=2016&to=2015", 400, "Der Beginn liegt nach dem Ende", "The beginning lies after the end"),
        ("/events?colour=red", 400, "Einen Filter colour gibt es nicht. Es gibt: actor,", "There is no filter colour."),
        ("/events?type=Party", 400, "Party gibt es für type nicht. Möglich sind: Capture,", "There is no Party for type."),
        ("/events?page=9", 404, "Seite 9 gibt es nicht, die letzte ist 1.", "There is no page 9, the last is 1."),
        ("/events?page=x", 400, "x ist keine Seite", "x is no page"),
        ("/events?actor=a%20b", 400, "a b kann keinen Akteur oder Ort meinen", "a b can mean no actor or place"),
        ("/nowhere", 404, "Darüber ist hier nichts bekannt.", "Nothing is known of it here."),
        ("/sparql?query=ASK%7B%7D&timeout=x", 400, "Eine Angabe in der Adresse", "Something in the address"),
        ("/events?actor=%3Cimg%20src=x%3E", 400, "&lt;img src=x&gt; kann keinen", "&lt;img src=x&gt; can mean no"),
    ],
)
def test_a_problem_is_told_in_both_languages(portal, path, status, german, english):
    for language, part in (("de", german), ("en", english)):
        html = page(portal, path, language, status)
        assert part in words(html)
        assert "<img" not in html


def test_both_languages_have_the_same_places_in_every_text():
    for key, german in all_texts("de").items():
        english = all_texts("en")[key]
        assert {part.partition("}")[0] for part in german.split("{")[1:]} == {
            part.partition("}")[0] for part in english.split("{")[1:]
        }, key
