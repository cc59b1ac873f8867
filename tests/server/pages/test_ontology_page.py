"""The ontology's page: every term with its definition and examples, and a diagram that shows every class."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kg.knowledge.triples import load_shipped
from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, EVENT_SUBKINDS, FACTUALITIES, PLACE_KINDS, PROPERTIES
from kg.store.embedded import Store
from server.pages.ontology_diagram import COLUMN, COLUMNS, TOP, diagram
from tests.support.serving import make_store, served

TERMS = ("Actor", "Place", "Event", *ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS, *FACTUALITIES, *PROPERTIES)
HTML = {"Accept": "text/html,*/*;q=0.8"}


class Page(HTMLParser):
    """Collects ids, links inside the page, and the ids of headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.inside: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if (values.get("href") or "").startswith("#"):
            self.inside.add(str(values["href"])[1:])


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ontology") / "store"
    with Store(folder, write=True) as store:
        store.load_shipped(load_shipped())
    with served(folder) as client:
        yield client


@pytest.fixture(scope="module")
def text(client) -> str:
    answer = client.get("/ontology?lang=en", headers=HTML)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return answer.text


def test_every_term_has_its_place_once_and_every_link_inside_leads_somewhere(text):
    page = Page(text)
    assert sorted(set(TERMS) - set(page.ids)) == []
    assert len(page.ids) == len(set(page.ids))
    assert sorted(page.inside - set(page.ids)) == []


def test_a_class_is_explained_with_example_relations_and_alignments(text):
    section = text[text.index('<h3 id="Siege"') :].partition("</article>")[0]
    for part in (
        "siege", "Belagerung", "A place or a group is surrounded or besieged.", "Example: The place has been encircled",
        'is a kind of <a href="#Event"', "about the same as",
    ):  # fmt: skip
        assert part in section


def test_a_relation_tells_from_what_to_what(text):
    section = text[text.index('<h3 id="attributedTo"') :].partition("</article>")[0]
    assert re.search(r"of <a [^>]*>[^<]*mention[^<]*</a>", section)
    assert 'to <a href="#Actor"' in section


def test_version_and_license_and_the_data_are_named(text):
    for part in ("<title>Ontology – Lagebild</title>", "Lagebild ontology", "0.1.0", "LICENSE-2.0", "/graph/ontology.ttl"):
        assert part in text


def test_machines_still_get_the_graph(client):
    answer = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle"
    assert "lb:Siege" in answer.text


def test_page_of_a_store_without_an_ontology_is_empty_and_no_error(tmp_path):
    with served(make_store(tmp_path / "store", "GRAPH <article/1> { <article/1> a schema:NewsArticle . }")) as client:
        assert client.get("/ontology", headers=HTML).status_code == 200


def test_text_of_the_ontology_can_not_become_markup(tmp_path):
    evil = """GRAPH <graph/ontology> { lb:Actor a owl:Class ; rdfs:label "<script>x</script>"@en ;
        rdfs:isDefinedBy <https://w3id.org/lagebild/ontology> . }"""
    with served(make_store(tmp_path / "store", evil)) as client:
        assert "<script" not in client.get("/ontology", headers=HTML).text


def test_diagram_shows_a_class_below_each_of_its_parents_and_nothing_lies_on_anything_else():
    parents = {"Actor": [], "Place": [], "Event": [], "City": ["Place"], "Country": ["Actor", "Place"], "Port": ["City"]}
    drawn = diagram(parents, {"Port": "port"})
    columns = dict(COLUMNS)
    assert [(box.name, box.label, box.x, box.y) for box in drawn.boxes if box.y >= TOP] == [
        ("Country", "Country", columns["Actor"], TOP), ("City", "City", columns["Place"], TOP),
        ("Port", "port", columns["Place"] + 14, TOP + 24), ("Country", "Country", columns["Place"], TOP + 48),
    ]  # fmt: skip
    corners = [(box.x, box.y) for box in drawn.boxes]
    assert len(corners) == len(set(corners))
    assert [(arrow.begin, arrow.end) for arrow in drawn.arrows] == [
        (columns["Event"], columns["Actor"] + COLUMN), (columns["Event"] + COLUMN, columns["Place"]),
    ]  # fmt: skip
    assert all(box.x + box.width <= drawn.width and box.y + box.height <= drawn.height for box in drawn.boxes)


def test_diagram_of_a_circle_of_classes_ends():
    assert diagram({"Actor": ["Person"], "Person": ["Actor"]}, {}).boxes


def test_the_page_is_german_for_who_reads_german(client):
    german = client.get("/ontology?lang=de", headers=HTML).text
    section = german[german.index('<h3 id="Siege"') :].partition("</article>")[0]
    for part in ("Belagerung <small>", "Beispiel: Der Ort ist seit Monaten eingekesselt.", 'ist eine Art von <a href="#Event"'):
        assert part in section
    assert "Lagebild-Ontologie" in german
