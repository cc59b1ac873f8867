"""In an article that speaks of no war, strikers, hackers and rivals attack; in one that does, the same words are events."""

from __future__ import annotations

import pytest

from kg.annotation.events.subject_matter import SHORTEST_TEXT, warlike_sentences
from kg.knowledge.event_lexicon import load_event_lexicon
from tests.support.extraction import read

MATCH = (
    "Vor zwanzigtausend Zuschauern begann die Partie im Regen. Der Trainer stellte nach der Pause um und brachte einen "
    "frischen Flügelspieler. Die Gäste kamen danach besser ins Spiel und drängten auf den Ausgleich. Der Torhüter hielt "
    "zweimal glänzend. In der letzten Minute köpfte der Verteidiger nach einer Ecke den Ball ins Netz. Die Fans feierten "
    "noch lange auf den Rängen, der Verein steht nun auf dem dritten Platz der Tabelle. Am Samstag wartet zu Hause der "
    "nächste Gegner, dann fehlt der Kapitän wegen seiner fünften gelben Karte. "
)
FRONT = (
    "Seit dem Morgen stehen sich an der Front Soldaten und Rebellen gegenüber. Die Armee brachte Panzer und Artillerie in "
    "Stellung. Eine Miliz hält mehrere Dörfer am Fluss. Viele Bewohner haben ihre Häuser verlassen und suchen Schutz bei "
    "Verwandten. Helfer berichten von vollen Krankenhäusern und fehlenden Medikamenten. Ein Kommandeur sprach von einer "
    "ruhigen Nacht, doch im Süden seien wieder Granaten zu hören gewesen. Vermittler aus der Hauptstadt bemühen sich um "
    "eine Waffenruhe, bisher ohne Ergebnis. Die Regierung will am Abend neue Zahlen nennen und die Lage bewerten. "
)
ATTACK = "Der Angriff auf das Hauptquartier kam am Montag überraschend."


def kinds(text: str) -> list[str]:
    return [e.kind for e in read(text)._.events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MATCH + ATTACK, []),
        (MATCH + "Der Stürmer eroberte Dortmund im Sturm.", []),
        (MATCH + "Die Offensive gegen Bremen begann erst spät.", []),
        (ATTACK, ["Attack"]),
        (FRONT + ATTACK, ["Attack"]),
        (MATCH + "In Aleppo töteten Soldaten am Montag fünf Demonstranten.", ["Killing"]),
    ],
)
def test_words_of_war_are_events_where_the_text_speaks_of_war(text: str, expected: list[str]) -> None:
    assert [kind for kind in kinds(text) if kind in ("Attack", "Capture", "Offensive", "Killing")] == expected


def test_a_short_text_may_always_speak_of_war() -> None:
    doc = read("Der Angriff kam spät. Die Zuschauer staunten.")
    assert len(doc) < SHORTEST_TEXT
    assert list(warlike_sentences(doc, load_event_lexicon())) == [True, True]


def test_a_sentence_may_speak_of_war_by_itself() -> None:
    doc = read(MATCH + "Rebellen halten die Stadt.")
    assert list(warlike_sentences(doc, load_event_lexicon()))[-2:] == [False, True]
