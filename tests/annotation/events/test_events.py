"""Events of every type, whole: type, trigger, roles, time, factuality and source (data/events_by_type.tsv), and numbers."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.annotation.records import Bounds
from kg.namespaces import EVENT_KINDS
from tests.support.extraction import events, read, rows

SENTENCES = rows("events_by_type.tsv")


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[t for t, _ in SENTENCES])
def test_sentence_tells_these_events(text: str, expected: str) -> None:
    assert events(text) == expected


def test_every_type_has_at_least_ten_sentences() -> None:
    kinds = Counter(kind for _, expected in SENTENCES for kind in {e.split()[0] for e in expected.split(" ; ")})
    assert {kind: n for kind in EVENT_KINDS if (n := kinds[kind]) < 10} == {}


@pytest.mark.parametrize(
    ("text", "fatalities", "injured"),
    [
        ("In Bagdad wurden zwölf Menschen getötet.", Bounds(12, 12), None),
        ("In Bagdad wurden mindestens 18 Menschen getötet.", Bounds(18, None), None),
        ("In Bagdad wurden mehr als tausend Zivilisten getötet.", Bounds(1001, None), None),
        ("In Bagdad wurden Dutzende Zivilisten getötet.", Bounds(24, None), None),
        ("In Bagdad wurden zwei Priester getötet und zehn verletzt.", Bounds(2, 2), Bounds(10, 10)),
        ("In Bagdad wurden bis zu 30 Soldaten getötet.", Bounds(None, 30), None),
        ("In Bagdad wurden Zivilisten getötet.", None, None),
        ("In Bagdad wurde ein 13-jähriges Mädchen getötet.", Bounds(1, 1), None),
        ("In Bagdad ermordeten zehn Kämpfer die Geiseln.", None, None),
        ("Drei Soldaten töteten in Bagdad einen Rebellen.", Bounds(1, 1), None),
        ("Die Geiseln wurden in Bagdad von zehn Kämpfern getötet.", None, None),
    ],
)
def test_killing_states_how_many(text: str, fatalities: Bounds | None, injured: Bounds | None) -> None:
    [event] = [e for e in read(text)._.events if e.kind == "Killing"]
    assert (event.fatalities, event.injured) == (fatalities, injured)


def test_mention_and_sentence_are_offsets_into_the_text() -> None:
    text = "Es regnet in Erbil. Die irakische Armee nahm Tikrit ein. Es schneit."
    [event] = read(text)._.events
    assert text[event.begin : event.end] == "nahm"
    assert text[slice(*event.sentence)] == "Die irakische Armee nahm Tikrit ein."


def test_confidence_is_higher_the_more_is_said() -> None:
    [full] = read("Am Montag eroberte die irakische Armee Tikrit.")._.events
    [bare] = read("Tikrit wurde angeblich erobert.")._.events
    assert 0 < bare.confidence < full.confidence <= 0.95


def test_every_entity_of_an_event_is_known_to_the_document() -> None:
    for text, _ in SENTENCES:
        doc = read(text)
        for event in doc._.events:
            assert {*event.agents, *event.targets, *event.places, *event.sources} <= doc._.entities.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Am 3. Mai 2015 eroberten Rebellen die Stadt Idlib.", "3. Mai 2015"),
        ("Rebellen haben am Montag Idlib erobert.", "Montag"),
        ("Rebellen haben Idlib erobert.", None),
    ],
)
def test_the_words_that_say_when_are_kept(text: str, words: str | None) -> None:
    [event] = read(text)._.events
    assert (event.time and text[slice(*event.time)]) == words
