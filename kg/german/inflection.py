"""The forms that the words of a name take in German text; endings are data, ``kg/lexicon/german/inflection.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.german.transliteration import fold
from kg.german.word_sets import word_set
from kg.resources import table

ADJECTIVE_ENDINGS = ("em", "en", "er", "es", "e")
PLURAL_ENDING = "e"  # of an adjective without article
SHORTEST_STEM = 3
HISSING = ("s", "ß", "z", "x", "ce")


@cache
def _endings(applies: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (row for row in table("german/inflection.tsv") if row["applies"] == applies)
    pairs = [(row["ending"].strip("-"), tuple(row["becomes"].split("|"))) for row in rows]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _exchanged(word: str, applies: str) -> set[str]:
    for ending, forms in _endings(applies):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            stem = word[: len(word) - len(ending)]
            return {stem + form for form in forms}
    return set()


def adjective(word: str) -> set[str]:
    """Return the forms of an adjective given in any of its forms; none when the word has no adjective's ending."""
    return _exchanged(word, "adjective")


def genitive(word: str, proper: bool = True) -> set[str]:
    """Return ``word`` with its genitives: of a ``proper`` name (Mossuls) or of a noun (des Staats, des Staates)."""
    if proper:
        return {word} if word.endswith(HISSING) else {word, word + "s"}
    if word.endswith(HISSING):
        return {word, word + "es"}
    return {word} | _exchanged(word, "genitive")


def plural(word: str) -> set[str]:
    """Return the cases of a plural noun (Rebellen, Zivilisten, Einwohner)."""
    return {word} | _exchanged(word, "plural")


def landscape(word: str) -> set[str]:
    """Return the cases of a plural noun that names a region (Kandil-Berge, in den Stammesgebieten)."""
    rows = [(ending, forms) for ending, forms in _endings("landscape") if word.lower().endswith(ending)]
    return {word} | {word + form.removeprefix(ending) for ending, forms in rows for form in forms}


def demonym(word: str) -> set[str]:
    """Return the forms of a bare adjective (irakisch): irakische, irakischen ..."""
    return {word} | {word + form for _, forms in _endings("demonym") for form in forms}


def recased(word: str) -> set[str]:
    """Return a small word also as a sentence begins with it."""
    return {word, word[:1].upper() + word[1:]}


@cache
def directions() -> tuple[str, ...]:
    """Return what may stand before a country's name or adjective: nord, süd ..."""
    return tuple(row["ending"] for row in table("german/inflection.tsv") if row["applies"] == "direction")


@cache
def compass_points() -> dict[str, str]:
    """Return the nouns of the compass with what they are in a compound: Norden, Nord."""
    rows = (row for row in table("german/inflection.tsv") if row["applies"] == "direction" and row["becomes"] != "-")
    return {row["becomes"].capitalize(): row["ending"].capitalize() for row in rows}


@cache
def _proper() -> frozenset[str]:
    stems = (row["ending"] for row in table("german/inflection.tsv") if row["applies"] == "proper")
    return frozenset(fold(form) for stem in stems for form in demonym(stem))


def keeps_capital(word: str) -> bool:
    """Tell whether an adjective makes a name only with its capital: Islamischer (Staat), not internationale."""
    return fold(word).lower() in _proper()


def subject_form(adjectives: Sequence[str], noun: str, lemma: str, ending: str) -> str:
    """Return people as a subject without article: mutmaßlichen Attentätern → mutmaßliche Attentäter.

    ``ending`` is that of the adjectives; of the noun only the -n of the dative goes, and what one person's case adds.
    """
    said = [_stem(word) + ending for word in adjectives]
    dative = noun == lemma + "n" and lemma.endswith("er") and lemma.lower() not in word_set("syntax", "plurals_in_n")
    adjective = noun in (lemma + "r", lemma + "m")  # ein Abgeordneter
    single = ending != PLURAL_ENDING and noun.startswith(lemma)
    changed = lemma.endswith("er") and noun != lemma + "n"  # Brüdern
    umlauted = noun.endswith("ern") and (changed or not lemma.endswith(("er", "ern")))  # Männern, Kindern
    in_e = noun.endswith("en") and lemma.lower().endswith(tuple(word_set("syntax", "plurals_in_e")))  # Offizieren, Kräften
    if single and adjective:
        return " ".join((*said, lemma + "r"))
    return " ".join((*said, lemma if dative or single else noun.removesuffix("n") if umlauted or in_e else noun))


def is_genitive_plural(adjective: str, noun: str, lemma: str) -> bool:
    """Tell britischer Diplomaten by its endings: a strong adjective in -er before a noun with an -n that one person has not."""
    return adjective.endswith("er") and noun in (lemma + "n", lemma + "en")


def is_undeclined(adjective: str, lemma: str) -> bool:
    """Tell an adjective of a town, which is the same in every case, by its lemma: Berliner, but not junger; so is 9."""
    return adjective.endswith(".") or (adjective.endswith("er") and adjective.lower() == lemma.lower())


def as_inside(adjectives: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    """Return the adjectives that open a sentence as inside one: Iranische (Berater) with a small letter, Berliner as it is."""
    first, *others = adjectives
    return [first if is_undeclined(first, lemmas[0]) else first[0].lower() + first[1:], *others]


def _stem(adjective: str) -> str:
    return next((adjective.removesuffix(e) for e in ADJECTIVE_ENDINGS if adjective.endswith(e)), adjective)
