"""A WARC of 2,000 records gives the articles of the plain texts, and names every record that gives none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kg.reading import Article, Skipped, read_articles
from tests.support.crawl import Crawled, articles, crawl, write_crawl
from tests.support.files import Story, text

RECORDS = 2000
WHY = {  # begin of what is said of each kind of record
    "image": ("kind", "no page but image/png"),
    "status": ("kind", "no page but status 404"),
    "foreign": ("language", "not German but, as it seems,"),
    "empty": ("empty", "no article"),
    "broken brotli": ("unreadable", "its Brotli packing is damaged"),
    "cut": ("unreadable", "breaks off or is damaged"),
}
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the WARC writer's, not ours


@pytest.fixture(scope="module", params=["crawl.warc", "crawl.warc.gz"])
def read(request, tmp_path_factory) -> tuple[list[Crawled], list[Article | Skipped]]:
    """Return what was crawled, and what is read of it."""
    path = tmp_path_factory.mktemp("crawl") / request.param
    crawled = crawl(RECORDS)
    write_crawl(path, crawled)
    return crawled, list(read_articles(str(path), root=None))


def of_plain_text(story: Story, folder) -> Article:
    (folder / "bericht.txt").write_text(text(story), encoding="utf8")
    [article] = read_articles(str(folder / "bericht.txt"), root=None)
    assert isinstance(article, Article)
    return article


def test_every_page_gives_the_article_of_its_plain_text(read, tmp_path):
    crawled, outcomes = read
    found = {outcome.url: outcome for outcome in outcomes if isinstance(outcome, Article)}
    expected = {url: of_plain_text(story, tmp_path) for url, story in articles(crawled)}
    assert found.keys() == expected.keys()
    assert [same(found[url]) for url in expected] == [same(article) for article in expected.values()]


def same(article: Article) -> Article:
    """Leave out where an article was read."""
    return replace(article, id="", source_path="", url=None, content_hash="", retrieved=None, record=None)


def test_every_record_that_gives_no_article_is_named_with_its_reason(read):
    crawled, outcomes = read
    skipped = {outcome.record: outcome for outcome in outcomes if isinstance(outcome, Skipped)}
    expected = {one.url: WHY[one.kind] for one in crawled if one.kind != "page"}
    assert skipped.keys() == expected.keys()
    told = {url: (one.reason, one.detail[: len(expected[url][1])]) for url, one in skipped.items()}
    assert told == expected
    assert len(outcomes) == RECORDS


def test_the_crawl_is_a_mixture(read):
    crawled, _ = read
    kinds = Counter(one.kind for one in crawled)
    assert set(kinds) == {"page", *WHY}
    assert min(kinds.values()) >= 90
