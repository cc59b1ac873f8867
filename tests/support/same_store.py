"""What every SPARQL server must answer as the embedded store does; a test module for each server takes these tests over.

It gives the fixture ``make_server``: what returns a server over a folder, not started yet, with or without a union.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from kg import back_off
from kg.build import annotator, deposit
from kg.cli import main
from kg.errors import StoreError
from kg.namespaces import DECLARED, DEFAULT_BASE
from kg.store import mirror, open_store
from kg.store.embedded import Store
from tests.support.made import stand_in, write_reports
from tests.support.places import PROJECT
from tests.support.sparql_servers import SparqlServer, started

SAMPLES = sorted(str(file) for file in (PROJECT / "kg" / "samples").glob("*.txt"))
SHIPPED = [*(PROJECT / "server" / "queries").glob("*.rq"), *(PROJECT / "tests" / "data" / "competency").glob("*.rq")]
QUOTED = re.compile(r"(?:kg query[^'\n]*'|'query=)([^']*)'")  # as the README gives them
ENTITY = f"PREFIX e: <{DEFAULT_BASE}entity/> "
README = (PROJECT / "README.md").read_text(encoding="utf8")
QUERIES = {file.stem: ENTITY + DECLARED + file.read_text(encoding="utf8") for file in sorted(SHIPPED)} | {
    f"readme-{number}": DECLARED + text for number, text in enumerate(QUOTED.findall(README))
}
REPORTS = {  # of one event, by two papers
    "kurier": "Die irakische Armee eroberte am 9. Juli 2017 die Stadt Tal Afar zurück. Das teilte das Militär in Bagdad mit. "
    "In den Straßen lagen Trümmer, und viele Häuser waren zerstört.",
    "anzeiger": "Tal Afar ist wieder in der Hand der Regierung. Am 9. Juli 2017 eroberte die irakische Armee Tal Afar von der "
    "Terrormiliz Islamischer Staat. Die Bewohner kehrten in ihre Häuser zurück.",
}
ASKABLE = sorted(name for name, text in QUERIES.items() if "SERVICE" not in text)


@dataclass(frozen=True)
class Pair:
    """The samples in an embedded store and behind a server; ``folder`` is where commands on the server are given."""

    embedded: Path
    server: SparqlServer
    folder: Path


@pytest.fixture(scope="module")
def pair(make_server, tmp_path_factory) -> Iterator[Pair]:
    """Build the samples into both; the articles are annotated once."""
    folder = tmp_path_factory.mktemp("pair")
    known: dict[str, annotator.ArticleGraph] = {}
    real = annotator.annotate_batch

    def remembered(batch, options):
        if not all(article.id in known for article in batch):
            known.update({graph.article: graph for graph in real(batch, options)})
        return [known[article.id] for article in batch]

    (folder / "server").mkdir()
    (folder / "papers").mkdir()
    for name, text in REPORTS.items():
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf8")
    with started(make_server(folder / "server")) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KG_UPDATE", server.update)
        patch.setattr(annotator, "annotate_batch", remembered)
        for store in (str(folder / "store"), server.address):
            assert main(["build", *SAMPLES, "papers", "--store", store]) == 0
        yield Pair(folder / "store", server, folder)


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """Wait for nobody."""
    monkeypatch.setattr(back_off, "sleep", lambda seconds: None)


def printed(capsys, *command: str) -> tuple[int, list[str]]:
    """Return exit status and sorted output of a command."""
    status = main(list(command))
    return status, sorted(capsys.readouterr().out.splitlines())


def rows(answer) -> set[tuple[str, ...]] | bool:
    """Return the answer to a query: neither order counts nor repetition, since Oxigraph tells a triple once for each graph."""
    if not isinstance(answer, QuerySolutions):
        return bool(answer)
    return {tuple(plain(row[variable]) for variable in answer.variables) for row in answer}


def plain(term) -> str:
    """Return a term; numbers by their value, since servers differ in the datatype that they keep or compute."""
    kinds = ("integer", "decimal", "nonNegativeInteger")
    if isinstance(term, Literal) and term.datatype.value.rpartition("#")[2] in kinds:
        return f"{float(term.value):.9g}"
    return str(term)


def test_a_server_holds_the_same_quads(pair):
    with Store(pair.embedded) as embedded, open_store(pair.server.address) as server:
        assert server.base == embedded.base
        assert server.graphs() == embedded.graphs()
        assert set(server.quads()) == set(embedded.quads())


@pytest.mark.parametrize("name", ASKABLE)
def test_a_server_answers_every_shipped_query_alike(pair, name):
    with Store(pair.embedded) as embedded, open_store(pair.server.address) as server:
        answer = rows(embedded.query(QUERIES[name]))
        assert rows(server.query(QUERIES[name])) == answer


def test_most_shipped_queries_have_an_answer(pair):
    with Store(pair.embedded) as embedded:
        answered = [name for name in ASKABLE if rows(embedded.query(QUERIES[name]))]
    assert len(answered) > 0.7 * len(ASKABLE)
    assert {"readme-0", "readme-1"} <= set(answered)


@pytest.mark.parametrize(
    "command", [["validate", "--warnings"], ["export", "--format", "nq"], ["export", "--format", "acled-csv"]]
)
def test_a_server_gives_every_command_the_same(pair, capsys, command):
    assert printed(capsys, *command, "--store", pair.server.address) == printed(capsys, *command, "--store", str(pair.embedded))


def test_what_stands_behind_a_server_is_resolved_alike(pair, capsys):
    for store in (pair.server.address, str(pair.embedded)):
        assert main(["resolve", "--all", "--store", store]) == 0
    with Store(pair.embedded) as embedded, open_store(pair.server.address) as server:
        assert set(server.quads()) == set(embedded.quads())
        [shared, *_] = embedded.query(DECLARED + "SELECT ?e { ?r lb:resolves ?e } ORDER BY ?e")
    event = shared["e"].value
    shown = [printed(capsys, "resolve", "--show", event, "--store", s) for s in (pair.server.address, str(pair.embedded))]
    assert shown[0] == shown[1]


def test_a_copy_follows_the_server(make_server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server").mkdir()
    reports = write_reports(tmp_path / "reports")
    with stand_in(monkeypatch), started(make_server(tmp_path / "server")) as running:
        monkeypatch.setenv("KG_UPDATE", running.update)
        with open_store(running.address, write=True) as server, Store(tmp_path / "copy", write=True) as copy:
            built(server, reports)
            assert mirror.bring_up_to_date(copy, server) == len(server.graphs()) > 3
            assert set(copy.quads()) == set(server.quads())
            assert mirror.bring_up_to_date(copy, server) == 0
            gone, other, _ = server.articles()
            server.remove(gone)
            [named] = [t for t in server.triples(other) if t.predicate.value.endswith("sourcePath")]
            server.change(other, [named], [Triple(other, named.predicate, Literal("anderswo.txt"))])
            server.change(NamedNode(f"{server.base}graph/derived"), [], [named])
            assert mirror.bring_up_to_date(copy, server) == 3
            assert set(copy.quads()) == set(server.quads())


def test_a_server_killed_in_the_middle_of_a_build_is_named_and_the_next_build_completes(make_server, tmp_path, monkeypatch):
    monkeypatch.setattr(deposit, "LARGEST_DEPOSIT", 1)  # so that something is in the store by then
    names = [f"bericht-{number:02}" for number in range(40)]
    reports = write_reports(tmp_path / "reports", *names)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server").mkdir()
    with stand_in(monkeypatch), started(make_server(tmp_path / "server")) as server:
        monkeypatch.setenv("KG_UPDATE", server.update)
        with Store(tmp_path / "whole", write=True) as whole:
            assert built(whole, reports) == 40
        with open_store(server.address, write=True) as remote, pytest.raises(StoreError, match=r"no answer .*, asked 4 times"):
            built(remote, reports, lambda number: server.kill() if number == 25 else None)
        server.start()
        with open_store(server.address, write=True) as remote:
            assert 0 < built(remote, reports) < 40
            with Store(tmp_path / "whole") as whole:
                assert set(remote.quads()) == set(whole.quads())


def built(store, reports: Path, before=lambda number: None) -> int:
    """Build, with something done before each file; return how many articles were built."""
    from kg.build import Options, build

    def track(sources):
        for number, source in enumerate(sources):
            before(number)
            yield source

    return build([str(reports)], store, Options(), track).built


def test_a_server_that_shows_no_union_is_refused_with_the_remedy(make_server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server").mkdir()
    write_reports(tmp_path / "reports")
    with stand_in(monkeypatch), started(make_server(tmp_path / "server", union=False)) as server:
        monkeypatch.setenv("KG_UPDATE", server.update)
        assert main(["build", "reports", "--store", server.address]) == 1
    assert "a query without GRAPH sees no named graph here: let the default graph be the union" in capsys.readouterr().err


def test_articles_leave_a_server_as_they_leave_the_embedded_store(make_server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server").mkdir()
    with stand_in(monkeypatch), started(make_server(tmp_path / "server")) as running:
        monkeypatch.setenv("KG_UPDATE", running.update)
        told = []
        for store in (running.address, "store"):
            write_reports(tmp_path / "reports")
            assert main(["build", "reports", "--store", store]) == 0
            assert main(["remove", "reports/eins.txt", "--store", store]) == 0
            (tmp_path / "reports" / "zwei.txt").unlink()
            assert main(["build", "reports", "--prune", "--store", store]) == 0
            capsys.readouterr()
            assert main(["status", "--json", "--store", store]) == 0
            told.append(json.loads(capsys.readouterr().out))
            assert main(["link", "--store", store]) == 0
            told[-1]["linked"] = capsys.readouterr().out
            shutil.rmtree(tmp_path / "reports")
        for status in told:
            del status["store"], status["generation"]
        assert told[0] == told[1]
        assert told[0]["articles"] == 2
        with open_store(running.address) as remote, Store("store") as embedded:
            assert set(remote.quads()) == set(embedded.quads())
