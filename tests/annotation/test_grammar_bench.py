"""The sentences of the grammar bench: whole, of every type, in many constructions."""

from __future__ import annotations

import re

import pytest

from kg.namespaces import EVENT_KINDS
from tests.bench.grammar.reading import VALUES, right
from tests.bench.grammar.sentences import Reading, sentences
from tests.support.extraction import read

SENTENCES = list(sentences())


def test_every_type_and_at_least_thirty_constructions_are_asked() -> None:
    assert {s.reading.kind for s in SENTENCES} == set(EVENT_KINDS)
    assert len({s.construction for s in SENTENCES}) >= 30


def test_sentences_are_filled_and_open_with_a_capital_letter() -> None:
    assert [s.text for s in SENTENCES if re.search(r"[{}]|  | [.,]|^[„]?[a-zäöü]", s.text)] == []
    assert len({s.text for s in SENTENCES}) > len(SENTENCES) * 0.95


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (Reading("Capture", "Factual", "taliban", "", "kundus", "2017-11-07..2017-11-07"), set()),
        (Reading("Capture", "Reported", "armee", "", "kabul", "", "armee"), {"agent", "place", "time", "certainty", "source"}),
        (Reading("Siege", "Factual"), set(VALUES)),
    ],
)
def test_a_reading_is_compared_value_by_value(wanted: Reading, wrong: set[str]) -> None:
    doc = read("Die Taliban eroberten am Dienstag Kundus.")
    assert {value for value, is_right in right(doc, wanted).items() if not is_right} == wrong
