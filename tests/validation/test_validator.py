from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse
from rdflib.namespace import SH

from kg.annotation.records import EventMention, Mention
from kg.graph import Descriptions
from kg.graph.article_graph import article_graph
from kg.namespaces import GAF, LB, NIF
from kg.validation.quarantine import Quarantine
from kg.validation.validator import VOCABULARY_SHAPES, Validator, read_shapes
from tests.support.made import TEXT, annotated, article, found, setting, small_shipped

NAME = NamedNode("https://w3id.org/lagebild/article/bericht-1f")
CAPTURE = EventMention(
    "Capture",
    *found(TEXT, "eroberte"),
    (0, 36),
    agents=("syrian-army",),
    places=("abu-kamal",),
    earliest=date(2017, 11, 9),
)
REPORT = EventMention(
    "Proclamation", *found(TEXT, "teilte"), (37, 82), agents=("generalstab",), sources=("generalstab",)
)
MENTIONS = (Mention(*found(TEXT, "Die Armee"), "syrian-army", 1), Mention(*found(TEXT, "Abu Kamal"), "abu-kamal", 3))


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator(small_shipped())


def graph(*events: EventMention) -> list[Triple]:
    return article_graph(article(), annotated(events=events or (CAPTURE, REPORT), mentions=MENTIONS), setting()).triples()


def changed(triples: list[Triple], subject: str, predicate: str, value) -> list[Triple]:
    """Return ``triples`` with another object in one of them."""
    hit = [t for t in triples if t.predicate.value == str(predicate) and str(t.subject).endswith(f"{subject}>")]
    assert len(hit) == 1
    return [Triple(t.subject, t.predicate, value) if t == hit[0] else t for t in triples]


def sifted(validator: Validator, triples: list[Triple]):
    found = validator.sift(NAME, Descriptions.of(triples))
    kept, aside, report = found.kept.triples(), found.aside, found.report
    assert set(kept) | set(aside) == set(triples)
    assert not set(kept) & set(aside)
    return kept, aside, report


def test_a_graph_as_it_should_be_conforms(validator):
    assert validator.validate({NAME: graph()})[NAME].violations == ()


def test_an_empty_graph_conforms_and_every_graph_has_its_report(validator):
    other = NamedNode("https://w3id.org/lagebild/article/b")
    reports = validator.validate({NAME: graph(replace(CAPTURE, agents=("abu-kamal",))), other: []})
    assert {name: report.conforms for name, report in reports.items()} == {NAME: False, other: True}


def test_graphs_are_checked_each_by_itself(validator):
    """The same event told by two articles, each with its own times, has not two times."""
    other = NamedNode("https://w3id.org/lagebild/article/b")
    reports = validator.validate({NAME: graph(), other: graph(replace(CAPTURE, earliest=date(2017, 11, 8)))})
    assert all(report.conforms for report in reports.values())


def test_the_gazetteer_says_what_a_role_is_and_an_unknown_entity_is_nothing(validator):
    [result] = validator.validate({NAME: graph(replace(CAPTURE, agents=("abu-kamal",)))})[NAME].violations
    assert (result.check.message, str(result.value)) == (
        "the agent of an event is an actor",
        "<https://w3id.org/lagebild/entity/abu-kamal>",
    )


def test_what_does_not_conform_is_set_aside_and_the_rest_is_kept(validator):
    triples = changed(graph(), "offset_41_47", NIF.anchorOf, Literal("sagte"))
    kept, aside, report = sifted(validator, triples)
    assert validator.validate({NAME: kept})[NAME].conforms
    fallen = {str(t.subject) for t in aside if t.predicate.value == str(GAF.denotedBy)}
    assert len(fallen) == 1  # the event whose only mention it was
    assert {r.check.message for r in report.violations} == {
        "nif:anchorOf is not the article's text at these offsets",
        "an event has a mention: a stretch of the text, its sentence and its factuality",
    }
    assert [t for t in kept if t.object.value == str(LB.Capture)]
    assert not [t for t in kept if t.object.value == str(LB.Proclamation)]


def test_what_hangs_on_a_faulty_event_falls_with_it(validator):
    kept, aside, _ = sifted(validator, graph(replace(CAPTURE, agents=("abu-kamal",)), REPORT))
    assert "eroberte" in {t.object.value for t in aside}
    assert TEXT[:36] not in {t.object.value for t in aside}  # the sentence carries mentions of others too
    assert not [t for t in kept if t.object.value == "eroberte"]


def test_a_faulty_article_is_set_aside_whole(validator):
    kept, aside, report = sifted(validator, changed(graph(), "bericht-1f", LB.contentHash, Literal("sha256:?")))
    assert (kept, len(aside), len(report.violations)) == ([], len(graph()), 1)


def test_a_recommendation_sets_nothing_aside(validator):
    triples = graph(replace(CAPTURE, agents=(), places=()))
    _, aside, report = sifted(validator, triples)
    assert aside == []
    assert report.conforms
    messages = {r.check.message for r in validator.validate({NAME: triples})[NAME].results}
    assert messages == {"nobody and no place takes part in the event", "the article has no headline"}


def test_what_was_set_aside_is_a_file_with_its_report(validator, tmp_path):
    _, aside, report = sifted(validator, graph(replace(CAPTURE, agents=("abu-kamal",))))
    quarantine = Quarantine(tmp_path / "quarantine")
    quarantine.put("bericht-1f", aside, report)
    [entry] = quarantine.entries()
    assert entry.path == tmp_path / "quarantine" / "bericht-1f.ttl"
    assert entry.triples == len(aside)
    assert [message.split(": ")[1] for message in entry.messages] == ["the agent of an event is an actor"]
    written = {q.triple for q in parse(path=str(entry.path), format=RdfFormat.TURTLE)}
    assert set(aside) <= written
    store = Store()
    store.load(path=str(entry.path), format=RdfFormat.TURTLE)
    assert store.query(f"ASK {{ [] a <{SH.ValidationReport}> ; <{SH.conforms}> false ; <{SH.result}> [] }}")


def test_an_article_that_conforms_again_leaves_quarantine(validator, tmp_path):
    quarantine = Quarantine(tmp_path)
    _, aside, report = sifted(validator, graph(replace(CAPTURE, agents=("abu-kamal",))))
    quarantine.put("bericht-1f", aside, report)
    quarantine.put("bericht-1f", [], report)
    assert quarantine.entries() == []


def test_shapes_for_the_ontology_stay_out_of_the_shapes_for_data():
    every, data = (read_shapes(files) for files in (VOCABULARY_SHAPES, None))
    assert len(every) > 0
    assert not set(every.subjects(SH.targetClass)) & set(data.subjects(SH.targetClass))
