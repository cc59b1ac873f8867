"""The query editor: run, cancel, completion, an error at its line, history, answers in several ways."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Route, expect

from server.data.description import examples
from tests.support.browsing import drawn

FAULTY = "[...document.querySelectorAll('.CodeMirror-code > div')].findIndex(line => line.matches('.faulty, :has(.faulty)'))"
FIELD = ".CodeMirror textarea"
COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a ?class }"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }"
PLACES = """PREFIX lb: <https://w3id.org/lagebild/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?place ?label ?latitude ?longitude (COUNT(DISTINCT ?event) AS ?n) (MIN(?day) AS ?first) WHERE {
  ?event lb:place ?place ; lb:earliest ?day . ?place rdfs:label ?label ; lb:latitude ?latitude ; lb:longitude ?longitude
  FILTER(LANG(?label) = "de")
} GROUP BY ?place ?label ?latitude ?longitude ORDER BY DESC(?n)"""


def written(page, query):
    """Put a query into the field as somebody who types."""
    page.locator(FIELD).press("ControlOrMeta+a")
    page.keyboard.insert_text(query)
    return page


def test_a_query_is_run_with_the_keyboard_alone_and_stands_in_the_address(opened):
    page = written(opened("/sparql"), COUNT)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result-table tbody td")).to_have_count(1)
    assert f"query={quote(COUNT, safe='')}".replace("%20", "+") in page.url
    assert int(page.locator(".result-table tbody td").inner_text()) > 100


def test_a_running_query_is_cancelled(opened):
    page = written(opened("/sparql"), SLOW)
    page.click("#run")
    page.click("#cancel")
    expect(page.locator(".results")).to_have_text("Abgebrochen.")
    expect(page.locator("#cancel")).to_be_hidden()


@pytest.mark.parametrize(
    ("before", "typed", "offered", "after"),
    [
        ("SELECT * WHERE { ?event a ", "lb:Capt", "lb:Capture  Einnahme", "lb:Capture"),
        ("SELECT * WHERE { ?event a ", "einnah", "lb:Capture  Einnahme", "lb:Capture"),
        ("SELECT * WHERE { ?event ", "lb:pla", "lb:place", "lb:place"),
        ("SELECT * WHERE { GRAPH ", "<https://w3id.org/lagebild/graph/der", "/lagebild/graph/derived", "graph/derived>"),
    ],
)
def test_names_and_graphs_are_completed_and_bring_their_prefix(opened, before, typed, offered, after):
    page = written(opened("/sparql"), before)
    page.keyboard.type(typed)
    page.keyboard.press("Control+Space")
    hint = page.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text(offered)
    hint.click()
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert after in text
    assert ("PREFIX lb: <https://w3id.org/lagebild/ontology#>" in text) == after.startswith("lb:")


def test_prefixes_are_our_own(opened):
    page = written(opened("/sparql"), "PREFIX ")
    page.keyboard.type("ga")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint")).to_have_text(["gaf:  http://groundedannotationframework.org/gaf#"])


def test_an_error_is_marked_at_its_line_and_said(opened, watch):
    page = written(opened("/sparql"), "SELECT ?event WHERE {\n  ?event a lb:Capture .\n}")
    page.click("#run")
    expect(page.locator(".results .problem")).to_contain_text("lb")
    assert page.evaluate(FAULTY) == 1
    watch.forgive("status of 400")


def test_a_line_that_can_be_no_sparql_has_a_sign_while_it_is_written(opened):
    page = written(opened("/sparql"), "SELECT * WHERE {\n  ?a ?b ?c ?d\n}")
    sign = page.locator(".editor-doubt")
    expect(sign).to_have_count(1)
    sign.hover()
    written(page, "SELECT * WHERE {\n  ?a ?b ?c\n}")
    expect(sign).to_have_count(0)


def test_queries_that_were_run_can_be_taken_up_again(opened):
    page = written(opened("/sparql"), COUNT)
    page.click("#run")
    expect(page.locator(".result-table")).to_be_visible()
    page.reload()
    page.click(".editor-history summary")
    page.locator(".editor-history button", has_text="SELECT (COUNT(?s)").click()
    expect(page.locator(".result-table tbody td")).to_have_count(1)


def test_an_answer_is_shown_as_table_chart_map_timeline_and_network(opened):
    page = written(opened("/sparql"), PLACES)
    page.click("#run")
    rows = page.locator(".result-table tbody tr")
    expect(rows.first).to_be_visible()
    assert page.locator("[role=tab]").all_inner_texts() == ["Tabelle", "Balken", "Karte", "Zeitachse"]
    page.locator("[role=tab]").first.press("ArrowRight")
    expect(page.locator(".chart li").first).to_be_visible()
    page.get_by_role("tab", name="Karte").click()
    expect(page.locator(".map-spot").first).to_be_visible()
    page.get_by_role("tab", name="Zeitachse").click()
    expect(page.locator(".timeline-bars a").first).to_be_attached()


def test_the_way_chosen_last_is_shown_although_the_code_of_another_comes_later(opened):
    page = written(opened("/sparql"), PLACES)
    page.click("#run")
    waiting: list[Route] = []
    page.route("**/timeline-*.js", lambda route: waiting.append(route))
    with page.expect_request("**/timeline-*.js"):
        page.get_by_role("tab", name="Zeitachse").click()
    page.get_by_role("tab", name="Karte").click()
    expect(page.locator(".map-spot").first).to_be_visible()
    with page.expect_response("**/timeline-*.js"):
        waiting.pop().continue_()
    drawn(page)
    expect(page.locator(".map-spot").first).to_be_visible()
    expect(page.locator("#result-panel .timeline")).to_have_count(0)


def test_a_way_whose_code_does_not_come_says_so(opened, watch):
    page = written(opened("/sparql"), PLACES)
    page.click("#run")
    page.route("**/timeline-*.js", lambda route: route.abort())
    page.get_by_role("tab", name="Zeitachse").click()
    expect(page.locator("#result-panel [role=alert]")).to_be_visible()
    page.get_by_role("tab", name="Karte").click()
    expect(page.locator(".map-spot").first).to_be_visible()
    watch.forgive("ERR_FAILED")


def test_a_table_is_sorted_by_a_column(opened):
    page = written(opened("/sparql"), "SELECT ?n WHERE { VALUES ?n { 10 9 100 } }")
    page.click("#run")
    page.click(".result-table th button")
    assert page.locator(".result-table tbody td").all_inner_texts() == ["9", "10", "100"]
    page.click(".result-table th button")
    assert page.locator(".result-table tbody td").all_inner_texts() == ["100", "10", "9"]


def test_every_example_runs(opened):
    page = opened("/sparql")
    assert len(examples()) > 10
    for example in examples():
        page.get_by_role("link", name=example.labels["de"], exact=True).click()
        page.wait_for_url(f"**{quote(example.query.strip()[-20:], safe='').replace('%20', '+')}*")
        shown = page.locator(".results .result-table, .results pre, .results .result-truth")
        expect(shown.or_(page.locator(".results .problem")).first, example.name).to_be_visible()
        assert page.locator(".results .problem").count() == 0, example.name


def test_the_way_back_brings_the_query_back(opened):
    page = written(opened("/sparql"), "SELECT (1 AS ?one) {}")
    page.click("#run")
    expect(page.locator(".result-table tbody td")).to_have_text("1")
    written(page, "SELECT (2 AS ?two) {}").click("#run")
    expect(page.locator(".result-table tbody td")).to_have_text("2")
    page.go_back()
    expect(page.locator(".result-table tbody td")).to_have_text("1")


def test_without_scripts_the_form_and_its_answer_are_there(opened, browser, server):
    context = browser.new_context(java_script_enabled=False, locale="de")
    page = context.new_page()
    page.goto(f"{server.url}/sparql")
    page.fill("#query", "SELECT (1 AS ?one) {}")
    page.click("button.main")
    expect(page.locator("td")).to_have_text("1")
    context.close()
