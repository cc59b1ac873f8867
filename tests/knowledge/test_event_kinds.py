"""All that a type of event is stands in one table, and whatever else names the types agrees with it."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph
from rdflib.namespace import SKOS

from kg import event_kinds as module
from kg.errors import ResourceError
from kg.event_kinds import event_kinds, family
from kg.knowledge.event_classes import ONTOLOGY_FILE, with_event_classes
from kg.namespaces import LB
from kg.resources import text

CODES = "https://w3id.org/lagebild/codes/"
ROW = {
    "kind": "Parade", "parent": "", "families": "", "agent": "who parades", "target": "", "place": "where", "ged": "",
    "label_de": "Parade", "label_en": "parade", "definition_de": "Truppen ziehen vorbei.", "definition_en": "Troops march by.",
    "example_de": "", "example_en": "", "acled_disorder": "", "acled_event": "", "acled_sub": "", "plover": "",
}  # fmt: skip
FAULTS = [
    ({"kind": ""}, "a row without a type: no name"),
    ({"kind": "Große Parade"}, "Große Parade: no name"),
    ({"parent": "March"}, "Parade: its parent 'March' stands in no row above"),
    ({"label_de": "", "definition_en": ""}, "Parade: label_de and definition_en missing"),
    ({"ged": "4"}, "Parade: ged '4' is none of dyad, one-sided, target"),
]


def test_the_ontology_has_the_classes_of_the_table() -> None:
    written = text("ontology", ONTOLOGY_FILE)
    assert with_event_classes(written) == written, "run python -m kg.knowledge.event_classes"


def test_codes_are_among_the_alignments() -> None:
    """The table says which code holds where nothing but the type is known; a finer type may have that of its parent."""
    graph = Graph().parse(data=text("ontology", "alignments.ttl"), format="turtle")
    lost = []
    for kind in event_kinds().values():
        aligned = {
            str(code)
            for name in filter(None, (kind.name, kind.parent))
            for match in (SKOS.closeMatch, SKOS.relatedMatch)
            for code in graph.objects(LB[name], match)
        }
        codes = [f"{CODES}plover#{kind.plover}"] if kind.plover else []
        codes += [f"{CODES}acled#{in_one_word(kind.acled.sub_event_type)}"] if kind.acled else []
        lost += [code for code in codes if code not in aligned]
    assert lost == []


def in_one_word(name: str) -> str:
    return re.sub(r"\W", "", re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), name))


@pytest.mark.parametrize(("changed", "message"), FAULTS)
def test_a_row_that_says_too_little_is_named(monkeypatch, changed, message) -> None:
    monkeypatch.setattr(module, "table", lambda file: [{**ROW, **changed}])
    with pytest.raises(ResourceError, match=f"event_kinds.tsv: {re.escape(message)}"):
        event_kinds.__wrapped__()


def test_a_type_stands_in_one_row(monkeypatch) -> None:
    monkeypatch.setattr(module, "table", lambda file: [ROW, ROW])
    with pytest.raises(ResourceError, match=r"Parade: .* named twice"):
        event_kinds.__wrapped__()


def test_a_family_without_members_is_named() -> None:
    with pytest.raises(ResourceError, match="family 'assualt'"):
        family("assualt")
