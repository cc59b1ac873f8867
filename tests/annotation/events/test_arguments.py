"""Who did what to whom and where: voice, case, word order, lists, compounds, relative clauses (data/arguments.tsv)."""

from __future__ import annotations

import pytest

from tests.support.extraction import events, rows

TEXTS = rows("arguments.tsv")


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_text_tells_these_events(text: str, expected: str) -> None:
    assert events(text) == expected


def test_table_is_large_enough() -> None:
    assert len(dict(TEXTS)) >= 40
