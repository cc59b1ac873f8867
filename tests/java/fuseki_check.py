"""The store behind Apache Jena Fuseki with TDB2: ``make fuseki-check``; needs Java, so no part of ``make test``."""

from __future__ import annotations

import pytest

from kg.cli import main
from tests.support.bulk_loading import documented, exported, load, same
from tests.support.made import stand_in, write_reports
from tests.support.same_store import *  # noqa: F403
from tests.support.sparql_servers import JENA, UNION, fuseki_server, started


@pytest.fixture(scope="module")
def make_server():
    return fuseki_server


@pytest.mark.parametrize(
    ("environment", "status", "said"),
    [
        ({}, 1, "refuses who shows no credentials (401): set KG_TOKEN, KG_USER and KG_PASSWORD, or a line for the host"),
        ({"KG_USER": "anna", "KG_PASSWORD": "falsch"}, 1, "refuses what KG_USER and KG_PASSWORD says (401)"),
        ({"KG_USER": "anna", "KG_PASSWORD": "geheim"}, 0, "3 articles built"),
        ({"NETRC": "netrc"}, 0, "3 articles built"),
    ],
)
def test_fuseki_wants_a_password(tmp_path, monkeypatch, capsys, environment, status, said):
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login anna password geheim\n", encoding="ascii")
    (tmp_path / "passwords").write_text("anna: geheim\n", encoding="ascii")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    guarded = fuseki_server(tmp_path, f"--passwd={tmp_path / 'passwords'}", "--auth=basic")
    with stand_in(monkeypatch), started(guarded) as server:
        assert main(["build", "reports", "--store", server.address]) == status
    assert said in capsys.readouterr().err


def test_the_documented_bulk_load_gives_the_store(tmp_path, monkeypatch):
    store = exported(tmp_path, monkeypatch)
    loading, serving = documented("Apache Jena: tdb2.xloader")
    load(loading, tmp_path, JENA / "bin")
    with started(fuseki_server(tmp_path)) as server:
        assert same(server.address, store)
    assert UNION in serving.split()
