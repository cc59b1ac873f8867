"""The records that annotation leaves on a :class:`spacy.tokens.Doc`, and where they are kept.

All offsets are code points of the article's text (``doc.text``), ``begin`` included, ``end`` excluded, as in NIF.
Entities are named by their slug, the last part of their IRI.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    under which the text speaks of a local entity. ``within`` is the gazetteer's place in which a local one lies.
    """

    slug: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    scope: Scope = "gazetteer"
    within: str | None = None


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
    """A time expression and the days it spans; a bound is None where the expression leaves that side open.

    ``begun`` is the last day on which what lasts since then may have begun (seit November: the 30th), else None.
    """

    begin: int
    end: int
    earliest: date | None
    latest: date | None
    begun: date | None = None


@dataclass(frozen=True, slots=True)
class TimeDistance:
    """A length of time with its nach or vor, counted from what the phrase behind names: zwei Tage nach dem Anschlag.

    ``count`` is below zero for vor; ``about`` says how exact it is, as the lexicon of times does.
    """

    begin: int
    end: int
    count: int
    unit: str
    about: str


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
    """One event as one place of the text mentions it; ``agents`` ... ``sources`` are entity slugs, in text order.

    Mentions of one number ``occurrence`` are of one event and share roles, time and numbers; without a number it is an
    event of its own. An ``anaphor`` only takes up what another mention tells (der Angriff). ``time`` is where the text says
    when, which may be another sentence; None where it does not, or where the date of the article does.
    """

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
    occurrence: int | None = None
    anaphor: bool = False
    time: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event with all its mentions in the article, in text order."""

    mentions: tuple[EventMention, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types that its mentions name, each once."""
        return tuple(dict.fromkeys(mention.kind for mention in self.mentions))

    @property
    def anchor(self) -> EventMention:
        """The mention that identifies the event: the last that tells it, rather than take up what another tells.

        So neither what is put before it in the article changes it, nor a later «der Angriff».
        """
        telling = [mention for mention in self.mentions if not mention.anaphor]
        return (telling or self.mentions)[-1]

    @property
    def whole(self) -> EventMention:
        """The first mention with the entities of all, and the first time and numbers that one gives."""
        return replace(
            self.mentions[0],
            agents=self._named("agents"),
            targets=self._named("targets"),
            places=self._named("places"),
            **{name: self._given(name) for name in ("earliest", "latest", "time", "fatalities", "injured")},
        )

    def _named(self, role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for mention in self.mentions for slug in getattr(mention, role)))

    def _given(self, name: str) -> Any:
        return next((found for mention in self.mentions if (found := getattr(mention, name)) is not None), None)


def occurrences(mentions: Iterable[EventMention]) -> tuple[Occurrence, ...]:
    """Return the events that ``mentions`` are of, in the order of their first mentions."""
    members: dict[object, list[EventMention]] = {}
    for at, mention in enumerate(mentions):
        alone = ("alone", at)
        members.setdefault(alone if mention.occurrence is None else mention.occurrence, []).append(mention)
    return tuple(Occurrence(tuple(found)) for found in members.values())


EXTENSIONS: dict[str, Any] = {
    "published": None,  # datetime.date | None: the article's publication date
    "blocks": (),  # tuple[Block, ...], in text order; empty means: all is body
    "tokens": None,  # kg.annotation.words.token_table.TokenTable: the tokens as parallel lists, once they are tagged
    "entities": {},  # dict[slug, Entity]: every entity that a mention names
    "mentions": (),  # tuple[Mention, ...], sorted by begin
    "timexes": (),  # tuple[Timex, ...], sorted by begin
    "undated_times": (),  # tuple[tuple[int, int], ...]: begins and ends of time expressions whose days nobody can tell
    "time_distances": (),  # tuple[TimeDistance, ...], sorted by begin
    "quantities": (),  # tuple[Quantity, ...], sorted by begin
    "clauses": (),  # tuple[kg.annotation.syntax.sentence.Syntax, ...], one a sentence
    "triggers": (),  # tuple[kg.annotation.events.triggers.Trigger, ...]
    "referents": None,  # kg.annotation.events.referents.Referents: what the noun phrases stand for, once arguments are read
    "arguments": (),  # tuple[kg.annotation.events.argued.Argued, ...]
    "stances": (),  # tuple[kg.annotation.events.factuality.Stance, ...], one an Argued
    "events": (),  # tuple[EventMention, ...], sorted by begin
    "failures": (),  # tuple[kg.annotation.failures.SentenceFailure, ...]: what was left out of the text
}


def register_extensions() -> None:
    """Declare ``doc._`` attributes of :data:`EXTENSIONS`; calling it again changes nothing."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
