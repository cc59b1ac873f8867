"""Who did what to whom and where: voice, case, word order, lists, compounds, relative clauses (data/arguments.tsv)."""

from __future__ import annotations

import pytest

from tests.support.extraction import events, rows

TEXTS = rows("arguments.tsv")


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_text_tells_these_events(text: str, expected: str) -> None:
    assert events(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Armee hat Aleppo Mitte November erobert.", "Capture erobert a=syrian-army p=aleppo Factual"),
        (
            "Die Armee hatte Aleppo im Juli abgeriegelt und Anfang Dezember erobert.",
            "Siege abgeriegelt a=syrian-army p=aleppo Factual ; Capture erobert a=syrian-army p=aleppo Factual",
        ),
        ("Ende August tötete der IS in Mossul zehn Soldaten.", "Killing tötete a=islamic-state t=soldiers p=mosul Factual"),
    ],
)
def test_month_whose_year_nobody_knows_is_no_place_and_no_actor(text: str, expected: str) -> None:
    assert events(text, None) == expected


def test_table_is_large_enough() -> None:
    assert len(dict(TEXTS)) >= 40
