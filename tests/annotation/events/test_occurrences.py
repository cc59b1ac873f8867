"""Which mentions of a text are one occurrence, and what they share (data/occurrences.tsv)."""

from __future__ import annotations

from datetime import date

import pytest

from kg.annotation.events.occurrences import grouping
from kg.annotation.events.occurrences.findings import OCCURRENCE_EVIDENCE
from kg.annotation.events.occurrences.pairs import Pair
from kg.annotation.records import Bounds, EventMention, Occurrence, occurrences
from kg.errors import ResourceError
from tests.support.extraction import read, rows

TEXTS = rows("occurrences.tsv")


def found(text: str) -> tuple[Occurrence, ...]:
    return occurrences(read(text)._.events)


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_mentions_of_one_occurrence_are_one_event(text: str, expected: str) -> None:
    joined = ["=".join(text[m.begin : m.end] for m in one.mentions) for one in found(text) if len(one.mentions) > 1]
    assert (" ; ".join(joined) or "-") == expected


def test_every_finding_is_met_in_some_text(monkeypatch: pytest.MonkeyPatch) -> None:
    met: set[str] = set()
    weighed = grouping.weighed

    def record(pair: Pair) -> float | None:
        met.update(name for name, question in OCCURRENCE_EVIDENCE.items() if question(pair))
        return weighed(pair)

    monkeypatch.setattr(grouping, "weighed", record)
    for text, _ in TEXTS:
        read(text)
    assert sorted(OCCURRENCE_EVIDENCE.keys() - met) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Bei einem Anschlag in Kabul sind am Montag Polizisten getötet worden. Der Anschlag traf die Polizei.",
            ("Bombing", (), ("kabul",), date(2017, 11, 6), None),
        ),
        (
            "In Nizza sind 86 Menschen getötet worden. Die Tötung der 86 Menschen verübte im Juli 2016 der IS.",
            ("Killing", ("islamic-state",), ("nice",), date(2016, 7, 1), Bounds(86, 86)),
        ),
        (
            "Mindestens 31 Tote in Kabul. Dort wurden mindestens 57 Menschen getötet. Zunächst war von 31 Toten die Rede.",
            ("Killing", (), ("kabul",), None, Bounds(57, None)),
        ),
        (
            "Die Taliban haben Kundus erobert. Die Eroberung von Kundus begann am Montag.",
            ("Capture", ("taliban",), ("kunduz",), date(2017, 11, 6), None),
        ),
    ],
)
def test_mentions_of_one_occurrence_share_roles_place_time_and_numbers(text: str, whole: tuple[object, ...]) -> None:
    one = next(one for one in found(text) if len(one.mentions) > 1)
    told = {(m.kind, m.agents, m.places, m.earliest, m.fatalities) for m in one.mentions}
    assert told == {whole}


def test_a_time_that_a_sentence_states_counts_before_one_carried_on() -> None:
    text = "In Herat ist am Montag ein Arzt erschossen worden. Es gab einen Anschlag in Herat. Der Anschlag geschah am Sonntag."
    [one] = [one for one in found(text) if one.kinds == ("Bombing",)]
    assert [m.earliest for m in one.mentions] == [date(2017, 11, 5)] * 2


def test_what_names_no_place_is_where_the_mention_before_it_ended() -> None:
    text = "Raketen trafen am Montag die Städte Sderot und Aschkelon. Die Rakete traf einen Kindergarten."
    assert [[m.places for m in one.mentions] for one in found(text)] == [[("ashkelon",), ("ashkelon",)], [("sderot",)]]


def test_every_mention_keeps_its_certainty_and_source() -> None:
    text = "Die Taliban haben am Montag Kundus erobert. Nach Angaben der Armee dauerte die Eroberung Stunden."
    [one] = found(text)
    assert [(m.factuality, m.sources) for m in one.mentions] == [("Factual", ()), ("Reported", ("afghan-army",))]


def test_a_table_that_misses_a_finding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    grouping._weights.cache_clear()
    monkeypatch.setattr(grouping, "table", lambda name: iter([{"evidence": "anaphor", "weight": "1"}]))
    with pytest.raises(ResourceError, match="agent, announced"):
        grouping._weights()
    grouping._weights.cache_clear()


def mention(begin: int, anaphor: bool = False, occurrence: int | None = 0) -> EventMention:
    return EventMention("Attack", begin, begin + 1, (0, 0), anaphor=anaphor, occurrence=occurrence)


@pytest.mark.parametrize(
    ("mentions", "anchor"),
    [
        ([mention(1)], 1),
        ([mention(1), mention(5)], 5),
        ([mention(1), mention(5), mention(9, anaphor=True)], 5),
        ([mention(1, anaphor=True), mention(5, anaphor=True)], 5),
    ],
)
def test_the_anchor_is_the_last_mention_that_tells_the_event(mentions: list[EventMention], anchor: int) -> None:
    assert [one.anchor.begin for one in occurrences(mentions)] == [anchor]


def test_mentions_without_a_number_are_events_of_their_own() -> None:
    numbers = [None, 0, None, 0]
    found = occurrences(mention(n, occurrence=number) for n, number in enumerate(numbers))
    assert [[m.begin for m in one.mentions] for one in found] == [[0], [1, 3], [2]]
