"""The predicates of a clause: its full verbs with separable particle, voice, mood, modal verb and negation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.annotation.syntax.clauses import Clause
from kg.annotation.syntax.moods import Mood, mood_at
from kg.annotation.syntax.words import SentenceWords
from kg.annotation.words.retagging import STRANDED
from kg.german.stts import VERBAL
from kg.german.word_sets import word_set

Voice = Literal["active", "passive", "sein"]
STEMS_IN_ELT = word_set("syntax", "stems_in_elt")
LONG_STEM = "ielen"
COUNTED = frozenset(("CARD", "NN", "PIS", "PIAT"))  # what stands before a participle that has a subject of its own
FULL = ("VVFIN", "VVPP", "VVINF", "VVIZU", "VVIMP")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A full verb; numbers are word positions.

    ``voice`` is ``sein`` for sein + participle, which is a perfect of verbs of motion and change (ist gefallen) and a
    state passive of the others (ist umzingelt): the verb decides. ``zu`` marks an infinitive with zu.
    """

    verb: int
    lemma: str
    particle: int | None
    voice: Voice
    mood: Mood
    finite: int | None
    modal: str | None
    future: bool
    zu: bool
    perfect: bool


@dataclass(frozen=True, slots=True)
class Bracket:
    """The verb forms of a clause: ``left`` its finite verb in second place, ``right`` what closes it."""

    left: int | None
    right: tuple[int, ...]


def bracket(words: SentenceWords, clause: Clause) -> Bracket:
    """Return the verb bracket of a clause."""
    copula = clause.finite is not None and words.lemma[clause.finite].lower() == "sein"
    closing = ("PTKZU",) if copula else ("PTKVZ", "PTKZU")  # ist leer, war vorbei: no particle of sein
    verbs = tuple(k for k in clause.words if words.tag[k] in VERBAL | set(closing) and not is_compared(words, k))
    if clause.kind in ("main", "fragment") and clause.finite is not None:
        return Bracket(clause.finite, tuple(k for k in verbs if k > clause.finite))
    return Bracket(None, verbs)


def is_compared(words: SentenceWords, k: int) -> bool:
    """Gilt als befreit, für tot erklärt: a participle behind als or für is no part of the bracket."""
    return k > 0 and words.tag[k] == "VVPP" and words.tag[k - 1] in ("KOKOM", "APPR")


def predicates(words: SentenceWords, clause: Clause) -> tuple[Predicate, ...]:
    """Return the full verbs of a clause, in the order of the text."""
    verbs = [k for k in clause.words if words.tag[k] in VERBAL]
    full = [k for k in verbs if words.tag[k] in FULL]
    particle = _particle(words, clause)
    found = [_predicate(words, clause, k, verbs, particle) for k in full]
    copula = _copula_verb(words, clause, verbs) if not found else None
    if copula is not None:
        found = _copula(words, clause, verbs, copula)
    elif not verbs and _lacks_copula(words, clause):
        found = [_predicative(words, clause.words[-1])]
    return tuple(found)


def _lacks_copula(words: SentenceWords, clause: Clause) -> bool:
    """Drei Soldaten tot: a headline leaves out the verb between a noun and the adjective that closes it."""
    return clause.kind == "fragment" and words.tag[clause.words[-1]] == "ADJD" and words.tag[clause.words[0]] != "ADJD"


def _predicative(words: SentenceWords, k: int) -> Predicate:
    lemma = words.lower[k]
    return Predicate(k, lemma, None, "sein", "indicative", None, None, future=False, zu=False, perfect=False)


def _copula_verb(words: SentenceWords, clause: Clause, verbs: list[int]) -> int | None:
    """Return sein or werden without another verb, also behind a modal verb (soll verantwortlich sein)."""
    finite = clause.finite
    if finite is None or words.tag[finite] == "VAFIN":
        return finite
    return next((k for k in verbs if words.tag[k] == "VAINF"), None) if words.tag[finite] == "VMFIN" else None


def _copula(words: SentenceWords, clause: Clause, verbs: list[int], copula: int) -> list[Predicate]:
    """The adjective of a copula is the predicate (ist zerstört, waren verantwortlich)."""
    behind = [k for k in clause.words if clause.finite is not None and (k > clause.finite or clause.kind != "main")]
    behind = [*clause.words[:1], *behind] if clause.kind == "main" else behind  # Verantwortlich dafür ist die PKK
    adjectives = [k for k in behind if words.tag[k] in ("ADJD", "PTKVZ")]
    having = words.lemma[copula].lower() == "haben"
    particle = next((k for k in adjectives[-1:] if having and words.lower[k] in STRANDED), None)
    out = [_predicate(words, clause, copula, verbs, particle)]
    if particle is not None:  # sie haben vor, die Stadt anzugreifen
        return out
    out += [replace(out[0], verb=k, lemma=words.lower[k], voice="sein") for k in adjectives[-1:]]
    return out


def _particle(words: SentenceWords, clause: Clause) -> int | None:
    """The separated particle of the finite verb (nahm … ein); the last one, as it closes the bracket."""
    if clause.finite is None or words.tag[clause.finite] not in ("VVFIN", "VVIMP"):
        return None
    return next((k for k in reversed(clause.words) if k > clause.finite and words.tag[k] == "PTKVZ"), None)


def _predicate(words: SentenceWords, clause: Clause, k: int, verbs: list[int], particle: int | None) -> Predicate:
    tag, finite = words.tag[k], clause.finite
    own = particle if k == finite else None
    helped = finite is not None and words.lemma[finite].lower() in ("sein", "haben")
    lemma = _infinitive(words.lower[k], words.lemma[k].lower(), tag == "VVPP" or helped)
    if own is not None:
        lemma = words.lower[own] + lemma
    helpers = [v for v in verbs if v != k and words.tag[v] not in FULL and not _of_another(words, k, v)]
    lemmas = [words.lemma[v].lower() for v in helpers]
    modal = next((words.lemma[v].lower() for v in helpers if words.tag[v].startswith("VM")), None)
    participle = tag == "VVPP" or (tag == "VVFIN" and k != finite and bool(helpers))
    if tag == "VVINF" and helped and lemmas:
        participle = participle or (words.lower[k].startswith("ge") and modal is None and words.tag[k - 1] != "PTKZU")
    voice: Voice = "active"
    if participle and "werden" in lemmas:
        voice = "passive"
    elif participle and "sein" in lemmas and "haben" not in lemmas:
        voice = "sein"
    return Predicate(
        verb=k,
        lemma=lemma,
        particle=own,
        voice=voice,
        mood=clause_mood(words, clause),
        finite=finite,
        modal=modal,
        future="werden" in lemmas and not participle,
        zu=tag == "VVIZU" or (tag == "VVINF" and k > 0 and words.tag[k - 1] == "PTKZU"),
        perfect=participle and ("haben" in lemmas or "sein" in lemmas),
    )


def _of_another(words: SentenceWords, k: int, helper: int) -> bool:
    """Seien gefallen, elf verletzt worden; sind gefallen und elf verletzt worden: worden is of the verb beside it.

    But: sind getötet und verletzt worden.
    """
    between = words.tag[k + 1 : helper]
    if words.tag[helper] != "VAPP" or "VVPP" not in between:
        return words.tag[helper] == "VAPP" and "$," in between
    joined = between[: between.index("VVPP")]
    return "$," in between or ("KON" in joined and not COUNTED.isdisjoint(joined))


def _infinitive(form: str, lemma: str, perfect: bool) -> str:
    """Mend what the tagger makes of some forms: umzingelte is of umzingeln, gefallen of fallen; gewinnen is of no winnen."""
    if lemma in STEMS_IN_ELT or lemma.endswith(LONG_STEM):
        return lemma  # galt, wertete, zielte
    if lemma.endswith(("elten", "erten")):
        return lemma[:-3] + "n"
    if lemma.endswith("elen") or (lemma.endswith("eren") and not lemma.endswith("ieren")):
        return lemma[:-2] + "n"
    if perfect and lemma == form and form.startswith("ge") and form.endswith("en") and len(form) > 6:
        return form[2:]
    return lemma


def clause_mood(words: SentenceWords, clause: Clause) -> Mood:
    """Return the mood of a clause's finite verb, indicative when it has none."""
    return "indicative" if clause.finite is None else mood_at(words, clause.finite)
