"""Text that is no German article: no crash, no hang, no events that nobody wrote; work grows with the length of the text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from ftfy.badness import is_bad

from kg.annotation.pipeline import annotate
from kg.reading import Skipped, read_articles
from kg.reading.characters import may_be_bad
from tests.support.extraction import events, pipeline, read

ASCII = [chr(number) for number in range(128)]
LINEAR = 2.3  # twice the text may take so many times the steps
UNSEEN = 30  # repetitions of a pattern before the first measurement, so that caches are filled

NOTHING = {
    "no words": "",
    "white space": " \n\t \n\n ",
    "punctuation": "... !? – – ( ) „ “ ; : , , ,",
    "no verbs": "Mossul, Rakka, Tikrit, der Irak, die Stadt am Fluss und der IS im Norden",
    "table of figures": "1.234 5,6 7 % | 8.9.2010 11:45 | 12 13 14 15",
    "English": "The Iraqi army recaptured the city of Mosul from Islamic State militants on Thursday, killing dozens.",
    "French": "L'armée irakienne a repris la ville de Mossoul aux djihadistes. Dix civils ont été tués.",
    "Turkish": "Irak ordusu Musul kentini IŞİD'den geri aldı, on sivil öldürüldü.",
    "Arabic, right to left": "\u202eاستعاد الجيش العراقي مدينة الموصل من تنظيم الدولة.\u202c",
    "Hebrew": "הצבא העיראקי כבש את העיר מוסול.",
    "Chinese": "伊拉克军队从伊斯兰国手中夺回摩苏尔。",
    "control characters": "\x00\x01Die\x02 \x1b[31mStadt\x7f \u200b\u200dliegt\ufeff am\u00ad Fluss\x0b.",
    "emoji": "😀😀 🔥💥 🇮🇶🇸🇾 #Mossul @IS https://example.org/a?b=c",
    "markup": "<div class='x'>&nbsp;&amp;<br/></div> {{mustache}} [[wiki|link]] **fett**",
    "one endless word": "Donaudampfschifffahrt" * 400,
    "hyphens": "IS-" * 400 + "Hochburg",
    "unmatched brackets": "((((((((((([[[[[[[[[[[[ Mossul )))))",
    "capitals without verb": "MOSSUL, RAKKA, DER IS UND DIE ARMEE",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_text_without_a_german_statement_has_no_events(text: str) -> None:
    assert events(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "„" * 50 + "Die irakische Armee eroberte Mossul." + "“" * 50,
        "(" * 50 + "Die irakische Armee eroberte Mossul." + ")" * 50,
        "\x01 Die irakische\x02 Armee er\u00adoberte\u200b Mossul.\x7f",
        "\u202e\u202bالموصل\u202c\u202c Die irakische Armee eroberte Mossul.",
        "\n\n\n" * 3_000 + "Die irakische Armee eroberte Mossul.",
    ],
    ids=["nested quotes", "nested brackets", "control characters", "right to left", "empty lines"],
)
def test_a_statement_is_found_in_rubbish(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf8")
    [(_, doc)] = annotate(pipeline(), read_articles(str(path), root=str(tmp_path)))
    assert [(e.kind, e.agents, e.places) for e in doc._.events] == [("Capture", ("iraqi-army",), ("mosul",))]


@pytest.mark.parametrize("mark", ["„", "»", "(", "–", ",", "–,"])
def test_ten_thousand_marks_around_a_statement_add_no_event(mark: str) -> None:
    found = read(mark * 10_000 + " Die irakische Armee eroberte Mossul. " + mark * 10_000)._.events
    assert [(e.kind, e.agents, e.places) for e in found] == [("Capture", ("iraqi-army",), ("mosul",))]


def test_a_line_of_five_megabytes_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "zeile.txt"
    path.write_text("Die Armee eroberte die Stadt " * 180_000, encoding="utf8")
    [outcome] = read_articles(str(path), root=str(tmp_path))
    assert isinstance(outcome, Skipped)
    assert str(outcome) == f"{path}: 5,220,000 characters, an article has at most 1,000,000: split it into articles"


PATTERNS: dict[str, Callable[[int], str]] = {
    "articles": lambda n: "Bei einem Luftangriff auf Mossul starben zwölf Menschen. Der IS floh am Montag.\n\n" * n,
    "one line": lambda n: "die Armee eroberte die Stadt und Kämpfer flohen nach Mossul " * n,
    "commas": lambda n: "Die Armee, die Miliz, der IS, " * n,
    "subordination": lambda n: "Er sagte, dass die Miliz, die den IS, der Mossul, das " * n,
    "infinitives": lambda n: "um zu fliehen, ohne zu kämpfen, " * n,
    "quotes": lambda n: "„" * 5 * n + "Die Armee eroberte Mossul." + "“" * 5 * n,
    "brackets": lambda n: "(" * 5 * n + "Die Armee eroberte Mossul" + ")" * 5 * n,
    "dashes": lambda n: "Die Armee – sie floh – die Stadt – " * n,
    "names": lambda n: "Mossul Rakka IS Irak Syrien " * n,
    "lists": lambda n: "Mossul und Rakka und " * n,
    "genitives": lambda n: "der Angriff der Armee der Stadt " * n,
    "capitals": lambda n: "DIE ARMEE EROBERTE MOSSUL UND DER IS FLOH. " * n,
    "English": lambda n: "The army recaptured the city of Mosul on Thursday. " * n,
    "right to left": lambda n: "استعاد الجيش مدينة الموصل. " * n,
    "one word": lambda n: "a" * 40 * n,
    "numbers": lambda n: "1.2.3.4. 10.000 vor 3 Tagen " * n,
}


def steps(text: str) -> int:
    """Count the calls, of Python and of C functions, that annotating ``text`` takes."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += 1

    doc = pipeline().make_doc(text)
    sys.setprofile(count)
    try:
        pipeline()(doc)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_twice_the_text_takes_twice_the_steps(pattern: Callable[[int], str]) -> None:
    steps(pattern(UNSEEN * 4))  # fills the caches of word forms
    once, twice = steps(pattern(UNSEEN * 2)), steps(pattern(UNSEEN * 4))
    assert once < twice < LINEAR * once


@pytest.mark.parametrize("letter", "äöüÄÖÜß„“")
def test_a_german_letter_or_quote_between_ascii_is_never_what_a_wrong_encoding_leaves(letter: str) -> None:
    for one in ASCII:
        texts = [text for other in ASCII for text in (one + letter + other, one + other + letter, letter + one + other)]
        assert not any(map(may_be_bad, texts))
        assert not any(map(is_bad, texts))


@pytest.mark.parametrize("text", ["tÃ¼rkisch", "â€žMossul", "fÃ¼r", "KÃ¶ln", "der Präsident â€“ nun"])
def test_what_a_wrong_encoding_leaves_is_looked_at(text: str) -> None:
    assert may_be_bad(text) and is_bad(text)
