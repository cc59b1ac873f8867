from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.cli import command_modules, main
from kg.namespaces import GAF, LB, NIF
from kg.store.embedded import Store
from tests.support.made import write_reports

pytestmark = pytest.mark.usefixtures("fast")


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_reports(tmp_path / "reports")


@pytest.fixture
def built(reports, capsys):
    assert main(["build", "reports", "--store", "graph"]) == 0
    capsys.readouterr()
    return Path("graph")


def articles(store: str = "graph") -> list[str]:
    with Store(store) as opened:
        return [re.sub(r".*/|-[0-9a-f]{8}$", "", article.value) for article in opened.articles()]


def test_build_says_on_stderr_what_it_did_and_nothing_on_stdout(reports, capsys):
    assert main(["build", "reports", "--store", "graph"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(
        r"3 files and records: 3 read, 0 replaced, 0 unchanged, 0 copies, 0 skipped\n"
        r"3 articles built \(\d+ triples\), 0 unchanged, 0 not read, 0 in quarantine, 0 failed sentences, "
        r"0 pruned, 0 gone from the disk: graph\n",
        err,
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02\x03" * 400, "a binary file"),
    ],
    ids=["empty", "binary"],
)
def test_an_unreadable_article_is_one_line_and_the_others_are_stored(reports, capsys, content, message):
    (reports / "bad.txt").write_bytes(content)
    assert main(["build", "reports", "--store", "graph"]) == 1
    first, tally, last = capsys.readouterr().err.splitlines()
    assert first.startswith("kg: reports/bad.txt: ")
    assert message in first
    assert tally.startswith("4 files and records: 3 read, 0 replaced, 0 unchanged, 0 copies, 1 skipped (1 ")
    assert "3 articles built" in last
    assert articles() == ["drei", "eins", "zwei"]


def test_a_file_that_vanishes_is_one_line_and_the_others_are_stored(reports, capsys, monkeypatch):
    from kg.build import inputs as found

    discover = found.discover

    def vanish(*arguments, **options):
        yield from discover(*arguments, **options)
        (reports / "zwei.txt").unlink(missing_ok=True)

    monkeypatch.setattr(found, "discover", vanish)
    assert main(["build", "reports/eins.txt", "reports/zwei.txt", "reports/drei.txt", "--store", "graph"]) == 1
    assert "kg: reports/zwei.txt: " in capsys.readouterr().err
    assert articles() == ["drei", "eins"]


def test_a_folder_without_articles_is_one_line_and_the_others_are_stored(reports, capsys):
    Path("empty").mkdir()
    assert main(["build", "empty", "reports", "--store", "graph"]) == 1
    assert capsys.readouterr().err.startswith("kg: empty: no article in this folder (endings: .txt")
    assert len(articles()) == 3


def test_the_columns_of_a_table_are_named_on_the_command_line(reports, capsys):
    Path("zeilen.csv").write_text("Nr;Meldung\n1;Die Armee nahm am Montag die Stadt Rawa ein.\n", encoding="utf8")
    assert main(["build", "zeilen.csv", "--store", "graph"]) == 1
    assert "zeilen.csv: no column of texts among Nr, Meldung: name it, --columns text=COLUMN" in capsys.readouterr().err
    assert main(["build", "zeilen.csv", "--store", "graph", "--columns", "text=Meldung"]) == 0
    assert main(["build", "zeilen.csv", "--store", "graph", "--columns", "Meldung"]) == 2
    assert "columns 'Meldung': write field=header,field=header with fields out of text, title" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "empty", "--store", "graph"], "kg: empty: no article in this folder"),
        (["build", "nowhere.txt", "--store", "graph"], "kg: nowhere.txt: no such file or folder"),
        (["build", "reports", "--store", "reports/eins.txt"], "kg: reports/eins.txt: a store is a folder, this is a"),
        (["status", "--store", "reports/eins.txt"], "kg: reports/eins.txt: a store is a folder, this is a file"),
        (["build", "reports", "--store", "reports"], "kg: reports: holds other files and is no store"),
        (["build", "reports", "--jobs", "0"], "kg: --jobs 0: give 1 or more"),
        (["build", "reports", "--date", "9.11.2017"], "kg: --date 9.11.2017: is no date, write it as 2017-11-09"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it_and_status_2(reports, capsys, arguments, message):
    Path("empty").mkdir()
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(message)


def test_a_second_process_is_told_that_the_store_is_in_use(reports, capsys):
    with Store("graph", write=True):
        assert main(["build", "reports", "--store", "graph"]) == 1
    err = capsys.readouterr().err
    assert err == "kg: graph: another process is writing into this store: wait for its end\n"


@pytest.mark.parametrize("command", ["status", "validate", "export", "query", "serve"])
def test_without_a_store_every_command_says_how_to_make_one(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert main([command, "--store", "graph", *(["ASK {}"] if command == "query" else [])]) == 1
    assert capsys.readouterr().err == "kg: graph: no store here; make one with kg build INPUT --store graph\n"


def test_status_counts_and_names_what_is_in_quarantine(reports, capsys):
    (reports / "zwei.txt").write_text((reports / "zwei.txt").read_text().replace("eroberte", "stahl"))
    assert main(["build", "reports", "--store", "graph"]) == 1
    assert "the agent of an event is an actor (<https://w3id.org/lagebild/entity/abu-kamal>)" in capsys.readouterr().err
    assert main(["status", "--store", "graph", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    [entry] = status.pop("quarantine")
    numbers = {key: status[key] for key in ("articles", "events", "mentions", "generation")}
    assert numbers == {"articles": 3, "events": 2, "mentions": 2, "generation": 1}
    assert re.fullmatch(r"graph/quarantine/zwei-[0-9a-f]{8}\.ttl", entry["file"])
    assert main(["status", "--store", "graph"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "quarantine  1 articles" in out


def test_validate_finds_a_good_store_good(built, capsys):
    assert main(["validate", "--store", "graph"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("5 of 5 graphs conform\n")


FAULTS = {
    "an offset outside the text": (NIF.endIndex, Literal(9999), "the stretch ends outside the article's text"),
    "other words": (NIF.anchorOf, Literal("verlor"), "nif:anchorOf is not the article's text at these offsets"),
    "an unknown factuality": (LB.factuality, NamedNode(LB.Factuality), "the factuality of a mention is one of"),
    "earliest after latest": (
        LB.earliest,
        Literal("2018-01-01T00:00:00Z", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")),
        "the earliest time of an event is one xsd:dateTime, not after its latest",
    ),
    "an event without a mention": (
        GAF.denotedBy,
        NamedNode("https://w3id.org/lagebild/article/none"),
        "an event has a mention",
    ),
    "a role of the wrong class": (
        LB.agent,
        NamedNode("https://w3id.org/lagebild/entity/abu-kamal"),
        "the agent of an event is an actor",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_validate_finds_a_planted_fault(built, capsys, fault):
    predicate, value, message = FAULTS[fault]
    with Store("graph", write=True) as store:
        graph = store.articles()[0]
        triples = store.triples(graph)
        hit = next(t for t in triples if t.predicate.value == str(predicate) and "offset_0_" not in str(t.subject))
        store.replace({graph: [Triple(t.subject, t.predicate, value) if t == hit else t for t in triples]})
    assert main(["validate", "--store", "graph"]) == 1
    out, err = capsys.readouterr()
    assert any(line.split("\t")[0] == graph.value and message in line for line in out.splitlines())
    assert err.endswith("4 of 5 graphs conform\n")


@pytest.mark.parametrize(
    ("query", "options", "expected"),
    [
        ("SELECT (COUNT(?a) AS ?n) { ?a a schema:NewsArticle }", ["--format", "csv"], "n\r\n3\r\n"),
        ("ASK { ?e a lb:Capture }", [], "true\n"),
        ("ASK { ?e a lb:Siege }", ["--format", "json"], '{"head":{},"boolean":false}'),
        ("PREFIX lb: <http://example.org/> ASK { ?e a lb:Capture }", [], "false\n"),
    ],
)
def test_query_answers_on_stdout(built, capsys, query, options, expected):
    assert main(["query", query, "--store", "graph", *options]) == 0
    assert capsys.readouterr().out == expected


def test_a_graph_answer_is_turtle(built, capsys):
    query = "CONSTRUCT { ?e rdfs:label ?l } { ?e a lb:Capture ; rdfs:label ?l }"
    assert main(["query", query, "--store", "graph"]) == 0
    assert len(list(parse(capsys.readouterr().out, RdfFormat.TURTLE))) == 6


def test_a_query_comes_from_a_file_too(built, capsys):
    Path("q.rq").write_text("ASK { ?e a lb:Capture }")
    assert main(["query", "@q.rq", "--store", "graph"]) == 0
    assert capsys.readouterr().out == "true\n"


@pytest.mark.parametrize("query", ["SELECT", "@nowhere.rq"])
def test_a_wrong_query_is_one_line_and_status_2(built, capsys, query):
    assert main(["query", query, "--store", "graph"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("kg: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "notation"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("ttl", RdfFormat.TURTLE)]
)
def test_export_writes_a_file_or_stdout(built, capsys, name, notation):
    assert main(["export", "--store", "graph", "--format", name, "-o", "out"]) == 0
    assert main(["export", "--store", "graph", "--format", name]) == 0
    content = capsys.readouterr().out
    assert content == Path("out").read_text(encoding="utf8")
    with Store("graph") as store:
        quads = set(store.quads())
    expected = {q.triple for q in quads} if name == "ttl" else quads
    assert {q.triple if name == "ttl" else q for q in parse(content, notation)} == expected


def test_export_to_a_folder_that_is_not_there_is_one_line(built, capsys):
    assert main(["export", "--store", "graph", "-o", "nowhere/out.nq"]) == 1
    assert capsys.readouterr().err == "kg: nowhere/out.nq: can't be written: No such file or directory\n"


@pytest.mark.parametrize("module", list(command_modules()), ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_command_has_help_with_an_example(module, capsys):
    name = module.__name__.rpartition(".")[2]
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"example:\n  {module.EXAMPLE}" in capsys.readouterr().out
    assert re.search(rf"\bkg {name}\b", module.EXAMPLE)


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["build"], ["serve", "--port", "http"]])
def test_argparse_ends_wrong_calls_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: kg" in capsys.readouterr().err


def test_the_version_is_the_packages(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"Lagebild {version('lagebild')}\n"


def test_the_installed_command_reads_its_settings_from_the_environment(built):
    command = Path(sys.executable).with_name("kg")
    environment = {**os.environ, "KG_STORE": str(built)}
    call = [command, "query", "ASK { ?e a lb:Capture }"]
    done = subprocess.run(call, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "true\n", "")


def test_a_reader_that_has_seen_enough_is_no_error(built):
    command = Path(sys.executable).with_name("kg")
    line = f"{command} export --store graph --format trig | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_starting_the_command_line_loads_no_pipeline():
    """Help and queries answer at once: spaCy alone takes most of a second."""
    code = "import sys; from kg.cli import parser; parser(); sys.exit(bool({'spacy', 'server'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
