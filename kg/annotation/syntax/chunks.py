"""Noun phrases of a clause: their preposition, head and case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.annotation.syntax.cases import ANY, CaseTable, Readings
from kg.annotation.syntax.words import SentenceWords
from kg.german.inflection import is_undeclined
from kg.german.nouns import gender
from kg.german.people import is_people
from kg.german.stts import ARTICLE_TAGS, NOMINAL
from kg.german.word_sets import word_set
from kg.resources import table

DETERMINERS = frozenset(("ART", "PPOSAT", "PDAT", "PIAT", "PRELAT", "PWAT"))
PRONOUNS = frozenset(("PPER", "PDS", "PIS", "PRELS", "PWS", "PRF", "PPOSS"))
BEYOND = ("", "", "")  # the tags of what is behind the last word of a clause, or before its first
PREMODIFIERS = frozenset(("CARD", "ADJA", "PIAT"))
ADVERBIAL_TAGS = frozenset(("ADV", "ADJD", "PTKNEG", "PTKA", "PRF"))
COMPARISONS = (("mehr", "als"), ("weniger", "als"), ("bis", "zu"))
APPROXIMATORS = word_set("syntax", "approximators")
BOUNDING = word_set("syntax", "bounding")
COMPARING = word_set("syntax", "comparing")
HEADING_FOR, BEFORE_HEADING = word_set("syntax", "heading"), (None, "in")
CLOSING_FROM = word_set("syntax", "closing_from")
COORDINATED = frozenset(("ADJA", "TRUNC", "CARD"))
GENITIVE = frozenset(r for r in ANY if r[0] == "g")
NO_GENITIVE = ANY - GENITIVE
COUNTED_GENITIVES = word_set("syntax", "counted_genitives")
PARTICIPLE_ENDINGS = tuple(word_set("syntax", "participle_endings"))
CASE_SETTERS = frozenset(("APPR", "APPRART", "KOKOM"))  # als and wie put a phrase in the case of another, never a subject


@lru_cache(maxsize=1)
def counting_nouns() -> frozenset[str]:
    """Forms of nouns that count the noun behind them, in small letters, from ``lexicon/syntax/counting.tsv``."""
    return frozenset(r["noun"] for r in table("syntax/counting.tsv"))


LONGEST_STARTING_POINT = 3  # phrases: von der anderen Seite der Grenze aus
SAME_IN_PLURAL = ("er", "el", "en")  # how masculine nouns end whose plural may be the same
PLURALS_IN_N = tuple(word_set("syntax", "plurals_in_n"))
RANGE, UPPER_BOUNDS, BUT = (word_set("syntax", name) for name in ("range", "upper_bounds", "but"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase or pronoun; numbers are word positions, the links are chunk numbers of the same list.

    ``genitive_of`` the noun phrase it is a genitive attribute of; ``follows`` the one it stands directly behind (a
    prepositional attribute may belong to it); ``list_with`` the first member of the list it continues; ``apposition_to``
    the one it explains between commas.
    """

    begin: int
    end: int
    head: int
    preposition: str | None
    readings: Readings
    determiner: int | None = None
    pronoun: bool = False
    genitive_of: int | None = None
    follows: int | None = None
    list_with: int | None = None
    apposition_to: int | None = None

    def may_be(self, case: str) -> bool:
        """Whether the form can stand in that case (n, a, d or g)."""
        return any(r[0] == case for r in self.readings)

    def may_agree(self, plural: bool) -> bool:
        """Whether the form can be a nominative of that number."""
        return any(r[0] == "n" and (r[1] == "p") == plural for r in self.readings)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a sentence's words before its phrases are.

    ``names`` numbers the proper names and dates by their words: a noun may take one as its apposition (Stadt Kaim, Ende
    Oktober), but two names are two phrases, and ``solitary`` nouns take none (bei einem Luftangriff Soleimani getötet).
    ``base`` are words of names whose -s is no genitive ending (Damaskus, Homs).
    """

    names: Mapping[int, int] = field(default_factory=dict)
    solitary: frozenset[int] = frozenset()
    base: frozenset[int] = frozenset()


def chunk(
    words: SentenceWords, positions: tuple[int, ...], cases: CaseTable, opener: int | None = None, hints: Hints | None = None
) -> list[Chunk]:
    """Return the noun phrases among the words at ``positions``, a clause's own words, ascending; nothing links them yet.

    ``opener`` is the clause's relative pronoun.
    """
    return _Chunker(words, positions, cases, opener, hints or Hints()).run()


class _Chunker:
    def __init__(
        self, words: SentenceWords, positions: tuple[int, ...], cases: CaseTable, opener: int | None, hints: Hints
    ) -> None:
        self.words, self.positions, self.cases, self.opener, self.hints = words, positions, cases, opener, hints
        self.names = hints.names
        self._tag = [*(self._read(word) for word in positions), *BEYOND].__getitem__
        self.out: list[Chunk] = []

    def run(self) -> list[Chunk]:
        k = 0
        while k < len(self.positions):
            k = max(self._phrase(k), k + 1)
        return sorted(self.out, key=lambda c: c.begin)

    def _read(self, word: int) -> str:
        """Return the tag of a word as far as phrases go."""
        tag = self.words.tag[word]
        if word == self.opener:
            return tag
        if tag in ("KOUS", "KON") and self.words.lower[word] in COMPARING:
            return "KOKOM"  # it opens no clause: als Geiseln
        return "ART" if tag == "PRELS" else tag

    def _phrase(self, k: int, depth: int = 0) -> int:
        """Read one phrase that begins at k and return where it ends; k itself if none begins there."""
        if self._closes_from(k):
            return k + 1
        begin, preposition = k, None
        if self._tag(k) in CASE_SETTERS and (self._approximates(k) or self._bounds(k)):
            k += 1  # gegen 2000 Menschen, über 80 Tote, zwischen 20 und 30 Kämpfer
        elif self._compared(k):
            k += 2
        while self._tag(k) in CASE_SETTERS and not (k > begin and self._tag(k - 1) == "APPRART"):  # im von …
            preposition = preposition if preposition == "bis" else self.words.lower[self.positions[k]]  # bis vor Bagdad
            k += 1
        if self._heads_for(k, preposition):
            preposition = self.words.lower[self.positions[k]]
            k += 1
        if self._tag(k) in PRONOUNS and not self._heads_a_phrase(k) and not self._compared(k):
            self._emit(begin, k + 1, k, preposition, self.cases.pronoun(self.words.lower[self.positions[k]]), None, True)
            return k + 1
        return self._noun_phrase(begin, k, preposition, depth)

    def _heads_for(self, k: int, preposition: str | None) -> bool:
        """(In) Richtung Mossul: the noun before a name is a preposition."""
        return (
            preposition in BEFORE_HEADING and self._tag(k) == "NN" and self.words.lower[self.positions[k]] in HEADING_FOR
            and self._tag(k + 1) == "NE" and self._near(k)
        )  # fmt: skip

    def _approximates(self, k: int) -> bool:
        if self.words.lower[self.positions[k]] not in APPROXIMATORS or self._tag(k + 1) != "CARD" or not self._near(k):
            return False
        number = self.words.text[self.positions[k + 1]]
        return self.words.lower[self.positions[k]] != "gegen" or (number[0].isdigit() and len(number) > 1)  # gegen vier Kämpfer

    def _bounds(self, k: int) -> bool:
        """Whether word k says that a number lies between two: zwischen 20 und 30 Kämpfer, but not 10 und 12 Uhr."""
        if self.words.lower[self.positions[k]] not in BOUNDING or self._tag(k + 1) != "CARD":
            return False
        middle = self._behind_number(k + 1)
        end = self._behind_number(middle + 1)
        counted = middle < end - 1 and self._tag(middle) == "KON" and self._tag(end) in NOMINAL | {"ADJA"}
        return counted and self.positions[k + 1] not in self.names

    def _behind_number(self, k: int) -> int:
        """Return where the number ends that begins at k: 30 000; k itself where none does."""
        while self._tag(k) == "CARD":
            k += 1
        return k

    def _closes_from(self, k: int) -> bool:
        """The second half of "vom Libanon aus" begins no phrase."""
        closes = self._tag(k) in ("APPR", "APZR") and self.words.lower[self.positions[k]] in CLOSING_FROM
        if not closes or not self.out:
            return False
        if self._tag(k + 1) in DETERMINERS and self._is_accusative(k + 1):
            return any(plain(c.preposition) == "von" for c in self.out[-LONGEST_STARTING_POINT:])
        if self._tag(k) == "APPR" and self._tag(k + 1) in NOMINAL | DETERMINERS | {"ADJA"}:
            return False  # von Zivilisten aus Aleppo
        return self.out[-1].end == self.positions[k] and plain(self.out[-1].preposition) == "von"

    def _is_accusative(self, k: int) -> bool:
        """Von der anderen Seite der Grenze aus einen Vormarsch beginnen: what aus does not govern."""
        word = self.words.lower[self.positions[k]]
        return not any(r[0] == "d" and not (r[1] == "p" and word.startswith("ein")) for r in self.cases.article(word))

    def _heads_a_phrase(self, k: int) -> bool:
        """PIS/PDS that the tagger saw before a noun (einige Kämpfer, das von Rebellen gehaltene Viertel) is a determiner."""
        if self._tag(k) not in ("PIS", "PDS") or not self._near(k):
            return False
        attribute = self._tag(k) == "PDS" and self._tag(k + 1) in CASE_SETTERS and self._leads_to_adjective(k + 1, far=True)
        return attribute or self._tag(k + 1) in NOMINAL | {"ADJA"}

    def _noun_phrase(self, begin: int, k: int, preposition: str | None, depth: int) -> int:
        determiner = None
        if self._compared(k):  # mit mehr als 100 Toten
            k += 2
        elif self._tag(k) in DETERMINERS or (self._tag(k) in PRONOUNS and k < len(self.positions)):
            determiner = k
            k += 1
        elif self._fronted_genitive(k):
            self._emit(k, k + 1, k, None, GENITIVE, None, False)
            determiner = k
            k += 1
        if determiner is not None and self._tag(k) == "PIS" and self._near(k - 1):  # einer der beiden
            return self._without_noun(begin, k + 1, preposition, determiner, k)
        if determiner is None and self._is_year(k):
            return self._without_noun(begin, k + 1, preposition, None, k)
        determined = determiner is not None or (k > begin and self._tag(k - 1) == "APPRART")  # im von Hirten bewohnten Norden
        if preposition is not None and self._tag(k) in ADVERBIAL_TAGS and self._tag(k + 1) == "CARD":
            k += 1  # von etwa 50 Kämpfern
        k, adjective = self._premodifiers(k, determined, depth)
        if self._tag(k) not in NOMINAL or (k > begin and not self._reaches(begin, k)):
            return self._without_noun(begin, k, preposition, determiner, adjective)
        head = k
        k = self._name(k + 1)
        last = k - 1 if self._tag(head) in ("NE", "FM") and self._tag(k - 1) in ("NE", "FM") else head
        readings = self._readings(determiner, adjective, last)  # James Foleys: the last word of a name has the ending
        readings = self._of_gender(readings, head) if determiner is not None and self._tag(head) in ("NN", "NE") else readings
        if self._is_dative_plural(head):
            readings = frozenset(r for r in readings if r[:2] == "dp") or readings
        if preposition is None and self._tag(k) == "APPO" and self._near(k - 1):  # Berichten zufolge
            preposition = self.words.lower[self.positions[k]]
            k += 1
        if preposition:
            readings = self.cases.governed(preposition, readings)
        self._emit(begin, k, head, preposition, readings, determiner, False)
        return k

    def _of_gender(self, readings: Readings, head: int) -> Readings:
        """Keep the readings that the noun's gender allows: der Miliz is no subject, am Dienstag der Prozess no genitive."""
        form, lemma = self.words.text[self.positions[head]], self.words.lemma[self.positions[head]].replace("ß", "ss")
        known = gender(lemma)
        if known not in ("f", "m"):
            return readings
        kept = frozenset(r for r in readings if r[1] == "p" or r[2] in (known, "x"))
        if known == "m" and form.replace("ß", "ss") == lemma and not form.endswith(SAME_IN_PLURAL):
            kept = frozenset(r for r in kept if r[1] == "s") or kept
        return kept or readings

    def _is_dative_plural(self, head: int) -> bool:
        """Kämpfern, Händlern: the -n that only the dative has, behind people's plural in -er; Bauern have it throughout."""
        word = self.positions[head]
        lemma = self.words.lemma[word].lower()
        if self._tag(head) != "NN" or not lemma.endswith("er") or self.words.lower[word] != lemma + "n":
            return False
        return is_people(lemma) and not lemma.endswith(PLURALS_IN_N)

    def _is_year(self, k: int) -> bool:
        """Seit 2015 (Soldaten ausbilden): a number that is a date by itself counts nothing."""
        if self._tag(k) != "CARD" or (date := self.names.get(self.positions[k])) is None:
            return False
        return k + 1 >= len(self.positions) or self.names.get(self.positions[k + 1]) != date

    def _without_noun(self, begin: int, k: int, preposition: str | None, determiner: int | None, adjective: int | None) -> int:
        """A phrase whose noun is left out: drei (wurden verletzt), die meisten."""
        head = adjective if adjective is not None else determiner
        if head is None or self._tag(head) not in ("CARD", "PIS", "PIAT", "PDS", "ADJA"):
            return k
        readings = self.cases.governed(preposition, ANY) if preposition else ANY
        self._emit(begin, head + 1, head, preposition, readings, determiner, True)
        return k

    def _premodifiers(self, k: int, determined: bool, depth: int) -> tuple[int, int | None]:
        """Skip adjectives, numbers and, behind a determiner, a whole participial attribute (die … gelegene Stadt)."""
        adjective: int | None = None
        while k < len(self.positions):
            tag = self._tag(k)
            determined = determined or tag == "CARD"  # zwei in Homs festgenommene Männer
            if self._compared(k):  # mehr als 3000 Menschen
                k += 2
            elif self._goes_to(k) or self._is_cut(k):  # 20 bis 30 Menschen
                k += 1
            elif tag in PREMODIFIERS or self._counts(k):
                adjective = k
                k += 1
            elif tag == "KON" and self._tag(k - 1) in COORDINATED and self._tag(k + 1) in PREMODIFIERS | ADVERBIAL_TAGS:
                k += 1
            elif tag == "KON" and self._tag(k - 1) == "TRUNC" and self._tag(k + 1) == "NN":
                k += 1  # russische Luft- und Artillerieangriffe
            elif tag in ADVERBIAL_TAGS and (self._tag(k + 1) in DETERMINERS or (not determined and self._tag(k + 1) == "CARD")):
                break  # offenbar acht belgische Köche
            elif tag in ADVERBIAL_TAGS and self._leads_to_adjective(k, far=determined and self._tag(k + 1) in CASE_SETTERS):
                k += 1
            elif determined and tag == "KON" and self._tag(k + 1) in CASE_SETTERS and self._leads_to_adjective(k + 1, far=True):
                k += 1  # zwei in Homs und bei Hama festgenommene Männer
            elif determined and depth < 2 and tag in CASE_SETTERS and self._leads_to_adjective(k, far=True):
                k = max(self._phrase(k, depth + 1), k + 1)
            else:
                break
        return k, adjective

    def _is_cut(self, k: int) -> bool:
        """Panzer- und Artillerieeinheiten, Luft-, See- und Bodentruppen, drei- bis viertausend."""
        return self._tag(k) == "TRUNC" and (self._tag(k + 1) in ("KON", "TRUNC") or self._goes_to(k + 1))

    def _goes_to(self, k: int) -> bool:
        """Whether word k stands between the numbers of a range: 20 bis 30, drei- bis viertausend, 20, höchstens aber 30."""
        if k == 0 or k + 1 >= len(self.positions):
            return False
        word, before = (self.words.lower[self.positions[i]] for i in (k, k - 1))
        if word in UPPER_BOUNDS:
            return self._tag(k - 1) == "CARD"
        if self._tag(k + 1) != "CARD":
            return False
        return (word in RANGE and self._tag(k - 1) in ("CARD", "TRUNC")) or (word in BUT and before in UPPER_BOUNDS)

    def _counts(self, k: int) -> bool:
        """Dutzende Granaten: a noun that counts the next one stands for a number."""
        if (
            self._tag(k) not in ("NN", "PIS")
            or self.words.lower[self.positions[k]] not in counting_nouns()
            or not self._near(k)
        ):
            return False
        following = self._tag(k + 1)
        return following == "NN" or (following == "ADJA" and self._tag(k + 2) == "NN")

    def _compared(self, k: int) -> bool:
        lower = self.words.lower
        if k + 2 >= len(self.positions) or self._tag(k + 2) != "CARD":
            return False
        return (lower[self.positions[k]], lower[self.positions[k + 1]]) in COMPARISONS

    def _leads_to_adjective(self, k: int, far: bool = False) -> bool:
        limit, verbs = (k + 9 if far else k + 3), ("VVFIN", "VAFIN", "VMFIN", "VVPP", "PTKVZ", "VVINF", "PPER")
        seen_noun = False
        while k < min(limit, len(self.positions) - 1):
            tag = self._tag(k)
            governed = tag == "PPER" and far and self._tag(k - 1) in CASE_SETTERS  # die mit ihnen verbündeten Milizen
            apart = tag in DETERMINERS and far and seen_noun and self._tag(k - 1) not in CASE_SETTERS
            if (tag in verbs and not governed) or apart:
                return False
            if tag == "ADJA" and (not far or (seen_noun and self.words.lower[self.positions[k]].endswith(PARTICIPLE_ENDINGS))):
                return True
            if tag not in ADVERBIAL_TAGS and not far and tag not in PREMODIFIERS:
                return False
            seen_noun = seen_noun or governed or tag in NOMINAL
            k += 1
        return False

    def _name(self, k: int) -> int:
        """Go on over what belongs to the head as a name: Stadt Albu Kamal, Terrormiliz Islamischer Staat."""
        while k < len(self.positions) and self._near(k - 1):
            here, before = self.names.get(self.positions[k], -1), self.names.get(self.positions[k - 1], -1)
            if here >= 0 and before >= 0:
                if here != before:
                    break
                k += 1
            elif before >= 0 or self.positions[k - 1] in self.hints.solitary:
                break
            elif self._continues_name(k):
                k += 1
            else:
                break
        return k

    def _continues_name(self, k: int) -> bool:
        tag = self._tag(k)
        if tag == "ADJA":  # Terrormiliz Islamischer Staat, but: Unterstützung US-amerikanischer Kampfjets
            return self.words.text[self.positions[k]].istitle() and self._tag(k + 1) in NOMINAL and self._near(k)
        return tag in NOMINAL and (tag != "NN" or self.positions[k] in self.names or self._tag(k - 1) == "TRUNC")

    def _near(self, k: int) -> bool:
        """Whether only quotation marks stand between word k and the next of the clause."""
        if k + 1 >= len(self.positions):
            return False
        here, following = self.positions[k], self.positions[k + 1]
        return following == here + 1 or all(self.words.tag[i] == "$(" for i in range(here + 1, following))

    def _reaches(self, begin: int, k: int) -> bool:
        return all(self._near(i) for i in range(begin, k)) or self.positions[k] - self.positions[begin] < 25

    def _readings(self, determiner: int | None, adjective: int | None, head: int) -> Readings:
        if determiner is not None and self._tag(determiner) in ARTICLE_TAGS:
            article = self.words.lower[self.positions[determiner]]
            found = self.cases.article(article)
            if adjective is None or self._tag(adjective) != "ADJA":
                return found
            return self.cases.weakened(article, self.words.lower[self.positions[adjective]], found)
        if adjective is not None and self._tag(adjective) == "ADJA":
            word = self.positions[adjective]
            if is_undeclined(self.words.text[word], self.words.lemma[word]):  # Frankfurter Polizisten
                return NO_GENITIVE
            return self.cases.adjective(self.words.lower[self.positions[adjective]])
        if determiner is not None:
            return self.cases.article(self.words.lower[self.positions[determiner]])
        if adjective is not None:  # a number: zwei Priester, zweier Priester
            return GENITIVE if self.words.lower[self.positions[adjective]] in COUNTED_GENITIVES else NO_GENITIVE
        return ANY if self._genitive_name(head) else NO_GENITIVE

    def _genitive_name(self, k: int) -> bool:
        """Mossuls, Assads, but not Damaskus."""
        if self._tag(k) not in ("NE", "FM"):
            return False
        word = self.positions[k]
        return (
            self.words.lower[word].endswith(("s", "'", "’"))
            and word not in self.hints.base
            and not self.words.text[word].isupper()
        )

    def _fronted_genitive(self, k: int) -> bool:
        """Israels Luftangriffe: a name in the genitive stands where an article would."""
        if not self._genitive_name(k) or not self._near(k):
            return False
        noun = self._tag(k + 1) == "NN"  # also one that means an actor of the country: Kenias Regierung
        return noun or (self._tag(k + 1) == "ADJA" and self.positions[k + 1] not in self.names)

    def _emit(
        self, begin: int, end: int, head: int, preposition: str | None, readings: Readings, determiner: int | None,
        pronoun: bool,
    ) -> None:  # fmt: skip
        p = self.positions
        self.out.append(
            Chunk(
                p[begin],
                p[end - 1] + 1,
                p[head],
                preposition,
                readings,
                p[determiner] if determiner is not None else None,
                pronoun,
            )
        )


CONTRACTED = {row["form"]: row["preposition"] for row in table("syntax/contractions.tsv")}


def plain(preposition: str | None) -> str:
    """Return a preposition without the article that it has swallowed (im → in), "" for none."""
    return CONTRACTED.get(preposition or "", preposition or "")
