"""``kg link`` against our own reconciliation service over HTTP: candidates, decisions, review, evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph

from kg.errors import UsageError
from kg.export.formats import EXPORT_FORMATS
from kg.linking.check import check
from kg.linking.entities import Match, StoredEntity, read_matches
from kg.linking.evidence import judge, point, question
from kg.linking.link_store import Ledger, Link, read_rejections
from kg.linking.profile import LAGEBILD, UNKNOWN, WIKIDATA
from kg.linking.review_page import review_page
from kg.linking.review_table import COLUMNS, Row, read, write, written
from kg.linking.service import ServiceCandidate
from kg.store.base import LINKS
from kg.store.embedded import Store
from tests.support import owl_profile
from tests.support.linking import BASE, SPACE, WD, command, folder_fixture, own_fixture, proposed, service, store_fixture  # noqa: F401
from tests.support.places import PROJECT

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
    *figures, link = capsys.readouterr().out.splitlines()
    assert link == f"{BASE}entity/raqqah\texactMatch\t{SPACE}raqqa"
    assert any(figure.startswith("City                           2 of     4 linked") for figure in figures)
    assert kg("--withdraw", f"{BASE}entity/raqqah", "--store", folder) == 0
    capsys.readouterr()
    assert kg("--store", folder) == 0
    assert "Match\t" not in capsys.readouterr().out


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
        Link(f"{BASE}entity/zwoelfkirchen", f"{SPACE}no-such-town", True),
        Link(f"{BASE}entity/berlin", f"{SPACE}damascus", True),
    ]
    Ledger(store).change(links, [])
    number, doubts = check(store, service(own))
    assert number == 4
    assert [(d.entity.rsplit("/", 1)[-1], d.finding) for d in doubts] == [
        ("berlin", "the item is called Damaskus"),
        ("berlin", "the item is 2789 km away"),
        ("mosull", "the item is called Berlin"),
        ("zwoelfkirchen", "the service doesn't know the item"),
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
    vocabulary = owl_profile.read((PROJECT / "ontology" / "lagebild.ttl").read_bytes())
    assert owl_profile.findings(graph, vocabulary) == []
    assert isinstance(graph, Graph)


def test_an_accepted_link_is_in_the_file_for_protege(store, tmp_path):
    Ledger(store).follow([row("accept", "raqqah", f"{WD}Q47049")])
    with (tmp_path / "graph.ttl").open("wb") as out:
        EXPORT_FORMATS["owl-ttl"](store, out)
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
    text = review_page([evil])
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


PERSON = StoredEntity("e", "Person", {"de": "Abu X", "en": "Abu X en"}, first="2014-06-10", last="2017-07-10")
TOWN = StoredEntity("t", "City", {"de": "Mossul"}, latitude=36.3, longitude=43.1, neighbours=["Raqqa"])


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
    judged = judge(entity, ServiceCandidate("Q1", "X", 95.0, True), values, {}, WIKIDATA)
    assert (judged.score, judged.words) == (score, words)


def test_question_carries_what_the_service_can_weigh():
    town = replace(TOWN, country="c", kind="City")
    known = {"c": StoredEntity("c", "Country", {"de": "Irak", "en": "Iraq"})}
    assert question(town, known, WIKIDATA, 5) == {
        "query": "Mossul", "limit": 5, "properties": [{"pid": "P625", "v": "36.3,43.1"}, {"pid": "P17", "v": "Iraq"}],
    }  # fmt: skip
    assert question(town, known, UNKNOWN, 5) == {"query": "Mossul", "limit": 5}
    assert question(town, known, LAGEBILD, 5)["type"] == "City"
