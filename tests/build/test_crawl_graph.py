"""The graph of a crawl is that of the plain texts of its articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.build import Options, build
from kg.namespaces import LB
from kg.store.embedded import Store
from tests.support.crawl import articles, crawl, write_crawl
from tests.support.files import text

OF_THE_FILE = {str(LB.sourcePath), str(LB.contentHash)}
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the WARC writer's, not ours


def graph(store: Path, source: Path) -> set:
    """Return the quads of a build, without what they say of the file itself."""
    with Store(store, write=True) as opened:
        build([str(source)], opened, Options())
        return {quad for quad in opened.quads() if quad.predicate.value not in OF_THE_FILE}


def test_a_crawl_gives_the_graph_of_the_plain_texts(tmp_path):
    crawled = crawl(60, seed=9)
    write_crawl(tmp_path / "crawl.warc.gz", crawled)
    (tmp_path / "texts").mkdir()
    for number, (url, story) in enumerate(articles(crawled)):
        (tmp_path / "texts" / f"{number}.txt").write_text(f"URL: {url}\n{text(story)}", encoding="utf8")
    found = graph(tmp_path / "one", tmp_path / "crawl.warc.gz")
    expected = graph(tmp_path / "two", tmp_path / "texts")
    assert found == expected
    assert sum(quad.predicate == NamedNode(LB.agent) for quad in found) > 30
