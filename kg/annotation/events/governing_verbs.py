"""What hangs on single verbs: whom an event noun hits, whether it happened at all, and from whom a place is freed."""

from __future__ import annotations

from kg.annotation.events.conditions import Roles
from kg.annotation.events.referents import Filler
from kg.annotation.syntax.attributes import Functions, Ref, preposition
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.governing import reporting_verbs
from kg.event_kinds import family
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import Support, TriggerEntry, load_event_lexicon
from kg.knowledge.gazetteer import shipped_gazetteer

AIMING, SURVIVING, SHAKING, RECEIVING, LIBERATING, HANDLING = (
    word_set("events", name)
    for name in ("aiming_verbs", "surviving_verbs", "shaking_verbs", "receiving_verbs", "liberating_words", "handling_verbs")
)
PREPARING, AIMS, WOUNDING = (word_set("events", name) for name in ("preparing", "aims", "wounding_verbs"))
SURRENDERING = word_set("events", "surrendering")  # whose subject suffers a siege
TELLING = reporting_verbs() | word_set("events", "judging")  # whose subject has done nothing of what it tells
BETWEEN, BEFORE, AT = "zwischen", "vor", "an"
WEAPON = "bomb"  # a class of nouns


def courts(grammar: Grammar, clause: int) -> list[Ref]:
    """Return what may be the court in a clause: vor ihm begann der Prozess, am Landgericht Linz begann er."""
    lemma, lexicon = grammar.syntax.words.lemma, load_event_lexicon()
    free = ((k, chunk) for k, chunk in enumerate(grammar.syntax.chunks[clause]) if chunk.follows is None)
    named = ((k, preposition(chunk), lemma[chunk.head]) for k, chunk in free)
    return [(clause, k) for k, name, noun in named if name == BEFORE or (name == AT and lexicon.is_a(noun, "court"))]


def hit_by_verb(entry: TriggerEntry, grammar: Grammar, ref: Ref) -> list[Ref]:
    """Return whom the event noun ``ref`` hits: das Attentat galt ihm, er überlebte es; Anschläge erschütterten Bagdad."""
    hit = aimed_at(grammar, ref) if entry.kind in family("assault") else []
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


def aimed_at(grammar: Grammar, ref: Ref) -> list[Ref]:
    """Ziel des Angriffs war ein Konvoi: what is said to be the aim or the victim of the event in the genitive."""
    over = grammar.chunk(ref).genitive_of
    words, verbs = grammar.syntax.words, grammar.syntax.predicates[ref[0]]
    if over is None or words.lemma[grammar.chunk((ref[0], over)).head] not in AIMS or not verbs or verbs[0].lemma != "sein":
        return []
    found = grammar.of_verb(ref[0], verbs[0], True)
    return [r for name in ("subj", "obj") for r in found.get(name, []) if r != (ref[0], over)]


def beside_support(support: Support | None, grammar: Grammar, clause: int) -> Functions:
    """Mit den Rebellen schloss sie ein Abkommen: what stands with a verb that carries an event, beside its noun."""
    if support is None or support.slot not in ("obj", "subj"):
        return {}
    verbs = (p for p in grammar.syntax.predicates[clause] if p.lemma == support.verb)
    return {name: refs for verb in verbs for name, refs in grammar.of_verb(clause, verb, False).items()}


def free_sides(grammar: Grammar, ref: Ref) -> list[Ref]:
    """Zwischen Armee und Rebellen gilt eine Waffenruhe, kam es zu Gefechten: the phrase hangs on no other noun."""
    if preposition(grammar.chunk(ref)) not in ("", "zu"):
        return []
    between = ((k, chunk) for k, chunk in enumerate(grammar.syntax.chunks[ref[0]]) if chunk.preposition == BETWEEN)
    free = [k for k, c in between if c.follows is None and c.genitive_of is None and c.list_with is None]
    return [member for k in free for member in grammar.members((ref[0], k))]


def wounded(grammar: Grammar, clause: int) -> list[Ref]:
    """Return who is wounded in a clause."""
    verbs = (p for p in grammar.syntax.predicates[clause] if p.lemma in WOUNDING)
    return [ref for verb in verbs for ref in grammar.of_verb(clause, verb, False).get("obj", [])]


def is_prepared(grammar: Grammar, ref: Ref) -> bool:
    """Whether the clause only tells where an event was planned: den Anschlag in Syrien geplant."""
    verbs = (p for p in grammar.syntax.predicates[ref[0]] if p.lemma in PREPARING)
    return any(grammar.anchor(ref) in grammar.of_verb(ref[0], verb, False).get("obj", []) for verb in verbs)


def _is_placed(grammar: Grammar, ref: Ref) -> bool:
    """Whether the noun says itself where: der Anschlag in Paris hat Europa erschüttert."""
    return bool(grammar.of_noun(ref).get("loc"))


def is_only_handled(entry: TriggerEntry, grammar: Grammar, ref: Ref) -> bool:
    """Whether ``ref`` is a weapon that has hit nobody: die Armee entschärfte, fand oder zerstörte eine Autobombe."""
    if entry.pos != "N" or not load_event_lexicon().is_a(entry.lemma, WEAPON):
        return False
    verbs = (p for p in grammar.syntax.predicates[ref[0]] if p.lemma in HANDLING)
    return any(ref in grammar.of_verb(ref[0], verb, False).get("obj", []) for verb in verbs)


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


def did_nothing(verb: str, kind: str) -> bool:
    """Whether the subject of a verb only suffers or tells an event of ``kind`` beside it.

    Sterben, fallen; nach langer Belagerung aufgeben; den Tod bei einem Angriff bestätigen; but: in einem Video drohen.
    """
    lexicon = load_event_lexicon()
    slots = (slot for entry in lexicon.verbs.get(verb, ()) for slot in lexicon.frames[entry.frame])
    suffers = (verb in SURRENDERING and kind == "Siege") or any((s.function, s.role) == ("subj", "target") for s in slots)
    return suffers or (verb in TELLING and kind not in family("utterance"))


def names_only(grammar: Grammar, clause: int) -> bool:
    """Tunesien baut nach Anschlag Mauer an Grenze: whether the verb of a clause tells of no event."""
    verbs = [p.lemma for p in grammar.syntax.predicates[clause]]
    return bool(verbs) and not any(verb in load_event_lexicon().verbs for verb in verbs)


def purpose_of(grammar: Grammar, clause: int, number: int | None) -> int | None:
    """Return the clause of what an event is for: um Sirte zu befreien; eine Offensive zur Befreiung von Sirte.

    ``number`` is that of the event's noun phrase, None for a verb.
    """
    it = grammar.syntax.clauses[clause]
    if number is not None:
        chunk = grammar.chunk((clause, number))
        return clause if preposition(chunk) == "zu" and chunk.follows is not None else None
    opener = grammar.syntax.words.lower[it.opener] if it.opener is not None else ""
    return it.parent if it.kind == "infinitive" and opener == "um" else None
