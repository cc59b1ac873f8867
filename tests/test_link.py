"""``kg link`` against our own reconciliation service over HTTP, and against services that are dead, slow or lying."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph

from kg.commands import link as link_command
from kg.commands.link import Web
from kg.errors import ServiceError, UsageError
from kg.export import FORMATS
from kg.linking.cache import Cache
from kg.linking.check import check
from kg.linking.entities import LINKS, Entity, Match, read_entities, read_matches
from kg.linking.evidence import judge, kilometres, point, question
from kg.linking.ledger import Ledger, Link, read_rejections
from kg.linking.page import page
from kg.linking.profile import LAGEBILD, UNKNOWN, WIKIDATA
from kg.linking.propose import propose
from kg.linking.service import Candidate, Service
from kg.linking.table import COLUMNS, Row, read, write, written
from kg.linking.titles import items_of
from kg.settings import settings
from kg.shipped import load_shipped
from kg.store import Store
from tests import owl_profile
from tests.made import HEAD
from tests.serving import running

BASE = "https://example.org/lage/"
WD = "http://www.wikidata.org/entity/"
SPACE = "https://w3id.org/lagebild/entity/"
PAGE = "https://en.wikipedia.org/wiki/Peshmerga"
QUICK = Web(timeout=1.0, deadline=1.5, waits=(0.0, 0.0), sleep=lambda seconds: None)

ARTICLE = f"""@base <{BASE}> .
<article/1> a schema:NewsArticle ; lb:sourcePath "1.txt" ; schema:headline "Drei Städte"@de .
<article/1#offset_0_5> a gaf:Mention ; nif:anchorOf "Rakka" ; nif:referenceContext <article/1> .
<article/1#offset_9_15> a gaf:Mention ; nif:anchorOf "Mossul" ; nif:referenceContext <article/1> .
<entity/raqqah> a lb:City ; rdfs:label "Raqqah"@de ; lb:latitude 35.95 ; lb:longitude 39.01 ; lb:country <entity/syr> ;
    gaf:denotedBy <article/1#offset_0_5>, <article/1#offset_9_15> .
<entity/syr> a lb:Country ; rdfs:label "Syrien"@de, "Syria"@en .
<entity/mosull> a lb:City ; rdfs:label "Mosull"@de ; gaf:denotedBy <article/1#offset_9_15> .
<entity/peshmerga> a lb:Militia ; rdfs:label "Peschmerga"@de ; foaf:isPrimaryTopicOf <{PAGE}> ;
    gaf:denotedBy <article/1#offset_0_5> .
<entity/wuppertal> a lb:City ; rdfs:label "Wuppertal"@de ; gaf:denotedBy <article/1#offset_0_5> .
<event/1> a lb:Capture ; rdfs:label "Einnahme"@de ; lb:agent <entity/peshmerga> ; lb:place <entity/raqqah> ;
    lb:earliest "2014-06-10T00:00:00Z"^^xsd:dateTime ; gaf:denotedBy <article/1#offset_0_5> .
"""
GAZETTEER = f"""@base <{BASE}> .
<entity/berlin> a lb:City ; rdfs:label "Berlin"@de ; skos:exactMatch <{WD}Q64> ; lb:latitude 52.5 ; lb:longitude 13.4 .
"""


def triples_of(turtle: str) -> list[Any]:
    from pyoxigraph import RdfFormat, parse

    return [quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE)]


def filled(folder: Path) -> Store:
    store = Store(folder, write=True)
    store.load_shipped(replace(load_shipped(), gazetteer=tuple(triples_of(GAZETTEER))), BASE)
    store.replace({NamedNode(f"{BASE}article/1"): triples_of(ARTICLE)})
    return store


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory) -> Path:
    """Return a store's folder that no test writes into."""
    with filled(tmp_path_factory.mktemp("made") / "store") as store:
        return store.folder


@pytest.fixture
def store(made_folder, tmp_path) -> Iterator[Store]:
    shutil.copytree(made_folder, tmp_path / "store")
    with Store(tmp_path / "store", write=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Iterator[str]:
    """Return the address of our own service over the shipped gazetteer."""
    folder = tmp_path_factory.mktemp("own") / "store"
    with Store(folder, write=True) as gazetteer:
        gazetteer.load_shipped(load_shipped())
    with running(folder, processes=1) as server:
        yield f"{server.url}/reconcile"


def service(address: str, cache: Cache | None = None, web: Web = QUICK) -> Service:
    return Service(address, web, cache or Cache())


def proposed(store: Store, address: str, endpoint: str = "", cache: Cache | None = None, **options: Any) -> Any:
    cache = cache or Cache()
    return propose(store, service(address, cache), endpoint, (QUICK, cache), **options)


# Against our own service


def test_candidates_come_with_score_and_evidence(store, own):
    found = proposed(store, own)
    best = {row.entity.rsplit("/", 1)[-1]: row for row in reversed(found.rows)}
    assert found.asked == 4
    assert [(slug, row.target.removeprefix(SPACE), row.match) for slug, row in sorted(best.items())] == [
        ("mosull", "mosul", "yes"), ("peshmerga", "peshmerga", "yes"), ("raqqah", "raqqa", "yes"),
    ]  # fmt: skip
    assert "0 km away" in best["raqqah"].evidence
    assert "country Syrien as here" in best["raqqah"].evidence
    assert "acts in" not in best["raqqah"].evidence
    assert {row.decision for row in found.rows} == {""}


def test_what_is_sure_becomes_a_close_match_with_its_score(store, own):
    found = proposed(store, own)
    assert Ledger(store).add_close(found.sure) == 3
    assert Ledger(store).add_close(found.sure) == 0
    matches = [m for m in read_matches(store) if not m.shipped]
    assert {(m.entity, m.target, m.exact) for m in matches} == {
        (f"{BASE}entity/{slug}", SPACE + target, False)
        for slug, target in (("raqqah", "raqqa"), ("mosull", "mosul"), ("peshmerga", "peshmerga"))
    }
    scores = store.query("SELECT ?s { ?l <https://w3id.org/lagebild/ontology#linkScore> ?s }")
    assert len(list(scores)) == 3
    assert proposed(store, own).asked == 1


def test_the_command_line_asks_reviews_accepts_lists_and_withdraws(store, own, tmp_path, capsys, monkeypatch):
    folder = str(store.folder)
    store.close()
    review = tmp_path / "out" / "review.tsv"
    kg = command(monkeypatch)
    assert kg("--ask", "--store", folder, "--reconcile", own, "-o", str(review)) == 0
    assert "entities: " in capsys.readouterr().err
    assert "Raqqah" in review.with_suffix(".html").read_text(encoding="utf8")
    rows = read(review)
    decided = [replace(row, decision="accept" if row.target == f"{SPACE}raqqa" else "reject") for row in rows]
    write(decided, review)
    assert kg("--accept", str(review), "--store", folder) == 0
    assert kg("--store", folder) == 0
    out, err = capsys.readouterr()
    assert out == f"{BASE}entity/raqqah\texactMatch\t{SPACE}raqqa\n"
    assert "City                           2 of     4 linked" in err
    assert kg("--withdraw", f"{BASE}entity/raqqah", "--store", folder) == 0
    capsys.readouterr()
    assert kg("--store", folder) == 0
    assert capsys.readouterr().out == ""


def command(monkeypatch) -> Callable[..., int]:
    from kg.cli import main

    monkeypatch.setattr(link_command, "Web", lambda: QUICK)
    return lambda *arguments: main(["link", *arguments])


def test_what_people_rejected_is_not_proposed_again(store, own):
    first = proposed(store, own)
    Ledger(store).follow([replace(row, decision="reject") for row in first.rows])
    assert len(read_rejections(store)) == len(first.rows)
    again = proposed(store, own)
    assert {(r.entity, r.target) for r in again.rows}.isdisjoint((r.entity, r.target) for r in first.rows)
    assert again.sure == []


def test_check_tells_of_items_that_are_called_otherwise_or_lie_elsewhere(store, own):
    links = [
        Link(f"{BASE}entity/raqqah", f"{SPACE}raqqa", True),
        Link(f"{BASE}entity/mosull", f"{SPACE}berlin", True),
        Link(f"{BASE}entity/wuppertal", f"{SPACE}no-such-town", True),
        Link(f"{BASE}entity/berlin", f"{SPACE}damascus", True),
    ]
    Ledger(store).change(links, [])
    number, doubts = check(store, service(own))
    assert number == 4
    assert [(d.entity.rsplit("/", 1)[-1], d.finding) for d in doubts] == [
        ("berlin", "the item is called Damaskus"),
        ("berlin", "the item is 2789 km away"),
        ("mosull", "the item is called Berlin"),
        ("wuppertal", "the service doesn't know the item"),
    ]


def test_limit_asks_only_for_what_is_mentioned_most(store, own):
    found = proposed(store, own, most=1)
    assert {row.entity for row in found.rows} == {f"{BASE}entity/raqqah"}


# Decisions


def row(decision: str, entity: str, target: str) -> Row:
    return Row(decision, f"{BASE}entity/{entity}", entity, "City", "1", target, "Name", "", "91.5", "yes", "name", "", "")


def test_an_accepted_link_is_exact_and_keeps_the_rules_of_owl_2_dl(store):
    outcome = Ledger(store).follow([row("accept", "raqqah", f"{WD}Q47049")])
    assert (outcome.written, outcome.refused) == (1, ())
    assert Match(f"{BASE}entity/raqqah", f"{WD}Q47049", True, False) in read_matches(store)
    graph = owl_profile.read("".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in links(store)))
    vocabulary = owl_profile.read((Path(__file__).parents[1] / "ontology" / "lagebild.ttl").read_bytes())
    assert owl_profile.findings(graph, vocabulary) == []
    assert isinstance(graph, Graph)


def test_an_accepted_link_is_in_the_file_for_protege(store, tmp_path):
    Ledger(store).follow([row("accept", "raqqah", f"{WD}Q47049")])
    with (tmp_path / "graph.ttl").open("wb") as out:
        FORMATS["owl-ttl"](store, out)
    assert "wd:Q47049" in (tmp_path / "graph.ttl").read_text(encoding="utf8")


def links(store: Store) -> list[Any]:
    return store.triples(NamedNode(BASE + LINKS))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([row("accept", "berlin", f"{WD}Q1")], f"the gazetteer says {WD}Q64"),
        ([row("accept", "nobody", f"{WD}Q1")], "the store has no such actor or place"),
        ([row("accept", "raqqah", "Q1")], "the target is no IRI"),
        ([row("accept", "raqqah", f"{WD}Q1"), row("accept", "raqqah", f"{WD}Q2")], "accepted together with another one"),
    ],
)
def test_a_link_that_contradicts_is_refused_with_the_reason(store, rows, reason):
    outcome = Ledger(store).follow(rows)
    assert outcome.written == 0
    assert all(reason in refused for refused in outcome.refused)
    assert len(outcome.refused) == len(rows)
    assert links(store) == []


def test_a_second_link_into_the_same_data_set_wants_the_first_withdrawn(store):
    Ledger(store).follow([row("accept", "raqqah", f"{WD}Q1")])
    outcome = Ledger(store).follow([row("accept", "raqqah", f"{WD}Q2")])
    assert outcome.refused == (f"raqqah → {WD}Q2: {WD}Q1 was accepted before: withdraw that first",)
    assert Ledger(store).withdraw([f"{BASE}entity/raqqah"]) == 1
    assert links(store) == []
    assert Ledger(store).follow([row("accept", "raqqah", f"{WD}Q2")]).written == 1


def test_acceptance_makes_an_automatic_link_exact_and_rejection_takes_it_back(store):
    Ledger(store).add_close(
        [Link(f"{BASE}entity/raqqah", f"{WD}Q1", False, "93"), Link(f"{BASE}entity/mosull", f"{WD}Q2", False)]
    )
    outcome = Ledger(store).follow([row("accept", "raqqah", f"{WD}Q1"), row("reject", "mosull", f"{WD}Q2")])
    assert (outcome.written, outcome.withdrawn) == (1, 1)
    assert [m for m in read_matches(store) if not m.shipped] == [Match(f"{BASE}entity/raqqah", f"{WD}Q1", True, False)]


def test_automatic_links_are_never_exact_and_never_beside_the_gazetteers(store):
    tried = [Link(f"{BASE}entity/raqqah", f"{WD}Q1", True), Link(f"{BASE}entity/berlin", f"{WD}Q2", False)]
    assert Ledger(store).add_close(tried) == 0


def test_withdrawing_what_is_not_linked_is_named(store):
    with pytest.raises(UsageError, match="no link of or to it was accepted here"):
        Ledger(store).withdraw([f"{BASE}entity/berlin"])


# The review table and page


def test_table_is_read_back_as_written(tmp_path):
    rows = [row("accept", "a", f"{WD}Q1"), row("", "b", f"{WD}Q2")]
    write(rows, tmp_path / "t.tsv")
    assert read(tmp_path / "t.tsv") == rows
    assert written(rows).splitlines()[0].split("\t") == list(COLUMNS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb\n", "is no review table"),
        ("\t".join(COLUMNS) + "\nmaybe" + "\tx" * (len(COLUMNS) - 1) + "\n", "line 2: 'maybe' is no decision"),
    ],
)
def test_a_table_that_can_not_be_followed_is_named(tmp_path, text, message):
    (tmp_path / "t.tsv").write_text(text, encoding="utf8")
    with pytest.raises(UsageError, match=message):
        read(tmp_path / "t.tsv")


def test_page_escapes_what_services_say():
    evil = replace(row("", "a", "javascript:alert(1)"), name="</script><script>alert(1)</script>", evidence="<b>")
    text = page([evil])
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text
    assert "&lt;b&gt;" in text
    assert text.count("</script>") == 1


# Evidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36.3,43.1", (36.3, 43.1)),
        ("POINT(36.3 43.1)", (36.3, 43.1)),
        ("-33.9, 151", (-33.9, 151.0)),
        ("99,0", None),
        ("Mossul", None),
        ("", None),
    ],
)
def test_coordinates_are_read(text, expected):
    assert point(text) == expected


def test_kilometres():
    assert round(kilometres((52.5, 13.4), (48.1, 11.6))) == 506


PERSON = Entity("e", "Person", {"de": "Abu X", "en": "Abu X en"}, first="2014-06-10", last="2017-07-10")
TOWN = Entity("t", "City", {"de": "Mossul"}, latitude=36.3, longitude=43.1, neighbours=["Raqqa"])


@pytest.mark.parametrize(
    ("entity", "values", "score", "words"),
    [
        (PERSON, {}, 95.0, ""),
        (PERSON, {"P570": ["2003-01-01T00:00:00Z"]}, 65.0, "ends 2003, before our first event"),
        (PERSON, {"P569": ["2020"]}, 65.0, "begins 2020, after our last event"),
        (PERSON, {"P569": ["1971"], "P570": ["2019"]}, 95.0, ""),
        (TOWN, {"P625": ["36.31,43.11"]}, 95.0, "1 km away; acts in Raqqa"),
        (TOWN, {"P625": ["10,10"]}, 65.0, "4431 km away; acts in Raqqa"),
        (TOWN, {"P625": ["nowhere"]}, 95.0, "acts in Raqqa"),
    ],
)
def test_distance_and_time_speak_against_a_candidate(entity, values, score, words):
    judged = judge(entity, Candidate("Q1", "X", 95.0, True), values, {}, WIKIDATA)
    assert (judged.score, judged.words) == (score, words)


def test_question_carries_what_the_service_can_weigh():
    town = replace(TOWN, country="c", kind="City")
    known = {"c": Entity("c", "Country", {"de": "Irak", "en": "Iraq"})}
    assert question(town, known, WIKIDATA, 5) == {
        "query": "Mossul", "limit": 5, "properties": [{"pid": "P625", "v": "36.3,43.1"}, {"pid": "P17", "v": "Iraq"}],
    }  # fmt: skip
    assert question(town, known, UNKNOWN, 5) == {"query": "Mossul", "limit": 5}
    assert question(town, known, LAGEBILD, 5)["type"] == "City"


# Services that are not to be trusted

MANIFEST = {
    "versions": ["0.2"], "name": "made up", "identifierSpace": WD, "schemaSpace": "http://www.wikidata.org/prop/direct/",
}  # fmt: skip
Reply = tuple[int, dict[str, str], bytes]


class Made:
    """A service in this process; ``reply`` decides on every request, ``asked`` counts them."""

    def __init__(self, reply: Callable[[Made, dict[str, Any]], Reply]) -> None:
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.address = ""


@contextmanager
def made(reply: Callable[[Made, dict[str, Any]], Reply]) -> Iterator[Made]:
    one = Made(reply)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {
                k: json.loads(v[0]) if k != "query" else v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()
            }
            one.asked.append(form)
            status, headers, body = one.reply(one, form)
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = answer  # noqa: N815 - named by http.server

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.address = f"http://127.0.0.1:{server.server_port}/api"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()


def said(value: Any) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


def results(form: dict[str, Any], candidate: dict[str, Any]) -> Reply:
    return said({key: {"result": [candidate]} for key in form["queries"]})


def honest(one: Made, form: dict[str, Any]) -> Reply:
    return results(form, {"id": "Q1", "name": "X", "score": 100, "match": True}) if "queries" in form else said(MANIFEST)


def lying(what: Callable[[dict[str, Any]], Reply]) -> Callable[[Made, dict[str, Any]], Reply]:
    return lambda one, form: what(form) if "queries" in form else said(MANIFEST)


def slow(one: Made, form: dict[str, Any]) -> Reply:
    time.sleep(1.3)
    return said(MANIFEST)


def good(**other: Any) -> dict[str, Any]:
    return {"id": "Q1", "name": "X", "score": 50.0, **other}


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (slow, "no answer"),
        (lambda one, form: (200, {}, b"<html>Welcome</html>"), "answers something that is no JSON"),
        (lambda one, form: (200, {}, b"[" * 100_000), "answers something that is no JSON"),
        (lambda one, form: said([]), "has no manifest"),
        (lambda one, form: said({**MANIFEST, "versions": ["0.1"]}), "doesn't speak version 0.2"),
        (lambda one, form: said({**MANIFEST, "identifierSpace": "x y"}), "identifier space that is no IRI"),
        (lambda one, form: (200, {}, b" " * (10 << 20)), "sends more than 4,194,304 bytes"),
        (lambda one, form: (302, {"Location": "http://127.0.0.1:1/evil"}, b""), "sends us on to http://127.0.0.1:1/evil"),
        (lambda one, form: (404, {}, b""), "answers 404 Not Found: is this the right address?"),
        (lambda one, form: (503, {"Retry-After": "5"}, b""), "answers 503 Service Unavailable: try again later"),
        (lambda one, form: (200, {"Content-Length": "1000"}, b"{"), "the answer breaks off"),
        (lying(lambda form: said([])), "answers a batch with no object"),
        (lying(lambda form: said({})), "leaves the query q0 without a result"),
        (lying(lambda form: said({"q0": {"result": {}}})), "leaves the query q0 without a result"),
        (lying(lambda form: results(form, {"id": "Q1"})), "a candidate without id and name"),
        (lying(lambda form: results(form, good(id="Q1> <x"))), "is no identifier of"),
        (lying(lambda form: results(form, good(id="P31"))), "gives 'P31', which is no identifier of"),
        (lying(lambda form: results(form, good(id="../../etc"))), "is no identifier of"),
        (lying(lambda form: results(form, good(score="high"))), "a score that is no number"),
        (lying(lambda form: (200, {}, b'{"q0": {"result": [{"id": "Q1", "name": "X", "score": NaN}]}}')), "no number"),
        (lying(lambda form: (200, {}, b"x" * (10 << 20))), "sends more than"),
        (lying(lambda form: (301, {"Location": "/elsewhere"}, b"")), "sends us on to /elsewhere"),
    ],
)
def test_a_bad_service_is_named_and_nothing_is_written(store, tmp_path, monkeypatch, capsys, reply, message):
    folder, review = str(store.folder), tmp_path / "review.tsv"
    store.close()
    before = (store.folder / "generation").read_text(encoding="utf8")
    with made(reply) as bad:
        arguments = ("--ask", "--automatic", "--store", folder, "--reconcile", bad.address, "--wikidata", "")
        assert command(monkeypatch)(*arguments, "-o", str(review)) == 1
        err = capsys.readouterr().err
        assert bad.address in err
    assert message in err
    assert len(err.splitlines()) == 2
    assert not review.exists()
    assert (store.folder / "generation").read_text(encoding="utf8") == before


def test_a_dead_service_is_named(store, tmp_path, monkeypatch, capsys):
    with made(honest) as gone:
        address = gone.address
    store.close()
    review = tmp_path / "review.tsv"
    arguments = ("--ask", "--store", str(store.folder), "--reconcile", address, "-o", str(review))
    assert command(monkeypatch)(*arguments) == 1
    assert f"kg: {address}: no answer" in capsys.readouterr().err
    assert not review.exists()


def test_an_address_that_is_none_is_wrong_usage(store):
    with pytest.raises(UsageError, match="is no web address"):
        proposed(store, "file:///etc/passwd")


def test_names_from_outside_become_one_printable_line(store):
    with made(lying(lambda form: results(form, good(name="a\tb\n\u202ec\x00d")))) as one:
        assert {row.name for row in proposed(store, one.address).rows} == {"a b c d"}


def test_a_run_that_broke_off_goes_on_where_it_was(store, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.linking.service.BATCH", 1)
    monkeypatch.setattr("kg.linking.propose.BATCH", 1)

    def failing(one: Made, form: dict[str, Any]) -> Reply:
        batches = [asked for asked in one.asked if "queries" in asked]
        return (500, {}, b"") if len(batches) > 2 else honest(one, form)

    file = tmp_path / "answers.jsonl"
    with made(failing) as one:
        with pytest.raises(ServiceError, match="answers 500"):
            proposed(store, one.address, cache=Cache(file))
        one.reply = honest
        one.asked.clear()
        assert proposed(store, one.address, cache=Cache(file)).asked == 4
        assert len(one.asked) == 2
        one.asked.clear()
        proposed(store, one.address, cache=Cache(file))
        assert one.asked == []


def test_a_line_that_a_crash_cut_off_is_asked_again(tmp_path):
    file = tmp_path / "answers.jsonl"
    Cache(file).put("s", "q", 1)
    file.write_text(file.read_text(encoding="utf8") + '["abc', encoding="utf8")
    assert Cache(file).get("s", "q") == 1
    assert Cache(file).get("s", "other") is None


def test_a_busy_service_is_left_alone_as_long_as_it_asks(store):
    waited: list[float] = []
    replies = iter([(429, {"Retry-After": "7"}, b""), (503, {}, b""), (429, {"Retry-After": "9999"}, b"")])
    with made(lambda one, form: next(replies, None) or honest(one, form)) as one:
        web = replace(QUICK, waits=(1.0, 4.0, 15.0), sleep=waited.append)
        assert service(one.address, web=web).manifest["name"] == "made up"
    assert waited == [7.0, 4.0, 60.0]


def test_queries_are_sent_in_batches(store):
    with made(honest) as one:
        service(one.address).candidates([{"query": str(n)} for n in range(23)])
        assert [len(form["queries"]) for form in one.asked if "queries" in form] == [10, 10, 3]


def test_a_slow_drip_is_cut_off():
    class Drip(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Drip) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            web = replace(QUICK, deadline=0.2, waits=())
            with pytest.raises(ServiceError, match=r"no whole answer within 0.2 s"):
                web.json(f"http://127.0.0.1:{server.server_port}/")
        finally:
            server.shutdown()
            thread.join()


# Wikipedia titles


def rows_of(*pairs: tuple[str, str]) -> Reply:
    bindings = [{"page": {"value": page}, "item": {"value": item}} for page, item in pairs]
    return said({"results": {"bindings": bindings}})


def test_an_entity_with_a_wikipedia_title_is_resolved_through_it_first(store):
    with made(honest) as names, made(lambda one, form: rows_of((PAGE, f"{WD}Q215880"))) as endpoint:
        found = proposed(store, names.address, endpoint.address)
        assert "schema.org/about" in endpoint.asked[0]["query"]
        asked = [query["query"] for form in names.asked for query in form.get("queries", {}).values()]
    titled = [row for row in found.rows if row.method == "title"]
    assert [(r.entity, r.target, r.score) for r in titled] == [(f"{BASE}entity/peshmerga", f"{WD}Q215880", "100")]
    assert "Peschmerga" not in asked


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (said([]), "answers no SPARQL results"),
        (rows_of((PAGE, f"{WD}P31")), "is no item of Wikidata"),
        (rows_of(("https://en.wikipedia.org/wiki/Other", f"{WD}Q1")), "is no item of Wikidata"),
    ],
)
def test_a_lying_sparql_endpoint_is_named(reply, message):
    with made(lambda one, form: reply) as endpoint, pytest.raises(ServiceError, match=message):
        items_of([PAGE], endpoint.address, QUICK, Cache())


def test_addresses_that_are_no_wikipedia_articles_are_not_asked_for():
    assert items_of(["https://example.org/> } #"], "http://127.0.0.1:1/", QUICK, Cache()) == {}


# Off unless asked


def test_without_being_told_to_ask_nothing_goes_to_the_network(store, monkeypatch):
    store.close()
    monkeypatch.setattr(Web, "json", lambda *_: pytest.fail("asked the network"))
    assert command(monkeypatch)("--store", str(store.folder)) == 0


def test_wikidata_is_the_service_by_default():
    values = settings({})
    assert str(values["reconcile"]).startswith("https://wikidata.")
    assert "wikidata.org" in str(values["wikidata"])


def test_all_entities_are_read(store):
    found = read_entities(store)
    raqqah = found[f"{BASE}entity/raqqah"]
    assert (raqqah.mentions, raqqah.first, raqqah.country) == (2, "2014-06-10", f"{BASE}entity/syr")
    assert found[f"{BASE}entity/peshmerga"].page == PAGE
