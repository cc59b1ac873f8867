"""What a text only looks back at, speaks of or sums up: such events take no time of the story around them."""

from __future__ import annotations

from kg.annotation.events.argued import Argued
from kg.annotation.events.timing.sequence import sequence_words
from kg.annotation.syntax.attributes import Ref, preposition
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.sentence import Syntax
from kg.german.finite_forms import is_preterite
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon

SIMULTANEOUS = word_set("events", "simultaneous")
PLUPERFECT = word_set("events", "pluperfect_auxiliaries")
JUDGING = word_set("events", "judging")
INVOLVED = frozenset(("person", "suspect", "attacker"))
RESPONSES = frozenset(("revenge", "response"))
VAGUE_LENGTHS, COUNTING_BACK = word_set("events", "vague_lengths"), word_set("events", "counting_back")
OFTEN = word_set("events", "often")
ALREADY = word_set("events", "already")
WARS = tuple(word_set("events", "wars"))
TOLL_OF_A_WAR = 100_000  # people: more than one day sees


def is_background(argued: Argued, grammar: Grammar) -> bool:
    """Nach den Anschlägen, zu dem Überfall: a definite noun that the clause only looks back at has a time of its own."""
    if argued.trigger.chunk is None or argued.entry.pos != "N" or not argued.definite or argued.carried:
        return False
    ref = argued.trigger.clause, argued.trigger.chunk
    return _of_people(grammar, ref) or is_apart(grammar, ref)


def is_cause(argued: Argued, grammar: Grammar) -> bool:
    """Vergeltung für Bombardements in Syrien ankündigen: what it is for lies behind."""
    if argued.trigger.chunk is None or argued.entry.pos != "N":
        return False
    return _is_answered(grammar, (argued.trigger.clause, argued.trigger.chunk))


def _is_answered(grammar: Grammar, ref: Ref) -> bool:
    """Als Reaktion auf den Angriff, Vergeltung für Bombardements: whether something else is the answer to an event."""
    words = grammar.syntax.words
    return any(load_event_lexicon().is_any_of(words.lemma[grammar.chunk(up).head], RESPONSES) for up in grammar.attached(ref))


def is_apart(grammar: Grammar, ref: Ref) -> bool:
    """Nach, wegen, als Vergeltung für den Anschlag: whether an event in an adverbial is at another time than its clause."""
    name = preposition(grammar.chunk(grammar.anchor(ref)))
    return bool(name) and (name not in SIMULTANEOUS or _is_answered(grammar, ref))


def _of_people(grammar: Grammar, ref: Ref) -> bool:
    """Die Drahtzieher des Anschlags: a genitive that says who they are."""
    heads = (grammar.syntax.words.lemma[grammar.chunk(up).head] for up in grammar.attached(ref))
    lexicon = load_event_lexicon()
    return any(lexicon.is_any_of(head, INVOLVED) for head in heads)


def is_talked_about(argued: Argued, grammar: Grammar) -> bool:
    """Verurteilte am Montag den Angriff: the day is that of the verb, which only speaks of the event."""
    trigger = argued.trigger
    if trigger.chunk is None or argued.entry.pos != "N":
        return False
    return is_judged(grammar, (trigger.clause, trigger.chunk))


def is_judged(grammar: Grammar, ref: Ref) -> bool:
    """Verurteilte in Genf den Angriff: whether the verb only speaks of the event."""
    top, clause = grammar.anchor(ref), ref[0]
    verbs = [p for p in grammar.syntax.predicates[clause] if p.lemma in JUDGING]
    return any(top in grammar.of_verb(clause, verb, True).get("obj", []) for verb in verbs)


def sums_up(argued: Argued, syntax: Syntax) -> bool:
    """Whether a clause tells of all that happened in a long time: immer wieder; in dem Krieg; hundreds of thousands."""
    trigger, words = argued.trigger, syntax.words
    if any(words.lower[k] in OFTEN for k in syntax.clauses[trigger.clause].words) or leaves_off(syntax):
        return True
    if argued.count is not None and (argued.count.low or 0) >= TOLL_OF_A_WAR:
        return True
    if any(low in ALREADY and tag == "CARD" for low, tag in zip(words.lower, words.tag[1:], strict=False)):
        return True  # bereits 200 Kämpfer getötet
    heads = (c.head for c in syntax.chunks[trigger.clause] if not c.begin <= trigger.word < c.end)
    return any(words.lemma[k].lower().endswith(WARS) for k in heads)


def leaves_off(syntax: Syntax) -> bool:
    """Whether a sentence goes back to an earlier time that it does not name: zuvor, bislang, vor kurzem, vor Jahren."""
    lower = syntax.words.lower
    vague = any(lower[k] in VAGUE_LENGTHS and lower[k - 1] in COUNTING_BACK for k in range(1, len(lower)))
    return vague or not sequence_words().breaks.isdisjoint(lower)


def is_past(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells of the past: preterite, perfect, or a participle alone."""
    finite = syntax.clauses[clause].finite
    verbs = syntax.predicates[clause]
    if finite is None or any(v.perfect or v.voice == "passive" for v in verbs):
        return True
    return is_preterite(syntax.words.lower[finite], syntax.words.lemma[finite].lower())


def is_pluperfect(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells what had happened before: hatten gestürmt, waren getötet worden."""
    finite = syntax.clauses[clause].finite
    return finite is not None and syntax.words.lower[finite] in PLUPERFECT and any(v.perfect for v in syntax.predicates[clause])
