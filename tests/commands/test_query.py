"""``kg query`` for people: it ends when told to, counts columns as they do, and names what may be meant."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main
from tests.support.hostile import ENDLESS
from tests.support.made import write_reports

KG = Path(sys.executable).with_name("kg")
PATIENCE = 60
ENDLESS_QUERIES = [ENDLESS[name] for name in ("count of a product", "groups of a product", "rows of a product")]


@pytest.fixture
def store(tmp_path, fast):
    write_reports(tmp_path / "reports")
    assert main(["build", str(tmp_path / "reports"), "--store", str(tmp_path / "store")]) == 0
    return str(tmp_path / "store")


@pytest.mark.parametrize("query", ENDLESS_QUERIES)
def test_a_query_that_takes_too_long_is_given_up(store, query):
    command = [KG, "query", query, "--store", store, "--timeout", "0.5"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert done.stderr == "kg: the query took more than 0.5 s: ask for less, or give it more with --timeout\n"


INTERRUPTED_WHILE_ASKING = """import os, signal, sys, threading
from kg.cli import main
from kg.store.embedded import Store
ask = Store.query
def asked(store, text):
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    return ask(store, text)
Store.query = asked
sys.exit(main(sys.argv[1:]))"""


@pytest.mark.parametrize("query", ENDLESS_QUERIES)
def test_a_query_ends_when_it_is_interrupted(store, query):
    command = [sys.executable, "-c", INTERRUPTED_WHILE_ASKING, "query", query, "--store", store]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "kg: interrupted\n")


def test_a_timeout_of_nothing_is_wrong_usage(store, capsys):
    assert main(["query", "ASK {}", "--store", store, "--timeout", "0"]) == 2
    assert capsys.readouterr().err.endswith("kg: --timeout 0: give more than 0 seconds\n")


def test_a_file_given_as_query_is_told_how_to_be_read(store, tmp_path, capsys):
    file = tmp_path / "frage.rq"
    file.write_text("ASK {}", encoding="utf8")
    assert main(["query", str(file), "--store", store]) == 2
    assert capsys.readouterr().err.endswith(f"kg: {file}: this is a file and no query: give @{file} to ask what stands in it\n")
    assert main(["query", f"@{file}", "--store", store]) == 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s { ?s ?p }", "at line 1, column 20: "),
        ("SELECT ?s {\n  ?s ?p }", "at line 2, column 10: "),
        ("SELECT * { ?s lbb:agent ?o }", "nothing declares the prefix lbb: (did you mean lb:?)"),
        ("SELECT * { ?s shema:url ?o }", "nothing declares the prefix shema: (did you mean schema:?)"),
        ("SELECT * { ?s zqx:y ?o }", "nothing declares the prefix zqx: (known are lb:, sem:, gaf:, "),
    ],
)
def test_a_mistake_is_told_by_its_place_in_the_users_own_text(store, capsys, query, message):
    capsys.readouterr()
    assert main(["query", query, "--store", store]) == 2
    err = capsys.readouterr().err
    assert err.startswith("kg: the query is wrong: ")
    assert message in err
    assert err.count("\n") == 1
    assert len(err) < 250


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <urn:x:> ASK { ?s x:y ?o }",
        "PREFIX : <urn:x:> ASK { ?s :y ?o }",
        "ASK { ?s <urn:a:b> 'c:d' , \"e:f\"@de , '''g:h''' } # i:j",
        "ASK { _:b rdfs:label ?l FILTER(?l != \"it's: k:l\") }",
    ],
)
def test_what_is_no_prefix_is_not_taken_for_one(store, capsys, query):
    capsys.readouterr()
    assert main(["query", query, "--store", store]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("lb:Captur", "kg: lb:Captur is not in the vocabulary: did you mean lb:Capture?\n"),
        ("lb:capture", "kg: lb:capture is not in the vocabulary: did you mean lb:Capture?\n"),
        ("lb:Xylophone", "kg: lb:Xylophone is not in the vocabulary\n"),
        ("lb:Capture", ""),
    ],
)
def test_a_term_that_the_vocabulary_has_not_is_hinted_at_and_the_answer_stays(store, capsys, term, hint):
    capsys.readouterr()
    assert main(["query", f"ASK {{ ?e a {term} }}", "--store", store]) == 0
    assert capsys.readouterr() == ("true\n" if not hint else "false\n", hint)
