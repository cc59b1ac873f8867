"""Every page in both languages and two sizes: whole, readable, reachable, and nothing of the store is ever markup."""

from __future__ import annotations

import gzip
import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVIL
from tests.support.browsing import NARROW, WIDE, drawn
from tests.support.places import PROJECT

AXE = (PROJECT / "server/pages/client/node_modules/axe-core/axe.min.js").read_text(encoding="utf8")
GRAVE = ("serious", "critical")
JUNE = "/?actor=islamic-state&from=2014-06-01&to=2014-06-30"
PATHS = [
    "/", JUNE, "/?day=2016-06-12", "/events", "/network", "/articles", "/quality", "/sparql", "/ontology", "/search?q=Mossul",
    "/entity/islamic-state", "/entity/mosul", "/.well-known/void",
]  # fmt: skip
TOLD_PATHS = [
    "/", "/?actor=evil", "/?place=evil-town", "/events?actor=evil", "/event/evil", "/entity/evil", "/entity/evil-town",
    "/article/evil", "/search?q=onerror",
    f"/sparql?query={quote('SELECT * WHERE { <https://w3id.org/lagebild/event/evil> ?p ?o }')}",
]  # fmt: skip
MOST = 500_000  # bytes of the overview, compressed


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_fits_its_window_and_has_no_serious_fault_of_access(opened, path, language):
    page = opened(path, language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert faults(page) == []


@pytest.mark.parametrize("path", ["/", "/?day=2016-06-12", "/network", "/sparql", "/events", "/event/evil"])
def test_a_page_can_be_read_in_the_dark(opened, path):
    assert faults(opened(path, color_scheme="dark")) == []


@pytest.mark.parametrize("path", TOLD_PATHS)
def test_a_label_that_would_be_markup_stands_there_as_text(opened, path):
    page = harmless(opened(path))
    assert EVIL in (page.locator("body").text_content() or "")


@pytest.mark.parametrize("path", ["/network?actor=evil", "/articles", "/quality", "/?day=2016-06-12", "/events"])
def test_a_label_that_would_be_markup_does_nothing_where_it_may_not_be_told(opened, path):
    harmless(opened(path))


def test_a_label_that_would_be_markup_is_text_in_every_way_of_the_editor(opened):
    query = """PREFIX lb: <https://w3id.org/lagebild/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?agent ?agentLabel ?target ?label ?latitude ?longitude ?day (1 AS ?n) WHERE {
  ?event lb:agent ?agent ; lb:target ?target ; lb:place ?place ; lb:earliest ?day .
  ?agent rdfs:label ?agentLabel . ?place rdfs:label ?label ; lb:latitude ?latitude ;
  lb:longitude ?longitude FILTER(STRSTARTS(?label, "<img")) }"""
    page = opened(f"/sparql?query={quote(query)}")
    for name in ("Tabelle", "Balken", "Karte", "Zeitachse", "Netz"):
        page.get_by_role("tab", name=name).click()
        harmless(drawn(page))
    page.get_by_role("tab", name="Karte").click()
    expect(page.locator(".map-name-place")).to_have_text([EVIL])


def test_the_header_leads_to_everything(opened):
    page = opened("/")
    places = page.locator("header nav a").evaluate_all("all => all.map(a => a.pathname)")
    assert places == ["/", "/events", "/articles", "/network", "/sparql", "/quality", "/ontology"]
    for path in places:
        page.click(f'header nav a[href="{path}"]')
        page.wait_for_url(f"**{path}")
        drawn(page)
        assert page.locator(f'header nav a[href="{path}"]').get_attribute("aria-current") == "page"


def test_from_the_overview_to_an_event_its_actor_and_its_article(opened):
    page = opened(JUNE)
    page.locator('main a[href^="/event/"]').first.click()
    page.wait_for_url("**/event/*")
    event = page.url
    page.locator('main a[href^="/entity/"]').first.click()
    page.wait_for_url("**/entity/*")
    drawn(page)
    page.goto(event)
    page.locator('main a[href^="/article/"]').first.click()
    page.wait_for_url("**/article/*")
    expect(page.locator("h1")).not_to_be_empty()


def test_the_language_is_switched_and_stays(opened):
    page = opened("/", "de")
    page.click('a[hreflang="en"]')
    assert page.locator("html").get_attribute("lang") == "en"
    page.click('header nav a[href="/network"]')
    page.wait_for_url("**/network")
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_actor_of_the_network_is_chosen_with_the_keyboard(opened):
    page = opened("/network")
    page.locator(".network-stage").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".network-told")).to_contain_text("→")
    page.keyboard.press("Enter")
    page.wait_for_url("**actor=*")
    drawn(page)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?actor=nobody-at-all", 404), ("/?from=2016-02-30", 400), ("/events?page=9999", 404), ("/event/none", 404),
        ("/nowhere", 404),
    ],
)  # fmt: skip
def test_what_can_not_be_shown_is_a_page_that_says_so(opened, watch, server, browser, path, status):
    page = browser.new_context(locale="de").new_page()
    answer = page.goto(server.url + path)
    assert answer.status == status
    assert len(page.locator("main").inner_text()) > 20
    page.context.close()


def test_the_overview_is_light_and_the_editors_code_comes_with_the_editor_alone(opened, watch, server):
    opened("/").wait_for_load_state("networkidle")
    asked = [path for path in dict.fromkeys(watch.asked) if path.startswith("/static/")]
    sizes = {path: len(gzip.compress(server.get(path)[1], 9)) for path in asked}
    assert sum(sizes.values()) + len(gzip.compress(server.get("/", Accept="text/html")[1])) <= MOST, json.dumps(sizes, indent=2)
    assert [path for path in asked if "editor" in path or "network" in path] == []
    assert any("map-" in path for path in asked)


def harmless(page: Page) -> Page:
    """Return a page on which the evil label has done nothing."""
    page.wait_for_load_state("networkidle")
    assert page.locator("img").count() == 0
    assert page.title() != "gehackt"
    return page


def faults(page: Page) -> list[str]:
    """Return what axe-core finds that keeps people out."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary'][:200]}"
        for fault in found["violations"] if fault["impact"] in GRAVE
        for node in fault["nodes"][:3]
    ]  # fmt: skip
