"""Chronicles: the day that heads a paragraph is that of all that it tells, unless a sentence says otherwise."""

from __future__ import annotations

import pytest

from tests.support.extraction import events

CAPTURE = "Capture nehmen a=islamic-state p=mosul 2014-06-10..2014-06-10 Factual"


def _told_behind(sentence: str) -> str:
    first = "10. Juni 2014: Nach vier Tagen nehmen 1500 IS-Kämpfer Mossul ein."
    found = events(f"Der Streit um den Norden\n\n{first} {sentence}\n\nJuli 2014: Es wird ruhiger.")
    assert found.startswith(CAPTURE)
    return found.removeprefix(CAPTURE).removeprefix(" ; ")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die irakische Armee flieht.", "Withdrawal flieht a=iraqi-army 2014-06-10..2014-06-10 Factual"),
        ("Soldaten fliehen am 12. Juni 2014.", "Withdrawal fliehen a=soldiers 2014-06-12..2014-06-12 Factual"),
        ("Bis dahin waren zehn Soldaten in Homs getötet worden.", "Killing getötet t=soldiers p=homs Factual"),
    ],
)
def test_the_day_of_the_paragraph_is_that_of_its_sentences(sentence: str, expected: str) -> None:
    assert _told_behind(sentence) == expected


def test_the_next_paragraph_has_its_own_day() -> None:
    first, second = "10. Juni 2014: Es ist ruhig.", "Juli 2014: Es ist unruhig. Tausende Soldaten fliehen."
    found = events(f"Der Streit um den Norden\n\n{first}\n\n{second}")
    assert found == "Withdrawal fliehen a=soldiers 2014-07-01..2014-07-31 Factual"
