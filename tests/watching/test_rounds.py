"""Feeds followed round by round, on a site that changes."""

from __future__ import annotations

import pytest

from kg.store.embedded import Store
from tests.support.building import texts
from tests.support.made import write_reports


def test_what_a_feed_names_is_fetched_and_built(site, watch, tmp_path):
    site.feed("/a", "/b")
    site.article("/a", "Es regnete.")
    site.article("/b", "Es schneite.")
    status, said = watch()
    assert (status, [t.partition(".")[0] for t in texts(tmp_path)]) == (0, ["Es regnete", "Es schneite"])
    assert "pages: 2 new, 0 changed, 0 unchanged, 0 withdrawn, 0 refused, 0 of hosts not listed, 0 left for later" in said
    assert site.asked == ["/feed.xml", "/robots.txt", "/a", "/b"]
    [agent] = site.agents
    assert agent.startswith("Lagebild/")


def test_what_is_unchanged_is_only_asked_for_by_its_version(site, watch):
    site.feed("/a", etag='"f1"')
    site.article("/a", "Es regnete.", etag='"a1"')
    watch()
    status, said = watch()
    assert (status, site.conditional) == (0, {"/feed.xml": 1, "/a": 1})
    assert "articles built" not in said
    assert site.asked.count("/robots.txt") == 1


def test_an_edit_replaces_the_article_and_new_surroundings_do_not(site, watch, tmp_path):
    site.feed("/a")
    site.article("/a", "Es regnete.", etag='"1"')
    watch()
    site.article("/a", "Es regnete.", etag='"2"', around="<footer>Zähler: 17</footer>")
    assert "0 new, 0 changed, 1 unchanged" in watch()[1]
    site.article("/a", "Es schneite.", etag='"3"')
    assert "0 new, 1 changed, 0 unchanged" in watch()[1]
    assert [t.partition(".")[0] for t in texts(tmp_path)] == ["Es schneite"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_withdrawn_article_is_named_once_and_kept_until_pruned(site, watch, tmp_path, status):
    site.feed("/a", "/b")
    site.article("/a", "Es regnete.")
    site.article("/b", "Es schneite.")
    watch()
    site.pages["/a"].status = status
    first, second = watch(), watch()
    assert first[0] == 1
    assert f"{site.address}/a: withdrawn by its publisher ({status})" in first[1]
    assert "1 withdrawn articles are kept: kg watch --prune removes them" in first[1]
    assert second[0] == 0
    assert "withdrawn by its publisher" not in second[1]
    assert len(texts(tmp_path)) == 2
    _, said = watch("--prune")
    assert "gone from the disk, removed from the store" in said
    assert [t.partition(".")[0] for t in texts(tmp_path)] == ["Es schneite"]


def test_an_article_that_comes_back_is_an_article_again(site, watch, tmp_path):
    site.feed("/a")
    site.article("/a", "Es regnete.")
    watch()
    site.pages["/a"].status = 410
    watch("--prune")
    assert texts(tmp_path) == []
    site.pages["/a"].status = 200
    assert "1 new" in watch()[1]
    assert len(texts(tmp_path)) == 1


def test_a_page_that_becomes_something_else_leaves_the_article(site, watch, tmp_path):
    site.feed("/a")
    site.article("/a", "Es regnete.")
    watch()
    site.pages["/a"].body = "<html><body><a href='/'>Anmelden</a></body></html>"
    status, said = watch()
    assert (status, len(texts(tmp_path))) == (1, 1)
    assert f"{site.address}/a: no article" in said
    assert "the version before is kept" in said


def test_folders_are_watched_too(watch, tmp_path):
    (tmp_path / "inbox").mkdir()
    assert watch(feeds=("inbox",))[0] == 0
    write_reports(tmp_path / "inbox" / "heute")
    assert "3 articles built" in watch(feeds=("inbox",))[1]
    (tmp_path / "inbox" / "heute" / "eins.txt").unlink()
    assert "1 pruned" in watch("--prune", feeds=("inbox",))[1]
    assert len(texts(tmp_path)) == 2


def test_several_feeds_may_name_one_article(site, watch, tmp_path):
    site.feed("/a")
    site.feed("/a", "/b", path="/feed-2.xml")
    site.article("/a", "Es regnete.")
    site.article("/b", "Es schneite.")
    watch(feeds=("/feed.xml", "/feed-2.xml"))
    assert (site.asked.count("/a"), len(texts(tmp_path))) == (1, 2)


def test_the_moment_of_fetching_and_the_address_stand_in_the_store(site, watch, tmp_path):
    site.feed("/a")
    site.article("/a", "Es regnete.")
    watch()
    with Store(tmp_path / "store") as store:
        [row] = store.query("SELECT ?url { ?a <https://schema.org/url> ?url }")
    assert row["url"].value == f"{site.address}/a"
