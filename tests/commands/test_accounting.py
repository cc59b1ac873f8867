"""What people see of the accounts: ``kg build --report`` and ``--prune``, ``kg remove``, ``kg status``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from tests.support.building import paths, write
from tests.support.made import stand_in_annotate, write_reports

pytestmark = pytest.mark.usefixtures("fast")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports")
    return tmp_path


def kg(*arguments: str) -> int:
    return main([*arguments, "--store", "store"])


def status(capsys) -> dict:
    capsys.readouterr()
    assert kg("status", "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_tally_adds_up_and_the_report_has_a_line_for_each(here, capsys):
    (here / "reports" / "leer.txt").touch()
    (here / "reports" / "bild.png").write_bytes(b"\x89PNG")
    (here / "reports" / "kopie.txt").write_bytes((here / "reports" / "eins.txt").read_bytes())
    assert kg("build", "reports", "--report", "-") == 1
    out, err = capsys.readouterr()
    assert "6 files and records: 3 read, 0 replaced, 0 unchanged, 1 copies, 2 skipped (1 kind, 1 empty)\n" in err
    report = [json.loads(line) for line in out.splitlines()]
    assert {Path(line["path"]).name: line["outcome"] for line in report} == {
        "bild.png": "kind", "drei.txt": "read", "eins.txt": "read", "kopie.txt": "copy", "leer.txt": "empty",
        "zwei.txt": "read",
    }  # fmt: skip
    assert {line["detail"] for line in report if line["outcome"] == "copy"} == {
        "the same article as reports/eins.txt, which is kept"
    }


def test_a_file_that_is_passed_over_in_a_folder_is_no_finding(here):
    (here / "reports" / "bild.png").write_bytes(b"\x89PNG")
    assert kg("build", "reports") == 0


def test_the_report_goes_to_a_file_too(here):
    assert kg("build", "reports", "--report", "report.jsonl") == 0
    lines = (here / "report.jsonl").read_text(encoding="ascii").splitlines()
    assert [json.loads(line)["path"] for line in lines] == [f"reports/{name}.txt" for name in ("drei", "eins", "zwei")]


def test_many_of_one_kind_are_counted_not_named_one_by_one(here, capsys):
    for number in range(25):
        (here / "reports" / f"leer{number}.txt").touch()
    assert kg("build", "reports") == 1
    err = capsys.readouterr().err
    assert err.count("the file is empty") == 20
    assert "kg: 5 more (empty): kg build --report FILE lists all\n" in err


def test_status_names_what_was_not_read_until_it_is(here, capsys):
    leer = here / "reports" / "leer.txt"
    leer.touch()
    kg("build", "reports")
    found = status(capsys)
    assert found["skipped"] == {"empty": 1}
    assert [(one["path"], one["reason"]) for one in found["not_read"]] == [("reports/leer.txt", "empty")]
    assert kg("status") == 0
    assert "not read    1 (1 empty)\n  reports/leer.txt: empty: the file is empty" in capsys.readouterr().out
    write(leer, "Das schrieb der Bote.")
    kg("build", "reports")
    assert status(capsys)["not_read"] == []


def test_what_was_not_read_and_has_gone_is_forgotten(here, capsys):
    (here / "reports" / "leer.txt").touch()
    kg("build", "reports")
    (here / "reports" / "leer.txt").unlink()
    kg("build", "reports")
    assert status(capsys)["skipped"] == {}


def test_status_names_what_has_gone_and_prune_removes_only_that(here, capsys):
    write_reports(here / "others", "vier")
    kg("build", "reports", "others")
    for file in ("reports/eins.txt", "others/vier.txt"):
        Path(file).unlink()
    assert [one["path"] for one in status(capsys)["gone"]] == ["others/vier.txt", "reports/eins.txt"]
    assert kg("build", "reports") == 0
    assert "2 gone from the disk: store\n" in capsys.readouterr().err
    assert kg("build", "reports", "--prune") == 0
    err = capsys.readouterr().err
    assert "kg: reports/eins.txt: gone from the disk, removed from the store\n" in err
    assert "1 pruned, 1 gone from the disk: store\n" in err
    assert paths(here) == ["drei.txt", "vier.txt", "zwei.txt"]


def test_prune_empties_a_folder_that_has_gone_itself(here):
    kg("build", "reports")
    for file in Path("reports").iterdir():
        file.unlink()
    Path("reports").rmdir()
    kg("build", "reports", "--prune")
    assert paths(here) == []


def test_prune_leaves_what_can_not_be_read_just_now(here):
    kg("build", "reports")
    (here / "reports" / "eins.txt").write_bytes(b"\x00\x01\x02\x03" * 400)
    assert kg("build", "reports", "--prune") == 1
    assert paths(here) == ["drei.txt", "eins.txt", "zwei.txt"]


@pytest.mark.parametrize("name", ["reports/eins.txt", "{here}/reports/eins.txt", "{article}", "{iri}"])
def test_remove_takes_a_path_or_an_article(here, capsys, name):
    kg("build", "reports", "--report", "report.jsonl")
    lines = map(json.loads, Path("report.jsonl").read_text(encoding="ascii").splitlines())
    article = next(line["article"] for line in lines if line["path"].endswith("eins.txt"))
    capsys.readouterr()
    name = name.format(here=here, article=article, iri=f"https://w3id.org/lagebild/article/{article}")
    assert kg("remove", name) == 0
    said = f"reports/eins.txt: removed ({article}), its file is still there: the next kg build reads it again\n"
    assert capsys.readouterr().err == f"{said}1 articles removed: store\n"
    assert paths(here) == ["drei.txt", "zwei.txt"]
    assert kg("build", "reports") == 0
    assert paths(here) == ["drei.txt", "eins.txt", "zwei.txt"]


def test_remove_takes_a_folder_and_its_quarantine(here):
    write(here / "reports" / "vier.txt", "Er stahl die Stadt.")
    kg("build", "reports")
    assert list(Path("store/quarantine").iterdir())
    assert kg("remove", "reports") == 0
    assert paths(here) == []
    assert not list(Path("store/quarantine").iterdir())


def test_remove_of_what_is_not_there_is_named_and_removes_nothing(here, capsys):
    kg("build", "reports")
    capsys.readouterr()
    assert kg("remove", "reports/eins.txt", "nowhere.txt") == 2
    assert capsys.readouterr().err.startswith("kg: nowhere.txt: no article of store has this id, IRI, URL or path")
    assert len(paths(here)) == 3


def test_a_build_of_nothing_leaves_no_store_behind(here):
    assert kg("build", "nowhere/") == 2
    assert not Path("store").exists()


def test_a_sentence_left_out_is_named_by_the_tally_and_by_status_until_it_is_read(here, capsys, monkeypatch):
    from kg.annotation.failures import SentenceFailure
    from kg.build import annotator

    def annotate(nlp, articles):
        for article, doc in stand_in_annotate(nlp, articles):
            if "eins" in article.source_path:
                doc._.failures = (SentenceFailure(0, 36, "IndexError: list index out of range"),)
            yield article, doc

    monkeypatch.setattr(annotator, "annotate", annotate)
    assert kg("build", "reports") == 1
    err = capsys.readouterr().err
    assert "kg: reports/eins.txt, characters 0 to 36: left out, IndexError: list index out of range; please report it\n" in err
    assert "3 articles built" in err
    assert "1 failed sentences" in err
    kg("build", "reports")  # unchanged, and still so
    [failed] = status(capsys)["failed_sentences"]
    assert (failed["path"], failed["begin"], failed["end"]) == ("reports/eins.txt", 0, 36)
    monkeypatch.setattr(annotator, "annotate", stand_in_annotate)
    assert kg("build", "reports", "--force") == 0
    assert status(capsys)["failed_sentences"] == []
