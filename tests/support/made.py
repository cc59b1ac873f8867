"""Made-up articles and annotations, and a small ontology and gazetteer, for tests that need no pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from pyoxigraph import RdfFormat, Triple, parse
from spacy.tokens import Doc

from kg.annotation.records import Entity, EventMention, Mention, register_extensions
from kg.build import annotator, options
from kg.graph import GraphContext
from kg.knowledge.triples import Shipped, shipped_triples
from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, PLACE_KINDS, PREFIXES
from kg.reading import Article

BASE = "https://w3id.org/lagebild/"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"@base <{BASE}> .\n"
DAY = date(2017, 11, 9)
TEXT = "Die Armee eroberte Abu Kamal zurück. Das teilte der Generalstab am Donnerstag mit."
ENTITIES = (
    Entity("syrian-army", "StateForce", "Syrische Armee"),
    Entity("abu-kamal", "City", "Abu Kamal"),
    Entity("generalstab", "Organization", "Generalstab", ("Generalstab", "Stab"), "article"),
)


def triples(turtle: str) -> list[Triple]:
    """Read Turtle with the usual prefixes."""
    return [quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE)]


def small_shipped() -> Shipped:
    """Return an ontology of bare subclasses, and a gazetteer of an army and a town."""
    groups = (("Actor", ACTOR_KINDS), ("Place", PLACE_KINDS), ("Event", EVENT_KINDS))
    classes = "".join(f"lb:{kind} rdfs:subClassOf lb:{top} . " for top, kinds in groups for kind in kinds)
    return shipped_triples(
        triples(
            classes + "lb:SuicideBombing rdfs:subClassOf lb:Bombing . lb:Country rdfs:subClassOf lb:Actor ."
            'lb:Capture rdfs:label "Einnahme"@de , "Capture"@en . lb:Killing rdfs:label "Tötung"@de , "Killing"@en .'
        ),
        triples(
            '<entity/syrian-army> a lb:StateForce ; rdfs:label "Syrische Armee"@de , "Syrian Army"@en .'
            '<entity/abu-kamal> a lb:City ; rdfs:label "Abu Kamal"@de , "Albu Kamal"@en .'
        ),
    )


def setting() -> GraphContext:
    """Return a setting over :func:`small_shipped`."""
    return GraphContext(small_shipped(), "0f", "Lagebild 0")


def article(text: str = TEXT, **values: Any) -> Article:
    """Return an article."""
    given: dict[str, Any] = {
        "id": "bericht-1f", "source_path": "berichte/bericht.txt", "text": text, "blocks": (), "title": None,
        "published": date(2017, 11, 9), "url": None, "publisher": None, "content_hash": "sha256:" + "0" * 64,
    }  # fmt: skip
    return Article(**{**given, **values})


def annotated(
    text: str = TEXT,
    events: tuple[EventMention, ...] = (),
    mentions: tuple[Mention, ...] = (),
    entities: tuple[Entity, ...] = ENTITIES,
) -> Doc:
    """Return a document with sentences and the annotations given."""
    register_extensions()
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    doc = nlp(text)
    doc._.entities = {entity.slug: entity for entity in entities}
    doc._.events, doc._.mentions = events, mentions
    return doc


def found(text: str, words: str) -> tuple[int, int]:
    """Return where ``words`` stand in ``text``."""
    begin = text.index(words)
    return begin, begin + len(words)


LINES = ("Die Armee eroberte Abu Kamal zurück.", "Der Generalstab sprach am Donnerstag von einem Sieg über die Miliz.")
BODY = "\n\n".join(f"{line} Das meldete der Bote aus der Stadt, und das Radio meldete es auch." for line in LINES)


def write_reports(folder: Path, *names: str) -> Path:
    """Write an article a name, each a little different."""
    folder.mkdir()
    for name in names or ("eins", "zwei", "drei"):
        (folder / f"{name}.txt").write_text(f"{BODY}\n\nEs berichtete Reporter {name} für die Zeitung in der Stadt.\n")
    return folder


def stand_in_annotate(nlp: Any, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Stand in for the pipeline: «eroberte» is a Capture by the army, «stahl» one by a town, «wirft» raises."""
    for one in articles:
        if "wirft" in one.text:
            raise ValueError("a bug")
        doc = annotated(one.text)
        doc._.events = tuple(
            EventMention("Capture", t.idx, t.idx + len(t), (0, 0), (agent,), earliest=DAY, latest=DAY)
            for t in doc
            if (agent := {"eroberte": "syrian-army", "stahl": "abu-kamal"}.get(t.text))
        )
        yield one, doc


@contextmanager
def stand_in(monkeypatch: Any) -> Iterator[None]:
    """Build with :func:`stand_in_annotate` and :func:`small_shipped` for as long as the context lasts."""
    monkeypatch.setattr(annotator, "loaded_pipeline", lambda name: None)
    monkeypatch.setattr(annotator, "annotate", stand_in_annotate)
    monkeypatch.setattr(options, "load_shipped", lambda base: small_shipped())
    annotator._Annotator.of.cache_clear()
    yield
    annotator._Annotator.of.cache_clear()
