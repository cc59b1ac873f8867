"""Headlines in capitals are read like others, and shown as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotation.pipeline import annotate
from kg.annotation.words.capitals import in_true_case
from kg.reading import read_articles
from tests.support.extraction import pipeline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KURDEN NEHMEN TIKRIT EIN", "Kurden nehmen Tikrit ein"),
        ("IS VERLIERT HOCHBURG IM OSTEN", "IS verliert Hochburg im Osten"),
        ("USA UND UN WARNEN VOR ANSCHLÄGEN", "USA und UN warnen vor Anschlägen"),
        ("NEUE OFFENSIVE IN HOMS!\nDie UN schweigt.", "Neue Offensive in Homs!\nDie UN schweigt."),
        ("DPA UND AFP", "DPA UND AFP"),
        ("Die SDF und die YPG", "Die SDF und die YPG"),
        ("UN", "UN"),
        ("", ""),
    ],
)
def test_capitals_become_the_usual_case(text: str, expected: str) -> None:
    assert in_true_case(text) == expected


def test_an_event_told_in_capitals_stands_in_the_text_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "schlagzeile.txt"
    path.write_text("ARMEE EROBERT TIKRIT ZURÜCK\n\nDie Bewohner feiern seit dem Morgen auf den Straßen.\n", encoding="utf8")
    [(article, doc)] = annotate(pipeline(), read_articles(str(path), root=str(tmp_path)))
    [event] = doc._.events
    assert (event.kind, event.places, article.text[event.begin : event.end]) == ("Capture", ("tikrit",), "EROBERT")
