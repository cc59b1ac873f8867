"""The time expression that is an event's own: of the noun, of its relative clause, of its clause."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.events.argued import Argued
from kg.annotation.events.referents import Referents
from kg.annotation.events.timing.asides import is_background, is_talked_about
from kg.annotation.events.timing.clause_times import ClauseTimes, nearest
from kg.annotation.records import Timex
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import OPENING
from kg.event_kinds import family

BETWEEN_NOUN_AND_BRACKET = frozenset(("APPR", "APPRART", "ART", "ADJA", "NE", "NN", "FM"))
NEWS = frozenset(("Capture", "RouteClosure"))  # who holds a place is told on the day on which it changes
MOMENTARY = family("momentary")


def time_of(times: ClauseTimes, argued: Argued, syntax: Syntax, referents: Referents) -> Timex | None:
    """Return the time of an event: of the noun itself or its relative clause, else of its clause."""
    trigger, news = argued.trigger, argued.entry.kind in NEWS
    if trigger.chunk is not None and argued.entry.pos != "N":
        chunk = syntax.chunks[trigger.clause][trigger.chunk]  # die am Montag verschleppten Reporter
        own = next((t for last, t in times.get(trigger.clause, []) if chunk.begin <= last < trigger.word), None)
        return _begun(own, argued) if own else None
    if trigger.chunk is None:
        own = nearest(times, trigger.clause, trigger.word, syntax, news=news)
        lasts = any(p.voice == "sein" for p in syntax.predicates[trigger.clause])
        return _begun(own, argued) if own and lasts else own
    grammar = referents.grammar(trigger.sentence)
    ref = (trigger.clause, trigger.chunk)
    if (bracketed := _in_brackets(times, syntax, grammar.chunk(ref))) is not None:
        return bracketed
    attributes = [grammar.chunk(r) for refs in grammar.of_noun(ref).values() for r in refs]
    for last, timex in times.get(trigger.clause, []):
        if any(c.begin <= last < c.end for c in attributes) or syntax.chunks[ref[0]][ref[1]].end == last:
            return timex
    for k, clause in enumerate(syntax.clauses):
        if clause.kind == "relative" and k in times and ref in grammar.antecedent(k):
            return times[k][0][1]
    if is_background(argued, grammar) or is_talked_about(argued, grammar):
        return None
    return nearest(times, trigger.clause, trigger.word, syntax, news=news)


def _begun(timex: Timex, argued: Argued) -> Timex:
    """Der seit November entführte Reporter, er ist seit November entführt: what takes a moment happened then."""
    if argued.entry.kind not in MOMENTARY or timex.begun is None:
        return timex
    return replace(timex, latest=timex.begun)


def _in_brackets(times: ClauseTimes, syntax: Syntax, chunk: Chunk) -> Timex | None:
    """Der Anschlag von Djerba (2002): a time in brackets behind the phrase, or behind what hangs on it."""
    for clause, found in times.items():
        it = syntax.clauses[clause] if clause >= 0 else None
        if it is None or it.kind != "fragment" or syntax.words.text[it.words[0] - 1] not in OPENING:
            continue
        between = syntax.words.tag[chunk.end : it.words[0] - 1]
        if chunk.end <= it.words[0] - 1 and all(tag in BETWEEN_NOUN_AND_BRACKET for tag in between):
            return found[0][1]
    return None
