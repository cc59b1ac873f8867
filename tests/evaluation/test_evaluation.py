"""Scoring: every figure on small made-up articles, and equality with the reference scorer where that stands by."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.cli import main
from kg.errors import UsageError
from kg.evaluation import Scores, evaluate, read_graph, report
from kg.evaluation.gold import read_gold
from kg.evaluation.matching import same_sentence
from kg.evaluation.scores import Count, Cubed, Figures, Finding
from kg.namespaces import PREFIXES
from tests.support.places import PROJECT

SHARED = PROJECT.parent / "shared"
REFERENCE = SHARED / "tools" / "score.py"
BASE = "https://example.org/"
GAZETTEER = NamedNode(BASE + "graph/gazetteer")
ITEMS = {"mosul": "Q83317", "islamic-state": "Q2429253", "iraq": "Q796"}
SENTENCE = "Am Montag nahm die Armee Mossul ein."


def iri(text: str) -> NamedNode:
    prefix, _, name = text.partition(":")
    return NamedNode(PREFIXES.get(prefix, BASE) + name)


def event(kind: str = "Capture", trigger: str = "nahm", sentence: str = SENTENCE, **more: Any) -> dict[str, Any]:
    return {"type": kind, "trigger": trigger, "sentence": sentence, "factuality": "Factual", **more}


def article(*events: dict[str, Any], **entities: dict[str, Any]) -> dict[str, Any]:
    listed = [
        {"id": slug.replace("_", "-"), "label_en": slug, "type": "City", "mentions": [], **more}
        for slug, more in {"mosul": {}, "islamic_state": {}, "army": {"mentions": ["Die Armee"]}, **entities}.items()
    ]
    return {"doc": "a.txt", "entities": listed, "events": list(events)}


def graph(name: str, events: list[dict[str, Any]], linked: tuple[str, ...] = ()) -> Iterator[Quad]:
    """Yield a graph as the software builds it; entities are named by their slugs."""
    source = NamedNode(f"{BASE}article/{name}")
    yield Quad(source, iri("lb:sourcePath"), Literal(f"somewhere/{name}"), source)
    for n, e in enumerate(events):
        mention, sentence = (NamedNode(f"{BASE}{what}/{name}/{n}") for what in ("mention", "sentence"))
        node = NamedNode(f"{BASE}event/{name}/{e.get('occurrence', n)}")
        yield Quad(node, iri("rdf:type"), iri(f"lb:{e['type']}"), source)
        yield Quad(node, iri("gaf:denotedBy"), mention, source)
        yield Quad(mention, iri("nif:anchorOf"), Literal(e["trigger"]), source)
        yield Quad(mention, iri("nif:sentence"), sentence, source)
        yield Quad(sentence, iri("nif:anchorOf"), Literal(e["sentence"]), source)
        yield Quad(mention, iri("lb:factuality"), iri(f"lb:{e['factuality']}"), source)
        for role in ("agent", "target", "place"):
            yield from (Quad(node, iri(f"lb:{role}"), entity(slug), source) for slug in e.get(role) or ())
        yield from (Quad(mention, iri("lb:attributedTo"), entity(s), source) for s in e.get("attributed_to") or ())
        for bound in ("earliest", "latest"):
            if e.get(bound):
                yield Quad(node, iri(f"lb:{bound}"), Literal(f"{e[bound]}T00:00:00Z"), source)
    for slug in linked:
        yield Quad(entity(slug), iri("gaf:denotedBy"), NamedNode(f"{BASE}mention/{name}/{slug}"), source)


def entity(slug: str) -> NamedNode:
    return NamedNode(f"{BASE}entity/{slug}")


def gazetteer(names: dict[str, str], items: dict[str, str]) -> Iterator[Quad]:
    for slug, name in names.items():
        yield Quad(entity(slug), iri("rdfs:label"), Literal(name, language="de"), GAZETTEER)
    for slug, item in items.items():
        yield Quad(entity(slug), iri("skos:exactMatch"), iri(f"wd:{item}"), GAZETTEER)


@pytest.fixture
def gold_dir(tmp_path: Path) -> Path:
    rows = ["slug\tqid\tdemanded", *(f"{slug}\t{item}\tyes" for slug, item in ITEMS.items())]
    (tmp_path / "entities.tsv").write_text("\n".join(rows) + "\n", encoding="utf8")
    return tmp_path


def score(gold_dir: Path, gold: dict[str, Any], found: list[dict[str, Any]], *linked: str) -> Scores:
    (gold_dir / "a.json").write_text(json.dumps(gold), encoding="utf8")
    known = gazetteer({"army": "die armee", "militia": "Die Miliz"}, ITEMS)
    return evaluate(gold_dir, [*graph("a.txt", found, linked), *known])


CASES = {
    "nothing annotated, nothing found": ([], [], Figures()),
    "a found event of the same type in the same sentence is right": (
        [event()], [event()], Figures(Count(right=1), matched=1, certain=1),
    ),
    "another type in the same sentence is surplus and leaves the annotated one missed": (
        [event()], [event("Siege")], Figures(Count(0, 1, 1)),
    ),
    "another sentence is surplus": (
        [event()], [event(sentence="Im Norden wird weiter gekämpft.")], Figures(Count(0, 1, 1)),
    ),
    "an optional event is not demanded": ([event(required=False)], [], Figures()),
    "an optional event is not punished and its roles are not counted": (
        [event(required=False)], [event(place=["mosul"])], Figures(),
    ),
    "the roles of a missed event are missed": (
        [event(place=["mosul"], target=["islamic-state"])], [], Figures(Count(missed=1), Count(missed=2)),
    ),
    "the roles of a surplus event are wrong": (
        [], [event(place=["mosul"], target=["islamic-state"])], Figures(Count(wrong=1), Count(wrong=2)),
    ),
    "a role is right by Wikidata item or by name, else wrong and missed": (
        [event(agent=["army"], target=["islamic-state"], place=["mosul"])],
        [event(agent=["army"], target=["militia"], place=["mosul"])],
        Figures(Count(right=1), Count(2, 1, 1), matched=1, certain=1),
    ),
    "an entity in the wrong role is wrong there and missed here": (
        [event(target=["army"])], [event(agent=["army"])],
        Figures(Count(right=1), Count(0, 1, 1), matched=1, certain=1),
    ),
    "a role that another mention of the same occurrence states is not punished": (
        [event(place=["mosul"], required=False, sentence="Mossul ist gefallen."), event(same_as=0)],
        [event(place=["mosul"])],
        Figures(Count(right=1), matched=1, certain=1),
    ),
    "of two events of a type the one with the same trigger matches": (
        [event(place=["mosul"])],
        [event(trigger="fiel", place=["army"]), event(place=["mosul"])],
        Figures(Count(1, 1), Count(1, 1), matched=1, certain=1),
    ),
    "both bounds must be exact": (
        [event(earliest="2016-10-17", latest="2016-10-17"), event("Siege", earliest="2016-10-01", latest=None)],
        [event(earliest="2016-10-17", latest="2016-10-17"), event("Siege", earliest="2016-10-01", latest="2016-10-31")],
        Figures(Count(right=2), matched=2, certain=2, dated=2, timely=1),
    ),
    "time is not measured where the text gives none": (
        [event()], [event(earliest="2016-10-17")], Figures(Count(right=1), matched=1, certain=1),
    ),
    "factuality and source are compared on matched events": (
        [event(factuality="Reported", attributed_to=["army"])], [event(attributed_to=["militia"])],
        Figures(Count(right=1), source=Count(0, 1, 1), matched=1),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("gold", "found", "figures"), CASES.values(), ids=CASES.keys())
def test_figures_follow_the_guideline(gold_dir: Path, gold: list[Any], found: list[Any], figures: Figures) -> None:
    scores = score(gold_dir, article(*gold, mosul={"optional": True}, islamic_state={"optional": True}), found)
    assert replace(scores.total, coref=Cubed()) == figures


def test_unspecified_victims_are_neither_demanded_nor_punished(gold_dir: Path) -> None:
    gold = article(event("Killing", target=["people"]), event("Killing", "starben"), people={}, civilians={})
    found = [event("Killing", target=["civilians"]), event("Killing", "starben", target=["people"])]
    assert score(gold_dir, gold, found).total.role == Count(right=1)
    assert score(gold_dir, gold, [event("Killing")]).total.role == Count()
    assert score(gold_dir, article(), [event("Killing", target=["people", "civilians"])]).total.role == Count(wrong=1)


FALLS = ("Am Montag fiel Mossul.", "Die Armee meldete den Fall der Stadt.", "Beim Sturm starben viele.")
GROUPS = {
    "each alone, as annotated": ([None, None, None], [0, 1, 2], Cubed(3, 3, 3)),
    "one event, as annotated": ([None, 0, 1], [0, 0, 0], Cubed(3, 3, 3)),
    "one occurrence told of as strangers": ([None, 0, 0], [0, 1, 2], Cubed(3, 1, 3)),
    "strangers told of as one event": ([None, None, None], [0, 0, 0], Cubed(1, 3, 3)),
    "one of the occurrence's mentions left to a stranger": ([None, None, 1], [0, 0, 1], Cubed(2, 2, 3)),
}


@pytest.mark.parametrize(("same_as", "occurrences", "cubed"), GROUPS.values(), ids=GROUPS.keys())
def test_coreference_is_measured_mention_by_mention(
    gold_dir: Path, same_as: list[int | None], occurrences: list[int], cubed: Cubed
) -> None:
    gold = [event(sentence=words, same_as=first) for words, first in zip(FALLS, same_as, strict=True)]
    found = [event(sentence=words, occurrence=n) for words, n in zip(FALLS, occurrences, strict=True)]
    assert score(gold_dir, article(*gold), found).total.coref == cubed


def test_links_are_demanded_of_the_article_unless_optional(gold_dir: Path) -> None:
    gold = article(mosul={}, islamic_state={}, iraq={"optional": True})
    assert score(gold_dir, gold, [], "mosul", "iraq").total.link == Count(1, 0, 1)
    assert score(gold_dir, article(), [], "mosul", "islamic-state", "iraq").total.link == Count(2, 1, 0)


def test_a_link_is_not_demanded_where_the_table_says_no(gold_dir: Path) -> None:
    table = "slug\tqid\tdemanded\nmosul\tQ83317\tno\nislamic-state\tQ2429253|Q1\tyes\n"
    (gold_dir / "entities.tsv").write_text(table, encoding="utf8")
    assert score(gold_dir, article(), [], "islamic-state").total.link == Count(right=1)


def test_finer_classes_count_as_the_type_above_them(gold_dir: Path) -> None:
    (gold_dir / "a.json").write_text(json.dumps(article(event("Killing"), event("Killing"))), encoding="utf8")
    below = [("lb:Execution", "lb:Killing"), ("lb:Beheading", "lb:Execution"), ("lb:Killing", "lb:Event")]
    finer = [Quad(iri(a), iri("rdfs:subClassOf"), iri(b), GAZETTEER) for a, b in below]
    scores = evaluate(gold_dir, [*graph("a.txt", [event("Beheading"), event("Execution")]), *finer])
    assert scores.by_kind == {"Killing": Figures(Count(right=2), coref=Cubed(2, 2, 2), matched=2, certain=2)}


def test_an_article_that_the_graph_does_not_hold_is_named_and_counted_as_missed(gold_dir: Path) -> None:
    (gold_dir / "a.json").write_text(json.dumps(article(event())), encoding="utf8")
    scores = evaluate(gold_dir, [])
    assert scores.missing == ("a.txt",)
    assert scores.total.event == Count(missed=1)


def test_parts_add_up_to_the_whole(gold_dir: Path) -> None:
    scores = score(gold_dir, article(event(), event("Siege")), [event(), event("Clash")], "mosul")
    assert list(scores.by_kind) == ["Capture", "Clash", "Siege"]
    assert sum((f.event.right for f in scores.by_kind.values()), 0) == scores.total.event.right == 1
    assert scores.by_document == {"a.txt": scores.total}


def test_findings_name_what_to_look_at(gold_dir: Path) -> None:
    scores = score(gold_dir, article(event()), [event("Siege", "kesselt")], "mosul", "iraq")
    assert scores.findings == (
        Finding("missed", "a.txt", "Capture", "nahm", SENTENCE),
        Finding("surplus", "a.txt", "Siege", "kesselt", SENTENCE),
        Finding("unlinked", "a.txt", "islamic-state"),
        Finding("wrong link", "a.txt", "Q796"),
    )


def test_findings_say_what_is_wrong_with_a_found_event(gold_dir: Path) -> None:
    day = {"earliest": "2016-10-17", "latest": "2016-10-17"}
    gold = event(agent=["army"], target=["mosul"], factuality="Reported", attributed_to=["army"], **day)
    scores = score(gold_dir, article(gold), [event(agent=["militia"])], *ITEMS)
    assert [(f.fault, f.what) for f in scores.findings] == [
        ("role", "Capture: agent +militia -army"),
        ("role", "Capture: target -mosul"),
        ("source", "Capture: -army"),
        ("time", "Capture: 2016-10-17 is not "),
        ("factuality", "Capture: Reported is not Factual"),
        ("wrong link", "Q796"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Die Stadt fiel am Montag.", "die stadt fiel am montag", True),
        ("Die Stadt fiel am Montag.", "Beirut ap | Die Stadt fiel am Montag", True),
        ("Die Stadt fiel am Montag.", "Die Stadt hielt am Montag stand.", True),
        ("Die Stadt fiel am Montag.", "Im Norden wird noch immer gekämpft.", False),
        ("Mossul fiel.", "Mossul fiel", True),
        ("Mossul fiel.", "Mossul fiel gestern an die Armee", False),
        ("...", "...", False),
    ],
)
def test_sentences_are_compared_by_their_words(one: str, other: str, same: bool) -> None:
    assert same_sentence(one, other) is same


@pytest.mark.parametrize(
    "content",
    [
        None,
        "[]",
        "{",
        json.dumps({"doc": "a.txt", "entities": []}),
        json.dumps(article(event(place=["nowhere"]))),
        json.dumps(article(event(same_as=1), event(same_as=0))),
        json.dumps(article(event(same_as=5))),
    ],
)
def test_a_folder_without_proper_annotations_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "a.json").write_text(content, encoding="utf8")
    with pytest.raises(UsageError, match="annotat"):
        read_gold(tmp_path)


def test_report_shows_figures_to_people_and_machines(gold_dir: Path) -> None:
    gold = article(event(place=["mosul"], earliest="2016-10-17"), event("Siege"))
    scores = score(gold_dir, gold, [event(place=["mosul"], earliest="2016-10-17")], "mosul")
    assert list(report.summary(scores)) == [
        "event    P 1.000  R 0.500  F1 0.667",
        "role     P 1.000  R 1.000  F1 1.000",
        "link     P 1.000  R 0.500  F1 0.667",
        "source   P 0.000  R 0.000  F1 0.000",
        "coref    P 1.000  R 1.000  F1 1.000",
        "time     1.0",
        "factual  1.0",
    ]
    assert list(report.breakdown("event type", scores.by_kind)) == [
        "event type  right  surplus  missed  P     R     F1    role F1  source F1  coref F1  time  factual",
        "Capture     1      0        0       1.00  1.00  1.00  1.00     0.00       1.00      1.00  1.00",
        "Siege       0      0        1       0.00  0.00  0.00  0.00     0.00       0.00      -     -",
    ]
    assert list(report.findings(scores.findings)) == [
        "fault     document  what           trigger  sentence",
        "missed    a.txt     Siege          nahm     Am Montag nahm die Armee Mossul ein.",
        "unlinked  a.txt     islamic-state",
    ]
    figures = report.as_json(scores)
    assert figures["event"] == {"p": 1.0, "r": 0.5, "f1": 0.667}
    assert figures["by_type"]["Siege"]["time"] is None


def disturbed(gold: list[dict[str, Any]], dice: random.Random) -> list[dict[str, Any]]:
    """Return events that are partly what was annotated and partly not."""
    slugs = sorted({e["id"] for doc in gold for e in doc["entities"]})
    kinds = sorted({e["type"] for doc in gold for e in doc["events"]})
    events = []
    for doc in gold:
        found = [dict(e, roles=None) for e in doc["events"] if dice.random() < 0.7]
        for e in found:
            for role in ("agent", "target", "place", "attributed_to"):
                kept = [s for s in e[role] or () if dice.random() < 0.8]
                e[role] = kept + ([dice.choice(slugs)] if dice.random() < 0.3 else [])
            e["type"] = dice.choice(kinds) if dice.random() < 0.2 else e["type"]
            e["factuality"] = dice.choice(["Factual", "Reported"]) if dice.random() < 0.3 else e["factuality"]
            e["latest"] = None if dice.random() < 0.2 else e["latest"]
        for n, e in enumerate(found):
            e["occurrence"] = dice.randrange(n + 1) if dice.random() < 0.3 else n
        events.append({"doc": doc["doc"], "events": found, "linked": tuple(s for s in slugs if dice.random() < 0.2)})
    return events


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer stands beside the repository, if at all")
@pytest.mark.parametrize("part", ["seeds", "dev"])
def test_figures_are_those_of_the_reference_scorer(tmp_path: Path, part: str) -> None:
    gold_dir = SHARED / "gold" / part
    gold = [json.loads(path.read_text(encoding="utf8")) for path in sorted(gold_dir.glob("*.json"))]
    articles = read_gold(gold_dir)
    items = {slug: min(e.qids) for a in articles for slug, e in a.entities.items() if e.qids}
    names = {e["id"]: e["label_en"] for doc in gold for e in doc["entities"]}
    quads = list(gazetteer(names, items))
    for built in disturbed(gold, random.Random(7)):
        quads += graph(built["doc"], built["events"], built["linked"])
    export = tmp_path / "export.nq"
    export.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    command = [sys.executable, str(REFERENCE), str(gold_dir), str(export), "--json"]
    reference = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = report.as_json(evaluate(gold_dir, quads))
    assert {name: ours[name] for name in reference} == reference
    assert 0.3 < ours["event"]["f1"] < 0.9  # the disturbance shows, so every branch is walked
    assert len(read_graph(quads).events) == len(gold)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer stands beside the repository, if at all")
def test_command_prints_the_reference_scorers_figures_of_a_built_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds, store, export = SHARED / "gold" / "seeds", tmp_path / "store", tmp_path / "export.nq"
    assert main(["build", *map(str, sorted(seeds.glob("*.txt"))), "--store", str(store)]) == 0
    assert main(["export", "--store", str(store), "--format", "nq", "-o", str(export)]) == 0
    command = [sys.executable, str(REFERENCE), str(seeds), str(export), "--json"]
    reference = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    capsys.readouterr()
    assert main(["eval", str(seeds), "--store", str(store), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert {name: ours[name] for name in reference} == reference
    assert ours["event"]["f1"] > 0.5


def test_command_scores_the_shipped_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--verbose"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"event    P 0\.\d{3}  R 0\.\d{3}  F1 0\.[5-9]\d\d", lines[0])
    assert [line.split()[0] for line in lines[:7]] == ["event", "role", "link", "source", "coref", "time", "factual"]
    headings = [line.split()[0] for line in lines if line.split()[1:2] in (["right"], ["type"], ["document"])]
    assert headings == ["document", "event", "fault"]
    assert sum(line.startswith(("0", "1")) and ".txt " in line for line in lines) == 12


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nowhere"], "nowhere: no such folder"), (["."], ".: no annotated article")],
)
def test_command_refuses_a_folder_without_annotations(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["eval", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"kg: {message}")
