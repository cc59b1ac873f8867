"""Two mentions of events: what they have in common, and what they contradict each other in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.annotation.events.discourse import ASSAULTS, GENERAL, HARM, NEXT
from kg.annotation.events.occurrences.sightings import Sighting
from kg.annotation.records import Bounds
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import LONGEST_PLACE_CHAIN, shipped_gazetteer
from kg.namespaces import GROUP_KINDS, TOWN_KINDS

WIDE_PLACES = frozenset(("Country", "Region"))  # a place that holds many events of a kind
VICTIM_KINDS = frozenset((*GROUP_KINDS, "Person"))
STATE_ACTORS = frozenset(("Country", "Government", "StateForce"))  # one may stand for another of the same country
STATE_AND_OFFICERS = STATE_ACTORS | {"Person"}  # a minister orders what his country does
FAR_APART, EXACT = 10, 50  # times as many dead are another number where the lower one is no mere several, dozens
AT_ONE_TIME = word_set("events", "simultaneous")
FLIGHT = frozenset(("Displacement",))
LEAD_SENTENCES = 2  # sentences with events that headline and lead are
LEAD_REACH = 3  # sentences from the lead within which it is told again
FAR_SENTENCES = 6  # sentences


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of a kind in text order.

    ``between`` counts the mentions of other occurrences of the kind that stand between them; ``announced`` says that only the
    first sentence has told of the earlier one's occurrence so far, as a headline does; the causes are the attacks and fights,
    kinds by the number of the occurrence, in an adverbial of their clauses (bei einem Anschlag).
    """

    first: Sighting
    later: Sighting
    between: int = 0
    announced: bool = False
    cause: Mapping[int, str] = field(default_factory=dict)
    later_cause: Mapping[int, str] = field(default_factory=dict)

    @property
    def distance(self) -> int:
        """Sentences from one to the other."""
        return self.later.told.sentence - self.first.told.sentence

    @property
    def from_lead(self) -> bool:
        """Whether the later one tells at once what headline or lead told."""
        return self.first.rank < LEAD_SENTENCES and 0 < self.distance <= LEAD_REACH

    def marked(self, mark: str) -> bool:
        """Whether the later one's clause has a word that parts events."""
        return mark in self.later.wording.marks

    @property
    def one_more(self) -> bool:
        """Whether the earlier one is itself told as one more: schon wieder."""
        return self.first.wording.another or "again" in self.first.wording.marks

    @property
    def again(self) -> bool:
        """Whether the later one is once more what the earlier was: not what a headline or another erneut tells already."""
        told = self.first.wording.headline or self.one_more
        return self.marked("again") and not told and not self.later.definite

    @property
    def additive(self) -> bool:
        """Whether the later one comes on top (ebenfalls), and not on top of what only the text behind a headline tells."""
        return self.marked("additive") and not self.later.definite and not self.first.wording.headline and self.distance > 0

    @property
    def another(self) -> bool:
        """Whether the later one is told as one of its own; a second one is what schon wieder told."""
        return self.later.wording.another and not self.one_more and self.distance > 0

    @property
    def returned(self) -> bool:
        """Whether the story has come back from the earlier one: Am Vortag war … explodiert. … Er verurteilte das Attentat."""
        return self.later.anaphor and self.first.told.looks_back and not self.later.told.looks_back and self.distance > NEXT

    @property
    def towns(self) -> frozenset[str]:
        """Places of both that are no whole region."""
        both = self.first.places & self.later.places
        return frozenset(slug for slug in both if self.first.kinds[slug] not in WIDE_PLACES)

    @property
    def nouns(self) -> bool:
        """Whether both are nouns."""
        return bool(self.first.wording.noun and self.later.wording.noun)

    @property
    def one_clause(self) -> bool:
        """Whether both stand in one clause."""
        return self.distance == 0 and self.first.told.clause == self.later.told.clause

    @property
    def same_number(self) -> bool:
        """Whether both name a number that tells something."""
        return not self.first.wording.numbers.isdisjoint(self.later.wording.numbers)

    @property
    def noun_of_verb(self) -> bool:
        """Bei Angriffen wurden Dörfer angegriffen: an adverbial of the same time, with a noun not told before."""
        first, later = self.first, self.later
        noun = first if first.wording.noun else later
        one_clause = self.one_clause and bool(first.wording.noun) != bool(later.wording.noun)
        return one_clause and noun.told.argued.adverbial and noun.wording.preposition in AT_ONE_TIME and not noun.definite

    @property
    def beside(self) -> bool:
        """Whether one clause names both apart: der Angriff folgte dem Angriff; wegen des Massakers hingerichtet."""
        noun = self.first.wording if self.first.wording.noun else self.later.wording
        other_time = bool(noun.preposition) and noun.preposition not in AT_ONE_TIME
        return self.one_clause and (self.nouns or other_time)

    @property
    def same_noun(self) -> bool:
        """Whether both are the same noun."""
        return bool(self.later.wording.noun) and self.first.wording.noun == self.later.wording.noun

    @property
    def definite_of_other(self) -> bool:
        """Der Angriff auf die Botschaft, der Angriff auf die Kaserne: two definite nouns of different things."""
        first, later = self.first, self.later
        nouns = first.wording.noun and first.definite and later.wording.noun and later.definite and later.told.kind in ASSAULTS
        ours, theirs = first.stated_targets, later.stated_targets or later.told.argued.unknown & {"target"}
        return bool(nouns and ours and theirs) and not self.shared(first.targets, later.targets)

    @property
    def new_victim(self) -> bool:
        """Whether the later one brings up people hit whom the earlier one does not know: ein Richter, ein Journalist."""
        ours, theirs = self.first.stated_targets, self.later.stated_targets
        people = all(self.first.kinds[s] in VICTIM_KINDS for s in ours) and theirs <= self.later.new
        own = not self.later.definite or self.later.told.kind in HARM  # den Tod von fünf Kämpfern takes nothing up
        return bool(ours and theirs) and people and not self.shared(ours, theirs) and own

    @property
    def one_of_group(self) -> bool:
        """Whether one names people hit of whom the other says but whose they are: Bombe zielt auf Hamas, auf Ali Barkah."""
        sides = [{side.kinds.get(s) for s in side.stated_targets} for side in (self.first, self.later)]
        return {"Person"} in sides and any(kinds and kinds <= GROUP_KINDS for kinds in sides)

    @property
    def one_and_several(self) -> bool:
        """Whether one is of one person and the other of several: zwei Männer gehängt, Ermordung Omars; eine Frau entkam."""
        sides = (self.first, self.later), (self.later, self.first)
        alone = _is_of_another if self.first.told.kind in HARM else _left_alone
        return self.first.told.kind in HARM | FLIGHT and any(alone(one, several) for one, several in sides)

    @property
    def attackers_hit(self) -> bool:
        """Whether only one is of dead attackers: in dem Angriff starben zehn Soldaten, die Angreifer wurden getötet."""
        ours, theirs = self.first, self.later
        differ = ours.told.kind in HARM and ours.told.on_attackers != theirs.told.on_attackers
        return bool(differ and ours.told.targets and theirs.told.targets) and not self.shared(ours.targets, theirs.targets)

    @property
    def elsewhere(self) -> bool:
        """Whether both name towns, or places of the gazetteer, and none of one is or may lie in one of the other."""
        if any(self._may_hold(x, y) for x in self.first.places for y in self.later.places):
            return False
        known = shipped_gazetteer().entries.keys()
        towns = all(any(place.kinds[slug] in TOWN_KINDS for slug in place.places) for place in (self.first, self.later))
        return towns or bool(self.first.places and self.later.places and self.first.places | self.later.places <= known)

    @property
    def same_cause(self) -> bool:
        """Whether both came of one attack: bei dem Anschlag starben zehn, bei dem Anschlag seien zwölf gestorben."""
        return self.distance > 0 and not self.cause.keys().isdisjoint(self.later_cause)

    @property
    def other_cause(self) -> bool:
        """Whether one came of an attack of another kind than the other; a general word (Angriff) may mean any."""
        ours, theirs = set(self.cause.values()), set(self.later_cause.values())
        return bool(ours and theirs) and ours.isdisjoint(theirs) and GENERAL.isdisjoint(ours | theirs)

    @property
    def same_time(self) -> bool:
        """Whether both are of the same days."""
        ours, theirs = self.first.told.timex, self.later.told.timex
        if ours is None or theirs is None:
            return False
        return (ours.earliest, ours.latest) == (theirs.earliest, theirs.latest)

    @property
    def stated_day(self) -> bool:
        """Whether both say the same days in their own sentences."""
        ours, theirs = self.first.stated_time, self.later.stated_time
        return ours is not None and theirs is not None and (ours.earliest, ours.latest) == (theirs.earliest, theirs.latest)

    @property
    def sums_up_years(self) -> bool:
        """Seit 2009 hat die Gruppe 17.000 Menschen getötet: whether one tells of many months and the other does not."""
        spans = self.first.of_long_time, self.later.of_long_time
        return self.first.told.kind in ASSAULTS | HARM and spans[0] != spans[1]

    @property
    def days_apart(self) -> int:
        """Days between the times that their own clauses say, 0 where they overlap or one is open."""
        ours, theirs = self.first.stated_time, self.later.stated_time
        if ours is None or theirs is None:
            return 0
        begins = [day for day in (ours.earliest, theirs.earliest) if day]
        ends = [day for day in (ours.latest, theirs.latest) if day]
        return max(0, (max(begins) - min(ends)).days) if begins and ends else 0

    @property
    def same_toll(self) -> bool:
        """Whether both count the same dead, more than one."""
        ours, theirs = self.first.told.fatalities, self.later.told.fatalities
        return not self.counts_some and ours is not None and ours == theirs and (ours.low or 0) > 1

    @property
    def counts_some(self) -> bool:
        """Whether one of them counts but some of the dead: unter den Toten sind zwei Ärzte."""
        return self.first.told.some_of or self.later.told.some_of

    @property
    def fitting_toll(self) -> bool:
        """Whether both count several dead, and it may be the same number."""
        ours, theirs = self.first.told.fatalities, self.later.told.fatalities
        return ours is not None and theirs is not None and min(ours.low or 0, theirs.low or 0) > 1 and _meet(ours, theirs)

    @property
    def other_toll(self) -> bool:
        """Whether the numbers of the dead exclude each other and neither is told as one of another time (zunächst)."""
        ours, theirs = self.first.told.fatalities, self.later.told.fatalities
        if ours is None or theirs is None or self.counts_some or self.first.wording.updating or self.later.wording.updating:
            return False
        return not _meet(ours, theirs) or _far_apart(ours, theirs)

    def shared(self, ours: frozenset[str], theirs: frozenset[str]) -> bool:
        """Whether an actor of one may be an actor of the other."""
        return any(self._may_be(x, y) for x in ours for y in theirs)

    def opposed(self, ours: frozenset[str], theirs: frozenset[str]) -> bool:
        """Whether both name known actors and none in common."""
        known = ours and theirs and not ours & self.first.vague and not theirs & self.later.vague
        return bool(known) and not self.shared(ours, theirs)

    def _may_hold(self, ours: str, theirs: str) -> bool:
        """Whether places overlap, or one is a region, whose bounds nobody knows, of the other's country."""
        known = {ours, theirs} <= shipped_gazetteer().entries.keys()
        if not known and {self.first.kinds[ours], self.later.kinds[theirs]} == TOWN_KINDS:
            return True  # in which town a district lies (der Stadtteil Sultanahmet) the text need not say
        country = shipped_gazetteer().country_of(ours)
        regions = "Region" in (self.first.kinds[ours], self.later.kinds[theirs])
        within = country is not None and country == shipped_gazetteer().country_of(theirs)
        return overlap(ours, theirs) or (regions and within)

    def _may_be(self, ours: str, theirs: str) -> bool:
        """Whether two actors may be one: the same, a state and its forces or minister, a coalition and its member."""
        if ours == theirs:
            return True
        gazetteer = shipped_gazetteer()
        country = gazetteer.country_of(ours)
        same_state = country is not None and country == gazetteer.country_of(theirs)
        allied = ours in gazetteer.partners(theirs) or theirs in gazetteer.partners(ours)
        kinds = {self.first.kinds[ours], self.later.kinds[theirs]}
        return allied or (same_state and not kinds.isdisjoint(STATE_ACTORS) and kinds <= STATE_AND_OFFICERS)


def _is_of_another(one: Sighting, several: Sighting) -> bool:
    """Whether only a person with a name is hit in ``one``, who is not among the several dead of the other."""
    toll, person = several.told.fatalities, one.named_persons
    alone = len(person) == 1 and person == one.stated_targets
    return alone and toll is not None and (toll.low or 0) > 1 and person.isdisjoint(several.targets)


def _left_alone(one: Sighting, many: Sighting) -> bool:
    """Whether one person flees in ``one``, and in the other a number of people."""
    count, alone = many.told.argued.count, [one.kinds[s] for s in one.stated_targets] == ["Person"]
    return alone and count is not None and (count.low or 0) > 1 and one.stated_targets.isdisjoint(many.targets)


def _meet(ours: Bounds, theirs: Bounds) -> bool:
    """Whether one number may lie in the bounds of both."""
    lows = [n for n in (ours.low, theirs.low) if n is not None]
    highs = [n for n in (ours.high, theirs.high) if n is not None]
    return not (lows and highs) or max(lows) <= min(highs)


def _far_apart(ours: Bounds, theirs: Bounds) -> bool:
    """Whether "more than 100" and "more than 9,000" can hardly be one number."""
    lows = sorted(low for low in (ours.low, theirs.low) if low)
    return len(lows) == 2 and lows[0] >= EXACT and lows[1] >= FAR_APART * lows[0]


def overlap(one: str, other: str) -> bool:
    """Whether one place is the other or lies in it."""
    return one in _around(other) or other in _around(one)


@cache
def _around(slug: str) -> frozenset[str]:
    """Return a place with all it lies in."""
    entries, found, at = shipped_gazetteer().entries, {slug}, [slug]
    for _ in range(LONGEST_PLACE_CHAIN):
        known = [entries[s] for s in at if s in entries]
        at = [s for entry in known for s in (entry.place, entry.country) if s and s not in found]
        found.update(at)
    return frozenset(found)
