"""The store behind Oxigraph's own server."""

from __future__ import annotations

import pytest

from tests.support.bulk_loading import documented, exported, load, same
from tests.support.same_store import *  # noqa: F403
from tests.support.sparql_servers import OXIGRAPH, oxigraph_server, started


@pytest.fixture(scope="module")
def make_server():
    return oxigraph_server


def test_the_documented_bulk_load_gives_the_store(tmp_path, monkeypatch):
    store = exported(tmp_path, monkeypatch)
    loading, serving = documented("Oxigraph")
    load(loading, tmp_path, OXIGRAPH.parent)
    with started(oxigraph_server(tmp_path)) as server:
        assert same(server.address, store)
    assert serving.split()[-1] == "--union-default-graph"
