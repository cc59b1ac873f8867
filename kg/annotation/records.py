"""The records that annotation leaves on a :class:`spacy.tokens.Doc`, and where they are kept.

All offsets are code points of the article's text (``doc.text``), ``begin`` included, ``end`` excluded, as in NIF.
Entities are named by their slug, the last part of their IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from spacy.tokens import Doc

Factuality = Literal["Factual", "Reported", "Uncertain", "Negated", "Future"]
Scope = Literal["gazetteer", "shared", "article"]


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or place that the text speaks of.

    ``kind`` is the local name of its ontology class (``ArmedGroup``, ``City`` ...). ``scope`` says how far the slug
    identifies it: a ``gazetteer`` entry; ``shared``, a full personal or proper name that means the same everywhere;
    ``article``, known only inside this article (its IRI carries the article's id). ``names`` are the surface forms
    under which the text speaks of a local entity.
    """

    slug: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    scope: Scope = "gazetteer"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an entity."""

    begin: int
    end: int
    entity: str
    head: int  # index of the token that carries case and number
    kind: Literal["name", "description", "epithet", "pronoun", "demonym"] = "name"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression and the days it spans; a bound is None where the expression leaves that side open."""

    begin: int
    end: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people or things: both bounds equal where the text is exact, None where it leaves a side open."""

    begin: int
    end: int
    low: int | None
    high: int | None
    unit: Literal["dead", "injured", "people", "things"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A count with its limits; ``low == high`` is an exact number."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event as one place of the text states it; ``agents`` ... ``sources`` are entity slugs, in text order."""

    kind: str
    begin: int
    end: int
    sentence: tuple[int, int]
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    factuality: Factuality = "Factual"
    sources: tuple[str, ...] = ()
    fatalities: Bounds | None = None
    injured: Bounds | None = None
    confidence: float = 0.8


EXTENSIONS: dict[str, Any] = {
    "published": None,  # datetime.date | None: the article's publication date
    "blocks": (),  # tuple[Block, ...], in text order; empty means: all is body
    "entities": {},  # dict[slug, Entity]: every entity that a mention names
    "mentions": (),  # tuple[Mention, ...], sorted by begin
    "timexes": (),  # tuple[Timex, ...], sorted by begin
    "quantities": (),  # tuple[Quantity, ...], sorted by begin
    "clauses": (),  # tuple[kg.annotation.syntax.sentence.Syntax, ...], one a sentence
    "triggers": (),  # tuple[kg.annotation.events.triggers.Trigger, ...]
    "referents": None,  # kg.annotation.events.referents.Referents: what the noun phrases stand for, once arguments are read
    "arguments": (),  # tuple[kg.annotation.events.arguments.Argued, ...]
    "stances": (),  # tuple[kg.annotation.events.factuality.Stance, ...], one an Argued
    "events": (),  # tuple[EventMention, ...], sorted by begin
    "failures": (),  # tuple[kg.annotation.failures.SentenceFailure, ...]: what was left out of the text
}


def register_extensions() -> None:
    """Declare ``doc._`` attributes of :data:`EXTENSIONS`; calling it again changes nothing."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
