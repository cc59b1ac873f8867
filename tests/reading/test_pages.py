"""Web pages: leads, parts, marked words, tickers, dates; never less of the article than the extraction library alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from trafilatura import extract

from kg.reading import Article, Skipped, read_articles
from kg.reading.encoding import decoded
from tests.reading.layouts import BODY, FIRST, LAYOUTS, SECOND, THIRD, TITLE, UNWANTED, WANTED, page


def read(tmp_path: Path, markup: str | bytes) -> Article:
    path = tmp_path / "seite.html"
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    [article] = read_articles(str(path), root=None)
    assert isinstance(article, Article), str(article)
    return article


def pieces(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.begin : b.end]) for b in article.blocks]


def kept(passages: tuple[str, ...], text: str) -> list[str]:
    return [passage for passage in passages if passage in text]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_wanted_passage_is_kept_and_no_other(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    text = read(tmp_path, layout.page).text
    assert kept(layout.wanted, text) == list(layout.wanted)
    assert kept(UNWANTED, text) == []


def test_more_is_kept_and_no_more_boilerplate_than_by_the_library_alone(tmp_path: Path) -> None:
    ours = [read(tmp_path, layout.page).text for layout in LAYOUTS.values()]
    alone = [extract(layout.page, include_comments=False) or "" for layout in LAYOUTS.values()]
    wanted = [layout.wanted for layout in LAYOUTS.values()]
    assert len(LAYOUTS) >= 12
    assert sum(len(kept(w, t)) for w, t in zip(wanted, ours, strict=True)) >= sum(
        len(kept(w, t)) for w, t in zip(wanted, alone, strict=True)
    )
    assert sum(len(kept(UNWANTED, t)) for t in ours) <= sum(len(kept(UNWANTED, t)) for t in alone)


def test_marked_words_stay_in_their_sentence_and_struck_ones_go(tmp_path: Path) -> None:
    marked = (
        "<p>Am <time datetime='2017-11-10'>Freitag</time> griff die Armee an, teilte <label>ein</label> "
        "<button>Sprecher</button> mit; <output>zwölf</output> Häuser wurden <del>beschädigt</del> <ins>zerstört</ins>.</p>"
    )
    head = '<meta property="article:published_time" content="2017-11-17T10:00:00+01:00">'
    article = read(tmp_path, page(f"<article>{TITLE}{marked}{BODY}</article>", head))
    sentence = "Am Freitag griff die Armee an, teilte ein Sprecher mit; zwölf Häuser wurden zerstört."
    assert pieces(article)[1] == ("body", sentence)
    assert article.published == date(2017, 11, 17)


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        (f"{TITLE}<p>Am <time datetime='2017-11-10'>Freitag</time> griff die Armee an, sagte ein Sprecher.</p>{BODY}", None),
        (
            f"{TITLE}<time class='updated' datetime='2017-11-19'>19.11.2017</time>"
            f"<time class='published' datetime='2017-11-17'>17.11.2017</time>{BODY}",
            date(2017, 11, 17),
        ),
        (f"<h1>Armee nimmt Rawa ein <span>26. Februar 2020</span></h1>{BODY}", date(2020, 2, 26)),
        (f"{TITLE}<time datetime='2017-11-17T08:00'>17.11.2017, 8 Uhr</time>{BODY}", date(2017, 11, 17)),
    ],
    ids=["a day of the text is none", "not the update's", "inside the title", "beside the title"],
)
def test_the_date_of_publication_stands_where_such_dates_stand(markup: str, day: date | None, tmp_path: Path) -> None:
    article = read(tmp_path, page(f"<article>{markup}</article>"))
    assert (article.title, article.published) == ("Armee nimmt Rawa ein", day)
    assert kept(WANTED, article.text) == list(WANTED)


def test_the_entries_of_a_live_ticker_keep_their_times(tmp_path: Path) -> None:
    entries = "".join(
        f"<div class='entry'><time datetime='2022-02-{day}T{hour}'>{hour} Uhr</time><h3>{title}</h3><p>{text}</p></div>"
        for day, hour, title, text in (
            (28, "12:30", "Armee rückt vor", FIRST),
            (28, "11:05", "Zwölf Verletzte", SECOND),
            (27, "22:40", "Brücke geräumt", THIRD),
        )
    )
    article = read(tmp_path, page(f"<article>{TITLE}<h2>Montag, 28.02.2022</h2>{entries}</article>"))
    assert pieces(article) == [
        ("title", "Armee nimmt Rawa ein"),
        ("heading", "Montag, 28.02.2022"),
        ("heading", "28.02.2022, 12:30 Uhr"), ("heading", "Armee rückt vor"), ("body", FIRST),
        ("heading", "28.02.2022, 11:05 Uhr"), ("heading", "Zwölf Verletzte"), ("body", SECOND),
        ("heading", "27.02.2022, 22:40 Uhr"), ("heading", "Brücke geräumt"), ("body", THIRD),
    ]  # fmt: skip


def test_other_articles_on_the_page_are_not_joined(tmp_path: Path) -> None:
    other = (
        "<article><h2><a href='/z'>Was die Miliz will</a></h2><p>Die Miliz will nach eigenen Worten den ganzen Westen des "
        "Landes kontrollieren.</p></article>"
    )
    text = read(tmp_path, page(f"<main><article>{TITLE}{BODY}</article>{other * 3}</main>")).text
    assert kept(WANTED, text) == list(WANTED)
    assert "den ganzen Westen" not in text


PLAIN = f"<html><head>{{}}</head><body><article>{TITLE}{BODY}</article></body></html>"


@pytest.mark.parametrize(
    ("raw", "http"),
    [
        (PLAIN.format("<meta charset=iso-8859-1>").encode("cp1252"), None),
        (PLAIN.format("").encode("cp1252"), None),
        (PLAIN.format("").encode("latin-1"), "ISO-8859-1"),
        (PLAIN.format("<meta charset=iso-8859-1>").encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PLAIN.format("<meta charset=iso-8859-1>").encode(), None),
        (PLAIN.format("<meta charset=utf-16>").encode(), None),
        (PLAIN.format("<meta charset=unheard-of>").encode(), None),
        (PLAIN.format("").encode("utf-16"), None),
    ],
    ids=["meta", "none", "HTTP", "HTTP before meta", "mark before meta", "meta that can't be", "unknown", "UTF-16"],
)
def test_the_encoding_is_found(raw: bytes, http: str | None) -> None:
    assert kept(WANTED, decoded(raw, http)) == list(WANTED)


def test_a_stray_byte_costs_one_character(tmp_path: Path) -> None:
    raw = PLAIN.format("").encode().replace(b"Gefechten", b"Gefe\xffchten", 1).replace("Brücke".encode(), b"Br\xfccke")
    text = read(tmp_path, raw).text
    assert FIRST in text and THIRD in text
    assert SECOND.replace("Gefechten", "Gefe\ufffdchten") in text


def test_a_page_as_long_as_no_article_is_refused_and_images_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(f"<article>{TITLE}{BODY * 15_000}</article>"), encoding="utf8")
    [refused] = read_articles(str(path), root=None)
    assert isinstance(refused, Skipped) and refused.detail.endswith(" characters, 5,000,000 at most: split it")
    image = f"<img src='data:image/png;base64,{'QUJD' * 1_500_000}'>"
    assert kept(WANTED, read(tmp_path, page(f"<article>{TITLE}{image}{BODY}</article>")).text) == list(WANTED)


def test_mojibake_is_repaired_and_nothing_else(tmp_path: Path) -> None:
    garbled = FIRST.encode().decode("cp1252")
    text = read(tmp_path, page(f"<article>{TITLE}<p>{garbled}</p><p>{SECOND}</p></article>")).text
    assert FIRST in text and SECOND in text
