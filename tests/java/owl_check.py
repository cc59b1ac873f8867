"""What Protégé's own libraries say of the exported files: ``make owl-check``; needs Java, so no part of ``make test``.

ROBOT checks profile and report; the OWL API of the version that Protégé 5.6 uses loads and counts; HermiT reasons.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import OWL, RDF, RDFS

from kg.cli import main
from kg.namespaces import DEFAULT_BASE, LB
from kg.store.embedded import Store
from tests.bench.owl import EVENTS, fill

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
JARS = ROOT / ".cache" / "java"
SEEDS = ROOT.parent / "shared" / "gold" / "seeds"
ROBOT = "org.obolibrary.robot.CommandLineInterface"
SOURCES = ["samples", "seeds"] if SEEDS.is_dir() or os.environ.get("LAGEBILD_REQUIRE_GOLD") else ["samples"]
Figures = dict[str, list[str]]


def java(*arguments: str, memory: str = "2g") -> str:
    logback = next(JARS.glob("logback-classic-*.jar"))  # ROBOT fails where another logger comes first
    command = ["java", f"-Xmx{memory}", "-cp", f"{logback}:{JARS}/*", *arguments]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def figures(action: str, file: Path, *queries: str) -> Figures:
    found: Figures = defaultdict(list)
    for line in java(str(HERE / "OwlCheck.java"), action, str(file), *queries).splitlines():
        name, _, value = line.partition(" ")
        found[name].append(value)
    return found


@pytest.fixture(scope="module", params=SOURCES)
def folder(request, tmp_path_factory) -> Path:
    """Return a folder with the store of the samples or the seeds, and both its exports."""
    place = tmp_path_factory.mktemp(request.param)
    articles = ROOT / "kg" / "samples" if request.param == "samples" else SEEDS
    assert main(["build", *map(str, sorted(articles.glob("*.txt"))), "--store", str(place / "store")]) == 0
    for name, file in (("owl", "graph.owl"), ("owl-ttl", "graph.ttl")):
        assert main(["export", "--store", str(place / "store"), "--format", name, "-o", str(place / file)]) == 0
    return place


@pytest.fixture(scope="module")
def read(folder) -> Figures:
    return figures("reason", folder / "graph.owl")


def expected(file: Path) -> dict[str, int]:
    """Count with our own eyes what the OWL API is to find in the Turtle file."""
    triples = {quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE)}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for s, p, o in triples:
        if p.value == str(RDF.type):
            kinds[o.value].add(s.value)
    individuals = kinds[str(OWL.NamedIndividual)]
    counts: Counter[str] = Counter()
    for s, p, o in triples:
        if p.value == str(RDF.type):
            counts["class-assertions"] += s.value in individuals and o.value != str(OWL.NamedIndividual)
        elif p.value in kinds[str(OWL.ObjectProperty)]:
            counts["object-assertions"] += 1
        elif p.value in kinds[str(OWL.DatatypeProperty)]:
            counts["data-assertions"] += 1
    return {
        "classes": len(kinds[str(OWL.Class)]),
        "individuals": len(individuals),
        **counts,
    }


def test_counts_of_the_owl_api_are_ours(folder, read):
    ours = expected(folder / "graph.ttl")
    assert {name: int(read[name][0]) for name in ours} == ours
    assert ours["individuals"] > 1000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("missing-imports", "0"), ("imports", "0"), ("unparsed-triples", "0"), ("anonymous", "0"),
        ("without-labels", "0"), ("profile-violations", "0"), ("consistent", "true"), ("unsatisfiable", "0"),
        ("consistent-when-an-event-is-an-actor", "false"),
    ],
)  # fmt: skip
def test_owl_api_and_hermit_say(read, name, value):
    assert read[name] == [value]


def test_the_dl_query_of_the_guide_answers_as_sparql_does(folder, read):
    query = f"SELECT DISTINCT ?e {{ ?e a <{LB.Capture}> ; <{LB.place}> <{DEFAULT_BASE}entity/mosul> }}"
    with Store(folder / "store") as store:
        assert read["capture-of-mosul"] == sorted(row["e"].value for row in store.query(query))


def test_every_dl_query_of_the_guide_is_understood(folder):
    guide = (ROOT / "ontology" / "PROTEGE.md").read_text(encoding="utf8")
    queries = ["capture and 'takes place at' value Mosul", *re.findall(r"\| `([^`]+)` \|", guide)]
    assert len(queries) == 4
    assert all(query in guide for query in queries)
    understood = figures("parse", folder / "graph.owl", *queries)["understood"]
    assert len(understood) == len(queries)


def test_turtle_is_read_the_same_way(folder, read):
    names = ("classes", "individuals", "class-assertions", "object-assertions", "data-assertions", "annotations")
    turtle = figures("read", folder / "graph.ttl")
    assert {name: turtle[name] for name in names} == {name: read[name] for name in names}


@pytest.mark.parametrize("file", ["graph.owl", "graph.ttl"])
def test_robot_finds_no_violation_of_owl_2_dl(folder, tmp_path, file):
    report = tmp_path / "profile.txt"
    java(ROBOT, "validate-profile", "--profile", "DL", "--input", str(folder / file), "--output", str(report))
    assert "[Ontology and imports closure in profile]" in report.read_text()


def reported(file: Path, report: Path) -> list[str]:
    arguments = ["report", "--input", str(file), "--fail-on", "none", "--profile", "report_profile.txt"]
    java(ROBOT, *arguments, "--output", str(report))
    head, *rows = report.read_text().splitlines()
    assert head.split("\t")[:2] == ["Level", "Rule Name"]
    return [row for row in rows if row.startswith("ERROR")]


def test_robot_reports_no_error(folder, tmp_path):
    assert reported(folder / "graph.owl", tmp_path / "report.tsv") == []


def test_robot_reports_a_planted_second_label(folder, tmp_path):
    """Else no report of an error would prove nothing."""
    planted = tmp_path / "planted.ttl"
    text = (folder / "graph.ttl").read_text(encoding="utf8")
    extra = f'\n<{LB.Capture}> <{RDFS.label}> "Besetzung"@de .\n'
    planted.write_text(text + extra, encoding="utf8")
    assert len(reported(planted, tmp_path / "report.tsv")) == 2


def test_the_shipped_ontology_opens_file_by_file():
    files = sorted((ROOT / "ontology").glob("*.ttl"))
    assert files
    for file in files:
        found = figures("read", file)
        assert (found["missing-imports"], found["unparsed-triples"]) == (["0"], ["0"]), file.name


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Iterator[Path]:
    """Return the export of 20,000 events; removed at the end, it is large."""
    place = tmp_path_factory.mktemp("many")
    articles = sorted((ROOT / "kg" / "samples").glob("*.txt"))
    assert main(["build", *map(str, articles), "--store", str(place / "samples")]) == 0
    with Store(place / "many", write=True) as store, Store(place / "samples") as source:
        fill(store, source, EVENTS)
    assert main(["export", "--store", str(place / "many"), "--format", "owl", "-o", str(place / "many.owl")]) == 0
    yield place / "many.owl"
    shutil.rmtree(place)


def test_twenty_thousand_events_load_within_two_gibibytes(many):
    """The machine's heap is held to 2 GiB, so that more would end it."""
    found = figures("read", many)
    assert (found["unparsed-triples"], found["profile-violations"]) == (["0"], ["0"])
    assert int(found["individuals"][0]) > EVENTS
    print(f"OWL API: {found['individuals'][0]} individuals in {found['memory-mib'][0]} MiB")

