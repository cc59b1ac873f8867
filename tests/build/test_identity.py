"""The same article under two names is one; two articles under one name are two; of two versions the newer stays."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.support.building import built, entries, outcomes, paths, quads, texts, write
from tests.support.made import BODY, write_reports

pytestmark = [
    pytest.mark.usefixtures("fast"),
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),  # the WARC writer's, not ours
]
URL = "https://bote.example/1"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def record(file: str, says: str, **values: str) -> str:
    """Write a JSON Lines file of one article."""
    Path(file).write_text(json.dumps({"text": f"{BODY}\n\n{says}", **values}) + "\n", encoding="utf8")
    return file


def warc(file: str, *pages: tuple[str, str]) -> str:
    """Write a WARC of pages of one URL, each with the moment of its retrieval and its last sentence."""
    with Path(file).open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for moment, says in pages:
            paragraphs = "".join(f"<p>{line}</p>" for line in (*BODY.split("\n\n"), says))
            html = f"<html><body><article><h1>Die Stadt</h1>{paragraphs}</article></body></html>"
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    URL, "response", BytesIO(html.encode()), http_headers=head, warc_headers_dict={"WARC-Date": moment}
                )
            )
    return file


def test_two_files_of_one_name_in_two_folders_are_two_articles(here):
    write(here / "a" / "bericht.txt", "Das schrieb der Bote.")
    write(here / "b" / "bericht.txt", "Das schrieb die Post.")
    assert outcomes(built(here, "a")) == {"read": 1}
    assert outcomes(built(here, "b")) == {"read": 1}
    assert texts(here) == ["Das schrieb der Bote.", "Das schrieb die Post."]
    assert outcomes(built(here, "a", "b")) == {"unchanged": 2}


def test_two_records_of_one_id_in_two_files_are_two_articles(here):
    record("a.jsonl", "Das schrieb der Bote.", id="1")
    record("b.jsonl", "Das schrieb die Post.", id="1")
    for file in ("a.jsonl", "b.jsonl"):
        assert outcomes(built(here, file)) == {"read": 1}
    assert texts(here) == ["Das schrieb der Bote.", "Das schrieb die Post."]


@pytest.mark.parametrize("again", [["."], ["{here}/reports"], ["reports/eins.txt", "reports/zwei.txt", "reports/drei.txt"]])
def test_the_same_files_under_another_path_are_the_same_articles_and_nothing_is_read_again(here, again):
    write_reports(here / "reports")
    built(here, "reports")
    before = {quad for quad in quads(here) if not quad.predicate.value.endswith("sourcePath")}
    tally = built(here, *(given.format(here=here) for given in again))
    assert tally.counts["unchanged"] == 3
    assert tally.built == 0
    assert paths(here) == ["drei.txt", "eins.txt", "zwei.txt"]
    assert {quad for quad in quads(here) if not quad.predicate.value.endswith("sourcePath")} == before


def test_an_article_stands_under_the_path_that_was_given_last(here):
    write(here / "reports" / "eins.txt", "Das schrieb der Bote.")
    built(here, "reports")
    [moved] = built(here, str(here / "reports")).moved
    assert str(moved) == f"{here}/reports/eins.txt: the article of reports/eins.txt, which stands under this path now"
    assert str(here / "reports" / "eins.txt") in {quad.object.value for quad in quads(here) if hasattr(quad.object, "value")}


def test_a_renamed_file_is_the_same_article(here):
    file = write(here / "reports" / "eins.txt", "Das schrieb der Bote.")
    built(here, "reports")
    [article] = {entry.article for entry in entries(here)}
    file.rename(file.with_name("neu.txt"))
    tally = built(here, "reports")
    assert outcomes(tally) == {"unchanged": 1}
    assert paths(here) == ["neu.txt"]
    assert [(entry.path, entry.article) for entry in entries(here) if not entry.gone] == [("reports/neu.txt", article)]
    assert tally.gone == 0


@pytest.mark.parametrize("together", [True, False])
def test_the_same_content_in_two_files_is_one_article(here, together):
    for name in ("a", "b"):
        write(here / "reports" / f"{name}.txt", "Das schrieb der Bote.")
    tallies = [built(here, "reports")] if together else [built(here, f"reports/{name}.txt") for name in ("a", "b")]
    assert outcomes(tallies[-1])["copy"] == 1
    assert paths(here) == ["a.txt"]
    copy = next(entry for entry in tallies[-1].entries if entry.outcome == "copy")
    assert str(copy) == "reports/b.txt: the same article as reports/a.txt, which is kept"
    assert outcomes(built(here, "reports")) == {"unchanged": 1, "copy": 1}


def test_a_copy_takes_over_when_the_first_file_has_gone(here):
    for name in ("a", "b"):
        write(here / "reports" / f"{name}.txt", "Das schrieb der Bote.")
    built(here, "reports")
    (here / "reports" / "a.txt").unlink()
    assert outcomes(built(here, "reports", prune=True)) == {"unchanged": 1}
    assert paths(here) == ["b.txt"]


def test_a_changed_file_replaces_its_article_and_says_so(here):
    file = write(here / "reports" / "eins.txt", "Das schrieb der Bote.")
    built(here, "reports")
    write(file, "Das schrieb die Post.")
    assert outcomes(built(here, "reports")) == {"replaced": 1}
    assert texts(here) == ["Das schrieb die Post."]
    write(file, "Das schrieb die Zeitung.")
    assert outcomes(built(here, str(here / "reports" / "eins.txt"))) == {"replaced": 1}
    assert texts(here) == ["Das schrieb die Zeitung."]


EARLIER, LATER = ("2020-07-05T08:00:00Z", "Das war am Sonntag."), ("2020-07-06T08:00:00Z", "Das war am Montag.")


@pytest.mark.parametrize("order", [(EARLIER, LATER), (LATER, EARLIER)], ids=["older first", "newer first"])
def test_of_two_versions_in_one_crawl_the_newer_stays(here, order):
    tally = built(here, warc("crawl.warc.gz", *order))
    assert texts(here) == ["Das war am Montag."]
    assert tally.counts["duplicate"] == 1
    assert sum(tally.counts.values()) == 2
    assert outcomes(built(here, "crawl.warc.gz"))["duplicate"] == 1
    assert texts(here) == ["Das war am Montag."]


@pytest.mark.parametrize("first", ["a", "b"])
@pytest.mark.parametrize("together", [True, False])
def test_of_two_versions_in_two_crawls_the_newer_stays_whatever_the_order(here, first, together):
    second = "b" if first == "a" else "a"
    warc(f"{first}.warc.gz", EARLIER)
    warc(f"{second}.warc.gz", LATER)
    tallies = [built(here, "a.warc.gz", "b.warc.gz")] if together else [built(here, f"{n}.warc.gz") for n in ("a", "b")]
    assert texts(here) == ["Das war am Montag."]
    assert tallies[-1].counts["replaced" if first == "a" else "duplicate"] == 1
    kept = [(entry.path, entry.detail) for entry in entries(here) if entry.outcome == "duplicate"]
    assert kept == [(f"{first}.warc.gz", f"an older version of the article that is kept from {second}.warc.gz")]


def test_of_two_versions_without_a_crawl_the_one_published_later_stays(here):
    record("a.jsonl", "Das war am Montag.", url=URL, date="2020-07-06")
    record("b.jsonl", "Das war am Sonntag.", url=URL, date="2020-07-05")
    built(here, "a.jsonl", "b.jsonl")
    assert texts(here) == ["Das war am Montag."]


def test_the_older_version_comes_back_when_the_newer_is_pruned(here):
    warc("a.warc.gz", EARLIER)
    warc("b.warc.gz", LATER)
    built(here, ".")
    Path("b.warc.gz").unlink()
    assert texts(here) == ["Das war am Montag."]
    assert outcomes(built(here, ".", prune=True))["replaced"] == 1
    assert texts(here) == ["Das war am Sonntag."]


def test_a_line_put_before_others_loses_no_article_and_leaves_none_behind(here):
    lines = [json.dumps({"text": f"{BODY}\n\nDas steht auf Seite {n}."}) for n in range(3)]
    Path("a.jsonl").write_text("\n".join(lines[1:]), encoding="utf8")
    built(here, "a.jsonl")
    Path("a.jsonl").write_text("\n".join(lines), encoding="utf8")
    built(here, "a.jsonl")
    assert texts(here) == [f"Das steht auf Seite {n}." for n in range(3)]
    assert outcomes(built(here, "a.jsonl")) == {"unchanged": 3}
    built(here / "whole", "a.jsonl")
    assert quads(here) == quads(here / "whole")


def test_without_the_notes_of_earlier_builds_the_store_itself_says_what_it_holds(here):
    write_reports(here / "reports")
    built(here, "reports")
    (here / "store" / "lagebild-inputs.jsonl").unlink()
    write(here / "reports" / "eins.txt", "Das schrieb der Bote.")
    assert outcomes(built(here, "reports")) == {"unchanged": 2, "replaced": 1}
