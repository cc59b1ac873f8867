"""What can't be read: one line for each file or record, which names it and says what to do; nothing is waited for."""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from kg.reading import Article, ColumnMap, Skipped, discover, read_articles
from kg.reading.content import LARGEST
from tests.reading.test_every_format import ONE, SINGLE, TWO
from tests.support import files

MB = 2**20


def skipped(path: Path) -> list[Skipped]:
    return [outcome for outcome in read_articles(str(path), root=None) if isinstance(outcome, Skipped)]


def encrypted_pdf(path: Path) -> None:
    files.write_pdf(path, ONE)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(path.read_bytes()))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(path)


def broken_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")


def scanned_pdf(path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)


def zipped(*members: tuple[str, bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)

    return write


def raw(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


ARTICLE = files.text(ONE).encode()
BAD = {
    "geheim.pdf": (encrypted_pdf, None, "unreadable", "an encrypted PDF: save it without its password"),
    "kaputt.pdf": (broken_pdf, None, "unreadable", "a broken PDF (PdfStreamError): fetch or save it again"),
    "scan.pdf": (
        scanned_pdf, None, "empty",
        "a PDF without a text layer, as scanners make: run OCR on it, for example ocrmypdf",
    ),
    "bombe.zip": (
        zipped(("bombe.txt", b"0" * 20 * MB)), "bombe.txt", "unreadable",
        "unpacks to far more than texts do, as a bomb would: unpack it by hand",
    ),
    "bombe.txt.gz": (
        raw(gzip.compress(b"0" * 20 * MB)), None, "unreadable",
        "unpacks to far more than texts do, as a bomb would: unpack it by hand",
    ),
    "hinaus.zip": (
        zipped(("../hinaus.txt", ARTICLE)), "../hinaus.txt", "unreadable", "a name that leads out of the archive: pack it anew",
    ),
    "doppelt.zip": (
        zipped(("innen.zip", b"PK\x03\x04" + bytes(30))), "innen.zip", "kind",
        "an archive in an archive: unpack it and give its files",
    ),
    "fremd.zip": (
        zipped(("bild.png", b"\x89PNG")), "bild.png", "kind", "no format that is read (.png): leave it out",
    ),
    "halb.gz": (
        raw(gzip.compress(os.urandom(5000))[:-900]), None, "unreadable",
        "a gzip file that breaks off or is damaged: fetch it again",
    ),
    "halb.zip": (
        raw(b"PK\x03\x04" + bytes(40)), None, "unreadable",
        "a ZIP archive that breaks off or is damaged: fetch it again",
    ),
    "ohne.csv": (
        raw(b"Nr;Wert;Ort\n1;2;Rawa\n"), None, "unreadable",
        "no column of texts among Nr, Wert, Ort: name it, --columns text=COLUMN",
    ),
    "leer.csv": (
        raw(b"Titel;Text\nRawa;\n"), "row 2", "empty", "nothing in the column Text: fill it, or leave the row out",
    ),
    "leer.rss": (
        raw(b"<rss version='2.0'><channel><title>Blatt</title></channel></rss>"), None, "empty",
        "a feed without entries: fetch it again, or leave it out",
    ),
    "daten.xml": (
        raw(b"<?xml version='1.0'?><lager><sache/></lager>"), None, "kind",
        "XML, but no feed: give RSS or Atom, or its articles as HTML or JSON Lines",
    ),
    "bild.eml": (
        raw(b"From: a@b.example\nSubject: Bild\nMIME-Version: 1.0\nContent-Type: image/png\n\nxx"), None, "empty",
        "a mail without a text part: give its attachments as files of their own",
    ),
    "kaputt.docx": (
        raw(b"PK\x03\x04 word/document.xml"), None, "unreadable",
        "a broken or encrypted document: open it and save it anew",
    ),
    "alt.doc": (raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9), None, "kind", "an old Office file: save it as DOCX"),
    "bild.txt": (raw(b"\x89PNG\r\n\x1a\n"), None, "kind", "an image: leave it out, or give its text"),
    "leer.rtf": (raw(rb"{\rtf1\ansi }"), None, "empty", "an RTF file without text: see the file, or save it as DOCX"),
    "leer.html": (raw(b""), None, "empty", "the file is empty: fill or remove it"),
    "blank.txt": (raw(b" \n\n"), None, "empty", "the file is empty: fill or remove it"),
    "gross.txt": (
        raw(b"Die Armee eroberte die Stadt. " * MB), None, "unreadable",
        "31,457,280 characters, an article has at most 1,000,000: split it into articles",
    ),
    "english.txt": (
        raw(b"The army said on Monday that it had recaptured the town near the border, killing dozens of militants."), None,
        "language", "not German but, as it seems, en: leave it out, or translate it",
    ),
    "morgen.txt": (
        raw(ARTICLE.replace(b"2017-11-17", b"2097-11-17")), None, "unreadable",
        "dated 2097-11-17, which is in the future: mend it, or give --date",
    ),
    "nie.txt": (
        raw(ARTICLE.replace(b"2017-11-17", b"31.02.2017")), None, "unreadable",
        "dated 31.02.2017, which is no day: mend it, or give --date",
    ),
    "nie.csv": (
        raw(b"Text;Datum\nDie Armee nahm die Stadt ein, sagte ein Sprecher.;2017-13-01\n"), "row 2", "unreadable",
        "dated 2017-13-01, which is no day: mend it, or give --date",
    ),
    "arabisch.txt": (
        raw("قال الجيش إنه استعاد مدينة راوة يوم الجمعة.".encode()), None, "language",
        "not German but, as it seems, a language in another script: leave it out, or translate it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_line_that_says_what_to_do(name: str, tmp_path: Path) -> None:
    write, record, reason, detail = BAD[name]
    write(tmp_path / name)
    assert list(read_articles(str(tmp_path / name), root=None)) == [
        Skipped((tmp_path / name).as_posix(), record, reason, detail)  # type: ignore[arg-type]
    ]


def test_a_date_given_by_the_user_is_taken_for_an_impossible_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE.replace(b"2017-11-17", b"31.02.2017"))
    [article] = read_articles(str(tmp_path / "a.txt"), root=None, published=ONE.day)
    assert isinstance(article, Article) and article.published == ONE.day


def test_a_bad_member_of_an_archive_or_mailbox_leaves_the_others(tmp_path: Path) -> None:
    zipped(("a.txt", ARTICLE), ("b.pdf", b"%PDF-1.7 x"), ("__MACOSX/a.txt", b"x"))(tmp_path / "a.zip")
    good, bad = read_articles(str(tmp_path / "a.zip"), root=None)
    assert isinstance(good, Article) and good.title == ONE.title
    assert isinstance(bad, Skipped) and (bad.record, bad.reason) == ("b.pdf", "unreadable")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(LARGEST + 1)
    assert [s.detail for s in skipped(tmp_path / "a.pdf")] == [
        "larger than 50 MB, which is no article: split it into articles"
    ]


def test_what_a_library_stumbles_over_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError("too deep\nand more")

    monkeypatch.setattr("kg.reading.formats.text.read_normalised", stumble)
    files.write_text(tmp_path / "a.txt", ONE)
    assert [(s.reason, s.detail) for s in skipped(tmp_path / "a.txt")] == [
        ("unreadable", "damaged, or in a form that is not known (RecursionError: too deep): save it anew")
    ]


@pytest.mark.parametrize(
    ("name", "write", "module"),
    [
        ("a.pdf", files.write_pdf, "pypdf"),
        ("a.rtf", files.write_rtf, "striprtf.striprtf"),
        ("a.rss", files.write_rss, "feedparser"),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_way_to_it(
    name: str, write: Callable[..., None], module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / name, ONE)
    monkeypatch.setitem(__import__("sys").modules, module, None)
    [found] = skipped(tmp_path / name)
    assert found.reason == "kind" and found.detail.endswith(" needs a library: pip install 'lagebild[formats]'")


class TestColumns:
    def test_the_user_names_the_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text(f'Nr,Meldung,Kopf\n1,"{ONE.body}",{ONE.title}\n', encoding="utf8")
        columns = ColumnMap.parse("text=Meldung, title=kopf")
        [article] = read_articles(str(path), root=None, columns=columns)
        assert isinstance(article, Article)
        assert (article.title, article.text) == (ONE.title, f"{ONE.title}\n\n{ONE.body}")

    def test_a_column_that_is_not_there_is_named_with_those_that_are(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("Nr,Text\n1,x\n", encoding="utf8")
        [found] = read_articles(str(tmp_path / "a.csv"), root=None, columns=ColumnMap.parse("text=Meldung"))
        assert isinstance(found, Skipped)
        assert found.detail == "no column Meldung, only Nr, Text: see --columns"


class TestFolder:
    def test_what_is_no_file_is_named_and_never_waited_for(self, tmp_path: Path) -> None:
        files.write_text(tmp_path / "a.txt", ONE)
        os.mkfifo(tmp_path / "rohr.txt")
        (tmp_path / "weg.txt").symlink_to(tmp_path / "nirgends.txt")
        (tmp_path / "schleife").symlink_to(tmp_path)
        (tmp_path / "schleife.txt").symlink_to(tmp_path / "schleife.txt")
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(tmp_path / "s.txt"))
        server.close()
        found = {Path(o.path).name: o.detail for o in discover([str(tmp_path)]) if isinstance(o, Skipped)}
        strange = "no file but a pipe, socket, device or broken link: leave it out"
        assert found == {
            "rohr.txt": strange, "weg.txt": strange, "schleife.txt": strange, "s.txt": strange,
            "schleife": "a link to a folder: give that folder itself",
        }  # fmt: skip

    def test_a_pipe_given_by_itself_is_named(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "rohr")
        assert [s.reason for s in skipped(tmp_path / "rohr")] == ["kind"]

    def test_a_folder_that_cannot_be_opened_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files.write_text(tmp_path / "a.txt", TWO)
        (tmp_path / "zu").mkdir()
        scan = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("zu"):
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        found = [o for o in discover([str(tmp_path)]) if isinstance(o, Skipped)]
        assert found == [
            Skipped(f"{tmp_path}/zu", None, "unreadable", "can't be read (Permission denied): see its permissions")
        ]

    def test_a_known_format_is_found_under_a_strange_ending(self, tmp_path: Path) -> None:
        files.write_pdf(tmp_path / "anhang.bin", ONE)
        (tmp_path / "bild.bin").write_bytes(b"\x89PNG\r\n")
        found = {Path(o.path).name: type(o).__name__ for o in discover([str(tmp_path)])}
        assert found == {"anhang.bin": "Source", "bild.bin": "Skipped"}


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the WARC writer's, not ours
@pytest.mark.parametrize("name", SINGLE)
def test_damaged_files_of_every_format_raise_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / name.format(n=1)
    SINGLE[name](path, ONE)
    whole, dice = path.read_bytes(), random.Random(7)
    for damage in range(12):
        cut = whole[: len(whole) * (damage % 4 + 1) // 5] if damage % 2 else whole
        damaged = bytearray(cut)
        for _ in range(damage):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path.write_bytes(bytes(damaged))
        outcomes = list(read_articles(str(path), root=None))
        assert outcomes and all(isinstance(o, Article | Skipped) for o in outcomes)
        assert all("\n" not in str(o) for o in outcomes if isinstance(o, Skipped))
