"""What stands before the colon of a headline: who says it, or where it happens (Moskau: Armee hat …; Kabul: Drei Tote)."""

from __future__ import annotations

from kg.annotation.events.referents import Referents
from kg.annotation.references.seats import government_in
from kg.annotation.syntax.attributes import Ref, preposition
from kg.annotation.syntax.sentence import Syntax
from kg.german.nouns import is_generic
from kg.german.word_sets import word_set
from kg.namespaces import ACTING_KINDS

HEADING_MARK = ":"
TOLD_BY_STATES = frozenset(("StateForce", "Government", "Coalition"))
HEADING_PREPOSITIONS = word_set("events", "heading_prepositions")


def heading(syntax: Syntax) -> list[Ref]:
    """Return the phrases before the colon that a sentence opens with, without verb; none where it has no such."""
    first = syntax.clauses[0]
    end = first.words[-1] + 1
    headed = first.kind == "fragment" and end < len(syntax.words) and syntax.words.text[end] == HEADING_MARK
    return [(0, k) for k in range(len(syntax.chunks[0]))] if headed else []


def place_speaks(referents: Referents, sentence: int, ref: Ref) -> bool:
    """Whether a country or capital before the colon is its government: it says we, or tells of a force or somebody known.

    Russland: Haben IS-Chef getötet; Moskau: Luftwaffe tötet Extremisten; but Kabul: Drei Tote bei Anschlag.
    """
    behind = _subject_behind(referents, sentence)
    if ref in behind:
        return True
    named = [referents.entities[f.slug] for f in referents.fillers(sentence, ref) if f.slug]
    capital = any(entity.kind != "Country" and government_in(entity) is not None for entity in named)
    slugs = (f.slug for r in behind for f in referents.fillers(sentence, r) if f.slug)
    known = [e for e in map(referents.entities.__getitem__, slugs) if e.scope == "gazetteer"]
    return capital and any(e.kind in TOLD_BY_STATES or (e.kind in ACTING_KINDS and not is_generic(e.label)) for e in known)


def _subject_behind(referents: Referents, sentence: int) -> list[Ref]:
    """Return the subject of what stands behind the colon."""
    syntax = referents.syntax(sentence)
    verbs = syntax.predicates[1] if len(syntax.clauses) > 1 else ()
    return referents.grammar(sentence).subject(1) if verbs else []


def places_before_colon(referents: Referents, sentence: int) -> list[Ref]:
    """Return the phrases that say where all of it happened: Somalia: Viele Tote bei Angriff; Terror in Paris: 130 Tote."""
    syntax = referents.syntax(sentence)
    phrases = heading(syntax)
    if len(phrases) == 1 and not preposition(syntax.chunks[0][0]):
        return [] if place_speaks(referents, sentence, (0, 0)) else phrases
    return [ref for ref in phrases if preposition(syntax.chunks[0][ref[1]]) in HEADING_PREPOSITIONS]
