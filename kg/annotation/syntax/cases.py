"""Which case, number and gender a determiner, pronoun, adjective or preposition allows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.german.inflection import ADJECTIVE_ENDINGS
from kg.german.word_sets import word_set
from kg.resources import table

Readings = frozenset[str]  # three letters each: case n a d g, number s p, gender m f n or x for any
ANY: Readings = frozenset(c + n + "x" for c in "nadg" for n in "sp")
EIN_STEMS = word_set("syntax", "ein_stems")
WEAK = {
    ("der", False): frozenset(("nsm",)),
    ("der", True): frozenset(("dsf", "gsf", "gpx")),
    ("die", False): frozenset(("nsf", "asf")),
    ("die", True): frozenset(("npx", "apx")),
}


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The tables of ``lexicon/syntax/determiners.tsv`` and ``syntax/prepositions.tsv``."""

    forms: dict[tuple[str, str], Readings]
    prepositions: dict[str, str]

    def article(self, form: str) -> Readings:
        """Readings of an article or determiner (der, einer, keine, ihrem, diese, mehreren); all when unknown."""
        if found := self.forms.get(("art", form)):
            return found
        for stem in EIN_STEMS:
            if form.startswith(stem):
                return self.forms.get(("ein", "-" + form[len(stem) :]), ANY)
        return self._by_ending("dies", form)

    def weakened(self, article: str, adjective: str, readings: Readings) -> Readings:
        """Keep the readings of a definite article that the adjective behind it allows (der irakischen Armee is no subject)."""
        if article not in ("der", "die") or not adjective.endswith(("e", "en")):
            return readings
        wanted = WEAK[article, adjective.endswith("en")]
        return readings & wanted or readings

    def pronoun(self, form: str) -> Readings:
        """Readings of a pronoun, also of der/die/das used as one."""
        return self.forms.get(("pron", form)) or self.forms.get(("art", form)) or self._by_ending("dies", form)

    def adjective(self, form: str) -> Readings:
        """Readings of an adjective that no article precedes (irakischer Truppen)."""
        return self._by_ending("strong", form)

    def governed(self, preposition: str, readings: Readings) -> Readings:
        """Keep the readings in a case that the preposition takes; if none is left, all of that case."""
        cases = self.prepositions.get(preposition, "nadg")
        kept = frozenset(r for r in readings if r[0] in cases)
        return kept or frozenset(r for r in ANY if r[0] in cases)

    def _by_ending(self, kind: str, form: str) -> Readings:
        for ending in ADJECTIVE_ENDINGS:
            if form.endswith(ending):
                return self.forms.get((kind, "-" + ending), ANY)
        return ANY


@lru_cache(maxsize=1)
def load_cases() -> CaseTable:
    """Read the tables once."""
    forms = {(r["class"], r["form"]): frozenset(r["readings"].split()) for r in table("syntax/determiners.tsv")}
    return CaseTable(forms, {r["preposition"]: r["cases"] for r in table("syntax/prepositions.tsv")})
