"""A label says who did what to whom and where; each name is marked as what it is."""

from __future__ import annotations

import pytest

from kg.graph.event_labels import event_label
from kg.namespaces import EVENT_KINDS
from kg.resources import table


@pytest.mark.parametrize(
    ("kind", "language", "names", "expected"),
    [
        ("Capture", "de", {"place": ["Abu Kamal"]}, "Art: Abu Kamal"),
        ("Capture", "de", {"agent": ["Irakische Armee"], "place": ["Mossul"]}, "Art: Mossul, durch Irakische Armee"),
        (
            "Capture", "en", {"agent": ["Iraqi Army"], "target": ["Islamic State"], "place": ["Mosul"]},
            "Art: Mosul, by Iraqi Army, from Islamic State",
        ),
        ("Capture", "de", {"target": ["Islamischer Staat"]}, "Art: gegen Islamischer Staat"),
        ("Killing", "de", {"place": ["Dscharabulus"]}, "Art: in Dscharabulus"),
        (
            "Killing", "de", {"target": ["Zivilisten", "Ärzte"], "agent": ["Taliban"]},
            "Art: Zivilisten, Ärzte, durch Taliban",
        ),
        ("Withdrawal", "de", {"agent": ["Miliz"], "place": ["Homs"]}, "Art: Miliz, aus Homs"),
        (
            "Airstrike", "en", {"agent": ["Israel"], "target": ["Hamas"], "place": ["Gaza"]},
            "Art: by Israel, on Hamas, in Gaza",
        ),
        ("Discovery", "de", {"place": ["Sindschar"]}, "Art: in Sindschar"),
        ("Agreement", "de", {}, "Art"),
    ],
)  # fmt: skip
def test_label_says_who_did_what_to_whom_where(kind, language, names, expected):
    assert event_label(kind, "art", language, names) == expected


def test_every_row_is_of_a_type_and_stands_in_both_languages():
    rows = [(row["kind"], row["language"]) for row in table("graph/event_labels.tsv")]
    assert len(rows) == len(set(rows))
    assert {kind for kind, _ in rows} <= {"*", *EVENT_KINDS}
    assert {(kind, {"de": "en", "en": "de"}[language]) for kind, language in rows} == set(rows)
