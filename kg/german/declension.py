"""A name as a German sentence has it, with article and case: Islamischer Staat, durch den Islamischen Staat, im Irak."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kg.german.compounds import last_parts
from kg.german.inflection import ADJECTIVE_ENDINGS
from kg.german.nouns import gender, is_generic
from kg.german.people import people
from kg.german.word_sets import word_set
from kg.resources import table

Case = Literal["nominative", "accusative", "dative"]
TERRITORIES = frozenset(("Country", "Region"))  # whose names end like nouns by chance: Griechenland
TAKES_DATIVE_N = ("e", "er", "el")
CONTRACTIONS = {("in", "dem"): "im", ("an", "dem"): "am", ("von", "dem"): "vom"}


@dataclass(frozen=True, slots=True)
class NameGrammar:
    """What a name is grammatically; ``noun`` is the index of its noun, all words before it are adjectives.

    ``gender`` is m, f, n, p for a plural, or empty for a name that takes no article and never changes.
    """

    words: tuple[str, ...]
    gender: str = ""
    noun: int = 0
    preposition: str = ""
    generic: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Noun:
    gender: str
    preposition: str


@lru_cache(maxsize=20_000)
def grammar(name: str, kind: str) -> NameGrammar:
    """Return the grammar of the German name of an actor or place of the class ``kind``."""
    words = tuple(name.split())
    generic = kind == "PopulationGroup" or is_generic(name)
    for index, word in enumerate(words if kind != "Person" else ()):
        noun = _noun(word, kind, alone=len(words) == 1)
        if noun is not None:
            return NameGrammar(words, noun.gender, index, noun.preposition, generic, noun.gender == "p")
        if not _is_adjective(word):
            break
    people_meant = kind not in ("Person", *TERRITORIES) and bool(words) and people(words[-1]) is not None
    return NameGrammar(words, generic=generic, plural=kind == "PopulationGroup" or people_meant)


def declined(name: str, kind: str, case: Case) -> str:
    """Return the name with its article in a case; as it is where nothing is known of it."""
    found = grammar(name, kind)
    if not found.gender:
        return name
    article, phrase = _forms(found, case)
    return f"{article} {phrase}" if article else phrase


def where(name: str, kind: str) -> str:
    """Return where something happens: in Mossul, im Irak, am Euphrat, auf dem Flughafen Aleppo."""
    found = grammar(name, kind)
    preposition = found.preposition or ("an" if kind == "WaterBody" and found.gender else "in")
    return located(preposition, name, kind)


def located(preposition: str, name: str, kind: str) -> str:
    """Return the name in the dative behind a preposition, contracted with its article: aus dem Irak, im Irak."""
    found = grammar(name, kind)
    if not found.gender:
        return f"{preposition} {name}"
    article, phrase = _forms(found, "dative")
    joined = CONTRACTIONS.get((preposition, article)) or " ".join(filter(None, (preposition, article)))
    return f"{joined} {phrase}"


def _forms(found: NameGrammar, case: Case) -> tuple[str, str]:
    """Return the article, empty for people of a sort in the plural, and the name behind it."""
    article, weak, strong = _declension()[found.gender, case]
    bare = found.generic and found.plural
    ending = strong if bare else weak
    words = list(found.words)
    words[: found.noun] = [_inflected(word, ending) for word in words[: found.noun]]
    if found.plural and case == "dative" and words[found.noun].endswith(TAKES_DATIVE_N):
        words[found.noun] += "n"
    return "" if bare else article, " ".join(words)


def _inflected(adjective: str, ending: str) -> str:
    if adjective in word_set("german", "undeclined"):
        return adjective
    return next(adjective.removesuffix(e) + ending for e in ADJECTIVE_ENDINGS if adjective.endswith(e))


def _is_adjective(word: str) -> bool:
    return word in word_set("german", "undeclined") or word.endswith(ADJECTIVE_ENDINGS)


@cache
def _declension() -> dict[tuple[str, str], tuple[str, str, str]]:
    return {(r["gender"], r["case"]): (r["article"], r["weak"], r["strong"]) for r in table("german/declension.tsv")}


@cache
def _nouns() -> tuple[dict[str, _Noun], dict[str, _Noun]]:
    """Return the nouns of the table, and those that may close a compound in small letters."""
    rows = [(row, _Noun(row["gender"], row["preposition"])) for row in table("german/noun_phrases.tsv")]
    return {r["word"]: n for r, n in rows}, {r["word"].lower(): n for r, n in rows if r["end"] == "yes"}


def _noun(word: str, kind: str, *, alone: bool) -> _Noun | None:
    """Return what is known of a noun; a proper name of one word is only what the table says of it."""
    whole, ends = _nouns()
    last = word.rpartition("-")[2]
    found = whole.get(word) or whole.get(last)
    if found is not None or (alone and kind == "City") or (not word[:1].isupper() and "-" not in word):
        return found
    parts = last_parts(last.lower(), max(map(len, ends)))
    if found := next((ends[part] for part in (last.lower(), *parts) if part in ends), None):
        return found
    known = None if alone and kind in TERRITORIES else gender(last)
    return _Noun(known, "") if known else None
