"""What people open first is made before they ask."""

from __future__ import annotations

import json

import pytest

from tests.support.chosen_events import CHOSEN_EVENTS
from tests.support.serving import endpoint, make_store, served


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Return a client of an endpoint that has made its first pages and whose workers answer nothing more."""
    with served(make_store(tmp_path / "store", CHOSEN_EVENTS)) as client:
        endpoint(client).warming.round()

        def nobody(*_):
            raise AssertionError("a worker was asked")

        monkeypatch.setattr(endpoint(client).pool, "ask", nobody)
        yield client


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", ["/", "/events", "/network"])
def test_the_first_pages_ask_no_worker(client, path, language):
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_views_of_the_overview_ask_no_worker(client, language):
    queries = json.loads(client.get(f"/views?lang={language}").data)["queries"]
    for name in ("map", "timeline", "count", "periods", "network"):
        headers = {"Accept": "application/sparql-results+json", "Accept-Encoding": "gzip, deflate"}
        asked = client.post("/sparql", data={"query": queries[name]}, headers=headers, base_url="http://lage.example:8000/")
        assert asked.status_code == 200
