"""Endpoints over small stores, one for each module of tests."""

from __future__ import annotations

import pytest

from tests.support.serving import TOKEN, make_store, served, update


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Return a client of an endpoint that only reads, over the small store."""
    with served(make_store(tmp_path_factory.mktemp("reading") / "store")) as client:
        yield client


@pytest.fixture(scope="module")
def writable(tmp_path_factory):
    """Return a client of an endpoint that takes whatever is written."""
    with served(tmp_path_factory.mktemp("writable") / "store", write_token=TOKEN, validate_writes=False) as client:
        yield client


@pytest.fixture
def scratch(writable):
    """Return a client of an empty store."""
    assert update(writable, "CLEAR ALL").status_code == 204
    return writable
