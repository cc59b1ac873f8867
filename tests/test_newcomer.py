"""A new verb, a new actor with two spellings and a new town are one line of data each, and no Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = {
    "kg/lexicon/events/triggers.tsv": "zernieren\tV\tSiege\tsiege\t\t\t",
    "ontology/actors.ttl": ":talwar-brigade a owl:NamedIndividual, lb:Militia ; rdfs:label"
    ' "Talwar-Brigade"@de, "Talwar Brigade"@en ; skos:altLabel "Kataib Talwar"@de .',
    "ontology/places.ttl": ":tell-andal a owl:NamedIndividual, lb:City ;"
    ' rdfs:label "Tell Andal"@de, "Tell Andal"@en ; lb:locatedIn :syria .',
}
ARTICLE = """Brigade vor der Stadt

Die Talwar-Brigade zernierte am Montag die Stadt Tell Andal. Bewohner berichteten von Schüssen in der Nacht.

Am Abend verließ die Kataib Talwar die Dörfer am Fluss wieder. Wohin sie zog, war zunächst nicht bekannt.
"""
QUERY = """SELECT ?words WHERE { GRAPH ?article {
    ?event a lb:Siege ; lb:agent <https://w3id.org/lagebild/entity/talwar-brigade> ;
        lb:place <https://w3id.org/lagebild/entity/tell-andal> .
    <https://w3id.org/lagebild/entity/talwar-brigade> gaf:denotedBy/nif:anchorOf ?words } } ORDER BY ?words"""


def kg(tree: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "kg.cli", *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(tree: Path, store: str) -> list[str]:
    return kg(tree, "query", QUERY, "--store", store, "--format", "csv").splitlines()[1:]


@pytest.fixture
def tree(tmp_path):
    """Return a copy of the project, as a newcomer would have it, with an article to read."""
    for folder in ("kg", "ontology", "shapes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "bericht.txt").write_text(ARTICLE, encoding="utf8")
    return tmp_path


def test_three_lines_of_data_teach_a_verb_an_actor_and_a_town(tree):
    kg(tree, "build", "bericht.txt", "--date", "2017-11-09", "--store", "before")
    assert asked(tree, "before") == []
    for file, line in LINES.items():
        with (tree / file).open("a", encoding="utf8") as data:
            data.write(line + "\n")
    kg(tree, "build", "bericht.txt", "--date", "2017-11-09", "--store", "after")
    found = " / ".join(asked(tree, "after"))
    assert "Talwar-Brigade" in found
    assert "Kataib Talwar" in found


KIND_ROW = {
    "kind": "Parade", "label_de": "Truppenparade", "label_en": "military parade", "agent": "who parades", "place": "where",
    "definition_de": "Truppen ziehen vor Zuschauern vorbei.", "definition_en": "Troops march past spectators.",
}  # fmt: skip
KIND_TRIGGER = "paradieren\tV\tParade\tdeploy\t\t\t"
KIND_ARTICLE = """Aufmarsch in der Hauptstadt

Die irakische Armee paradierte am Freitag in Bagdad. Tausende sahen zu.
"""
KIND_QUERY = """SELECT ?label WHERE {
    ?event a lb:Parade ; lb:agent <https://w3id.org/lagebild/entity/iraqi-army> ; rdfs:label ?label .
    lb:Parade rdfs:subClassOf lb:Event ; rdfs:label "Truppenparade"@de } ORDER BY ?label"""


def test_a_row_and_a_trigger_teach_a_type_of_event(tree):
    kinds, triggers = (tree / "kg/lexicon/events" / file for file in ("event_kinds.tsv", "triggers.tsv"))
    columns = next(line for line in kinds.read_text(encoding="utf8").splitlines() if line.startswith("kind\t")).split("\t")
    for file, line in ((kinds, "\t".join(KIND_ROW.get(column, "") for column in columns)), (triggers, KIND_TRIGGER)):
        with file.open("a", encoding="utf8") as data:
            data.write(line + "\n")
    subprocess.run([sys.executable, "-m", "kg.knowledge.event_classes"], cwd=tree, check=True)
    (tree / "parade.txt").write_text(KIND_ARTICLE, encoding="utf8")
    kg(tree, "build", "parade.txt", "--date", "2017-11-09", "--store", "kinds")
    labels = kg(tree, "query", KIND_QUERY, "--store", "kinds", "--format", "csv").splitlines()[1:]
    kinds_named = sorted(label.strip('"').partition(":")[0].casefold() for label in labels)
    assert kinds_named == ["military parade", "truppenparade"]
    assert kg(tree, "validate", "--store", "kinds") == ""


def test_the_words_are_new():
    """Else the first build would not be one without them."""
    for file, word in zip(LINES, ("zernieren", "Talwar", "Andal"), strict=True):
        assert word not in (ROOT / file).read_text(encoding="utf8")
