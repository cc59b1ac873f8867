"""A told event as it is compared with others: what it names, how it is named, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.annotation.events.discourse import UNSPECIFIED_VICTIMS, Told
from kg.annotation.events.occurrences.wording import Wording, is_definite, worded
from kg.annotation.records import Entity, Mention, Timex
from kg.annotation.syntax.sentence import Syntax
from kg.german.nouns import is_generic

SHORTEST_PERIOD = 3  # days
LONGEST_STORY = 90  # days
NOT_REAL = frozenset(("Future", "Negated"))


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence's syntax and where it stands: code points, the end excluded."""

    syntax: Syntax
    begin: int
    end: int

    def introduces(self, mention: Mention) -> bool:
        """Whether the sentence brings up somebody by a common noun that no article makes known: ein Händler."""
        words = self.syntax.words
        known = (chunk for chunks in self.syntax.chunks for chunk in chunks if is_definite(words, chunk))
        if not self.begin <= mention.begin < self.end or mention.head in {words.index[chunk.head] for chunk in known}:
            return False
        return ("NN", mention.head) in zip(words.tag, words.index, strict=True)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A told event as it is compared; ``rank`` numbers its sentence among those that tell events."""

    told: Told
    rank: int
    wording: Wording
    kinds: Mapping[str, str]  # class of every entity in a role
    vague: frozenset[str]  # those of them that may be anybody
    new: frozenset[str]  # people hit whom its sentence brings up without a name
    described: frozenset[str]  # those of them that this article alone knows
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
        return bool(self.wording.noun) and not self.definite and not self.wording.possessive

    @property
    def background(self) -> bool:
        """Whether it is told of other times (früher, immer wieder); what a definite noun names need not be of them."""
        return "background" in self.wording.marks and not self.definite

    @property
    def looks_back_far(self) -> bool:
        """Whether its clause tells in the pluperfect of a time that is no day: im Juni war ein Arzt entführt worden."""
        return self.told.looks_back and self.stated_time is not None and is_period(self.stated_time)

    @property
    def of_long_time(self) -> bool:
        """Whether its own clause tells of many months: seit 2009, im Jahr 2014."""
        timex = self.stated_time
        if timex is None or timex.earliest is None:
            return False
        return timex.latest is None or (timex.latest - timex.earliest).days > LONGEST_STORY

    @property
    def anaphor(self) -> bool:
        """Whether it is a definite noun that says nothing of its own: der Angriff."""
        return self.told.anaphor


def sightings(
    told: Sequence[Told],
    stated: Sequence[Told],
    sentences: Sequence[PlacedSentence],
    entities: Mapping[str, Entity],
    mentions: Sequence[Mention],
) -> list[Sighting]:
    """Return the sightings of ``told`` in its order; ``stated`` are the same events before they completed each other."""
    ranks = {sentence: rank for rank, sentence in enumerate(sorted({event.sentence for event in told}))}
    own = {id(event.argued): _stated_in(sentences[event.sentence], event.timex) for event in stated}
    first = {m.entity: m for m in reversed(mentions) if _are_local_people(entities[m.entity])}
    out = []
    for event in told:
        sentence, slugs = sentences[event.sentence], _slugs(event)
        out.append(
            Sighting(
                told=event,
                rank=ranks[event.sentence],
                wording=worded(event, sentence.syntax),
                kinds={slug: entities[slug].kind for slug in slugs},
                vague=frozenset(slug for slug in slugs if _may_be_anybody(entities[slug])),
                new=frozenset(slug for slug in event.argued.targets if slug in first and sentence.introduces(first[slug])),
                described=frozenset(slug for slug in slugs if entities[slug].scope == "article"),
                stated_time=own.get(id(event.argued)),
            )
        )
    return out


def is_period(timex: Timex | None) -> bool:
    """Whether it is longer than a day or two, or open."""
    if timex is None or timex.earliest is None or timex.latest is None:
        return True
    return (timex.latest - timex.earliest).days >= SHORTEST_PERIOD


def _are_local_people(entity: Entity) -> bool:
    """Whether people are known from this article alone."""
    return entity.scope == "article" and entity.kind != "Facility"


def _stated_in(sentence: PlacedSentence, timex: Timex | None) -> Timex | None:
    """Return a time that the sentence itself gives; one carried on from the sentence before is no evidence."""
    return timex if timex and sentence.begin <= timex.begin < sentence.end else None


def _slugs(event: Told) -> set[str]:
    return {*event.agents, *event.targets, *event.argued.targets, *(slug for group in event.places for slug in group)}


def _may_be_anybody(entity: Entity) -> bool:
    """Whether it has no name of its own: the rebels may be the Huthis."""
    return entity.scope != "gazetteer" or entity.kind == "PopulationGroup" or is_generic(entity.label)
