"""Who did it, where the clause says it of somebody beside the deed: its perpetrators, those who claim it, those blamed."""

from __future__ import annotations

from kg.annotation.events.referents import Filler, Referents
from kg.annotation.events.timing.clause_times import CLAIM
from kg.annotation.events.triggers import Trigger
from kg.annotation.references.unlisted_nouns import is_weapon
from kg.annotation.syntax.attributes import Ref, preposition
from kg.annotation.syntax.functions import AGENT_PREPOSITIONS, Grammar
from kg.annotation.syntax.governing import BLAME, is_blamed
from kg.annotation.syntax.sentence import Syntax
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.namespaces import ACTING_KINDS

PERPETRATORS = frozenset(("attacker", "suspect"))  # classes of nouns
DENYING = word_set("events", "negation") | word_set("events", "denied")


def is_denied(syntax: Syntax, clause: int) -> bool:
    """Tell whether a clause says of anything that it is not so."""
    return any(syntax.words.lower[k] in DENYING for k in syntax.clauses[clause].words)


def culprits(trigger: Trigger, referents: Referents) -> list[Filler]:
    """Return the actors that are the noun's perpetrators (die Attentäter des Anschlags) or claim it (bekannten sich zu ihm).

    Of a verb they are those whose weapon its subject is (eine russische Rakete schlug ein).
    """
    if trigger.chunk is not None and trigger.entries[0].pos == "A":
        return []  # Täter eines … hingerichteten Mannes
    if trigger.chunk is None:
        found = _armed(trigger, referents)
    else:
        ref = trigger.clause, trigger.chunk
        ways = (_perpetrators, _claimants, _blamed)
        found = next((found for way in ways if (found := way(trigger.sentence, ref, referents))), [])
    return [filler for filler in found if filler.kind in ACTING_KINDS and filler.slug is not None]


def _armed(trigger: Trigger, referents: Referents) -> list[Filler]:
    """Eine russische Rakete schlug ein; sie starben durch Granaten der Armee: whose the weapons are."""
    grammar, words = referents.grammar(trigger.sentence), referents.syntax(trigger.sentence).words
    verbs = referents.syntax(trigger.sentence).predicates[trigger.clause]
    behind = grammar.of_verb(trigger.clause, verbs[trigger.predicate], False) if trigger.predicate is not None else {}
    phrases = [*grammar.subject(trigger.clause), *(ref for name in AGENT_PREPOSITIONS for ref in behind.get(name, []))]
    weapons = [(ref, grammar.chunk(ref)) for ref in phrases if is_weapon(words.lemma[grammar.chunk(ref).head])]
    owners = [(ref, e) for ref, c in weapons for e in referents.demonyms(trigger.sentence, c)]
    owners += [(ref, e) for ref, c in weapons for e in referents.compound_part(trigger.sentence, c.head)]
    found = [Filler(e.slug, e.kind, words.lemma[grammar.chunk(ref).head], ref) for ref, e in owners]
    of = (r for ref, _ in weapons for r in grammar.of_noun(ref).get("gen", []))  # Raketen der Armee
    return [*found, *(f for r in of for f in referents.fillers(trigger.sentence, r))]


def _perpetrators(sentence: int, ref: Ref, referents: Referents) -> list[Filler]:
    grammar, lexicon = referents.grammar(sentence), load_event_lexicon()
    of = grammar.chunk(ref).genitive_of
    if of is None:
        return []
    noun = referents.syntax(sentence).words.lemma[grammar.chunk((ref[0], of)).head]
    if not lexicon.is_any_of(noun, PERPETRATORS):
        return []
    bearers = (m for r in _who_is(grammar, (ref[0], of)) for m in grammar.members(r))
    return [f for r in bearers for f in referents.fillers(sentence, r)] or referents.fillers(sentence, (ref[0], of))


def _who_is(grammar: Grammar, ref: Ref) -> list[Ref]:
    """Er gilt als Täter des Anschlags, war der Täter, wird als Täter gesucht: of whom the verb says what ``ref`` says."""
    clause, listed = ref[0], grammar.chunk(ref).list_with
    name = preposition(grammar.chunk(ref if listed is None else (clause, listed)))  # als Kopf und Drahtzieher
    verb = next(iter(grammar.syntax.predicates[clause]), None)
    if verb is None or name not in ("", "als") or (name == "" and verb.lemma != "sein"):
        return []
    objects, subject = grammar.of_verb(clause, verb, False).get("obj", []), grammar.subject(clause)
    return [r for r in ((objects or subject) if name else [*subject, *objects]) if r != ref]


def _blamed(sentence: int, ref: Ref, referents: Referents) -> list[Filler]:
    """Sie gaben Moskau die Schuld an dem Angriff, wiesen dem IS die Verantwortung für ihn zu: to whom the blame is given."""
    grammar, syntax = referents.grammar(sentence), referents.syntax(sentence)
    blame = grammar.chunk(grammar.anchor(ref)).follows
    if blame is None or syntax.words.lemma[grammar.chunk((ref[0], blame)).head] not in BLAME:
        return []
    given = [r for p in syntax.predicates[ref[0]] for r in grammar.of_verb(ref[0], p, False).get("dat", [])]
    beside = [(ref[0], blame - 1)] if is_blamed(syntax, (ref[0], blame - 1)) else []
    return [f for r in given or beside for m in grammar.members(r) for f in referents.fillers(sentence, m)]


def _claimants(sentence: int, ref: Ref, referents: Referents) -> list[Filler]:
    grammar, syntax, verbs = referents.grammar(sentence), referents.syntax(sentence), load_event_lexicon().verbs
    if preposition(grammar.chunk(grammar.anchor(ref))) != "zu":
        return []
    claiming = [p for p in syntax.predicates[ref[0]] if any(entry.kind == CLAIM for entry in verbs.get(p.lemma, ()))]
    if not claiming or is_denied(syntax, ref[0]):
        return []
    subjects = [m for r in grammar.subject(ref[0], claiming[0]) for m in grammar.members(r)]
    return [filler for subject in subjects for filler in referents.fillers(sentence, subject)]
