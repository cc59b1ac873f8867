"""How many events a page shows, view by view, and how many its own queries count."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from playwright.sync_api import Page

from kg.namespaces import PREFIXES
from tests.support.serving import Server

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

_SUM = "all => all.reduce((sum, mark) => sum + Number(mark.dataset.events), 0)"


@dataclass(frozen=True)
class Counts:
    """What stands on the page."""

    heading: int
    listed: int
    placed: int  # pairs of event and place on the map
    dated: int
    undated: int

    @classmethod
    def of(cls, page: Page) -> Counts:
        undated = re.findall(r"\d+", page.locator(".timeline-undated").inner_text())
        return cls(number(page.locator("h1").inner_text()), listed_events(page), placed_events(page),
                   dated_events(page), int(undated[0]) if undated else 0)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the queries of the page count."""

    events: int
    placed: int


def number(text: str) -> int:
    """Return the first number in a text: 1.234 is one."""
    return int(re.findall(r"\d[\d.,]*", text)[0].replace(".", "").replace(",", ""))


def listed_events(page: Page) -> int:
    """Return the number of events in the list."""
    return page.locator(".lines > li").count()


def placed_events(page: Page) -> int:
    """Return the sum of all marks and areas of the map."""
    return int(page.locator(".map-stage [data-events]").evaluate_all(_SUM))


def dated_events(page: Page) -> int:
    """Return the sum of all bars: certain events, and the shares of those that lie in one of several."""
    return round(page.locator(".timeline-bars a").evaluate_all(_SUM))


def counted(server: Server, page: Page) -> Known:
    """Count by the page's own count query, and its places by one of the test's own over the same pattern."""
    queries = json.loads(page.locator("#view").text_content() or "")["queries"]
    pattern = queries["count"].split("WHERE {", 1)[1].rstrip().removesuffix("}")
    placed = f"""{_PREFIXES}SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT DISTINCT ?event ?where WHERE {{ {pattern}
      ?event lb:place ?where . ?where lb:latitude ?north ; lb:longitude ?east }} }} }}"""
    return Known(_asked(server, queries["count"]), _asked(server, placed))


def _asked(server: Server, query: str) -> int:
    status, body = server.ask(query, format="json")
    assert status == 200, body
    (row,) = json.loads(body)["results"]["bindings"]
    return int(next(iter(row.values()))["value"])
