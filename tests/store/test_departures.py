"""Names that have left a store, and why."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.store.departures import DEPARTURES_FILE, Departure, Departures
from kg.store.embedded import Store
from kg.store.manifest import Manifest
from kg.store.removal import remove
from tests.support.building import built
from tests.support.made import BASE, BODY, small_shipped, triples, write_reports

ARTICLES = {
    "a": 'lb:sourcePath "a.txt" ; schema:headline "Stadt gefallen"@de . <event/1> dcterms:identifier "1" .',
    "b": 'lb:sourcePath "b.txt" . <event/1> dcterms:identifier "2" . <event/3> dcterms:identifier "3" .',
}


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", write=True) as opened:
        opened.load_shipped(small_shipped(), BASE)
        for name, said in ARTICLES.items():
            node = f"{BASE}article/{name}"
            kept = f'<{node}> a schema:NewsArticle ; lb:contentHash "{name}" ; {said}'
            opened.replace({NamedNode(node): triples(kept)})
        yield opened


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("a", [("article/a", "Stadt gefallen", None), ("event/1", "Stadt gefallen", "event/2")]),
        ("b", [("article/b", "b.txt", None), ("event/2", "b.txt", "event/1"), ("event/3", "b.txt", None)]),
    ],
)
def test_the_names_of_a_removed_article_are_noted_with_what_goes_on_for_them(store, tmp_path, article, expected):
    remove(store, Manifest(tmp_path), {article}, "pruned")
    noted = Departures(tmp_path / "store")
    assert [noted.find(name) for name, _, _ in expected] == [
        Departure(name, article, title, "pruned", successor) for name, title, successor in expected
    ]
    assert noted.find("event/9") is None


@pytest.mark.usefixtures("fast")
def test_an_event_that_a_changed_article_tells_no_longer_is_noted(tmp_path):
    folder = write_reports(tmp_path / "reports", "eins")
    built(tmp_path, folder)
    assert not (tmp_path / "store" / DEPARTURES_FILE).exists()
    (folder / "eins.txt").write_text(f"{BODY.replace('eroberte', 'betrat')}\n\nSo stand es in der Zeitung aus der Stadt.\n")
    built(tmp_path, folder)
    lines = (tmp_path / "store" / DEPARTURES_FILE).read_text().splitlines()
    assert len(lines) == 1
    assert '"cause": "changed"' in lines[0]


def test_a_line_that_is_no_departure_is_named(tmp_path):
    (tmp_path / DEPARTURES_FILE).write_text('{"name": "event/1"}\n')
    with pytest.raises(StoreError, match="line 1: is no departure"):
        Departures(tmp_path).find("event/1")
