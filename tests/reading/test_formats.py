"""HTML, JSON Lines and WARC; what can't be read; what a call names."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import UsageError
from kg.reading import Article, Skipped, Source, discover, read_articles
from kg.reading.article import article_id

FIRST = "Die irakische Armee hat am Freitag die Stadt Rawa im Westen des Landes eingenommen, teilte ein General mit."
SECOND = (
    "Rawa liegt am Euphrat in der Provinz Anbar. Die Dschihadisten leisteten nach Angaben der Armee kaum Widerstand, "
    "viele waren in die Wüste geflohen."
)
PAGE = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Armee nimmt Rawa ein | Blatt</title>
<meta property="og:title" content="Armee nimmt Rawa ein"><meta property="og:site_name" content="Beispielblatt">
<meta property="article:published_time" content="2017-11-17T14:05:00+01:00">
<link rel="canonical" href="https://www.blatt.example/politik/rawa-1.234"></head><body>
<nav><ul><li><a href="/">Startseite</a></li><li><a href="/p">Politik</a></li></ul></nav>
<div class="cookie-banner"><p>Wir verwenden Cookies, um Anzeigen zu personalisieren.</p></div>
<main><article><h1>Armee nimmt Rawa ein</h1>
<figure><img src="a.jpg" alt="Soldaten"><figcaption>Soldaten am Euphrat. Foto: AFP</figcaption></figure>
<p>{FIRST}</p><h2>Kaum Widerstand</h2><p>{SECOND}</p><p>{FIRST.replace("Rawa", "Anah")}</p></article>
<aside><h3>Mehr zum Thema</h3><ul><li><a href="/x">Der lange Kampf um Mossul</a></li></ul></aside>
<section class="comments"><h3>Kommentare</h3><p>Max: Endlich ist das vorbei.</p></section></main>
<footer><p>© 2017 Beispielblatt. Alle Rechte vorbehalten.</p></footer></body></html>"""
PAGE_BLOCKS = [
    ("title", "Armee nimmt Rawa ein"),
    ("body", FIRST),
    ("heading", "Kaum Widerstand"),
    ("body", SECOND),
    ("body", FIRST.replace("Rawa", "Anah")),
]


def shown(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.begin : b.end]) for b in article.blocks]


def read_and_skipped(path: Path) -> tuple[list[Article], list[Skipped]]:
    found = list(read_articles(str(path), root=None))
    return [a for a in found if isinstance(a, Article)], [s for s in found if isinstance(s, Skipped)]


def skipped(path: Path) -> Skipped:
    """Return why there is nothing at all in the file."""
    [found] = read_articles(str(path), root=None)
    assert isinstance(found, Skipped)
    return found


def warc(path: Path, pages: list[tuple[str, str, str]]) -> None:
    """Write (URL, status line, HTML) as WARC; the ending says whether it is compressed."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.name.endswith(".gz"))
        for url, status, page in pages:
            headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            payload = io.BytesIO(page.encode())
            writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the writer's, not ours
class TestWarc:
    @pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
    def test_pages_are_read_and_the_rest_is_left(self, name: str, tmp_path: Path) -> None:
        start = "<html><body><a href='/'>Politik</a></body></html>"
        warc(
            tmp_path / name,
            [
                ("https://a.example/1", "200 OK", PAGE),
                ("https://a.example/gone", "404 Not Found", PAGE),
                ("https://a.example/", "200 OK", start),
                ("https://a.example/2", "200 OK", PAGE),
            ],
        )
        found = list(read_articles(str(tmp_path / name), root=str(tmp_path)))
        assert [a.url for a in found if isinstance(a, Article)] == ["https://a.example/1", "https://a.example/2"]
        assert [(s.record, s.reason, s.detail) for s in found if isinstance(s, Skipped)] == [
            ("https://a.example/gone", "kind", "no page but status 404: left out"),
            ("https://a.example/", "empty", "no article text in it, only what stands around one: see the file"),
        ]
        assert shown(found[0]) == PAGE_BLOCKS
        assert found[0].id != found[3].id

    @pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
    def test_what_stands_before_a_break_is_read(self, name: str, tmp_path: Path) -> None:
        warc(tmp_path / name, [(f"https://a.example/{n}", "200 OK", PAGE) for n in (1, 2)])
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[:-400])
        found, [broken] = read_and_skipped(tmp_path / name)
        assert [a.url for a in found] == ["https://a.example/1"]
        assert (broken.record, broken.reason) == ("https://a.example/2", "unreadable")
        assert broken.detail == "breaks off or is damaged: fetch it again; the records that are whole are read"

    def test_a_page_without_article_is_named(self, tmp_path: Path) -> None:
        warc(tmp_path / "a.warc", [("https://a.example/", "200 OK", "<html><body></body></html>")])
        assert skipped(tmp_path / "a.warc") == Skipped(
            f"{tmp_path}/a.warc",
            "https://a.example/",
            "empty",
            "no article found in the HTML: save the page again, or its text",
        )

    def test_a_file_without_records_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.warc").write_bytes(b"no record here\n")
        assert skipped(tmp_path / "a.warc").detail == "no WARC record in it: give a WARC file or another ending"


class TestHtml:
    def test_the_article_and_what_the_page_says_of_it_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "rawa.html").write_text(PAGE, encoding="utf8")
        [article] = read_articles(str(tmp_path / "rawa.html"), root=None)
        assert shown(article) == PAGE_BLOCKS
        assert (article.title, article.published) == ("Armee nimmt Rawa ein", date(2017, 11, 17))
        assert (article.url, article.publisher) == ("https://www.blatt.example/politik/rawa-1.234", "Beispielblatt")
        assert article.id == article_id("https://www.blatt.example/politik/rawa-1.234")

    def test_a_page_is_known_by_its_beginning_too(self, tmp_path: Path) -> None:
        (tmp_path / "rawa.txt").write_text(PAGE, encoding="utf8")
        [article] = read_articles(str(tmp_path / "rawa.txt"), root=None)
        assert shown(article) == PAGE_BLOCKS

    @pytest.mark.parametrize("page", ["<html><body><div", "<html><head></head><body></body></html>"])
    def test_a_page_without_article_is_named(self, page: str, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text(page, encoding="utf8")
        assert skipped(tmp_path / "a.html").detail == "no article found in the HTML: save the page again, or its text"


class TestJsonLines:
    def test_records_are_read_under_their_usual_keys(self, tmp_path: Path) -> None:
        rows = [
            {"text": f"{FIRST}\n\n{SECOND}", "title": "Rawa", "date": "2017-11-17", "url": "https://a.example/r"},
            {"articleBody": FIRST, "headline": "Rawa", "datePublished": "17.11.2017", "publisher": {"name": "Blatt"}},
            {"body": FIRST, "id": 7},
            {"html": PAGE},
        ]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf8")
        found = list(read_articles(str(tmp_path / "a.jsonl"), root=str(tmp_path)))
        assert [shown(a) for a in found] == [
            [("title", "Rawa"), ("body", FIRST), ("body", SECOND)],
            [("title", "Rawa"), ("body", FIRST)],
            [("body", FIRST)],
            PAGE_BLOCKS,
        ]
        assert [a.published for a in found] == [date(2017, 11, 17), date(2017, 11, 17), None, date(2017, 11, 17)]
        assert [a.publisher for a in found] == [None, "Blatt", None, "Beispielblatt"]
        assert [a.id for a in found[:3]] == [article_id(n) for n in ("https://a.example/r", "a.jsonl#2", "7")]
        assert len({a.content_hash for a in found}) == 4

    def test_records_without_text_are_named_and_the_others_read(self, tmp_path: Path) -> None:
        rows = [{"text": "Startseite"}, {"text": FIRST}, {"html": "<html><body></body></html>"}]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
        found, left = read_and_skipped(tmp_path / "a.jsonl")
        assert [shown(a) for a in found] == [[("body", FIRST)]]
        assert [(s.record, s.reason, s.detail) for s in left] == [
            ("record 1", "empty", "no article text in it, only what stands around one: see the file"),
            ("record 3", "empty", "no article found in the HTML: save the page again, or its text"),
        ]

    @pytest.mark.parametrize("indent", [None, 2])
    def test_a_json_file_is_one_article_or_a_list(self, indent: int | None, tmp_path: Path) -> None:
        for data in ({"text": FIRST}, [{"text": FIRST}]):
            (tmp_path / "a.json").write_text(json.dumps(data, indent=indent), encoding="utf8")
            [article] = read_articles(str(tmp_path / "a.json"), root=str(tmp_path))
            assert (shown(article), article.id) == ([("body", FIRST)], article_id("a.json#1"))

    def test_bad_lines_are_named_and_the_others_read(self, tmp_path: Path) -> None:
        good = json.dumps({"text": FIRST})
        (tmp_path / "a.jsonl").write_text(f'{good}\n{{"text"\n[1]\n{{"title": "x"}}\n{good}\n', encoding="utf8")
        found, left = read_and_skipped(tmp_path / "a.jsonl")
        assert [shown(a) for a in found] == [[("body", FIRST)]] * 2
        assert [str(s).removeprefix(f"{tmp_path}/") for s in left] == [
            "a.jsonl, record 2: no article in it (not JSON): mend it; the others are read",
            "a.jsonl, record 3: no article in it (no object): mend it; the others are read",
            "a.jsonl, record 4: no article in it (no key text or body or content): mend it; the others are read",
        ]


BAD = [
    (b"", "the file is empty: fill or remove it"),
    (b"\xef\xbb\xbf \n", "the file is empty: fill or remove it"),
    (b"\x00\x01\x02\x03" * 500, "a binary file: save it as UTF-8 text or HTML first"),
    (b"%PDF-1.4 ...", "a broken PDF (PdfStreamError): fetch or save it again"),
    (b"Startseite\n\nAnmelden", "no article text in it, only what stands around one: see the file"),
    (b"Wort " * 250_000, "1,250,000 characters, an article has at most 1,000,000: split it into articles"),
]


@pytest.mark.parametrize(("raw", "message"), BAD, ids=[m[:32] for _, m in BAD])
def test_what_cannot_be_read_is_one_line_with_the_remedy(raw: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    told = str(skipped(path))
    assert told.startswith(f"{path}: ") and told.endswith(message.format(path)) and "\n" not in told


def test_a_file_of_more_than_50_mb_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(51 * 2**20)
    assert skipped(tmp_path / "a.txt").detail == "larger than 50 MB, which is no article: split it into articles"


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    assert str(skipped(tmp_path / "a.txt")) == (
        f"{tmp_path}/a.txt: there is no such file (any more): give it again or leave it out"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FIRST.encode(encoding))
    [article] = read_articles(str(tmp_path / "a.txt"), root=None)
    assert article.text == FIRST


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("https://www.blatt.example/politik/rawa-1.234.html", "blatt-example-politik-rawa-1-234"),
        ("berichte/Straße nach Öl.txt", "berichte-strasse-nach-ol"),
        ("x" * 90, "x" * 40),
        ("خبر", ""),
    ],
)
def test_ids_are_short_slugs_with_a_hash(name: str, slug: str) -> None:
    found = article_id(name)
    assert found.rpartition("-")[0] == slug
    assert len(found.rpartition("-")[2]) == 8
    assert found == article_id(name) != article_id(name + "x")


def test_the_same_file_has_the_same_id_and_hash_wherever_its_folder_stands(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder / "irak").mkdir(parents=True)
        (tmp_path / folder / "irak" / "rawa.txt").write_text(FIRST, encoding="utf8")
    one, other = (next(read_articles(s.path, root=s.root)) for f in ("a", "b") for s in discover([str(tmp_path / f)]))
    assert (one.id, one.content_hash) == (other.id, other.content_hash)
    assert one.id == article_id("irak/rawa.txt")


NOTES = Skipped(
    "r/notes.json",
    None,
    "kind",
    "JSON beside articles mostly holds notes on them: give it by its own name to read it",
)


class TestDiscover:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("r/b.txt", "r/a.html", "r/unter/c.jsonl", "r/.git/x.txt", "r/notes.json", "s/b.txt", "leer/x.png"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("x", encoding="utf8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    @pytest.mark.parametrize(
        ("inputs", "expected"),
        [
            (["r"], [Source("r/a.html", "r"), Source("r/b.txt", "r"), NOTES, Source("r/unter/c.jsonl", "r")]),
            (["r/b.txt"], [Source("r/b.txt", "r")]),
            (["r/*.txt"], [Source("r/b.txt", "r")]),
            (["r/**/*.jsonl"], [Source("r/unter/c.jsonl", "r/unter")]),
            (["r/b.txt", "r"], [Source("r/b.txt", "r"), Source("r/a.html", "r"), NOTES, Source("r/unter/c.jsonl", "r")]),
            (["r/b.txt", "s/b.txt"], [Source("r/b.txt", None), Source("s/b.txt", None)]),
            (["r/notes.json"], [Source("r/notes.json", "r")]),
        ],
    )
    @pytest.mark.usefixtures("folder")
    def test_files_folders_and_patterns_are_found_once(
        self, inputs: list[str], expected: list[Source | Skipped]
    ) -> None:
        assert list(discover(inputs)) == expected

    @pytest.mark.parametrize(
        ("inputs", "message"),
        [
            ([], "no input: give files, folders or patterns such as 'reports/*.txt'"),
            (["leer"], "leer: no article in this folder (endings: "),
            (["nirgends.txt"], "nirgends.txt: no such file or folder, and no match as a pattern: see the path"),
            (["r/*.warc"], "r/*.warc: no such file or folder, and no match as a pattern: see the path"),
        ],
    )
    @pytest.mark.usefixtures("folder")
    def test_an_input_that_finds_nothing_is_an_error(self, inputs: list[str], message: str) -> None:
        with pytest.raises(UsageError) as error:
            list(discover(inputs))
        assert str(error.value).startswith(message)

    def test_absolute_patterns_are_found(self, folder: Path) -> None:
        assert list(discover([f"{folder}/*/b.txt"])) == [
            Source(f"{folder}/r/b.txt", None),
            Source(f"{folder}/s/b.txt", None),
        ]

    def test_a_file_that_vanishes_behind_discovery_is_named(self, folder: Path) -> None:
        sources = [source for source in discover(["r"]) if isinstance(source, Source)]
        shutil.rmtree(folder / "r")
        found = [outcome for s in sources for outcome in read_articles(s.path, root=s.root)]
        assert [(s.path, s.reason) for s in found if isinstance(s, Skipped)] == [(s.path, "unreadable") for s in sources]
        assert len(found) == len(sources) == 3
