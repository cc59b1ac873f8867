"""Map, timeline, list and count under one filter: they agree, whatever is chosen and however."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from kg.namespaces import PREFIXES
from tests.browser.counts import Counts, counted, number
from tests.support.browsing import drawn

FILTERED = "/?actor=islamic-state&from=2014-06-01&to=2014-06-30"
LISTED = 20  # events on the overview, the rest in the table
SELECTIONS = [
    "/", FILTERED, "/?actor=islamic-state&role=target", "/?type=Capture", "/?type=Killing&certainty=Reported", "/?place=iraq",
    "/?from=2014-01-01&to=2014-12-31", "/?q=Mossul", "/?actor=islamic-state&actor=iraqi-army",
]  # fmt: skip


@pytest.mark.parametrize("path", SELECTIONS)
def test_map_timeline_list_and_sparql_count_agree(opened, server, path):
    page = opened(path)
    seen, known = Counts.of(page), counted(server, page)
    assert seen.heading == known.events > 0
    assert seen.listed == min(known.events, LISTED)
    assert seen.dated + seen.undated == known.events
    assert seen.placed == known.placed


def test_a_filter_to_an_actor_and_a_month_means_what_a_query_of_ones_own_means(opened, server):
    page = opened(FILTERED)
    own = """SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE {
      ?event lb:agent|lb:target <https://w3id.org/lagebild/entity/islamic-state> ; lb:earliest ?begin ; lb:latest ?end .
      ?event a ?type . ?type rdfs:subClassOf* lb:Event .
      FILTER(?end >= "2014-06-01T00:00:00Z"^^xsd:dateTime && ?begin <= "2014-06-30T23:59:59Z"^^xsd:dateTime) }"""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    answer = json.loads(server.ask(prefixes + own, format="json")[1])
    assert Counts.of(page).heading == int(answer["results"]["bindings"][0]["n"]["value"])


def test_a_place_of_the_map_is_a_filter_and_the_way_back_undoes_it(opened, server):
    page = opened("/")
    before = Counts.of(page)
    spot = page.locator("a.map-spot[href]").first
    place = spot.get_attribute("href")
    spot.click()
    settled(page, place)
    assert "place=" in page.url
    assert 0 < Counts.of(page).heading < before.heading
    assert Counts.of(page).heading == counted(server, page).events
    page.go_back()
    settled(page, "/")
    assert Counts.of(page) == before


def test_an_answer_that_comes_late_does_not_stand_over_the_selection_chosen_since(opened):
    page = opened("/")
    before = Counts.of(page)
    waiting: list[Route] = []
    page.route("**/sparql", lambda route: waiting.append(route))
    with page.expect_request("**/sparql"):
        page.locator("a.map-spot[href]").first.click()
    page.go_back()
    settled(page, "/")
    with page.expect_response("**/sparql"):
        while waiting:
            waiting.pop().continue_()
    settled(page, "/")
    assert Counts.of(page) == before


def test_a_stretch_of_the_timeline_that_is_brushed_is_chosen(opened, server):
    page = opened("/")
    before = Counts.of(page)
    box = page.locator("svg.timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60, steps=8)
    page.mouse.up()
    page.wait_for_url("**from=*")
    drawn(page)
    chosen = dict(part.split("=") for part in urlsplit(page.url).query.split("&"))
    assert re.fullmatch(r"\d{4}-\d\d-01", chosen["from"])
    assert chosen["from"] < chosen["to"]
    seen = Counts.of(page)
    assert 0 < seen.heading < before.heading
    assert (seen.heading, seen.undated) == (counted(server, page).events, 0)
    page.click("#timeline-whole")
    settled(page, "/")
    assert Counts.of(page) == before


def test_the_address_shows_others_the_same(opened):
    page = opened("/")
    page.locator("a.map-spot[href]").first.click()
    page.wait_for_url("**place=*")
    drawn(page)
    path = page.url[len("http://") + len(urlsplit(page.url).netloc) :]
    assert Counts.of(opened(path)) == Counts.of(page)


def test_the_table_and_the_downloads_hold_what_the_overview_counts(opened, server):
    count = Counts.of(opened(FILTERED)).heading
    address = FILTERED.removeprefix("/")
    assert opened(f"/events{address}").locator("table.list tbody tr").count() == count
    rows = server.get(f"/events{address}", Accept="text/csv")[1].decode().splitlines()
    assert len(rows) == count + 1


@pytest.mark.parametrize("facet", ["actor", "type", "certainty", "source", "place"])
def test_a_facet_says_how_many_events_its_choice_leaves(opened, facet):
    page = opened("/")
    choice = page.locator(f"section.facet:has(#facet-{facet}) li a").first
    promised = number(choice.locator("xpath=..").inner_text().split()[-1])
    choice.click()
    page.wait_for_url(f"**{facet}=*")
    assert Counts.of(drawn(page)).heading == promised
    page.locator(".chips a").first.click()
    settled(page, "/")


def test_words_and_days_of_the_form_filter_without_loading_the_page_anew(opened, server):
    page = opened("/")
    page.evaluate("window.kept = true")
    page.fill("#filter-q", "Kobane")
    page.fill("#filter-from", "2014-09")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Kobane*")
    assert Counts.of(drawn(page)).heading == counted(server, page).events > 0
    assert page.evaluate("window.kept") is True
    assert "to=" not in page.url


def test_another_selection_leaves_the_page_where_it_is(opened):
    page = opened("/")
    page.evaluate("window.kept = true")
    page.locator("a.map-spot[href]").first.click()
    page.wait_for_url("**place=*")
    drawn(page)
    assert page.evaluate("window.kept") is True


def test_the_keyboard_alone_moves_the_map_and_chooses_place_month_and_day(opened):
    page = opened("/")
    stage = page.locator(".map-stage > svg")
    stage.focus()
    spots = page.locator("a.map-spot[href]")
    before = spots.first.get_attribute("transform")
    page.keyboard.press("ArrowLeft")
    expect(spots.first).not_to_have_attribute("transform", before)
    page.keyboard.press("+")
    bar = page.locator(".timeline-bars a").last
    bar.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    drawn(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_who_held_what_on_a_day_colours_the_towns_and_stands_in_the_address(opened):
    page = opened("/?day=2016-06-12")
    expect(page.locator(".map-held").first).to_be_visible()
    held = page.locator(".map-held")
    told = held.evaluate_all("all => all.map(a => a.ariaLabel)")
    assert "Rakka: Islamischer Staat" in told
    page.locator("#day-slider").focus()
    page.keyboard.press("End")
    page.wait_for_url("**day=2019*")
    drawn(page)
    assert held.evaluate_all("all => all.map(a => a.ariaLabel)") != told
    page.click("#map-events")
    expect(page.locator(".map-held")).to_have_count(0)
    assert "day=" not in page.url


def test_a_map_shows_where_the_bulk_is_and_says_what_lies_outside(opened):
    page = opened("/")
    inside = page.locator(".map-spot").evaluate_all(
        "all => all.filter(a => a.getBoundingClientRect().left > 0).map(a => [a.ariaLabel, a.getBoundingClientRect().left])"
    )
    assert len(inside) > 8
    page.get_by_role("button", name="Alle zeigen").click()
    expect(page.locator(".map-note")).to_be_hidden()


def test_who_likes_little_motion_gets_no_player(opened):
    page = opened("/?day=2016-06-12", reduced_motion="reduce")
    expect(page.locator(".map-slider button", has_text="Abspielen")).to_be_hidden()


def settled(page: Page, path: str) -> None:
    """Wait until the page shows the selection of an address."""
    page.wait_for_url(f"**{path}")
    drawn(page)
