"""Capitals that stand for governments: Moskau bombardierte Idlib, gestern schickte Ankara Soldaten."""

from __future__ import annotations

from functools import cache

from kg.annotation.names.state_actors import GOVERNMENT, state_actor
from kg.annotation.records import Entity
from kg.annotation.syntax.attributes import Ref
from kg.annotation.syntax.governing import is_blamed, object_control, reporting_verbs
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import Predicate
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.resources import table


@cache
def capitals() -> dict[str, str]:
    """Seats of governments, from ``lexicon/events/capitals.tsv``: label of the town -> slug of the country."""
    return {r["city"]: r["country"] for r in table("events/capitals.tsv")}


def government_in(town: Entity) -> Entity | None:
    """Return the government whose seat a town is."""
    country = capitals().get(town.label) if town.kind == "City" else None
    return state_actor(shipped_gazetteer(), country, GOVERNMENT) if country is not None else None


def acts(syntax: Syntax, ref: Ref) -> bool:
    """Whether a bare name is the subject of a verb that somebody does: at the front, behind the verb or the conjunction."""
    chunks, clause = syntax.chunks[ref[0]], syntax.clauses[ref[0]]
    chunk = chunks[ref[1]]
    if chunk.preposition or chunk.determiner is not None or chunk.genitive_of is not None or chunk.apposition_to is not None:
        return False
    head = chunk.list_with if chunk.list_with is not None else ref[1]
    first, last = chunks[head], max(c.end for k, c in enumerate(chunks) if head in (k, c.list_with))
    if clause.opener is not None:
        fronted = first.begin == clause.opener + 1
    else:
        fronted = first.begin == clause.words[0] and _reaches_verb(syntax, last, clause.finite)
    turned = clause.finite is not None and first.begin == clause.finite + 1 and not _opens_with_phrase(syntax, ref[0])
    if is_blamed(syntax, ref):
        return True
    if chunk.end - chunk.begin == 1 and not fronted and any(p.lemma in object_control() for p in syntax.predicates[ref[0]]):
        return True  # Kiew wirft Moskau vor, …; rief Damaskus auf, …
    return chunk.end - chunk.begin == 1 and (fronted or turned) and any(map(_is_deed, syntax.predicates[ref[0]]))


def _reaches_verb(syntax: Syntax, end: int, finite: int | None) -> bool:
    """Ankara (dagegen) drohte; but a place of writing does not: Bamako – Soldaten haben."""
    return finite is not None and all(syntax.words.tag[k] == "ADV" for k in range(end, finite)) and end <= finite


def _opens_with_phrase(syntax: Syntax, clause: int) -> bool:
    """Rebellen griffen Damaskus an: what stands at the front may be the subject itself."""
    begin = syntax.clauses[clause].words[0]
    return any(c.begin == begin and c.preposition is None for c in syntax.chunks[clause])


def _is_deed(predicate: Predicate) -> bool:
    """Whether a verb's subject says something or is the agent of an event, and never a place (fallen)."""
    lexicon, lemma = load_event_lexicon(), predicate.lemma
    frames = [lexicon.frames[entry.frame] for entry in lexicon.verbs.get(lemma, ())]
    roles = {slot.role for frame in frames for slot in frame if slot.function == "subj"}
    if predicate.voice != "active" or "place" in roles:
        return False
    does = "agent" in roles
    carries = any(verb == lemma and support.actor == "subj" for (verb, _), support in lexicon.support.items())
    return does or carries or lemma in reporting_verbs()


def force_of(who: Entity, noun: str) -> Entity | None:
    """Return whom Erdogan-Truppen, Putin-Bomber mean: the force, called by that noun, of the country whose leader is named."""
    country = shipped_gazetteer().country_of(who.slug) if who.kind == "Person" else None
    slug = shipped_gazetteer().force(country, noun) if country is not None else None
    force = shipped_gazetteer().entries[slug] if slug is not None else None
    return Entity(force.slug, force.kind, force.label) if force is not None else None
