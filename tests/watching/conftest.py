from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import back_off
from kg.cli import main
from kg.watching import robots, rounds, visits
from tests.support.feed_site import feed_site


@pytest.fixture
def site():
    with feed_site() as site:
        yield site


@pytest.fixture(autouse=True)
def slept(monkeypatch) -> list[float]:
    """Return the seconds that would have been slept."""
    seconds: list[float] = []
    monkeypatch.setattr(back_off, "sleep", seconds.append)
    monkeypatch.setattr(visits, "sleep", seconds.append)
    return seconds


@pytest.fixture
def watch(site, fast, tmp_path, monkeypatch, capsys) -> Callable[..., tuple[int, str]]:
    """Return what watches the site's feed once, from its host alone: status and what was said."""
    monkeypatch.chdir(tmp_path)
    hours = [1.0]
    for module in (rounds, robots):
        monkeypatch.setattr(module, "time", lambda: 1e9 + 3600 * hours[0])

    def once(*options: str, feeds: tuple[str, ...] = ("/feed.xml",)) -> tuple[int, str]:
        hours[0] *= 2  # so that every page is due again
        addresses = [f"{site.address}{feed}" if feed.startswith("/feed") else feed for feed in feeds]
        hosts = ["--host", site.host, "--private", site.host]
        status = main(["watch", *addresses, *hosts, "--once", "--every", "0s", "--store", str(tmp_path / "store"), *options])
        return status, capsys.readouterr().err

    return once

