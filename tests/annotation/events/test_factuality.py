"""Factuality from mood, modal verbs, negation and its scope, plans, adverbs, conjunctions (data/factuality.tsv)."""

from __future__ import annotations

import pytest

from tests.support.extraction import events, rows

TEXTS = rows("factuality.tsv")


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_text_tells_these_events(text: str, expected: str) -> None:
    assert events(text) == expected


def test_table_is_large_enough() -> None:
    assert len(dict(TEXTS)) >= 60


def test_all_five_values_are_covered() -> None:
    said = " ".join(expected for _, expected in TEXTS)
    assert [v for v in ("Factual", "Reported", "Uncertain", "Negated", "Future") if said.count(v) < 8] == []
