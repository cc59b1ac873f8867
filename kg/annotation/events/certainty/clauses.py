"""What a clause says of the certainty of everything in it: conditions, methods, attempts in vain, what never came to be."""

from __future__ import annotations

from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import clause_mood
from kg.german.finite_forms import is_preterite
from kg.german.stts import NUMBERS
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon

TAKING, IN_VAIN, PRETERITE_ENDINGS = word_set("events", "time_taking_verbs"), word_set("events", "in_vain"), ("te", "ten")
OF_NUMBERS = frozenset((*NUMBERS, "PIAT", "PIS"))
SUPPOSING = word_set("events", "supposing")
WHOEVER = word_set("events", "whoever")
NEARLY, OTHERWISE = word_set("events", "nearly"), word_set("events", "otherwise")


def is_condition(syntax: Syntax, clause: int) -> bool:
    """Würde Kirkuk fallen, wäre der Norden verloren; sollte es fallen, …: a clause that begins with its verb."""
    it, words = syntax.clauses[clause], syntax.words
    if it.kind != "main" or it.finite is None or it.words[0] != it.finite or it.shares is not None:
        return False
    return clause_mood(words, it) == "k2" or (words.lower[it.finite] in SUPPOSING and words.text[-1] != "?")


def is_method(syntax: Syntax, clause: int) -> bool:
    """Wie ein Anschlag ausgeführt werden kann: a question of method."""
    it = syntax.clauses[clause]
    if it.opener is None or syntax.words.tag[it.opener] != "PWAV" or it.finite is None:
        return False
    return syntax.words.lemma[it.finite].lower() == "können"


def is_of_anybody(syntax: Syntax, clause: int) -> bool:
    """Wer Krankenhäuser angreift, begeht ein Verbrechen; wer flieht, wird erschossen: whoever does it, whenever.

    Not a question: Wer die Stadt angreift, ist unklar; nor what one was: Wer blieb, wurde getötet.
    """
    for k, it in enumerate(syntax.clauses):
        if it.opener != 0 or syntax.words.lower[0] not in WHOEVER or it.parent is None or clause not in (k, it.parent):
            continue
        asked = any(p.voice == "sein" for p in syntax.predicates[it.parent])
        return not asked and all(is_present(syntax, of) for of in (k, it.parent))
    return False


def is_present(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells of the present: flieht, wird getötet; not floh, ist geflohen, wurde getötet."""
    finite = syntax.clauses[clause].finite
    if finite is None or any(p.perfect for p in syntax.predicates[clause]):
        return False
    return not is_preterite(syntax.words.lower[finite], syntax.words.lemma[finite].lower())


def is_in_vain(syntax: Syntax, clause: int) -> bool:
    """Versuchte vergeblich, die Stadt einzunehmen: whether the clause of an attempt says that it failed."""
    return not IN_VAIN.isdisjoint(syntax.words.lower[k] for k in syntax.clauses[clause].words)


def took_time(syntax: Syntax, clause: int) -> bool:
    """Die Armee brauchte neun Monate, um Mossul zu befreien: what took so long was done."""
    it, words = syntax.clauses[clause], syntax.words
    if it.kind != "infinitive" or it.parent is None:
        return False
    times = load_event_lexicon().classes["time"]
    needed = (p for p in syntax.predicates[it.parent] if p.lemma in TAKING)
    past = any(words.tag[p.verb] == "VVPP" or words.lower[p.verb].endswith(PRETERITE_ENDINGS) for p in needed)
    return past and any(words.lemma[c.head].lower() in times for c in syntax.chunks[it.parent])


def is_unreal(syntax: Syntax, clause: int, *, of_others: bool) -> bool:
    """Beinahe hätte der IS Bagdad erobert; ohne Hilfe, sonst, hätte sie nicht eingegriffen, wäre es gefallen: it never was.

    What others say (``of_others``) stands in the same form: only what nearly was is clear then.
    """
    it, words = syntax.clauses[clause], syntax.words
    if clause_mood(words, it) != "k2" or not any(p.perfect for p in syntax.predicates[clause]):
        return False
    told = {words.lower[k] for k in it.words[:-1] if words.tag[k + 1] not in OF_NUMBERS}  # but: fast 40 Menschen
    if not told.isdisjoint(NEARLY):
        return True
    if of_others:
        return False
    others = (k for k, c in enumerate(syntax.clauses) if k != clause and clause_mood(words, c) == "k2")
    return not told.isdisjoint(OTHERWISE) or any(is_condition(syntax, k) or syntax.clauses[k].parent == clause for k in others)
