"""Any text is read: cut off, wrapped, garbled, it may yield nothing, but never an error."""

from __future__ import annotations

import pytest

from tests.support.extraction import events

OPEN_ENDS = (
    "am", "im", "in", "vom", "von", "zum", "zur", "beim", "für", "seit", "ohne", "wie", "als", "(", "bis", "nach Angaben",
    "laut", "und", "der", "mehr als", "rund 20", "dass", "„",
)  # fmt: skip


@pytest.mark.parametrize("end", OPEN_ENDS)
def test_cut_off_sentence_keeps_what_stands_before_the_cut(end: str) -> None:
    read = events(f"Die irakische Armee eroberte Tikrit {end}")
    assert read.startswith("Capture eroberte") and "p=tikrit" in read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a name behind a title, at the end of what was found until then
        ("Taliban-Sprecher US-Präsident Barack Soldaten", "-"),
        # own statements whose owner would be the statements themselves
        ("7 null trifft meldet Angaben eigenen Woche Kaserne„", "-"),
    ],
)
def test_garbled_text_is_read(text: str, expected: str) -> None:
    assert events(text) == expected
