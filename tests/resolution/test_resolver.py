"""A store is resolved from what has changed, and looks as if it had been resolved from nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from kg.build import update
from kg.build.handover import reports_in
from kg.graph import Descriptions
from kg.knowledge.triples import Shipped, shipped_triples
from kg.namespaces import DEFAULT_BASE
from kg.resolution import resolver
from kg.resolution.event_reports import EventReport
from kg.resolution.index import INDEX_FILE
from kg.resolution.judgements import Judgement, write_judgements
from kg.resolution.report_reader import Head, read_heads, read_reports
from kg.resolution.resolver import ResolutionTally, announce, read_anew, resolve
from kg.resources import listed
from kg.store.base import DERIVED
from kg.store.embedded import Store
from tests.support.building import built
from tests.support.made import small_shipped, triples
from tests.support.reported import article_triples

ARTICLES = {
    "morgenpost": "2017-11-09 Capture e1 abu-kamal 2017-11-09 syrian-army islamic-state",
    "abendblatt": "2017-11-10 Capture e2 abu-kamal 2017-11-09 - islamic-state ; Killing e3 mosul 2017-11-01 - - 12",
    "nachrichten": "2017-11-12 Capture e4 abu-kamal 2017-11-01..2017-11-30 syrian-army islamic-state",
    "wochenblatt": "2017-11-03 Killing e5 mosul 2017-11-01 - - 15 ; Capture e6 deir-ez-zor 2017-11-03 syrian-army -",
}
EVENT = f"{DEFAULT_BASE}event/"


@cache
def places() -> Shipped:
    """Return a gazetteer of three towns in two governorates, and two sides."""
    kinds = {"east": "Region", "north": "Region", "syrian-army": "StateForce", "islamic-state": "ArmedGroup"}
    towns = {"abu-kamal": "east", "deir-ez-zor": "east", "mosul": "north"}
    entries = [f'<entity/{name}> a lb:{kind} ; rdfs:label "{name}"@de .' for name, kind in kinds.items()]
    for town, region in towns.items():
        entries.append(f'<entity/{town}> a lb:City ; rdfs:label "{town}"@de ; lb:locatedIn <entity/{region}> .')
    return shipped_triples(small_shipped().ontology, triples("".join(entries)))


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with Store(tmp_path / "store", write=True) as store:
        store.load_shipped(places())
        yield store


def put(store: Store, *names: str, day: str = "", announced: bool = False) -> None:
    for name in names:
        text = f"{day}{ARTICLES[name][10:]}" if day else ARTICLES[name]
        graph, told = article_triples(name, text)
        read_anew(store, [graph.value])
        store.replace({graph: told})
        if announced:
            announce(store, filter(None, [reports_in(graph.value, Descriptions.of(told), DEFAULT_BASE)]))


def quads(store: Store) -> set[tuple[str, Triple]]:
    return {(graph.value, triple) for graph in store.graphs() for triple in store.triples(graph)}


def names(store: Store, place: str) -> dict[str, str]:
    """Return what each article calls its event at a place."""
    rows = store.query(
        f"""SELECT ?a ?e {{ GRAPH ?a {{ ?e <https://w3id.org/lagebild/ontology#place> <{DEFAULT_BASE}entity/{place}> ;
        <http://purl.org/dc/terms/identifier> ?id }} }}"""
    )
    return {row["a"].value.rpartition("/")[2]: row["e"].value.removeprefix(EVENT) for row in rows}


def test_reports_of_one_event_share_its_earliest_name(store: Store) -> None:
    put(store, *ARTICLES)
    assert resolve(store) == ResolutionTally(articles=4, blocks=2, renamed=2)
    assert names(store, "abu-kamal") == {"morgenpost": "e1", "abendblatt": "e1", "nachrichten": "e1"}
    assert names(store, "mosul") == {"abendblatt": "e5", "wochenblatt": "e5"}


def test_a_name_that_is_given_up_points_at_its_successor(store: Store) -> None:
    put(store, *ARTICLES)
    resolve(store)
    rows = store.query("SELECT ?old ?new { ?old <http://purl.org/dc/terms/isReplacedBy> ?new }")
    assert {(r["old"].value.removeprefix(EVENT), r["new"].value.removeprefix(EVENT)) for r in rows} == {
        ("e2", "e1"), ("e4", "e1"), ("e3", "e5"),
    }  # fmt: skip


def test_an_earlier_article_that_comes_later_gives_the_event_its_name(store: Store) -> None:
    put(store, "abendblatt")
    resolve(store)
    assert names(store, "abu-kamal") == {"abendblatt": "e2"}
    put(store, "morgenpost")
    resolve(store)
    assert names(store, "abu-kamal") == {"abendblatt": "e1", "morgenpost": "e1"}


def test_what_is_unchanged_is_left_alone(store: Store) -> None:
    put(store, *ARTICLES)
    resolve(store)
    before = quads(store)
    assert resolve(store) == ResolutionTally()
    assert quads(store) == before


@pytest.mark.parametrize("seed", range(20))
def test_any_sequence_of_changes_ends_as_if_built_from_nothing(tmp_path: Path, seed: int) -> None:
    """Also where resolutions are broken off in the middle, articles change or go before the next, or are announced."""
    chance = random.Random(seed)
    with Store(tmp_path / "grown", write=True) as grown, Store(tmp_path / "new", write=True) as new:
        grown.load_shipped(places())
        new.load_shipped(places())
        days: dict[str, str] = {}
        for _ in range(12):
            name = chance.choice(list(ARTICLES))
            if name in days and chance.random() < 0.4:
                del days[name]
                grown.remove(NamedNode(f"{DEFAULT_BASE}article/{name}"))
            else:
                days[name] = chance.choice(["2017-11-01", "2017-11-05", "2017-11-20"])
                put(grown, name, day=days[name], announced=chance.random() < 0.5)
            if chance.random() < 0.6:
                broken_off(grown, chance.choice([0, 1, 2, 3, 1000]))
            if chance.random() < 0.1:
                (tmp_path / "grown" / INDEX_FILE).unlink(missing_ok=True)
        resolve(grown)
        for name, day in sorted(days.items()):
            put(new, name, day=day)
        resolve(new)
        assert quads(grown) == quads(new)


def broken_off(store: Store, writes: int) -> None:
    """Resolve, but no further than so many writes into the store."""
    left = [writes]

    def change(self: Store, *arguments: object, whole=Store.change) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        whole(self, *arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(Store, "change", change)
        resolve(store)


def test_what_is_announced_is_not_read_out_of_the_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, *ARTICLES, announced=True)
    asked: list[Head] = []
    monkeypatch.setattr(resolver, "read_reports", lambda _, heads, base: asked.extend(heads) or [])
    assert resolve(store) == ResolutionTally(articles=4, blocks=2, renamed=2)
    assert asked == []


def test_reports_in_a_graph_are_those_read_out_of_a_store(tmp_path: Path) -> None:
    samples = [str(file) for file in listed("samples", ".txt")[:4]]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(update, "resolve", lambda _: ResolutionTally())
        assert built(tmp_path, *samples).built == 4
    with Store(tmp_path / "store") as store:
        heads = read_heads(store)
        graphs = {name: Descriptions.of(store.triples(NamedNode(name))) for name in heads}
        announced = [found for name, graph in graphs.items() if (found := reports_in(name, graph, DEFAULT_BASE))]
        assert {reports.head.article: reports.head for reports in announced} == heads
        told = [(EventReport.from_json(text).as_json(), text) for reports in announced for text in reports.reports]
        assert len(told) > 20
        read = [report.as_json() for report, _ in read_reports(store, heads.values(), DEFAULT_BASE)]
        assert sorted(again for again, _ in told) == sorted(text for _, text in told) == sorted(read)


def test_an_end_in_the_middle_is_made_good_by_the_next_call(store: Store) -> None:
    put(store, *ARTICLES)
    for writes in range(8):
        broken_off(store, writes)
    resolve(store)
    with Store(Path(str(store)).with_name("new"), write=True) as new:
        new.load_shipped(places())
        put(new, *ARTICLES)
        resolve(new)
        assert quads(store) == quads(new)


def test_a_judgement_is_obeyed_and_can_be_taken_back(store: Store) -> None:
    put(store, *ARTICLES)
    resolve(store)
    before = quads(store)
    file = store.folder / "judgements.tsv"
    write_judgements(file, [Judgement("split", f"{EVENT}e1", f"{EVENT}e2"), Judgement("join", f"{EVENT}e6", f"{EVENT}e1")])
    resolve(store)
    assert names(store, "abu-kamal")["abendblatt"] == "e2"
    assert names(store, "deir-ez-zor")["wochenblatt"] == "e6"
    file.unlink()
    resolve(store)
    assert quads(store) == before


def test_copies_count_once(store: Store) -> None:
    put(store, "morgenpost", "nachrichten")
    text = (
        "Die Armee nahm am Donnerstag die letzte Stadt am Fluss ein, wie ihr Sprecher am Abend in der Hauptstadt sagte."
        " Die Kämpfe hatten drei Tage gedauert, und viele Bewohner waren vorher geflohen."
    )
    for name in ("kurier", "anzeiger"):
        graph, told = article_triples(name, "2017-11-11 Capture e9-" + name + ARTICLES["morgenpost"][21:], text)
        store.replace({graph: told})
    resolve(store)
    lb = "https://w3id.org/lagebild/ontology#"
    rows = store.query(f"SELECT ?e ?all ?own {{ ?e <{lb}reports> ?all ; <{lb}independentReports> ?own }}")
    assert {row["e"].value.removeprefix(EVENT): (row["all"].value, row["own"].value) for row in rows} == {"e1": ("4", "3")}
    rows = store.query("SELECT ?a ?b { ?a <https://w3id.org/lagebild/ontology#copyOf> ?b }")
    assert [(r["a"].value[-6:], r["b"].value[-8:]) for r in rows] == [("kurier", "anzeiger")]


def test_what_is_derived_conforms_to_the_shapes(store: Store) -> None:
    from kg.validation.validator import Validator

    put(store, *ARTICLES)
    resolve(store)
    graph = NamedNode(DEFAULT_BASE + DERIVED)
    derived = store.triples(graph)
    assert derived
    assert Validator(places()).validate({graph: derived})[graph].results == ()
