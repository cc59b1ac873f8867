"""Showing an annotated article: the listing, the page, the command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotation.records import Bounds, Entity, EventMention, Mention, Timex, register_extensions
from kg.cli import main
from kg.display import listing, page
from kg.display.passages import days, number
from kg.reading import Article
from kg.reading.article import Block

TITLE = "Armee nimmt <Mossul> ein"
BODY = "Am Montag eroberte die Armee Mossul, teilte Bagdad mit. Es wurden 20 bis 30 Menschen getötet. Es regnet."
TEXT = f"{TITLE}\n\n{BODY}"


def at(words: str) -> tuple[int, int]:
    begin = TEXT.rindex(words)
    return begin, begin + len(words)


def annotated() -> tuple[Article, Doc]:
    register_extensions()
    blocks = (Block(0, len(TITLE), "title"), Block(len(TITLE) + 2, len(TEXT), "body"))
    article = Article("a-1", "in/a.txt", TEXT, blocks, TITLE, date(2017, 7, 10), None, None, "sha256:0")
    doc = spacy.blank("de")(TEXT)
    starts = (0, at("Am Montag")[0], at("Es wurden")[0], at("Es regnet")[0])
    for token in doc:
        token.is_sent_start = token.idx in starts
    doc._.blocks = blocks
    doc._.entities = {
        "iraqi-army": Entity("iraqi-army", "StateForce", "Irakische Armee"),
        "mosul": Entity("mosul", "City", "Mossul"),
        "bagdad": Entity("bagdad", "Government", 'Bagdad "&" Co', scope="article"),
    }
    doc._.mentions = (
        Mention(*at("die Armee"), "iraqi-army", 0, "epithet"),
        Mention(*at("Mossul"), "mosul", 0),
        Mention(*at("Bagdad"), "bagdad", 0),
    )
    day = date(2017, 7, 10)
    doc._.timexes = (Timex(*at("Am Montag"), day, day),)
    doc._.events = (
        EventMention(
            "Capture", *at("eroberte"), at("Am Montag")[:1] + at("mit.")[1:], ("iraqi-army",), (), ("mosul",),
            day, day, "Reported", ("bagdad",), confidence=0.9,
        ),
        EventMention(
            "Killing", *at("getötet"), at("Es wurden 20 bis 30 Menschen getötet."), (), (), ("mosul",),
            date(2017, 7, 1), None, fatalities=Bounds(20, 30),
        ),
    )  # fmt: skip
    return article, doc


def test_listing_shows_every_sentence_with_what_was_read_in_it() -> None:
    assert list(listing(*annotated())) == [
        "Armee nimmt <Mossul> ein",
        "in/a.txt, 2017-07-10",
        "",
        "[1 title] Armee nimmt <Mossul> ein",
        "",
        "[2 body] Am Montag eroberte die Armee Mossul, teilte Bagdad mit.",
        "    names: die Armee = iraqi-army (StateForce); Mossul = mosul (City); Bagdad = bagdad (Government)",
        "    times: Am Montag = 2017-07-10",
        "    Capture «eroberte»",
        "        agent       Irakische Armee",
        "        place       Mossul",
        '        source      Bagdad "&" Co',
        "        time        2017-07-10",
        "        factuality  Reported",
        "        confidence  0.90",
        "",
        "[3 body] Es wurden 20 bis 30 Menschen getötet.",
        "    Killing «getötet»",
        "        place       Mossul",
        "        time        2017-07-01 to …",
        "        factuality  Factual",
        "        fatalities  20 to 30",
        "        confidence  0.80",
        "",
        "[4 body] Es regnet.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (days(date(2017, 7, 10), date(2017, 7, 10)), "2017-07-10"),
        (days(date(2017, 7, 1), date(2017, 7, 31)), "2017-07-01 to 2017-07-31"),
        (days(None, date(2017, 7, 31)), "… to 2017-07-31"),
        (number(Bounds(18, 18)), "18"),
        (number(Bounds(18, None)), "18 to …"),
        (number(Bounds(None, 50)), "… to 50"),
    ],
)
def test_bounds_are_written_for_people(text: str, expected: str) -> None:
    assert text == expected


def test_page_marks_names_times_triggers_and_roles() -> None:
    html = page([annotated()])
    labels = ("StateForce", "City", "Government", "time", "Capture", "agent: Capture", "source: Capture", "Killing")
    assert [label for label in labels if html.count(f"\n        {label}\n") != 1] == []
    assert html.count("\n        place: Capture\n") == 1
    assert "place: Killing" not in html  # the town is not named in that sentence: its table says it
    assert "<tr><th>place</th><td>Mossul</td></tr>" in html
    assert html.count("<table>") == 2


def test_an_event_names_the_other_sentences_that_tell_it() -> None:
    article, doc = annotated()
    first, second = doc._.events
    doc._.events = (replace(first, occurrence=3), replace(second, occurrence=3))
    assert [line.split()[-1] for line in listing(article, doc) if "also in" in line] == ["3", "2"]
    assert page([(article, doc)]).count("<tr><th>also in</th>") == 2


def test_page_shows_text_as_text_and_fetches_nothing() -> None:
    html = page([annotated()])
    assert "<Mossul>" not in html
    assert "<h1>Armee nimmt &lt;Mossul&gt; ein</h1>" in html
    assert "Bagdad &quot;&amp;&quot; Co" in html
    assert 'charset="utf-8"' in html
    assert [word for word in ("http:", "https:", "src=", "<script", "<link") if word in html] == []


def test_command_lists_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bericht.txt"
    file.write_text("Regierungstruppen haben am Freitag die irakische Stadt Tikrit zurückerobert.\n", encoding="utf8")
    assert main(["annotate", str(file), "--date", "2015-04-03"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"{file}, 2015-04-03"
    assert "    Capture «zurückerobert»" in lines
    assert "        place       Tikrit" in lines
    assert "        time        2015-04-03" in lines


def test_command_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "bericht.txt", tmp_path / "bericht.html"
    file.write_text("Der IS hat Mossul am 10. Juni 2014 eingenommen.\n", encoding="utf8")
    assert main(["annotate", str(file), "--html", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert "\n        Capture\n" in out.read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["missing.txt"], 2, "missing.txt: no such file"),
        (["a.txt", "--date", "gestern"], 2, "--date gestern: is no date, write it as 2017-11-09"),
        (["a.txt", "--html", "no/such/folder/a.html"], 1, "no/such/folder/a.html: can't be written"),
        (["empty.txt"], 1, "empty.txt: "),
    ],
)
def test_command_names_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], status: int, message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Der IS hat Mossul eingenommen.\n", encoding="utf8")
    Path("empty.txt").write_text("", encoding="utf8")
    assert main(["annotate", *arguments]) == status
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"kg: {message}")
