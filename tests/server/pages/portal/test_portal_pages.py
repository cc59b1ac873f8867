"""Overview, table and network as people get them without scripts, in both languages, and what is said of bad choices."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.chosen_events import CHOSEN_EVENTS
from tests.support.serving import TOKEN, make_store, served, update

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(make_store(tmp_path_factory.mktemp("portal") / "store", CHOSEN_EVENTS)) as client:
        yield client


def page(client, path: str, status: int = 200, **headers: str) -> str:
    client.delete_cookie("lang")
    answer = client.get(path, headers={**BROWSER, **headers})
    assert answer.status_code == status, answer.text
    return answer.text


def words(markup: str) -> str:
    """Return what is read of a page, on one line."""
    markup = re.sub(r"<script.*?</script>|<svg.*?</svg>|<head>.*?</head>", " ", markup, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", ["3 Ereignisse", "Einnahme: Stadt", "† 24–36", "12.–13. Juni 2016", "Tote SPARQL",
               "24–36 in einem Ereignis",
               "Wer hielt was", "Stadt Armee", "Miliz 2", "Land 1", "2016-06 2"]),
        ("/?lang=en", ["3 events", "Capture: Town", "2 independent", "Anschlag: Brücke", "Negated"]),
        ("/?actor=army", ["1 Ereignis Akteur Armee × Alle Filter entfernen", "beteiligt handelnd betroffen", "Armee × 1"]),
        ("/?day=2016-06-11", ["Stadt Miliz (unsicher)"]),
        ("/?day=2015-01-01&place=port", ["Von diesem Tag ist es nicht bekannt"]),
        ("/?from=2017", ["0 Ereignisse", "Kein Ereignis passt zu allen Filtern."]),
        ("/events", ["1 bis 3 von 3", "Selbstmordanschlag Miliz Menschen Hafen 24–36 berichtet 1",
                     "12.–13. Juni 2016", "ohne Datum Anschlag Brücke Negated 1"]),
        ("/events?lang=en&type=Capture", ["1 event", "Type capture ×", "capture Army Militia Town"]),
        ("/network", ["Armee Einnahme Miliz 1", "Miliz Selbstmordanschlag Menschen 1"]),
        ("/network?actor=people", ["Miliz Selbstmordanschlag Menschen 1"]),
    ],
)  # fmt: skip
def test_a_view_shows_what_is_chosen(client, path, parts):
    shown = words(page(client, path))
    assert [part for part in parts if part not in shown] == []


@pytest.mark.parametrize("path", ["/?actor=militia", "/events?actor=militia", "/network?actor=militia"])
def test_each_view_shows_its_queries_and_they_count_alike(client, path):
    counts = []
    for link in re.findall(r'href="(/sparql\?query=[^"]+)"', page(client, path)):
        answer = client.get(link.replace("&amp;", "&"), headers={"Accept": "application/sparql-results+json"})
        assert answer.status_code == 200
        counts.append(answer.json["results"]["bindings"])
    assert len(counts) >= 6
    assert all(counts)


@pytest.mark.parametrize("path", ["/?actor=militia&day=2016-06-12", "/network?actor=militia"])
def test_the_client_gets_the_same_queries_as_from_views(client, path):
    given = json.loads(re.search(r'<script type="application/json" id="view">(.*?)</script>', page(client, path))[1])
    served_apart = client.get("/views?" + path.partition("?")[2]).json
    assert (given["queries"], given["selection"]) == (served_apart["queries"], served_apart["selection"])
    assert given["base"] == "https://w3id.org/lagebild/"
    assert given["texts"]["map.events"] == "Ereignisse"


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/?actor=nobody", 404, "nobody"),
        ("/events?place=atlantis", 404, "atlantis"),
        ("/network?source=x", 404, "source=x"),
        ("/events?page=2", 404, "page=2 lies past the end: the last page is 1"),
        ("/?from=2016-02-30", 400, "from=2016-02-30"),
        ("/?colour=red", 400, "colour="),
        ("/?lang=fr", 400, "use de or en"),
        ("/views?type=War", 400, "type=War"),
    ],
)
def test_what_cannot_be_chosen_is_named(client, path, status, part):
    assert part in words(page(client, path, status))
    details = client.get(path, headers={"Accept": "application/json"} if path.startswith("/views") else BROWSER)
    assert details.status_code == status


def test_an_empty_store_says_what_to_do(tmp_path):
    with served(tmp_path / "store", write_token=TOKEN) as client:
        for path in ("/", "/events", "/network"):
            assert "kg demo" in page(client, path)
        assert "There are no events yet" in page(client, "/?lang=en")


@pytest.mark.parametrize("path", ["/", "/events", "/network"])
def test_labels_are_text(tmp_path, path):
    nasty = "<img src=x onerror=alert(1)>"
    with served(make_store(tmp_path / "store", CHOSEN_EVENTS), write_token=TOKEN, validate_writes=False) as client:
        label = "http://www.w3.org/2000/01/rdf-schema#label"
        for name in ("army", "town"):
            data = f'<https://w3id.org/lagebild/entity/{name}> <{label}> " {nasty}"@de'
            assert update(client, f"INSERT DATA {{ {data} }}").status_code == 204
        shown = page(client, path + "?actor=army")
        assert "<img" not in shown
        assert "&lt;img src=x" in shown


def test_a_page_is_made_once_for_each_state_of_the_data(client):
    client.delete_cookie("lang")
    first = client.get("/?actor=army", headers=BROWSER)
    again = client.get("/?actor=army", headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = client.get("/?actor=army", headers={**BROWSER, "Accept-Language": "en", "If-None-Match": first.headers["ETag"]})
    assert (other.status_code, other.headers["Content-Language"]) == (200, "en")


def test_a_long_list_is_paged(tmp_path):
    more = "".join(
        f'<event/x{number}> a lb:Capture ; rdfs:label "Einnahme {number:03}"@de .'
        for number in range(120)
    )
    with served(make_store(tmp_path / "store", f"{CHOSEN_EVENTS} GRAPH <article/many> {{ {more} }}")) as client:
        assert "1 bis 50 von 123" in words(page(client, "/events"))
        last = page(client, "/events?page=3")
        assert "101 bis 123 von 123" in words(last)
        assert 'rel="prev"' in last
        assert 'rel="next"' not in last
        assert client.get("/events?page=4", headers=BROWSER).status_code == 404
