"""Assembles ``doc._.events``: time, roles taken over from what was said before, numbers, one event for each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.events.argued import Argued
from kg.annotation.events.discourse import GENERAL, Told, carried_on, told_together
from kg.annotation.events.event_places import Places, place_at_front
from kg.annotation.events.factuality import Stance
from kg.annotation.events.occurrences.grouping import grouped
from kg.annotation.events.occurrences.leads import dated
from kg.annotation.events.occurrences.pooling import pooled
from kg.annotation.events.occurrences.sightings import PlacedSentence, sightings
from kg.annotation.events.referents import Referents
from kg.annotation.events.timing.asides import is_background, is_cause, is_past, is_pluperfect, sums_up
from kg.annotation.events.timing.clause_times import claims, clause_times, says
from kg.annotation.events.timing.event_times import EventTimes
from kg.annotation.records import Bounds, EventMention, Quantity, Timex, register_extensions
from kg.annotation.syntax.attributes import AMONG
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.words.token_table import paragraphs_of, tokens_of
from kg.event_kinds import family
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.namespaces import GROUP_KINDS
from kg.resources import table

CASUALTIES_COUNTED, DEADLY = family("casualties"), family("deadly")
LESS_SURE = {"Factual": 0.0, "Reported": 0.0, "Uncertain": 0.05, "Negated": 0.05, "Future": 0.05}


@Language.factory(
    "lagebild_events",
    requires=[
        "doc._.arguments",
        "doc._.clauses",
        "doc._.entities",
        "doc._.mentions",
        "doc._.quantities",
        "doc._.referents",
        "doc._.stances",
        "doc._.timexes",
    ],
    assigns=["doc._.events"],
)
def create(nlp: Language, name: str) -> Events:
    """Make the component."""
    return Events()


class Events:
    """Makes event mentions out of argued triggers and their stances."""

    def __init__(self) -> None:
        register_extensions()
        self._instruments = {r["word"]: r["kind"] for r in table("events/instruments.tsv")}

    def __call__(self, doc: Doc) -> Doc:
        """Assemble the events of ``doc`` and return it."""
        self.set_annotations(doc, self.match(doc))
        if doc._.referents is not None:
            doc._.referents.forget_grammars()
        return doc

    def match(self, doc: Doc) -> tuple[EventMention, ...]:
        """Return the events, sorted by where their trigger stands."""
        if not doc._.arguments:
            return ()
        referents: Referents = doc._.referents
        paragraphs = paragraphs_of(tokens_of(doc))
        times = EventTimes(doc._.clauses, referents, doc._.published, paragraphs)
        told = [self._told(doc, referents, times, a, s) for a, s in zip(doc._.arguments, doc._.stances, strict=True)]
        told = [replace(t, scene=_scene(referents, paragraphs, t.sentence)) for t in told]
        told = [t for t in told if not t.stance.generic]
        war = _is_on_war(doc)
        out = [e for t in _occurrences(doc, told) if war or not t.bare(referents.is_described) for e in _mentions(doc, t)]
        return _numbered(sorted(dict.fromkeys(out), key=lambda e: (e.begin, e.end, e.kind, e.places)))

    def set_annotations(self, doc: Doc, found: tuple[EventMention, ...]) -> None:
        """Write the result of :meth:`match`."""
        doc._.events = found

    def _told(self, doc: Doc, referents: Referents, when: EventTimes, argued: Argued, stance: Stance) -> Told:
        trigger = argued.trigger
        syntax: Syntax = doc._.clauses[trigger.sentence]
        times = [c for c in clause_times(syntax, referents.times(trigger.sentence)) if c < 0 or not says(syntax, c)]
        grammar = referents.grammar(trigger.sentence)
        kind = self._kind(argued, grammar)
        timex = when.of(argued, stance.factuality)
        counted_from = when.distances.of_clause(argued)
        looked_at = is_background(argued, grammar) and stance.factuality != "Reported"
        cause = is_cause(argued, grammar)
        aside = looked_at or cause or syntax.clauses[trigger.clause].kind == "relative"
        if stance.factuality == "Future":
            timex = _from_publication(timex, doc._.published)
        if stance.factuality == "Factual" and _is_ahead(timex, doc._.published):
            stance = replace(stance, factuality="Future")
        return Told(
            argued=argued,
            stance=stance,
            kind=kind,
            agents=argued.agents or (stance.sources if argued.first_person else ()),
            targets=argued.targets,
            places=argued.places,
            timex=timex,
            elsewhere=bool(times) or referents.names_place(trigger.sentence, things=True),
            moved=bool(times) or referents.names_place(trigger.sentence, things=False),
            fatalities=_dead(doc, argued, kind),
            injured=_injured(syntax, referents.counts(trigger.sentence)) if kind in CASUALTIES_COUNTED else None,
            some_of=_counts_some(argued, syntax),
            things=frozenset(slug for group in argued.places for slug in group if referents.is_unnamed_thing(slug)),
            of_others=_is_of_others(argued, syntax),
            called=frozenset(doc._.entities[slug].label.rpartition(" ")[2] for slug in argued.targets),
            on_attackers=any(_names_attackers(doc._.entities[slug].label) for slug in argued.targets),
            buildings=frozenset(slug for slug in argued.targets if doc._.entities[slug].kind == "Facility"),
            undated=referents.undated(trigger.sentence, trigger.clause),
            past=is_past(syntax, trigger.clause),
            looks_back=is_pluperfect(syntax, trigger.clause),
            looked_at=looked_at,
            cause=cause,
            background=aside,
            claimed=_is_claimed(argued, syntax),
            sums_up=sums_up(argued, syntax),
            counted_from=counted_from,
        )

    def _kind(self, argued: Argued, grammar: Grammar) -> str:
        """A general attack is of the kind that its instrument says: mit Raketen angegriffen, not nach dem Angriff."""
        kind, syntax = argued.entry.kind, grammar.syntax
        if kind not in GENERAL or is_background(argued, grammar):
            return kind
        clause = syntax.clauses[argued.trigger.clause]
        found = [(k, self._instrument(syntax.words.lemma[k])) for k in clause.words]
        return next((kind for k, kind in found if kind and not _is_goal(syntax, k)), kind)

    def _instrument(self, lemma: str) -> str | None:
        """Return the kind of attack that a noun or the last part of a compound stands for."""
        for form in (lemma, lemma.removesuffix("s")):  # the lemma of a rare compound may keep its ending (Kampfjets)
            if form in self._instruments:
                return self._instruments[form]
        low = lemma.lower()
        return next((kind for word, kind in self._instruments.items() if len(word) > 4 and low.endswith(word.lower())), None)


def _scene(referents: Referents, paragraphs: Sequence[int], sentence: int) -> Places:
    """Return where the sentence before leaves the story, () at the beginning of a paragraph."""
    goes_on = sentence > 0 and paragraphs[sentence] == paragraphs[sentence - 1]
    return place_at_front(referents, sentence - 1) if goes_on else ()


def _names_attackers(label: str) -> bool:
    """Der Angreifer wurde erschossen: others did that."""
    return load_event_lexicon().is_a(label.rpartition(" ")[2], "assailant")


def _is_claimed(argued: Argued, syntax: Syntax) -> bool:
    """Zu dem Angriff bekannte sich …: whether somebody claims the one event; the attacks may be of several kinds."""
    trigger = argued.trigger
    if trigger.chunk is None or not claims(syntax, trigger.clause):
        return False
    return any(reading[1] == "s" for reading in syntax.chunks[trigger.clause][trigger.chunk].readings)


def _is_of_others(argued: Argued, syntax: Syntax) -> bool:
    """Anhänger eines hingerichteten Islamisten stürmten …: a participle in the genitive tells of somebody else."""
    trigger = argued.trigger
    if trigger.chunk is None or argued.entry.pos != "A":
        return False
    return syntax.chunks[trigger.clause][trigger.chunk].genitive_of is not None


def _is_on_war(doc: Doc) -> bool:
    """Whether the text names a force, or people that take part in wars; whom it only describes may play football."""
    return any(doc._.entities[m.entity].kind in GROUP_KINDS for m in doc._.mentions if m.kind != "description")


def _is_goal(syntax: Syntax, word: int) -> bool:
    """In die Luft is where something goes, not what it is done with."""
    return word > 1 and syntax.words.lower[word - 2 : word] == ("in", "die")


def _occurrences(doc: Doc, told: list[Told]) -> list[Told]:
    """Return the events completed from each other, numbered by occurrence."""
    together = told_together(told)
    seen = sightings(together, told, _sentences(doc), doc._.entities, doc._.mentions)
    numbered = [replace(t, occurrence=n) for t, n in zip(together, grouped(seen), strict=True)]
    stated = [sighting.stated_time for sighting in seen]
    return dated(pooled(numbered, carried_on(together), stated), doc._.published)


def _sentences(doc: Doc) -> list[PlacedSentence]:
    tokens = tokens_of(doc)
    return [PlacedSentence(syntax, *tokens.bounds(n)) for n, syntax in enumerate(doc._.clauses)]


def _numbered(mentions: list[EventMention]) -> tuple[EventMention, ...]:
    """Number the occurrences: a told one at each of its places is one; what its mentions say of it is the same."""
    first: dict[tuple[int | None, tuple[str, ...]], tuple[int, EventMention]] = {}
    out = []
    for mention in mentions:
        number, told = first.setdefault((mention.occurrence, mention.places), (len(first), mention))
        out.append(replace(mention, occurrence=number, earliest=told.earliest, latest=told.latest))
    return tuple(out)


def _is_ahead(timex: Timex | None, published: date | None) -> bool:
    return timex is not None and timex.earliest is not None and published is not None and timex.earliest > published


def _from_publication(timex: Timex | None, published: date | None) -> Timex | None:
    """Bis September abziehen: what is to come by then comes from now on."""
    until = timex is not None and timex.earliest is None and timex.latest is not None
    if timex is None or not until or published is None or (timex.latest or published) < published:
        return timex
    return replace(timex, earliest=published)


def _dead(doc: Doc, argued: Argued, kind: str) -> Bounds | None:
    count: Quantity | None = argued.count
    if kind not in DEADLY or count is None or not (count.unit in ("dead", "people") or _counts_victims(doc, argued, count)):
        return None
    return Bounds(count.low, count.high)


def _counts_some(argued: Argued, syntax: Syntax) -> bool:
    """Whether the event is told as one of several victims: unter den Opfern sind zwei Ärzte."""
    trigger = argued.trigger
    prepositions = {syntax.chunks[trigger.clause][trigger.chunk].preposition} if trigger.chunk is not None else set()
    return not AMONG.isdisjoint({*prepositions, *argued.entry.words})


def _counts_victims(doc: Doc, argued: Argued, count: Quantity) -> bool:
    """Acht Köche: of a noun that no table knows the role says that it means people."""
    hit = (m for m in doc._.mentions if m.entity in argued.targets and m.begin < count.end and count.begin < m.end)
    return any(doc._.entities[m.entity].kind in GROUP_KINDS | {"Person"} for m in hit)


def _injured(syntax: Syntax, counts: list[tuple[int, int, Quantity]]) -> Bounds | None:
    found = next((q for _, _, q in counts if q.unit == "injured"), None)
    return Bounds(found.low, found.high) if found else None


def _mentions(doc: Doc, told: Told) -> Iterator[EventMention]:
    """One event mention for each group of places."""
    trigger = told.argued.trigger
    syntax: Syntax = doc._.clauses[trigger.sentence]
    tokens, word = tokens_of(doc), syntax.words.index[trigger.word]
    begin, end = tokens.bounds(trigger.sentence)
    text = tokens.text[begin:end]
    begin += len(text) - len(text.lstrip())
    earliest, latest = (told.timex.earliest, told.timex.latest) if told.timex else (None, None)
    if earliest and latest and earliest > latest:
        earliest = latest = None  # read from two hints that exclude each other
    timex = told.timex if earliest or latest else None
    base = EventMention(
        kind=told.kind,
        begin=tokens.begins[word],
        end=tokens.ends[word],
        sentence=(begin, begin + len(text.strip())),
        agents=told.agents,
        targets=told.targets,
        earliest=earliest,
        latest=latest,
        factuality=told.stance.factuality,
        sources=told.stance.sources,
        fatalities=told.fatalities,
        injured=told.injured,
        confidence=_confidence(told),
        occurrence=told.occurrence,
        anaphor=told.anaphor,
        time=(timex.begin, timex.end) if timex and timex.begin < timex.end else None,
    )
    if not told.places:
        yield base
    for group in told.places:
        earlier = bool(group) and group[0] in told.argued.before
        yield replace(base, places=group, earliest=None if earlier else base.earliest)


def _confidence(told: Told) -> float:
    """A rough guide for sorting: more filled roles and a verb as trigger are surer; taken over roles less so."""
    value = 0.6 + 0.08 * bool(told.agents) + 0.08 * bool(told.targets) + 0.08 * bool(told.places)
    value += 0.06 if told.argued.trigger.predicate is not None else 0.0
    value += 0.04 if told.timex else 0.0
    value -= LESS_SURE[told.stance.factuality] + (0.1 if told.inherited else 0.0)
    return round(min(value, 0.95), 2)
