"""``kg export``: the suffix decides where no format is given, and a file is there whole or as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.export import formats
from tests.support.made import write_reports


@pytest.fixture
def store(tmp_path, fast, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports")
    assert main(["build", "reports", "--store", "store"]) == 0
    capsys.readouterr()
    return "store"


@pytest.mark.parametrize(
    ("name", "notation"),
    [("a.nq", RdfFormat.N_QUADS), ("a.trig", RdfFormat.TRIG), ("A.TTL", RdfFormat.TURTLE)],
)
def test_the_suffix_decides(store, name, notation):
    assert main(["export", "--store", store, "-o", name]) == 0
    assert list(parse(Path(name).read_bytes(), notation))


def test_owl_is_what_protege_opens(store, monkeypatch):
    monkeypatch.setitem(formats.EXPORT_FORMATS, "owl", lambda store, out: out.write(b"<rdf:RDF/>"))
    assert main(["export", "--store", store, "-o", "a.owl"]) == 0
    assert Path("a.owl").read_bytes() == b"<rdf:RDF/>"


def test_a_format_given_wins_over_the_suffix(store):
    assert main(["export", "--store", store, "--format", "nq", "-o", "a.ttl"]) == 0
    assert {quad.graph_name for quad in parse(Path("a.ttl").read_bytes(), RdfFormat.N_QUADS)}


@pytest.mark.parametrize("name", ["a.foo", "a"])
def test_a_suffix_that_names_no_format_is_wrong_usage(store, capsys, name):
    assert main(["export", "--store", store, "-o", name]) == 2
    assert capsys.readouterr().err.startswith(f"kg: {name}: its suffix names no format")
    assert not Path(name).exists()


def test_an_export_that_fails_half_way_leaves_the_good_file(store, monkeypatch, capsys):
    Path("good.nq").write_text("good", encoding="ascii")

    def fail(store, out):
        out.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(formats.EXPORT_FORMATS, "nq", fail)
    before = sorted(path.name for path in Path().iterdir())
    assert main(["export", "--store", store, "-o", "good.nq"]) == 1
    assert capsys.readouterr().err == "kg: good.nq: can't be written: No space left on device\n"
    assert Path("good.nq").read_text(encoding="ascii") == "good"
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_file_that_is_replaced_keeps_its_permissions_and_a_link_stays_one(store):
    Path("real.nq").touch()
    Path("real.nq").chmod(0o640)
    Path("link.nq").symlink_to("real.nq")
    assert main(["export", "--store", store, "-o", "link.nq"]) == 0
    assert Path("link.nq").is_symlink()
    assert Path("real.nq").stat().st_mode & 0o777 == 0o640
    assert Path("real.nq").stat().st_size


def test_a_table_has_its_description_beside_it_and_its_suffix_does_not_tell_which(store, capsys):
    assert main(["export", "--store", store, "--format", "acled-csv", "-o", "events.csv"]) == 0
    assert Path("events.csv").read_text(encoding="utf8").startswith("event_id_cnty,event_date,year,")
    assert json.loads(Path("events.csv-metadata.json").read_text(encoding="utf8"))["url"] == "events.csv"
    assert main(["export", "--store", store, "-o", "events.csv"]) == 2
    assert capsys.readouterr().err.startswith("kg: events.csv: its suffix names no format")


def test_a_map_is_told_by_its_suffix(store):
    assert main(["export", "--store", store, "-o", "events.geojson"]) == 0
    assert json.loads(Path("events.geojson").read_text(encoding="utf8"))["type"] == "FeatureCollection"
    assert not Path("events.geojson-metadata.json").exists()
