"""A told event as it is compared with others: what it names, how it is named, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.annotation.events.discourse import ASSAULTS, UNSPECIFIED_VICTIMS, Told
from kg.annotation.events.occurrences.wording import is_plural, load_markers, names_told_means, telling_number, verb_adjectives
from kg.annotation.records import Entity, Timex
from kg.annotation.syntax.sentence import Syntax
from kg.german.nouns import is_generic

NOT_REAL = frozenset(("Future", "Negated"))
OWNER_TAGS = frozenset(("PPOSAT", "NE", "FM"))


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
    possessive: bool  # its noun has an owner in place of an article: sein, Assads
    told_means: bool  # its clause names who or what only an attack told before has: die Bombe, der Attentäter
    another: bool
    again: bool
    background: bool  # its clause tells of what happened at other times (früher, immer wieder)
    sequel: bool  # its clause tells what came next (kurz darauf)
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
    def planned(self) -> bool:
        """Whether it is told as something to come."""
        return self.told.stance.factuality == "Future"

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
    markers = load_markers()
    near = range(chunk.begin, chunk.head) if chunk else verb_adjectives(syntax, trigger)
    slugs = {*event.agents, *event.targets, *event.argued.targets, *(slug for group in event.places for slug in group)}
    return Sighting(
        told=event,
        rank=rank,
        noun=words.lemma[trigger.word].lower() if chunk else "",
        plural=chunk is not None and is_plural(chunk.readings, words.lower[trigger.word], words.lemma[trigger.word].lower()),
        possessive=determiner is not None and words.tag[determiner] in OWNER_TAGS,
        told_means=chunk is None and event.kind in ASSAULTS and names_told_means(syntax, trigger.clause, event.kind),
        another=any(words.lower[k].startswith(markers.adjectives) for k in near),
        again=any(words.lower[k] in markers.adverbs for k in clause),
        background=not event.argued.definite and any(words.lower[k] in markers.background for k in clause),
        sequel=not event.argued.definite and any(words.lower[k] in markers.sequels for k in clause),
        numbers=frozenset(n for k in range(len(words)) if words.tag[k] == "CARD" and (n := telling_number(words.lower[k]))),
        kinds={slug: entities[slug].kind for slug in slugs},
        described=frozenset(s for s in slugs if entities[s].scope == "article"),
        updating=any(words.lower[k] in markers.updates for k in range(len(words))),
        vague=frozenset(s for s in slugs if _may_be_anybody(entities[s])),
        stated_time=stated_time,
    )


def _may_be_anybody(entity: Entity) -> bool:
    """Whether it has no name of its own: the rebels may be the Huthis."""
    return entity.scope != "gazetteer" or entity.kind == "PopulationGroup" or is_generic(entity.label)
