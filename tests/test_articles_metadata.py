"""Dates, bylines, datelines and credits: what the lines around an article say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.articles import metadata, read_articles

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
        ("Beirut ap | Die Armee rückt vor.", ("Beirut ap |", "Die Armee rückt vor.")),
        ("(sda) Die Armee rückt vor.", ("(sda)", "Die Armee rückt vor.")),
        ("Die Miliz (IS) - auch Daesch - zog ab.", ("", "Die Miliz (IS) - auch Daesch - zog ab.")),
        ("Reuters: Die Armee rückt vor.", ("", "Reuters: Die Armee rückt vor.")),
        ("Er sagt: Die Armee rückt vor.", ("", "Er sagt: Die Armee rückt vor.")),
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
