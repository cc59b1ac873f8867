"""Roles that hang on single verbs: whom an event noun hits by the verb beside it, and from whom a place is freed."""

from __future__ import annotations

from kg.annotation.events.conditions import Roles
from kg.annotation.events.referents import Filler
from kg.annotation.syntax.attributes import Ref, preposition
from kg.annotation.syntax.functions import Grammar
from kg.event_kinds import family
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import TriggerEntry, load_event_lexicon
from kg.knowledge.gazetteer import shipped_gazetteer

AIMING, SURVIVING, SHAKING, RECEIVING, LIBERATING = (
    word_set("events", name)
    for name in ("aiming_verbs", "surviving_verbs", "shaking_verbs", "receiving_verbs", "liberating_words")
)


def hit_by_verb(entry: TriggerEntry, grammar: Grammar, ref: Ref) -> list[Ref]:
    """Return whom the event noun ``ref`` hits: das Attentat galt ihm, er überlebte es; Anschläge erschütterten Bagdad."""
    hit: list[Ref] = []
    for predicate in grammar.syntax.predicates[ref[0]]:
        found = grammar.of_verb(ref[0], predicate, False)
        objects = [*found.get("dat", []), *found.get("obj", [])]
        if predicate.lemma in AIMING and ref in grammar.subject(ref[0]):
            hit += objects
        elif predicate.lemma in SURVIVING and ref in objects:
            hit += found.get("subj", [])
        elif predicate.lemma in SHAKING and grammar.anchor(ref) in found.get("subj", []):
            hit += found.get("obj", []) if entry.kind in family("assault") and not _is_placed(grammar, ref) else []
        elif predicate.lemma in RECEIVING and ref in found.get("obj", []):
            hit += found.get("subj", [])
    return hit


def _is_placed(grammar: Grammar, ref: Ref) -> bool:
    """Whether the noun says itself where: der Anschlag in Paris hat Europa erschüttert."""
    return bool(grammar.of_noun(ref).get("loc"))


def liberated_from(entry: TriggerEntry, grammar: Grammar, roles: Roles) -> None:
    """Make those targets from whom a place was freed (vom IS befreit), but not those who did it (von der Armee befreit)."""
    if entry.lemma not in LIBERATING:
        return
    lost = [f for f in roles["agent"] if preposition(grammar.chunk(f.ref)) == "von" and _oppresses(f)]
    roles["agent"] = [f for f in roles["agent"] if f not in lost]
    roles["target"] += lost


def _oppresses(filler: Filler) -> bool:
    """Whether somebody, or what he is called, is of those from whom the news speak of liberating: die Terrormiliz."""
    known = shipped_gazetteer().entries.get(filler.slug or "")
    lexicon = load_event_lexicon()
    return any(lexicon.is_a(word, "oppressor") for word in (filler.noun, *(known.epithets if known else ())))
