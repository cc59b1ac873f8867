"""A folder as analysts have it: two files of every format, and every article in them with title, date and outlet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import brotli
import pypdf
import pytest
import zstandard

from kg.reading import Article, Skipped, Source, discover, read_articles
from tests.support import files
from tests.support.files import Story

ONE = Story(
    "Armee rückt nach Rawa vor",
    date(2017, 11, 17),
    "Beispielblatt",
    (
        "Die Armee ist am Freitag in die Stadt Rawa im Westen des Landes eingerückt, teilte ein Sprecher mit. "
        "Die Kämpfer der Miliz zogen sich über den Fluss in die Wüste zurück.",
        "Bei den Gefechten wurden nach Angaben von Ärzten zwölf Zivilisten verletzt. Das Verteidigungsministerium äußerte "
        "sich zunächst nicht zu den Verlusten der eigenen Truppen.",
    ),
)
TWO = Story(
    "Miliz räumt Brücke bei Anah",
    date(2018, 3, 5),
    "Neue Rundschau",
    (
        "Die Miliz hat am Montag eine Brücke bei Anah geräumt, wie Bewohner der umliegenden Dörfer berichteten. "
        "Zuvor hatte eine Vermittlung der Stammesältesten zwei Tage gedauert.",
        "Ein Bündnis aus mehreren Gruppen kündigte an, die Straße für Hilfslieferungen zu öffnen. Wann die ersten Lastwagen "
        "fahren, blieb offen.",
    ),
)
SINGLE = {
    "{n}.txt": files.write_text, "{n}-latin.txt": files.write_latin, "{n}.md": files.write_text,
    "{n}.html": files.write_page, "{n}.htm": files.write_page, "seite{n}.text": files.write_page,
    "{n}.jsonl": files.write_json, "{n}.ndjson": files.write_json, "{n}.warc": files.write_warc,
    "{n}.warc.gz": files.write_warc, "{n}.rss": files.write_rss, "{n}.atom": files.write_atom, "{n}.xml": files.write_rss,
    "{n}.csv": files.write_table, "{n}.tsv": files.write_table, "{n}.eml": files.write_mail, "{n}.mht": files.write_saved_page,
    "{n}.mbox": files.write_mailbox, "{n}.rtf": files.write_rtf, "{n}.docx": files.write_docx, "{n}.odt": files.write_odt,
    "{n}.pdf": files.write_pdf, "{n}.txt.gz": files.write_gzip, "{n}.zip": files.write_zip,
    "brief{n}.txt": files.write_mail, "blatt{n}.doc": files.write_docx, "tabelle{n}.pdf": files.write_rtf,
}  # fmt: skip
SEVERAL = {
    "beide.jsonl": files.write_json, "beide.warc": files.write_warc, "beide.rss": files.write_rss,
    "beide.atom": files.write_atom, "beide.csv": files.write_table, "beide.tsv": files.write_table,
    "beide.mbox": files.write_mailbox, "beide.zip": files.write_zip,
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the WARC writer's, not ours


def told(article: Article | Skipped) -> tuple[object, ...]:
    assert isinstance(article, Article), str(article)
    return article.title, article.published, article.publisher, body(article)


def body(article: Article) -> tuple[str, ...]:
    return tuple(article.text[b.begin : b.end] for b in article.blocks if b.kind in ("body", "teaser"))


def expected(story: Story) -> tuple[object, ...]:
    return story.title, story.day, story.outlet, story.paragraphs


def test_every_article_of_a_folder_with_two_files_of_every_format_is_found(tmp_path: Path) -> None:
    for number, story in enumerate((ONE, TWO), 1):
        for name, write in SINGLE.items():
            write(tmp_path / name.format(n=number), story)
        for name, export in files.EXPORTS.items():
            (tmp_path / f"{name}{number}.txt").write_text(export(story), encoding="utf8")
    sources = list(discover([str(tmp_path)]))
    assert len(sources) == 2 * (len(SINGLE) + len(files.EXPORTS))
    found = {}
    for source in sources:
        assert isinstance(source, Source), str(source)
        [outcome] = read_articles(source.path, root=source.root)
        found[Path(source.path).name] = told(outcome)
    assert {name: what for name, what in found.items() if what not in (expected(ONE), expected(TWO))} == {}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_file_of_several_articles_gives_each_with_its_own_date_and_outlet(name: str, tmp_path: Path) -> None:
    SEVERAL[name](tmp_path / name, ONE, TWO)
    found = list(read_articles(str(tmp_path / name), root=str(tmp_path)))
    assert [told(article) for article in found] == [expected(ONE), expected(TWO)]
    assert len({article.id for article in found if isinstance(article, Article)}) == 2


@pytest.mark.parametrize("suffix", [".txt", ".rtf", ".docx", ".html"])
@pytest.mark.parametrize("name", files.EXPORTS)
def test_an_export_of_a_press_database_is_parted_into_its_articles(name: str, suffix: str, tmp_path: Path) -> None:
    text, path = files.EXPORTS[name](ONE, TWO), tmp_path / f"export{suffix}"
    if suffix == ".txt":
        path.write_text(text, encoding="utf8")
    elif suffix == ".rtf":
        coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
        path.write_text("{\\rtf1\\ansi " + coded.replace("\n", "\\par\n") + "}", encoding="ascii")
    elif suffix == ".docx":
        files.write_docx_lines(path, [line for line in text.split("\n") if line.strip()])
    else:
        path.write_text(f"<html><body><p>{text.replace(chr(10) * 2, '</p><p>').replace(chr(10), '<br>')}</p></body></html>")
    found = list(read_articles(str(path), root=str(tmp_path)))
    assert [told(article) for article in found] == [expected(ONE), expected(TWO)]


@pytest.mark.parametrize(
    ("coding", "pack"), [("br", brotli.compress), ("zstd", zstandard.ZstdCompressor().compress)], ids=["br", "zstd"]
)
def test_packed_pages_of_a_crawl_are_read(coding: str, pack: object, tmp_path: Path) -> None:
    files.write_warc(tmp_path / "a.warc", ONE, coding=coding, pack=pack)  # type: ignore[arg-type]
    [article] = read_articles(str(tmp_path / "a.warc"), root=None)
    assert told(article) == expected(ONE)


def test_a_sentence_that_runs_over_a_page_of_a_pdf_is_whole(tmp_path: Path) -> None:
    lines = files.broken(" ".join(ONE.paragraphs), 70)
    merged = pypdf.PdfWriter()
    for number, part in enumerate((["Seite 1", *lines[:3], "1"], ["2", *lines[3:], "Seite 2 von 2"])):
        files.write_pdf_page(tmp_path / f"{number}.pdf", part)
        merged.append(tmp_path / f"{number}.pdf")
    merged.write(tmp_path / "beide.pdf")
    [article] = read_articles(str(tmp_path / "beide.pdf"), root=None)
    assert isinstance(article, Article) and article.text == " ".join(ONE.paragraphs)


def test_an_article_of_an_export_without_text_or_labels_is_not_lost_in_silence(tmp_path: Path) -> None:
    picture = Story("Soldaten am Fluss", ONE.day, "Beispielblatt", ())
    text = files.lexis(ONE, picture, TWO).replace("LÄNGE: 433 Wörter", "UMFANG: 433", 1)
    (tmp_path / "export.txt").write_text(text, encoding="utf8")
    one, empty, two = read_articles(str(tmp_path / "export.txt"), root=None)
    assert isinstance(one, Article) and all(p in one.text for p in ONE.paragraphs)
    assert isinstance(empty, Skipped) and (empty.record, empty.reason) == ("article 2", "empty")
    assert told(two) == expected(TWO)
