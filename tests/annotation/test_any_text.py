"""Any text is read: cut off, wrapped, garbled, it may yield nothing, but never an error."""

from __future__ import annotations

import random

import pytest
from spacy.tokens import Doc

from tests.support.extraction import events, pipeline
from tests.support.mutations import every_cut, mutated, passages
from tests.support.robustness import failing, together

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


def test_texts_cut_off_behind_each_word_are_read() -> None:
    texts = [cut for passage in random.Random(5).sample(passages(), 4) for cut in every_cut(passage)]
    assert len(texts) > 100
    assert [found for group in together(texts) for found in failing(group)] == []


@pytest.mark.parametrize("seed", range(3))
def test_broken_texts_are_read(seed: int) -> None:
    chance, known = random.Random(seed), passages()
    texts = [mutated(chance, known) for _ in range(100)]
    assert [found for group in together(texts) for found in failing(group)] == []


def test_a_text_at_which_reading_fails_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    component = type(pipeline().get_pipe("lagebild_events"))
    read = component.__call__

    def reads_no_tikrit(self: object, doc: Doc) -> Doc:
        if "Tikrit" in doc.text:
            raise IndexError("here")
        return read(self, doc)

    monkeypatch.setattr(component, "__call__", reads_no_tikrit)
    assert failing(["Er ging.", "Sie kam nach Tikrit.", "Er ging."]) == [("Sie kam nach Tikrit.", "IndexError: here")]
