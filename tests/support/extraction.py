"""German text through the whole pipeline, and its events in a notation that a table can hold."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.pipeline import load_pipeline
from kg.annotation.records import EventMention
from tests.support.places import DATA_FOLDER

DATA = DATA_FOLDER
PUBLISHED = date(2017, 11, 10)  # a Friday


@cache
def pipeline() -> Language:
    return load_pipeline()


def read(text: str, published: date | None = PUBLISHED) -> Doc:
    """Annotate ``text`` as an article of a day."""
    doc = pipeline().make_doc(text)
    doc._.published = published
    return pipeline()(doc)


def rows(file: str) -> list[tuple[str, ...]]:
    """Return the rows of a table in tests/data, without its header and comments."""
    lines = (DATA / file).read_text(encoding="utf8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    found = [tuple(row) for row in csv.reader(kept[1:], delimiter="\t", quoting=csv.QUOTE_NONE)]
    width = len(kept[0].split("\t"))
    assert found and all(len(row) == width for row in found), f"{file}: a row has not {width} columns"
    return found


def events(text: str, published: date | None = PUBLISHED) -> str:
    """Return the events of ``text``, "-" for none; see :func:`written`."""
    doc = read(text, published)
    return " ; ".join(written(doc, e) for e in doc._.events) or "-"


def written(doc: Doc, event: EventMention) -> str:
    """Write an event as ``Kind trigger a=agents t=targets p=places earliest..latest Factuality s=sources``.

    What is empty is left out; an entity that the gazetteer doesn't hold is written by its name in brackets.
    """
    roles = {"a": event.agents, "t": event.targets, "p": event.places}
    parts = [event.kind, doc.text[event.begin : event.end]]
    parts += [f"{letter}={_names(doc, slugs)}" for letter, slugs in roles.items() if slugs]
    if event.earliest or event.latest:
        parts.append(f"{event.earliest or ''}..{event.latest or ''}")
    parts.append(event.factuality)
    if event.sources:
        parts.append(f"s={_names(doc, event.sources)}")
    return " ".join(parts)


def _names(doc: Doc, slugs: Sequence[str]) -> str:
    known = doc._.entities
    return ",".join(sorted(s if known[s].scope == "gazetteer" else f"[{known[s].label}]" for s in slugs))
