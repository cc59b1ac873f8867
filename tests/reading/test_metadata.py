"""Dates, bylines, datelines and credits: what the lines around an article say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.reading import metadata, read_articles

BODY = "Die Armee hat nach eigenen Angaben drei Dörfer eingenommen. Am 3. Mai 2014 waren sie gefallen."
NINTH = date(2017, 11, 9)

LINES = [
    ("2017-11-09", NINTH),
    ("2017-11-09T18:20:00+01:00", NINTH),
    ("09.11.2017", NINTH),
    ("9. 11. 2017", NINTH),
    ("09.11.17, 18:20 Uhr", NINTH),
    ("9 Nov 2017", NINTH),
    ("9. November 2017", NINTH),
    ("Donnerstag, 9. November 2017, 18.20 Uhr MEZ", NINTH),
    ("November 9, 2017", NINTH),
    ("9. Jänner 2017", date(2017, 1, 9)),
    ("Stand: 09.11.2017 18:20 Uhr", NINTH),
    ("Veröffentlicht am 09.11.2017 | Aktualisiert am 12.11.2017", NINTH),
    ("Aktualisiert am 12.11.2017, erstellt am 09.11.2017", NINTH),
    ("Bagdad, 9. November 2017", NINTH),
    ("Von Lena Muster, 9. November 2017", NINTH),
    ("Datum: 9.11.2017", NINTH),
    ("abc0012-20171109_2", NINTH),
    ("091820 Nov 17", NINTH),
    ("AFP 091820 NOV 17", NINTH),
    ("091820Z NOV 17", NINTH),
    ("09.11.2017, von Lena Muster, Amman", NINTH),
    ("9. November 2017, 18:20 Uhr Quelle: BEISPIEL ONLINE, dpa, AFP, lmu 31 Kommentare", NINTH),
    ("09.11.2017, 18:20 Uhr | Von unserer Korrespondentin", NINTH),
    ("Beispielzeitung vom 09.11.2017/lmu", NINTH),
    ("© Beispielzeitung vom 09.11.2017", NINTH),
    ("Über dieses Thema berichtete das Inforadio am 9. November 2017 um 18:20 Uhr.", NINTH),
    ("date 2017-11", None),
    ("2017-11", None),
    ("31.02.2017", None),
    ("12.11.1017", None),
]


def published(folder: Path, text: str) -> date | None:
    (folder / "a.txt").write_text(text, encoding="utf8")
    [article] = read_articles(str(folder / "a.txt"), root=None)
    return article.published


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_the_date_is_found_behind_the_article(line: str, expected: date | None, tmp_path: Path) -> None:
    assert published(tmp_path, f"{BODY}\n\n{BODY}\n\n{line}") == expected


@pytest.mark.parametrize(("line", "expected"), [pair for pair in LINES if "©" not in pair[0] and "Über" not in pair[0]])
def test_the_date_is_found_before_the_article(line: str, expected: date | None, tmp_path: Path) -> None:
    assert published(tmp_path, f"Armee nimmt Dörfer ein\n\n{line}\n\n{BODY}") == expected


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n{BODY}",
        f"Kampf um Mossul\n\n{BODY}",
        f"{BODY}\n\nMehr zum Thema\n\n04.05.2016\nRakka vor dem Fall",
    ],
)
def test_dates_of_the_body_and_of_other_articles_are_not_taken(text: str, tmp_path: Path) -> None:
    assert published(tmp_path, text) is None


@pytest.mark.parametrize(
    "line",
    [
        "Online seit 9.11.2017, 18.20 Uhr",
        "9.11.2017",
        "9. November 2017, 18:20 Uhr",
        "09.11.2017, von Lena Muster, Amman",
        "09.11.2017, 18:20 Uhr | Von unserem Reporter",
        "9. November 2017, 18:20 Uhr   Quelle: BEISPIEL ONLINE, dpa, AFP, lmu   31 Kommentare",
    ],
)
@pytest.mark.parametrize("leads", [1, 2])
def test_the_date_is_found_behind_a_lead_and_goes(line: str, leads: int, tmp_path: Path) -> None:
    lead = f"{BODY}\n\n" * leads
    (tmp_path / "a.txt").write_text(f"Armee nimmt Dörfer ein\n\n{lead}{line}\n\n{BODY}\n\n{BODY}", encoding="utf8")
    [article] = read_articles(str(tmp_path / "a.txt"), root=None)
    assert article.published == NINTH
    assert article.text == "\n\n".join(["Armee nimmt Dörfer ein", *[BODY] * (leads + 2)])


@pytest.mark.parametrize(
    "middle",
    [
        f"9. November 2017\n\n{BODY}",  # a heading
        f"9.11.2017\n\n{BODY}\n\n12.11.2017",  # a chronicle
        f"9.11.2017, 18:20 Uhr\n\n{BODY}\n\n9.11.2017, 18:50 Uhr",  # a ticker
        f"{BODY}\n\n{BODY}\n\n9.11.2017, 18:20 Uhr",  # deep in the body
    ],
)
def test_date_lines_of_the_body_do_not_date_the_article(middle: str, tmp_path: Path) -> None:
    assert published(tmp_path, f"Armee nimmt Dörfer ein\n\n{BODY}\n\n{middle}\n\n{BODY}") is None


@pytest.mark.parametrize("foot", ["© BZ vom 10.11.2017", "© BZ vom 10.11.2017/lmu", "BZ vom 10.11.2017/lmu"])
def test_the_date_of_the_head_beats_that_of_the_printed_paper(foot: str, tmp_path: Path) -> None:
    head = "9. November 2017, 18:20 Uhr"
    assert published(tmp_path, f"{head}\n\nArmee nimmt Dörfer ein\n\n{BODY}\n\n{BODY}\n\n{foot}") == NINTH


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("9.11.2017, von Lena Muster und Karim al-Beispiel", True),
        ("Amman, 9.11.2017 | Von Lena Muster", True),
        ("9.11.2017, 18:20 Uhr | Quelle: dpa/lmu", True),
        ("Am 9. November 2017 von Kämpfern verlassene Dörfer", False),
        ("9. November 2017, von Mossul nach Rakka gefahren", False),
        ("Am 9.11.2017 fielen in Mossul drei Dörfer", False),
    ],
)
def test_authors_may_stand_behind_a_date_and_nothing_else(line: str, expected: bool) -> None:
    assert metadata.is_date_line(line) is expected


def test_a_full_date_beats_a_month(tmp_path: Path) -> None:
    assert published(tmp_path, f" date 2017-11 {BODY}\n\n{BODY}\n\nabc0012-20171109_2") == NINTH


def test_the_date_given_beats_what_the_text_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"09.11.2017\n\n{BODY}", encoding="utf8")
    [article] = read_articles(str(tmp_path / "a.txt"), root=None, published=date(2015, 1, 2))
    assert article.published == date(2015, 1, 2)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Von Lena Muster, ARD-Studio Kairo", True),
        ("Von Lena Muster und Karim al-Beispiel", True),
        ("Lena Muster, dpa", True),
        ("Text: Lena Muster", True),
        ("Eine Analyse von Lena Muster", True),
        ("Das Interview führte Lena Muster", True),
        ("Von unserer Nahostkorrespondentin", True),
        ("Von unserer Korrespondentin Lena Muster, Kairo", True),
        ("Von unserer Armee fehlt jede Spur", False),
        ("Von unseren Soldaten fehlt jede Spur", False),
        ("Von Kurden geführte Einheiten rücken vor", False),
        ("Von Mossul nach Rakka", False),
        ("Von Tag zu Tag wird es schlimmer.", False),
        ("Tikrit, Ramadi, Falludscha", False),
        ("Bericht: IS verliert Mossul", False),
    ],
)
def test_bylines_name_authors_and_nothing_else(line: str, expected: bool) -> None:
    assert metadata.is_byline(line) is expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Bagdad (dpa) - Die Armee rückt vor.", ("Bagdad (dpa) -", "Die Armee rückt vor.")),
        ("Bagdad/Erbil (AFP/Reuters) – Die Armee rückt vor.", ("Bagdad/Erbil (AFP/Reuters) –", "Die Armee rückt vor.")),
        ("9. Mai 2016. Die Armee rückt vor.", ("9. Mai 2016.", "Die Armee rückt vor.")),
        ("9. Mai 2016: Die Armee rückt vor.", ("", "9. Mai 2016: Die Armee rückt vor.")),
        ("Beirut – 9. Mai 2016. Die Armee rückt vor.", ("Beirut – 9. Mai 2016.", "Die Armee rückt vor.")),
        ("Beirut ap | Die Armee rückt vor.", ("Beirut ap |", "Die Armee rückt vor.")),
        ("Amman, 9. Mai (AFP) - Die Armee rückt vor.", ("Amman, 9. Mai (AFP) -", "Die Armee rückt vor.")),
        ("Amman, den 19. Mai 2016 (dpa) Die Armee schweigt.", ("Amman, den 19. Mai 2016 (dpa)", "Die Armee schweigt.")),
        ("Amman, 9. Dorf (AFP) - Die Armee schweigt.", ("", "Amman, 9. Dorf (AFP) - Die Armee schweigt.")),
        ("Am 9. Mai (AFP) - Die Armee schweigt.", ("", "Am 9. Mai (AFP) - Die Armee schweigt.")),
        ("(sda/lmu) Die Armee rückt vor.", ("(sda/lmu)", "Die Armee rückt vor.")),
        ("(sda) Die Armee rückt vor.", ("(sda)", "Die Armee rückt vor.")),
        ("Die Miliz (IS) - auch Daesch - zog ab.", ("", "Die Miliz (IS) - auch Daesch - zog ab.")),
        ("Reuters: Die Armee rückt vor.", ("", "Reuters: Die Armee rückt vor.")),
        ("Er sagt: Die Armee rückt vor.", ("", "Er sagt: Die Armee rückt vor.")),
        ("Bengasi (9. April 2019) - Der Hafen ist zu.", ("Bengasi (9. April 2019) -", "Der Hafen ist zu.")),
        ("Aden/Taiz, 13. November 2018 – Der Hafen ist zu.", ("Aden/Taiz, 13. November 2018 –", "Der Hafen ist zu.")),
        ("Kassel, 16. März 2022. Das Urteil steht.", ("Kassel, 16. März 2022.", "Das Urteil steht.")),
        ("Am 12. Mai 2019 - einem Sonntag - fiel Schnee.", ("", "Am 12. Mai 2019 - einem Sonntag - fiel Schnee.")),
    ],
)  # fmt: skip
def test_datelines_are_cut_off(paragraph: str, expected: tuple[str, str]) -> None:
    assert metadata.dateline(paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Die Armee schweigt. (APA, 9.11.2017)", ("Die Armee schweigt.", "APA, 9.11.2017")),
        ("Die Armee schweigt. Lena Muster, dpa", ("Die Armee schweigt.", "Lena Muster, dpa")),
        ("Die Armee schweigt. (Das tut sie immer.)", ("Die Armee schweigt. (Das tut sie immer.)", None)),
        ("Die Armee schweigt zum IS (Daesch).", ("Die Armee schweigt zum IS (Daesch).", None)),
    ],
)
def test_signatures_are_cut_off(paragraph: str, expected: tuple[str, str | None]) -> None:
    assert metadata.signature(paragraph) == expected


@pytest.mark.parametrize("head", ["Amman (dpa) - ", "Amman, 9. Mai (AFP) - ", "(sda/lmu) "])
@pytest.mark.parametrize("lead", ["", f"{BODY}\n\n"])
def test_no_dateline_stands_in_the_body(head: str, lead: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Armee nimmt Dörfer ein\n\n{lead}{head}{BODY}\n\n{BODY}", encoding="utf8")
    [article] = read_articles(str(tmp_path / "a.txt"), root=None)
    bodies = [article.text[b.begin : b.end] for b in article.blocks if b.kind == "body"]
    assert bodies == [BODY] * (3 if lead else 2)


def test_a_place_before_a_full_stop_is_no_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Armee nimmt Dörfer ein\n\nAmman. {BODY}\n\n{BODY}", encoding="utf8")
    [article] = read_articles(str(tmp_path / "a.txt"), root=None)
    shown = [(b.kind, article.text[b.begin : b.end]) for b in article.blocks]
    assert shown[1:] == [("byline", "Amman"), ("body", BODY), ("body", BODY)]
