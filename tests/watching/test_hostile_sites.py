"""Sites that lie, hang, send us elsewhere and disappear: bounded, named, and the next round completes."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from kg.cli import main
from kg.commands import watch as command
from kg.watching import guarded_connections, rounds
from kg.watching.limits import WatchOptions
from tests.support.building import texts
from tests.support.feed_site import Answer

QUICK = {"timeout": 0.5, "deadline": 1.0, "largest_page": 200_000, "largest_feed": 4_000_000}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(command, "WatchOptions", lambda *given: replace(WatchOptions(*given), **QUICK))


@pytest.fixture
def two(site):
    """A feed of two articles, of which the second is well."""
    site.feed("/a", "/b")
    site.article("/a", "Es regnete.")
    site.article("/b", "Es schneite.")
    return site


@pytest.mark.parametrize(
    ("manner", "kind", "why"),
    [
        ("endless", "refused", "/a: sends more than 200,000 bytes: not fetched"),
        ("cut", "away", "/a: no answer (IncompleteRead: IncompleteRead("),
        ("silent", "away", "/a: no whole answer within 1 s"),
        ("dripping", "away", "/a: no whole answer within 1 s"),
    ],
)
def test_a_page_that_does_not_end_well_is_named_and_read_later(two, watch, tmp_path, manner, kind, why):
    two.pages["/a"].manner = manner
    status, said = watch()
    assert status == 1
    assert why in said
    assert len(texts(tmp_path)) == (1 if kind == "refused" else 0) if (tmp_path / "store").exists() else kind == "away"
    two.pages["/a"].manner = "whole"
    assert watch()[0] == 0
    assert len(texts(tmp_path)) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_site_is_asked_again_then_left_for_the_next_round(two, watch, slept, status):
    two.pages["/a"].status = status
    found, said = watch()
    assert found == 1
    assert f"/a: answers {status}: the pages of {two.address} wait for the next round" in said
    assert "2 left for later" in said
    assert two.asked.count("/a") == 3
    assert [int(s) for s in slept if s > 1] == sorted(int(s) for s in slept if s > 1)


def test_retry_after_is_kept(two, watch, slept):
    two.pages["/a"].status, two.pages["/a"].headers = 503, {"Retry-After": "30"}
    watch()
    assert slept.count(30.0) == 2
    two.asked.clear()
    two.pages["/a"].headers = {"Retry-After": "86400"}
    watch()
    watch()
    assert two.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=500), "answers 500; it is asked again in the next round"),
        (Answer(status=404), "is not there (404); what it named before is kept"),
        (Answer(status=403), "answers 403 Forbidden; what it named before is kept"),
        (Answer("<html><p>Wartung</p></html>"), "is no feed: give the address of RSS or Atom; what it named before is kept"),
        (Answer("x" * 5_000_000), "sends more than 4,000,000 bytes; what it named before is kept"),
        (Answer(manner="silent"), "no whole answer within 1 s; it is asked again in the next round"),
        (Answer(status=302, headers={"Location": "http://192.168.0.1/feed"}), "has the private address 192.168.0.1"),
        (Answer(status=302, headers={"Location": "/feed.xml"}), "sends us on more than 5 times"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "on to 'file:///etc/passwd', which is no web"),
        (Answer(status=302, headers={"Location": "http://[x/"}), "which is no web address"),
    ],
)
def test_a_feed_that_fails_is_named_and_its_articles_stay(two, watch, tmp_path, answer, why):
    watch()
    before = two.pages["/feed.xml"]
    two.pages["/feed.xml"] = answer
    status, said = watch()
    assert (status, len(texts(tmp_path))) == (1, 2)
    assert f"{two.address}/feed.xml: {why}" in said or why in said
    two.pages["/feed.xml"] = before
    assert watch()[0] == 0


def test_a_site_that_has_disappeared_is_named(watch, tmp_path, fast, capsys):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    host = f"127.0.0.1:{port}"
    given = ["watch", f"http://{host}/feed.xml", "--host", host, "--private", host, "--once"]
    assert main(given) == 1
    assert f"http://{host}/feed.xml: no answer (ConnectionRefusedError: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://127.0.0.1:9/geheim", "sends us on to http://127.0.0.1:9/geheim, whose host is not listed"),
        ("http://anderswo.example/a", "sends us on to http://anderswo.example/a, whose host is not listed"),
        ("/a", "sends us on more than 5 times"),
        ("gopher://x/", "which is no web address"),
    ],
)
def test_a_page_is_not_followed_to_where_it_may_not_be_fetched(two, watch, to, why):
    two.moved("/a", to)
    status, said = watch()
    assert status == 1
    assert f"{two.address}/a: " in said
    assert why in said


def test_a_page_is_followed_on_its_own_site(two, watch, tmp_path):
    two.moved("/a", "/neu/a")
    two.article("/neu/a", "Es regnete.")
    assert watch()[0] == 0
    assert len(texts(tmp_path)) == 2


STAY_AWAY = "robots.txt there asks machines to stay away"


@pytest.mark.parametrize(
    ("robots", "fetched", "why"),
    [
        (Answer("User-agent: *\nDisallow: /a"), ["/b"], STAY_AWAY),
        (Answer("User-agent: Lagebild\nDisallow: /\nUser-agent: *\nAllow: /"), [], STAY_AWAY),
        (Answer("User-agent: *\nDisallow: /*a$"), ["/b"], STAY_AWAY),
        (Answer("User-agent: Anderer\nDisallow: /"), ["/a", "/b"], ""),
        (Answer(status=404), ["/a", "/b"], ""),
        (Answer(status=403), ["/a", "/b"], ""),
        (Answer(status=503), [], "answers 503: the pages of"),
        (Answer(manner="silent"), [], "no whole answer within 1 s: the pages of"),
        (Answer(manner="endless"), [], "its robots.txt sends more than 524,288 bytes: the pages of"),
    ],
)
def test_robots_txt_is_kept(two, watch, robots, fetched, why):
    two.pages["/robots.txt"] = robots
    status, said = watch()
    assert status == (1 if why else 0)
    assert why in said
    assert [path for path in two.asked if path in ("/a", "/b")] == fetched


def test_a_site_may_want_more_time_between_two_requests(two, watch, slept):
    two.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7")
    watch()
    assert [round(seconds) for seconds in slept] == [7]


def test_a_second_is_left_between_two_requests(two, watch, slept):
    watch()
    assert [round(seconds) for seconds in slept] == [1]


def test_hosts_that_are_not_listed_are_not_asked_and_named_once(site, watch):
    site.feed("/a", "http://anderswo.example/b", "http://127.0.0.1:9/c", "mailto:bote@blatt.example", "http://[x/")
    site.article("/a", "Es regnete.")
    status, said = watch()
    assert "http://anderswo.example/b: its host is not listed: give --host anderswo.example to fetch from there" in said
    assert "http://127.0.0.1:9/c: its host is not listed" in said
    assert "an item leads to no web address (mailto:bote@blatt.example)" in said
    assert status == 1
    assert "2 of hosts not listed" in said
    assert "its host is not listed" not in watch()[1]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
                "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch, fast, tmp_path, capsys, address):
    monkeypatch.chdir(tmp_path)
    asked = []
    monkeypatch.setattr(guarded_connections.socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (address, 80))])
    monkeypatch.setattr(guarded_connections.socket, "create_connection", lambda *given: asked.append(given))
    assert main(["watch", "http://blatt.example/feed.xml", "--host", "blatt.example", "--once"]) == 1
    expected = f"blatt.example has the private address {address}: give that host as --private where this is meant"
    assert expected in capsys.readouterr().err
    assert asked == []


def test_a_feed_of_ten_thousand_items_is_worked_off_in_batches(site, watch, tmp_path, monkeypatch):
    """All but a few are there no more: what counts is how many are held and built together."""
    paths = [f"/{number:05}" for number in range(10_000)]
    site.feed(*paths)
    site.article("/00007", "Es regnete.")
    site.article("/09999", "Es schneite.")
    sizes = []
    real = rounds.WatchState.due
    monkeypatch.setattr(rounds.WatchState, "due", lambda *given: sizes.append(real(*given)) or sizes[-1])
    status, said = watch("--delay", "0s")
    assert status == 1
    assert "pages: 2 new, 0 changed, 0 unchanged, 0 withdrawn, 9998 refused" in said
    assert "9978 more (refused)" in said
    assert said.count("not there (404)") == rounds.MOST_TOLD
    assert max(map(len, sizes)) == rounds.PAGES_AT_ONCE
    assert len(texts(tmp_path)) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["http://blatt.example/f"], "http://blatt.example/f: no host to fetch its articles from: give one with --host"),
        (["http://blatt.example/f", "--host", "http://x/"], "http://x/: is no host: write it as news.example.org"),
        (["http://blatt.example/f", "--host", "x", "--every", "bald"], "--every bald: is no time: write it as 90s, 15m"),
        (["nirgends"], "nirgends: neither a web address nor a folder: see it"),
        (["http://[x/", "--host", "x"], "http://[x/: is no web address: see it"),
        (["http://anna:pfad@x/f", "--host", "x"], "is no web address: see it"),
    ],
)
def test_wrong_usage_is_named(monkeypatch, tmp_path, capsys, given, message):
    monkeypatch.chdir(tmp_path)
    assert main(["watch", *given, "--once"]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
