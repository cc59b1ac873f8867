"""The nouns that stand beside names, each table of ``kg/lexicon`` read once; words are looked up without diacritics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kg.german.compounds import last_parts
from kg.german.inflection import PLURAL_ENDING, genitive, plural
from kg.german.transliteration import fold
from kg.namespaces import PLACE_KINDS
from kg.resources import table

Inflected = Literal["", "genitive", "all"]


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a noun means after a country's adjective: ``kind`` and ``label`` of the actor, ``group`` for synonyms."""

    group: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table from nouns to what they stand for; ``ends`` are those that may also close a compound, in small letters."""

    whole: dict[str, str]
    ends: dict[str, str]
    longest_end: int

    @classmethod
    def read(cls, file: str, word: str, sense: str, inflected: Inflected = "") -> WordTable:
        """Read the columns ``word`` and ``sense``; ``inflected``: its genitive, or every form of the word, counts too."""
        whole: dict[str, str] = {}
        ends: set[tuple[str, str]] = set()
        for row in table(file):
            forms = genitive(row[word], proper=False) if inflected else {row[word]}
            forms |= plural(row[word]) if inflected == "all" else set()
            for form in map(fold, sorted(forms)):
                whole.setdefault(form, row[sense])
                if row.get("end") == "yes":
                    ends.add((form.lower(), row[sense]))
        return cls(whole, dict(sorted(ends, reverse=True)), max((len(form) for form, _ in ends), default=0))

    def find(self, word: str) -> str | None:
        """Return the sense of ``word``, whole or as a compound (Hafenstadt), or None."""
        folded = fold(word)
        if folded in self.whole:
            return self.whole[folded]
        if not folded[:1].isupper():
            return None
        return next((self.ends[part] for part in last_parts(folded.lower(), self.longest_end) if part in self.ends), None)


@cache
def _words(file: str, word: str, sense: str, inflected: Inflected = "") -> WordTable:
    return WordTable.read(file, word, sense, inflected)


@cache
def state_words() -> dict[str, StateWord]:
    """Return lexicon/names/statewords.tsv by word."""
    return {fold(r["word"]): StateWord(r["class"], r["kind"], r["label"]) for r in table("names/statewords.tsv")}


@cache
def _ambiguous() -> frozenset[tuple[str, str]]:
    return frozenset((fold(r["word"]), r["needs"]) for r in table("names/ambiguous.tsv"))


def needed_context(name: str, kind: str) -> str:
    """Return the context without which ``name`` means no thing of ``kind``: place, person, media, or none."""
    context = {"Person": "person", "MediaOrganization": "media"}.get(kind, "place" if kind in PLACE_KINDS else "")
    return context if (name, context) in _ambiguous() else ""


@lru_cache(maxsize=20_000)
def place_kind(word: str) -> str | None:
    """Return the kind of place that a noun names (Hafenstadt: City), or None."""
    return _words("names/placewords.tsv", "word", "kind", "genitive").find(word)


@lru_cache(maxsize=20_000)
def announces_several(word: str) -> bool:
    """Tell whether a noun of place announces several names: die Städte Tikrit und Ramadi."""
    return _words("names/placewords.tsv", "word", "several").find(word) == "yes"


@lru_cache(maxsize=20_000)
def facility_kind(word: str) -> str | None:
    """Return Facility for what is built (Ölraffinerie), Region for borders (Grenzgebiet), or None."""
    return _words("names/facilitywords.tsv", "word", "kind", "genitive").find(word)


@lru_cache(maxsize=20_000)
def organisation_kind(word: str) -> str | None:
    """Return the kind of organisation that a noun names (Tageszeitung: MediaOrganization), or None."""
    return _words("names/orgwords.tsv", "word", "kind", "genitive").find(word)


@lru_cache(maxsize=20_000)
def is_title(word: str) -> bool:
    """Tell whether a noun may stand before a personal name (Innenminister, IS-Sprecher, Vize-Kommandeur)."""
    return _words("names/titles.tsv", "word", "role").find(word) is not None


@lru_cache(maxsize=20_000)
def group_kind(word: str) -> str | None:
    """Return the kind of people that a noun names without a name (Selbstmordattentäter), or None."""
    return _words("names/groupwords.tsv", "word", "kind", "all").find(word.rpartition("-")[2])


@lru_cache(maxsize=20_000)
def is_generic(label: str) -> bool:
    """Tell whether a label is a noun for people of a sort (Aufständische), not the name of a group (Huthi-Rebellen)."""
    noun = label.rpartition(" ")[2]
    return "-" not in noun and group_kind(noun) is not None


@lru_cache(maxsize=20_000)
def group_name(word: str) -> str | None:
    """Return the word under which such people are known (Passanten: Zivilisten); - is the word itself."""
    if "-" in word:
        return "-" if group_kind(word) else None
    return _words("names/groupwords.tsv", "word", "as", "all").find(word)


@cache
def _compound_heads() -> dict[str, str]:
    return {fold(r["head"]): r["sense"] for r in table("names/compound_heads.tsv")}


def is_prefix(word: str) -> bool:
    """Tell whether a word may stand before a name in a compound (Anti-IS-Einsatz)."""
    return _compound_heads().get(fold(word)) == "prefix"


@lru_cache(maxsize=20_000)
def head_sense(tail: str) -> str | None:
    """Return the sense of a compound's last part, which may be a compound again (IS-Selbstmordattentäter)."""
    heads, folded = _compound_heads(), fold(tail)
    if folded in heads:
        return heads[folded]
    ends = (heads.get(folded[cut:].capitalize()) for cut in range(3, len(folded) - 3))
    return next((sense for sense in ends if sense and sense != "prefix"), None)


@cache
def first_names() -> dict[str, str]:
    """Return lexicon/names/firstnames.tsv: first name -> m or f."""
    return {fold(r["name"]): r["gender"] for r in table("names/firstnames.tsv")}


@cache
def particles() -> dict[str, str]:
    """Return lexicon/words/nameparticles.tsv: small words inside personal names and their sense."""
    return {r["word"]: r["sense"] for r in table("words/nameparticles.tsv")}


@cache
def locatives(sense: str) -> frozenset[str]:
    """Return the words of lexicon/names/locatives.tsv of one sense: preposition, relation."""
    return frozenset(fold(r["word"]) for r in table("names/locatives.tsv") if r["sense"] == sense)


@lru_cache(maxsize=20_000)
def title_role(word: str) -> str | None:
    """Return what a title says its bearer is (office, leader, military, speaker, person), or None."""
    return _words("names/titles.tsv", "word", "role").find(word)


@cache
def complements() -> frozenset[str]:
    """Return the small words that tie a name to the thing it places (die Brücke über den Tigris)."""
    return frozenset(r["word"] for r in table("names/complements.tsv"))


@dataclass(frozen=True, slots=True)
class Hypernym:
    """What a noun may take up; ``bare``: also without an article."""

    kinds: tuple[str, ...]
    bare: bool


@cache
def hypernyms() -> dict[str, Hypernym]:
    """Return lexicon/references/hypernyms.tsv by noun, in every form of it."""
    found: dict[str, Hypernym] = {}
    for row in table("references/hypernyms.tsv"):
        meant = Hypernym(tuple(row["kinds"].split("|")), row["definite"] == "no")
        for form in map(fold, sorted(genitive(row["noun"], proper=False) | plural(row["noun"]))):
            found.setdefault(form, meant)
    return found


@lru_cache(maxsize=20_000)
def gender(noun: str) -> str | None:
    """Return m, f, n, or p for a plural, of a noun that stands for an actor or place; None when unknown."""
    return _words("names/genders.tsv", "noun", "gender").find(noun)


@cache
def _months() -> frozenset[str]:
    return frozenset(row["form"] for row in table("german/months.tsv"))


def is_month(noun: str) -> bool:
    """Tell whether a noun is the name of a month."""
    return noun.lower() in _months()


@cache
def name_cues(sense: str) -> frozenset[str]:
    """Return the words of lexicon/names/name_cues.tsv of one sense: definite, other, away."""
    return frozenset(r["word"] for r in table("names/name_cues.tsv") if r["sense"] == sense)


def is_collective(word: str) -> bool:
    """Tell whether a noun in the singular means a whole force or government (Armee), which has an article but in headlines."""
    return fold(word) in state_words() and gender(word) in ("m", "f", "n")


@cache
def _single_persons() -> frozenset[str]:
    nouns = [r["word"] for r in table("names/groupwords.tsv") if r["kind"] == "one"]
    return frozenset(fold(form) for noun in nouns for form in (*genitive(noun, proper=False), noun + "en", noun + "n"))


def single_ending(noun: str) -> str:
    """Return the ending of an adjective without article before a noun for one person: (ein) junger Mann, junges Mädchen."""
    return {"f": PLURAL_ENDING, "n": "es"}.get(gender(noun) or "", "er")


def is_single_person(word: str) -> bool:
    """Tell whether a noun may mean one person, in any case: Soldat, (einem) Soldaten."""
    return fold(word) in _single_persons()


def lends_soldiers(slug: str, noun: str) -> bool:
    """Tell whether a compound of an organisation and a noun (UN-Soldaten) means soldiers that it has none of its own."""
    word = state_words().get(fold(noun))
    return slug in name_cues("lends") and word is not None and word.group == "army"
