"""A told event as it is compared with others: what it names, how it is named, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotation.events.discourse import UNSPECIFIED_VICTIMS, Told
from kg.annotation.records import Entity, Timex
from kg.annotation.syntax.sentence import Syntax
from kg.german.numerals import digits, load_numerals
from kg.resources import table

NOT_REAL = frozenset(("Future", "Negated"))
MARKS = ("adjective", "adverb", "update")
SMALLEST_TELLING_NUMBER = 3  # a smaller number is no sign of the same thing


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence's syntax and where it stands: code points, the end excluded."""

    syntax: Syntax
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A told event as it is compared; ``rank`` numbers its sentence among those that tell events."""

    told: Told
    rank: int
    noun: str  # lemma of the event noun, "" for a verb
    plural: bool
    possessive: bool
    another: bool
    again: bool
    numbers: frozenset[int]
    kinds: Mapping[str, str]  # class of every entity in a role
    vague: frozenset[str]  # those of them that may be anybody
    described: frozenset[str]  # those of them that this article alone knows
    updating: bool  # its clause says that numbers were others before or are others now
    stated_time: Timex | None  # what its own clause says, before others of the sentence completed it

    @property
    def agents(self) -> frozenset[str]:
        """Who acts, as far as that is said."""
        return frozenset(self.told.agents) - UNSPECIFIED_VICTIMS

    @property
    def targets(self) -> frozenset[str]:
        """Who or what is hit, as far as that is said."""
        return frozenset(self.told.targets) - UNSPECIFIED_VICTIMS

    @property
    def places(self) -> frozenset[str]:
        """All places, of whatever group."""
        return frozenset(slug for group in self.told.places for slug in group)

    @property
    def persons(self) -> frozenset[str]:
        """Persons among the targets."""
        return frozenset(slug for slug in self.targets if self.kinds[slug] == "Person")

    @property
    def stated_targets(self) -> frozenset[str]:
        """Who or what is hit as its own clause says, before others of the sentence completed it."""
        return frozenset(self.told.argued.targets) - UNSPECIFIED_VICTIMS

    @property
    def named_persons(self) -> frozenset[str]:
        """Persons among them with a name: whom one mention only describes another may name."""
        return frozenset(slug for slug in self.stated_targets if self.kinds.get(slug) == "Person") - self.described

    @property
    def real(self) -> bool:
        """Whether it is told as something that was or is."""
        return self.told.stance.factuality not in NOT_REAL

    @property
    def definite(self) -> bool:
        """Whether it is a noun with definite article or demonstrative."""
        return self.told.argued.definite

    @property
    def indefinite(self) -> bool:
        """Whether it is a noun that introduces what it names: ein Angriff, Angriffe."""
        return bool(self.noun) and not self.definite and not self.possessive

    @property
    def anaphor(self) -> bool:
        """Whether it is a definite noun that says nothing of its own: der Angriff."""
        return self.told.anaphor


@lru_cache(maxsize=1)
def _another() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Return the adjectives that mark another one, the adverbs that do, and those that mark a number as not the last."""
    words = {what: tuple(r["word"] for r in table("events/another.tsv") if r["what"] == what) for what in MARKS}
    adjectives, adverbs, updates = words.values()
    return adjectives, frozenset(adverbs), frozenset(updates)


def sightings(
    told: Sequence[Told], stated: Sequence[Told], sentences: Sequence[PlacedSentence], entities: Mapping[str, Entity]
) -> list[Sighting]:
    """Return the sightings of ``told`` in its order; ``stated`` are the same events before they completed each other."""
    ranks = {sentence: rank for rank, sentence in enumerate(sorted({event.sentence for event in told}))}
    own = {id(event.argued): _stated_in(sentences[event.sentence], event.timex) for event in stated}
    return [
        _sighting(event, ranks[event.sentence], sentences[event.sentence].syntax, entities, own.get(id(event.argued)))
        for event in told
    ]


def _stated_in(sentence: PlacedSentence, timex: Timex | None) -> Timex | None:
    """Return a time that the sentence itself gives; one carried on from the sentence before is no evidence."""
    return timex if timex and sentence.begin <= timex.begin < sentence.end else None


def _sighting(event: Told, rank: int, syntax: Syntax, entities: Mapping[str, Entity], stated_time: Timex | None) -> Sighting:
    trigger, words = event.argued.trigger, syntax.words
    is_noun = trigger.chunk is not None and event.argued.entry.pos == "N"
    chunk = syntax.chunks[trigger.clause][trigger.chunk or 0] if is_noun else None
    determiner = chunk.determiner if chunk else None
    clause = syntax.clauses[trigger.clause].words
    adjectives, adverbs, updates = _another()
    near = range(chunk.begin, chunk.head) if chunk else [k for k in clause if words.tag[k] == "ADJA"]
    slugs = {*event.agents, *event.targets, *event.argued.targets, *(slug for group in event.places for slug in group)}
    return Sighting(
        told=event,
        rank=rank,
        noun=words.lemma[trigger.word].lower() if chunk else "",
        plural=chunk is not None and bool(chunk.readings) and all(reading[1] == "p" for reading in chunk.readings),
        possessive=determiner is not None and words.tag[determiner] == "PPOSAT",
        another=any(words.lower[k].startswith(adjectives) for k in near),
        again=any(words.lower[k] in adverbs for k in clause),
        numbers=frozenset(n for k in range(len(words)) if words.tag[k] == "CARD" and (n := _number(words.lower[k]))),
        kinds={slug: entities[slug].kind for slug in slugs},
        described=frozenset(s for s in slugs if entities[s].scope == "article"),
        updating=any(words.lower[k] in updates for k in range(len(words))),
        vague=frozenset(s for s in slugs if entities[s].scope != "gazetteer" or entities[s].kind == "PopulationGroup"),
        stated_time=stated_time,
    )


@cache
def _number(form: str) -> int | None:
    value = digits(form)
    found = int(value) if value is not None else load_numerals().word(form)
    return found if found is not None and found >= SMALLEST_TELLING_NUMBER else None
