"""What an event takes over from what was said beside and before it: roles, place and time of the same story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.annotation.events.argued import Argued
from kg.annotation.events.arguments import REACH
from kg.annotation.events.event_places import UTTERANCE_KINDS, Places, as_one, with_town
from kg.annotation.events.factuality import Stance
from kg.annotation.events.timing.event_distances import CountedFrom
from kg.annotation.records import Bounds, Timex
from kg.event_kinds import family
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import shipped_gazetteer

ASSAULTS, HARM, CONTROL_CHANGES, ON_THE_SPOT = map(family, ("assault", "harm", "control", "on_the_spot"))
GENERAL, MUTUAL, OWN_TARGET, RETREATS = map(family, ("general", "mutual", "own_target", "retreat"))
SEIZURES = frozenset(("Abduction", "Arrest"))
DAMAGE = frozenset(("Destruction",))
UNSPECIFIC = word_set("events", "unspecific_assaults")
NEXT = 2  # sentences within which a story stays where and when it is
UNSPECIFIED_VICTIMS = frozenset(("people", "civilians"))


@dataclass(frozen=True, slots=True)
class Told:
    """An event on its way: what its own clause says, later completed from others."""

    argued: Argued
    stance: Stance
    kind: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    places: Places
    timex: Timex | None
    elsewhere: bool  # its sentence names another place or time: no place is carried on into it
    moved: bool  # the same of a place that has a name: no time is either
    fatalities: Bounds | None = None
    injured: Bounds | None = None
    some_of: bool = False  # it counts but some of those whom the whole event harmed: unter den Toten sind zwei Ärzte
    things: frozenset[str] = frozenset()  # those of its places that are built and have no name: ein Markt
    of_others: bool = False  # it is told of who belongs to those of its clause: Anhänger eines Hingerichteten stürmten …
    on_attackers: bool = False  # it happens to attackers: who attacked did not do it
    called: frozenset[str] = frozenset()  # what its targets are called: Dschihadisten
    buildings: frozenset[str] = frozenset()  # those of its targets that nobody can kill
    undated: bool = False  # its clause names a time of which nobody can tell the day
    past: bool = False  # its clause tells of the past
    looks_back: bool = False  # its clause stands in the pluperfect
    looked_at: bool = False  # its clause only looks back at it: nach den Anschlägen
    cause: bool = False  # it is but what revenge is for
    background: bool = False  # so it is, its clause only looks back at it, or it is told aside in a relative clause
    claimed: bool = False  # its clause tells who claims it: zu dem Angriff bekannte sich …
    sums_up: bool = False  # its clause tells of all that happened in a long time
    counted_from: CountedFrom | None = None  # the event from which its clause counts its time
    scene: Places = ()  # the town with which the sentence before it begins
    occurrence: int = 0  # mentions of one number tell of one occurrence
    inherited: bool = False

    @property
    def sentence(self) -> int:
        """Number of its sentence."""
        return self.argued.trigger.sentence

    @property
    def anaphor(self) -> bool:
        """Whether it is a definite noun that says nothing of its own: der Angriff."""
        said = self.argued.places or set(self.argued.targets) - UNSPECIFIED_VICTIMS or self.argued.unknown & {"target", "place"}
        return self.argued.definite and (self.argued.says_aim or not said)

    def bare(self, described: Callable[[str], bool]) -> bool:
        """Whether a mere noun (eine Offensive) is all: outside an article on war it may be sport or business.

        ``described`` tells those who have no name: they may take part in anything.
        """
        named = any(not described(slug) for slug in (*self.agents, *self.targets))
        return self.argued.trigger.chunk is not None and not (named or self.places or self.fatalities)

    @property
    def clause(self) -> int:
        """Number of its clause in the sentence."""
        return self.argued.trigger.clause


def told_together(told: Sequence[Told]) -> list[Told]:
    """Return the events completed from their own sentence and of the kind they are, in their order."""
    out: list[Told] = []
    for event in _shared_in_sentence(list(told)):
        named = _named_kind(event, out)
        if named is not None:
            out.append(_specific(named, out))
    return out


def carried_on(told: Sequence[Told]) -> list[Told]:
    """Return the events completed from the story before them."""
    out: list[Told] = []
    for event in told:
        beside = [other for other in out if other.sentence == event.sentence]
        out.append(_in_the_same_place(_against(_carried_on(event, out), out), beside))
    return out


def _recent(before: list[Told], event: Told, reach: int) -> Iterator[Told]:
    """Events told within ``reach`` sentences before this one, the last first."""
    for other in reversed(before):
        if event.sentence - other.sentence > reach:
            return
        yield other


def _named_kind(event: Told, before: list[Told]) -> Told | None:
    """Being hit (getroffen) is of the kind of the assault told before; without one it is no event."""
    if event.argued.entry.frame != "hit":
        return event
    for other in _recent(before, event, REACH):
        if other.kind in ASSAULTS:
            return replace(event, kind=other.kind)
    return None


def _shared_in_sentence(told: list[Told]) -> list[Told]:
    """Bei einem Luftangriff wurden zwölf Menschen getötet: attack and harm of one sentence share victim, place and time."""
    out: list[Told] = []
    for _, same in groupby(told, _sentence):
        group = list(same)
        out += [_shared(e, [o for o in group if o is not e]) for e in group]
    return out


def _sentence(event: Told) -> int:
    return event.sentence


def _shared(event: Told, beside: list[Told]) -> Told:
    partners = [o for o in beside if _belong(event, o) and not _is_apart(event, o)]
    event = _told_again(_with_verb(event, beside), beside)
    for other in sorted(partners, key=lambda o: o.clause != event.clause):
        if other.clause == event.clause or len(partners) == 1:
            event = _complete(event, other)
    return event


def _with_verb(event: Told, others: list[Told]) -> Told:
    """What an adverbial or a purpose leaves out its clause says: nach langer Belagerung die Stadt erobert; um X zu befreien."""
    for other in others:
        verb = other.argued.trigger.predicate is not None
        beside = other.clause == event.clause and verb and event.argued.adverbial and other.kind in CONTROL_CHANGES
        purpose = event.kind in CONTROL_CHANGES and other.argued.purpose_of == event.clause
        if beside or purpose:
            agents = event.agents or other.agents
            if event.kind in MUTUAL and not event.agents:
                agents = tuple(dict.fromkeys((*other.agents, *other.targets)))
            targets = event.targets if event.kind in OWN_TARGET else event.targets or other.targets
            event = replace(event, agents=agents, targets=targets, places=event.places or other.places)
    return event


def _in_the_same_place(event: Told, others: list[Told]) -> Told:
    """Stürmten in Mogadischu ein Hotel und nahmen Geiseln: the next thing that the same do in a sentence they do there."""
    if event.places or event.kind not in SEIZURES | HARM or event.argued.trigger.predicate is None or not event.agents:
        return event
    before = (o for o in others if o.clause == event.clause - 1 and o.argued.trigger.predicate is not None)
    there = next((o.places for o in before if o.agents == event.agents and o.kind in ASSAULTS | CONTROL_CHANGES), ())
    return replace(event, places=there) if len(there) == 1 else event


def _told_again(event: Told, others: list[Told]) -> Told:
    """IS verliert letzte Bastion: am Donnerstag sei sie erobert worden. Two mentions of one kind share the only time."""
    alike = (o for o in others if o.kind == event.kind and o.clause != event.clause and not _is_apart(event, o))
    times = {o.timex for o in alike if o.timex}
    return replace(event, timex=times.pop()) if len(times) == 1 and event.timex is None and not event.undated else event


def _answers(event: Told, other: Told) -> bool:
    """Aus Rache für den Anschlag tötete er zehn Männer: a deed with its own doer is none of what its clause looks back at."""
    acts = event.argued.trigger.predicate is not None and bool(event.agents)
    return acts and other.looked_at and event.clause == other.clause


def _is_told_aside(event: Told, other: Told) -> bool:
    """Bei dem Einsatz starb er, der als Drahtzieher der Anschläge gilt: a noun in a later clause, which tells of him."""
    return event.argued.trigger.predicate is None and event.background and event.clause > other.clause


def _done_by_others(event: Told, other: Told) -> bool:
    """Als die Armee angriff, zündeten die Rebellen Häuser an: two deeds, each with its own doer, in two clauses."""
    verbs = event.argued.trigger.predicate is not None and other.argued.trigger.predicate is not None
    apart = event.agents and other.agents and set(event.agents).isdisjoint(other.agents)
    harm, assault = (event, other) if event.kind in HARM else (other, event)
    before = harm.looks_back and not assault.looks_back  # deren Anführer getötet worden war, griff … an
    return verbs and event.clause != other.clause and (bool(apart) or before)


def _is_apart(event: Told, other: Told) -> bool:
    """Stürmten das Gefängnis, befreiten 70 Menschen, deren Ermordung bevorstand: what is to come is none of what was."""
    if _answers(event, other) or _answers(other, event) or _done_by_others(event, other):
        return True
    if _is_told_aside(event, other) or _is_told_aside(other, event):
        return True
    return event.of_others or (event.stance.factuality == "Future") != (other.stance.factuality == "Future")


def _belong(event: Told, other: Told) -> bool:
    return (event.kind in ASSAULTS and other.kind in HARM) or (event.kind in HARM and other.kind in ASSAULTS)


def _specific(event: Told, before: list[Told]) -> Told:
    """A general word takes up the one special assault of the sentence before (eine Rakete; der Angriff).

    Das Attentat was no bombing where only shots and knives were told of.
    """
    if event.anaphor and event.argued.entry.lemma in UNSPECIFIC and not event.argued.trigger.first:
        told = {other.kind for other in before if other.kind in ASSAULTS}
        return replace(event, kind=told.pop()) if len(told) == 1 and told <= GENERAL else event
    if event.kind not in GENERAL or not event.anaphor or not (event.claimed or not (event.agents or event.argued.adverbial)):
        return event
    last = [other for other in _recent(before, event, 1) if other.kind in ASSAULTS and not _is_by_others(event, other)]
    kinds = {other.kind for other in last}
    one = len(kinds) == 1 and all(other.sentence < event.sentence for other in last)
    return replace(event, kind=kinds.pop()) if one else event


def _is_by_others(event: Told, other: Told) -> bool:
    """Die Luftwaffe bombardierte das Lager. Zu dem Angriff bekannte sich der IS: what he claims is another attack."""
    return event.claimed and bool(event.agents) and bool(other.agents) and set(event.agents).isdisjoint(other.agents)


def _carried_on(event: Told, before: list[Told]) -> Told:
    """A story stays where and when it is until a sentence says otherwise."""
    if not _goes_on(event):
        return event
    if event.scene and not event.places and not event.elsewhere:
        event = replace(event, places=event.scene, inherited=True)
    recent = [other for other in _recent(before, event, NEXT) if _goes_on(other) and not _returns_from(event, other)]
    if not recent:
        return event
    other = recent[0]
    harm_of = event.kind in HARM and other.kind in ASSAULTS | DAMAGE and not event.on_attackers
    stays_apart = event.moved or (event.elsewhere and not event.things) or other.cause or event.of_others
    own_time = event.timex is not None and event.timex != other.timex
    earlier = event.looks_back and not other.looks_back  # flog Angriffe, nachdem zwei Polizisten getötet worden waren
    did_it = harm_of and "agent" not in event.argued.unknown and not (own_time or earlier or event.of_others or event.looked_at)
    same = harm_of or (event.anaphor and other.kind in ASSAULTS | HARM)
    return replace(
        event,
        agents=event.agents or (_others_than(event, other.agents) if did_it else ()),
        places=event.places if stays_apart else _placed(event, other if same else _without_things(other)),
        timex=event.timex or _time_carried_on(event, recent),
        inherited=True,
    )


def _others_than(event: Told, agents: tuple[str, ...]) -> tuple[str, ...]:
    """Der IS griff Kirkuk an. Zwölf Dschihadisten wurden getötet: not by the IS, of whom they are as its epithet says."""
    entries = shipped_gazetteer().entries
    return tuple(a for a in agents if a not in entries or event.called.isdisjoint(entries[a].epithets))


def _without_things(event: Told) -> Told:
    """In seiner Wohnung lagen Waffen. Zehn Menschen starben in Paris: a mere building is the place of one event only."""
    places = (tuple(slug for slug in group if slug not in event.things) for group in event.places)
    return replace(event, places=tuple(group for group in places if group))


def _goes_on(event: Told) -> bool:
    return event.kind in ON_THE_SPOT and event.stance.factuality not in ("Future", "Negated")


def _time_carried_on(event: Told, recent: list[Told]) -> Timex | None:
    """Return the time of the last event told before; what is said aside has its own and takes none."""
    told = (o for o in recent if o.kind not in UTTERANCE_KINDS or event.kind in UTTERANCE_KINDS)  # on Monday he only claimed it
    other = next((o for o in told if not (o.background or o.sums_up)), None)
    apart = event.moved or event.undated or event.sums_up or (event.background and not event.anaphor)
    if other is None or event.counted_from or apart:
        return None
    goes_back = event.looks_back and not other.looks_back
    return None if goes_back else other.timex


def _returns_from(event: Told, other: Told) -> bool:
    """Tell whether the story has come back from what was before: Am Vortag waren … gestorben. … Soldaten stürmten …."""
    return other.looks_back and not event.looks_back and event.sentence - other.sentence > 1


def _against(event: Told, before: list[Told]) -> Told:
    """The enemy of one battle is the enemy of the next, as long as the sentences follow each other."""
    planned = event.stance.factuality == "Future"
    if event.kind not in CONTROL_CHANGES or event.targets or "target" in event.argued.unknown or planned:
        return _where(event, before)
    for other in _recent(before, event, NEXT):
        enemy = other.targets if other.kind in CONTROL_CHANGES else other.agents if other.kind in RETREATS else ()
        if enemy and not set(enemy) & set(event.agents):
            return _where(replace(event, targets=enemy, inherited=True), before)
    return _where(event, before)


def _where(event: Told, before: list[Told]) -> Told:
    """Die Offensive begann im Juni: a definite operation is about the place of which the sentences before told."""
    if event.kind not in CONTROL_CHANGES or event.places or event.elsewhere or not event.argued.definite:
        return event
    near = [o for o in _recent(before, event, NEXT) if o.kind in CONTROL_CHANGES and len(o.places) == 1]
    return replace(event, places=near[0].places, inherited=True) if near else event


def _complete(event: Told, other: Told) -> Told:
    """Take over what an event leaves open; nobody is on both sides of it."""
    unknown = event.argued.unknown
    agents = () if "agent" in unknown else tuple(s for s in _others_than(event, other.agents) if s not in event.targets)
    spared = {*event.agents, *(other.buildings if event.kind in HARM else ())}
    targets = () if "target" in unknown else tuple(s for s in other.targets if s not in spared)
    return replace(
        event,
        agents=event.agents or agents,
        targets=event.targets or targets,
        places=_placed(event, other),
        timex=event.timex or (None if event.looked_at or (event.undated and other.clause != event.clause) else other.timex),
        inherited=True,
    )


def _placed(event: Told, other: Told) -> Places:
    """Return where an event is, with the place of another where it leaves that open or names but a thing: auf einem Markt.

    The dead of several places are counted together.
    """
    around = tuple(kept for group in other.places if (kept := tuple(slug for slug in group if slug not in other.things)))
    if event.places:
        return with_town(event.places, event.things, around)
    return as_one(other.places) if event.kind == "Killing" and event.fatalities is not None else other.places
