"""Tags of nouns, names and what stands for them that a look beyond three words corrects."""

from __future__ import annotations

from functools import lru_cache

from kg.annotation.words.tagged_sentence import TaggedSentence
from kg.german.measures import MEASURES
from kg.german.nouns import group_kind
from kg.german.people import means_fighters
from kg.german.stts import NOUNS
from kg.german.word_sets import word_set
from kg.resources import table

FINITE_FULL = frozenset(("VVFIN", "VVIMP"))
COUNTING = frozenset(("CARD", "PIAT"))
DETERMINING = {"PIS": "PIAT", "PDS": "ART"}  # the pronoun that a determiner before a noun looks like
ONE_OF = word_set("syntax", "one_of")  # einer, keine: of several
PARTS_OF_TIMES = word_set("syntax", "parts_of_times")
DATIVE_PREPOSITIONS = word_set("syntax", "dative_prepositions")


@lru_cache(maxsize=1)
def name_particles() -> frozenset[str]:
    """Small words inside personal names (bin, al, von), from ``lexicon/words/nameparticles.tsv``."""
    return frozenset(r["word"] for r in table("words/nameparticles.tsv"))


class NounRetagging(TaggedSentence):
    """Corrects the tags of nouns."""

    def _names(self) -> None:
        """Osama bin Laden: an auxiliary in small letters between two nouns, without subject for it, is part of a name.

        So is what looks like an adjective with a capital before a part of a month or year (hatte Sirte Anfang Mai erobert),
        or in a case that the preposition before it does not govern (kämpfen in Sirte Milizen).
        """
        for k in range(1, len(self.words) - 1):
            adjective = self.tags[k] == "ADJA" and self.words[k].istitle()
            ungoverned = self.words[k].endswith("e") and self.words[k - 1].lower() in DATIVE_PREPOSITIONS
            if adjective and (ungoverned or self.words[k + 1] in PARTS_OF_TIMES):
                self.tags[k], self.lemmas[k] = "NE", self.words[k]
            between = self.tags[k - 1] in NOUNS and self.tags[k + 1] in NOUNS
            if between and self.tags[k] == "VAFIN" and self.words[k] in name_particles():
                self.tags[k], self.lemmas[k] = "NE", self.words[k]

    def _capitals(self) -> None:
        """Mehrere Vorstöße wurden zurückgeschlagen: what stands with a capital behind another word is no finite verb.

        Behind a title it is a first name (Ministerpräsident Ahmet Davutoğlu), as at the front where another verb follows.
        """
        other = self._finite_at(1, self._parts()[0][1]) if self.tags[:1] and self.tags[0] in FINITE_FULL else None
        if other is not None and self.tags[:2] == ["VVFIN", "ART"]:
            self._set(0, "NN", known=False)  # Vorstöße der Armee scheiterten
        elif other is not None and set(self.tags[1:other]) == {"NE"}:
            self._set(0, "NE", known=False)  # Ahmet Davutoğlu wies … zurück
        for k in range(1, len(self.words)):
            word = self.words[k]
            behind = self.words[k - 1].isalpha() and word[0].isupper() and word[1:].islower()
            if behind and self.tags[k] in FINITE_FULL:
                titled = self.tags[k - 1] == "NN" and self.tags[k + 1 : k + 2] == ["NE"]
                self._set(k, "NE" if titled else "NN", known=False)
                self.tags[k - 1] = DETERMINING.get(self.tags[k - 1], self.tags[k - 1])

    def _adjectives_as_nouns(self) -> None:
        """Unter den Toten: an adjective with a capital inside a sentence and no noun behind it is a noun."""
        before = list(self.tags)
        for k, lemma in enumerate(self.lemmas):
            if before[k] == "NN" and lemma.endswith("-Jährig"):  # ein 17-Jähriger is called as other people are
                self.lemmas[k] += "e"
        for k in range(1, len(self.words)):
            following = before[k + 1] if k + 1 < len(self.words) else ""
            if before[k] != "ADJA" or not self.words[k][0].isupper():
                continue
            people = means_fighters(self.words[k].lower()) or group_kind(self.words[k]) is not None
            apart = following == "NN" and people  # feuerten Aufständische Raketen ab
            if apart or self.words[k].endswith("isten") or (following not in NOUNS and following != "ADJA"):
                self.tags[k], self.lemmas[k] = "NN", self.words[k].rstrip("nmrs").removesuffix("e") + "e"

    def _one_of_several(self) -> None:
        """Eine der Frauen wurde verletzt, eine von ihnen starb: an article before the whole stands for a noun."""
        for k in range(len(self.words) - 2):
            if self.tags[k] == "ART" and self.words[k].lower() in ONE_OF and self._is_whole(k + 1):
                self._set(k, "PIS", known=False)

    def _is_whole(self, k: int) -> bool:
        """Der Frauen, der beiden, von ihnen; what an attribute begins with is none (eine der Polizei bekannte Frau)."""
        if self.words[k].lower() == "von":
            last = k + 1
            found = self.tags[last] == "PPER"
        else:
            last = next((j for j in range(k + 1, len(self.tags)) if self.tags[j] not in COUNTING), k)
            found = self.tags[k] in ("ART", "PDAT", "PPOSAT") and self.tags[last] in (*NOUNS, "PIS")
        return found and self.tags[last + 1 : last + 2] != ["ADJA"]

    def _measured(self) -> None:
        """Ein 27 Jahre alter Syrer: the measure says how old he is and counts no people, as an adverb would."""
        for k in range(1, len(self.words) - 1):
            if self.tags[k - 1 : k + 2] == ["CARD", "NN", "ADJA"] and self.words[k].lower() in MEASURES:
                self.tags[k - 1] = self.tags[k] = "ADJD"
