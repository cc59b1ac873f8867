"""Interviews: whose answer an event stands in is its source; what is asked has none."""

from __future__ import annotations

from tests.support.extraction import events

OPENING = "Die Politologin Olga Kehrer hat Nordsyrien bereist."
QUESTION = "Frage: Frau Kehrer, die SDF haben im März Mansura eingenommen."
ANSWER = "Kehrer: Das ist richtig. Die Armee eroberte im April Homs."
AGAIN = "Frage: Was tut die Türkei?"
LAST = "Kehrer: Wenig. Eine Rakete tötete im Mai zehn Soldaten."
FIRST_EVENT = "Capture eingenommen a=syrian-democratic-forces p=al-mansura-raqqa 2017-03-01..2017-03-31 Factual"
OLGA = "s=[Olga Kehrer]"


def _text(*paragraphs: str) -> str:
    return "\n\n".join(("Reise durch den Norden", OPENING, *paragraphs))


def test_answers_are_reported_and_questions_are_not() -> None:
    found = events(_text(QUESTION, ANSWER, AGAIN, LAST))
    assert found == " ; ".join((
        FIRST_EVENT,
        f"Capture eroberte a=syrian-army p=homs 2017-04-01..2017-04-30 Reported {OLGA}",
        f"Killing tötete t=soldiers 2017-05-01..2017-05-31 Reported {OLGA}",
    ))  # fmt: skip


def test_an_answer_goes_on_over_its_paragraphs() -> None:
    found = events(_text(QUESTION, ANSWER, "Eine Rakete tötete im Mai zehn Soldaten.", AGAIN, "Kehrer: Wenig."))
    assert found.endswith(f"Killing tötete t=soldiers 2017-05-01..2017-05-31 Reported {OLGA}")


def test_one_name_before_a_colon_makes_no_interview() -> None:
    assert f"Reported {OLGA}" not in events(_text("Kehrer: Wenig.", "Eine Rakete tötete im Mai zehn Soldaten."))


def test_towns_before_colons_are_no_speakers() -> None:
    told = "Homs: Die Lage ist ernst. Eine Rakete tötete im Mai zehn Soldaten."
    assert events(_text("Homs: Ruhe.", "Aleppo: Ruhe.", told, "Aleppo: Ruhe.")).endswith("Factual")
