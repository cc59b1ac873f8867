"""Trigger candidates: verbs joined with their particles, fixed phrases, compounds, participles; and what is no event."""

from __future__ import annotations

import pytest

from tests.support.extraction import events, read, rows

DISTRACTORS = rows("distractors.tsv")


def candidates(text: str) -> list[tuple[str, str, str]]:
    """Return form, first part and type of every trigger candidate."""
    return [
        (doc._.clauses[t.sentence].words.text[t.word], t.first, t.entries[0].kind)
        for doc in [read(text)]
        for t in doc._.triggers
    ]


@pytest.mark.parametrize(("text", "expected"), DISTRACTORS, ids=[t for t, _ in DISTRACTORS])
def test_sentence_tells_no_event(text: str, expected: str) -> None:
    assert expected == "-"
    assert events(text) == "-"


def test_there_are_at_least_sixty_distractors() -> None:
    assert len(DISTRACTORS) >= 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Armee nahm am Montag die Stadt ein.", [("nahm", "", "Capture")]),
        ("Die Armee hat die Stadt eingenommen.", [("eingenommen", "", "Capture")]),
        ("Die Armee plant, die Stadt einzunehmen.", [("einzunehmen", "", "Capture")]),
        ("Die Armee brachte die Stadt unter ihre Kontrolle.", [("brachte", "", "Capture")]),
        ("Die Armee brachte die Stadt unter Kontrolle.", [("brachte", "", "Capture")]),
        ("Die Armee brachte die Vorräte in die Stadt.", []),
        ("Der Anschlag kostete drei Menschen das Leben.", [("Anschlag", "", "Bombing"), ("kostete", "", "Killing")]),
        ("Das Buch kostete drei Euro.", []),
        ("Die Stadt liegt unter Beschuss.", [("liegt", "", "Shelling")]),
        ("Die Stadt liegt am Fluss.", []),
        ("Sie machten das Dorf dem Erdboden gleich.", [("machten", "", "Destruction")]),
        ("Der Mann sprengte sich in die Luft.", [("sprengte", "", "Bombing")]),
        ("Sie sprengten die Brücke in die Luft.", [("sprengten", "", "Destruction")]),
        ("Die Mossul-Offensive begann.", [("Mossul-Offensive", "Mossul", "Offensive")]),
        ("Ein Raketenangriff traf die Stadt.", [("Raketenangriff", "", "Shelling"), ("traf", "", "Airstrike")]),
        ("Der Drohnenangriff begann.", [("Drohnenangriff", "", "Airstrike")]),
        ("Die eroberte Stadt brennt.", [("eroberte", "", "Capture")]),
        ("Die vom IS belagerten Dörfer brennen.", [("belagerten", "", "Siege")]),
        ("Die Geiseln wurden befreit.", [("Geiseln", "", "Abduction"), ("befreit", "", "Capture")]),
    ],
)
def test_sentence_has_these_candidates(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert candidates(text) == expected


def test_candidates_stand_in_the_order_of_the_text() -> None:
    doc = read("Nach dem Angriff floh der IS. Die Offensive endete, als die Armee Tikrit eroberte.")
    places = [(t.sentence, t.word) for t in doc._.triggers]
    assert places == sorted(places) and len(places) >= 3
