"""What an event takes over from the sentence before it, roles, place and time (data/discourse.tsv)."""

from __future__ import annotations

import pytest

from tests.support.extraction import events, rows

TEXTS = rows("discourse.tsv")


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_text_tells_these_events(text: str, expected: str) -> None:
    assert events(text) == expected


def test_table_is_large_enough() -> None:
    assert len(dict(TEXTS)) >= 25
