"""What two triggers of one sentence say twice: the event itself, or what was hit once more as its place."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.events.argued import Argued
from kg.annotation.events.event_places import Places
from kg.annotation.events.referents import Referents
from kg.event_kinds import family

STRIKES = family("assault") | family("harm")


def without_doubles(found: list[Argued], referents: Referents) -> list[Argued]:
    """Autobomben explodierten: where subject or object of a verb names the same kind of event, the verb is enough.

    The same holds for the genitive of a noun: die Explosion einer Autobombe.
    """
    verbs = {(a.trigger.sentence, a.trigger.clause, a.entry.kind) for a in found if a.trigger.predicate is not None}
    nouns = {
        (a.trigger.sentence, a.trigger.clause, a.entry.kind, a.trigger.chunk) for a in found if a.trigger.predicate is None
    }
    out = []
    for argued in found:
        trigger = argued.trigger
        place = trigger.sentence, trigger.clause, argued.entry.kind
        if trigger.chunk is not None and argued.entry.pos == "N":
            chunk = referents.grammar(trigger.sentence).chunk((trigger.clause, trigger.chunk))
            if chunk.genitive_of is not None and (*place, chunk.genitive_of) in nouns:
                continue
            if place in verbs and chunk.preposition is None and chunk.genitive_of is None:
                continue
        out.append(argued)
    return out


def beside_hit(found: list[Argued], referents: Referents) -> list[Argued]:
    """Bei einem Angriff auf ein Krankenhaus starben zwei Ärzte: what is hit is nowhere in its clause the place."""
    hit = {
        (a.trigger.sentence, a.trigger.clause, slug)
        for a in found
        for slug in a.targets
        if a.entry.kind in STRIKES and referents.entities[slug].kind == "Facility"
    }
    return [replace(a, places=_without(a, hit)) if a.entry.kind in STRIKES else a for a in found]


def _without(argued: Argued, hit: set[tuple[int, int, str]]) -> Places:
    where = argued.trigger.sentence, argued.trigger.clause
    groups = (tuple(slug for slug in group if (*where, slug) not in hit) for group in argued.places)
    return tuple(group for group in groups if group)
