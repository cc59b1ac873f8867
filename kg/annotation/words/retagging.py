"""Tags that a look at the whole clause corrects: a trigram tagger sees three words, a German bracket is longer."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from kg.annotation.words.noun_retagging import COUNTING, NounRetagging
from kg.annotation.words.tagged_sentence import STOPS, Tagged
from kg.german.numerals import YEAR
from kg.german.stts import FINITE, NOUNS, VERBAL
from kg.german.word_sets import word_set
from kg.resources import table

ADPOSITIONS = ("APPR", "APPRART")
FINITE_AUXILIARIES = frozenset(("VAFIN", "VMFIN"))
SUBORDINATING = frozenset(("PRELS", "PRELAT", "KOUS"))
INSIDE_ATTRIBUTES = frozenset(("APPR", "APPRART", "ADV", "ADJD"))  # what may follow an article before a participle
BEFORE_PHRASE = frozenset(("ART", "NN", "NE", "ADJA", "CARD", "PPOSAT", "PIAT", "PDAT", "PPER", "PRF"))
# never behind the verb of a relative clause
AFTER_SECOND_PLACE = frozenset(("NN", "NE", "ART", "CARD", "PPER", "PRF", "PPOSAT"))
LAST_FINITE = {"VVINF": "VVFIN", "VAINF": "VAFIN"}  # an infinitive that closes a clause without finite verb is its finite form
WEAK_INFINITIVES = ("eln", "ern", "ieren", "igen", "baren")
FUTURE_FORMS = word_set("syntax", "future_forms")
PARTICIPLES_LIKE_INFINITIVES = tuple(word_set("syntax", "participles_like_infinitives"))
PREPOSITIONS_TOO = word_set("syntax", "prepositions_too")  # words that else open an infinitive
OBJECT_ARTICLES = word_set("syntax", "object_articles")
PARTICLE_AND_PREFIX = re.compile(rf"(?:{'|'.join(sorted(word_set('syntax', 'separable')))})(?:be|er|ver|zer|ent)\w+t$")
PREFIXED_IN_T = re.compile(r"(?:be|er|ver|zer|ent)\w{2,}t")
SUBJECTS = frozenset((*NOUNS, "PPER", "PIS", "PDS"))
ADJECTIVE_PARTICLES, STRANDED = word_set("syntax", "adjective_particles"), word_set("syntax", "stranded")
GOVERNING = word_set("syntax", "infinitive_verbs")
BY_WHOM_FORMS = word_set("syntax", "agent_forms")
PERFECT_INFINITIVES = word_set("syntax", "perfect_infinitives")
BARE_INFINITIVE = word_set("syntax", "bare_infinitive_verbs")  # that govern an infinitive without zu: lassen, helfen
SHORTEST_RELATIVE = 3  # words before the verb
SUBJECT_OPENERS = frozenset(("ART", *NOUNS, *COUNTING))


@lru_cache(maxsize=1)
def known_forms() -> dict[str, Tagged]:
    """Tag and lemma of forms that the model does not know, from ``lexicon/words/forms.tsv``."""
    return {r["form"]: (r["tag"], r["lemma"]) for r in table("words/forms.tsv")}


class Retagging(NounRetagging):
    """Corrects the tags of one sentence."""

    def run(self) -> list[Tagged]:
        """Return (tag, lemma) of every word."""
        for k, word in enumerate(self.words):
            if (known := known_forms().get(word)) is not None:
                self.tags[k], self.lemmas[k] = known
        self._names()
        self._capitals()
        parts = self._parts()
        for begin, end in parts:
            self._small_noun(begin, end)
            self._subject_apart(begin, end)
            self._conjunction(begin, end)
            self._without(begin, end)
            self._relative(begin, end)
            self._main_clause(begin, end)
            self._bare_subject(begin, end)
            self._preterite(begin, end)
            self._next_preterite(begin, end)
            self._participle_or_infinitive(begin, end)
            self._attribute(begin, end)
            self._second_place(begin, end)
            self._no_participle(begin, end)
            self._last_participle(begin, end)
            self._participle_with_agent(begin, end)
            self._last_infinitive(begin, end)
            self._particle(begin, end)
            self._second_finite(begin, end)
        for before, (begin, end) in pairwise(parts):
            self._row_of_finals(before, begin, end)
        self._perfect_of_modal()
        self._adjectives_as_nouns()
        self._one_of_several()
        self._measured()
        return list(zip(self.tags, self.lemmas, strict=True))

    def _small_noun(self, begin: int, end: int) -> None:
        """Als sie die Stadt einnahmen, …; IS-Kämpfer köpfen Reporter: what is written small is a verb, not the noun Köpfen."""
        verbless = not VERBAL & set(self.tags[begin:end])
        for k in range(begin if verbless else end - 1, end):
            if self.tags[k] == "NN" and self.words[k].islower():
                self._set(k, "VVFIN", known=False)
                return

    def _subject_apart(self, begin: int, end: int) -> None:
        """Er sagte, maskierte Männer, die aus Homs kamen, hätten …: a subject between commas has no verb."""
        alone = begin > 0 and self.tags[begin:end] == ["VVFIN", "NN"] and self.words[begin].endswith("te")
        later = (k + 1 for k in range(end + 1, len(self.tags) - 1) if self.tags[k] == "$,")
        if alone and any(self.tags[k] == "VAFIN" for k in later):
            self._set(begin, "ADJA", known=False)

    def _conjunction(self, begin: int, end: int) -> None:
        """Als die Truppen einrückten; Um sie zu befreien: before a verb at the end stands a conjunction."""
        begin += self.tags[begin] in ("ADV", "KON") and end - begin > 3  # erst als …, kurz bevor …, Doch als …
        if self.tags[begin] not in ("APPR", "KOKOM", "KOUS") or end - begin < 3:
            return
        last = self.tags[end - 1]
        finite = self._finite_at(begin, end)
        if self.tags[begin] == "KOUS":
            second = finite is not None and finite + 1 < end and (last == "VVPP" or self.tags[finite + 1] not in VERBAL)
            if second and last in VERBAL:
                self._set(begin, "APPR")  # Während der Kämpfe wurde die Brücke gesprengt
        elif finite is not None:
            final = finite == end - 1 or (last in VERBAL and finite == end - 2)
            apart = "$," in self.tags[begin - 1 : begin] + self.tags[end : end + 1]
            if final and end < len(self.tags) and apart:
                self._set(begin, "KOUS")
        elif last == "VVIZU" or self.tags[end - 2] == "PTKZU":
            self._set(begin, "KOUI")

    def _without(self, begin: int, end: int) -> None:
        """Ohne Erlaubnis Truppen entsandt zu haben: of two nouns beside each other one is the preposition's."""
        if self.words[begin].lower() in PREPOSITIONS_TOO and self.tags[begin + 1 : min(end, begin + 3)] == ["NN", "NN"]:
            self._set(begin, "APPR", known=False)

    def _relative(self, begin: int, end: int) -> None:
        """Eine Gruppe, die Soldaten getötet hat: an article at the front of a clause that ends with its verb is a pronoun."""
        if begin == 0 or self.tags[begin - 1] != "$," or self.tags[begin] != "ART" or end - begin < 3:
            return
        finite = self._finite_at(begin, end)
        if finite is None and self.tags[end - 1] in LAST_FINITE and "VMFIN" not in self.tags[:begin]:
            finite = end - 1  # die dort gekämpft haben
        relative = self.words[begin].lower() in word_set("syntax", "relative_forms")
        if finite != end - 1 or not relative or not (self.tags[end - 2] in VERBAL or self._is_alone(begin, end)):
            return
        before = max((k for k in range(begin - 1) if self.tags[k] in ("$.", *SUBORDINATING)), default=-1)
        closed = before < 0 or self.tags[before] == "$." or self._finite_at(before, begin) is not None
        if (closed and self._finite_at(0, begin) is not None) or self.tags[end : end + 1] == ["$,"]:
            self._set(begin, "PRELS")

    def _is_alone(self, begin: int, end: int) -> bool:
        """Gegen Rebellen, die Teile des Landes kontrollieren: no verb before is there for the infinitive to hang on.

        But: …, die Geiseln sterben.
        """
        part = self.tags[begin : end - 1]
        if self.tags[end - 1] != "VVINF" or len(part) < SHORTEST_RELATIVE or VERBAL & set(part) or {"PTKZU", "KON"} & set(part):
            return False
        governs = any(self.words[k].lower() in FUTURE_FORMS or self.tags[k] == "VMFIN" for k in range(begin))
        return not governs and not any(self.tags[k] in FINITE and self.lemmas[k] in BARE_INFINITIVE for k in range(begin))

    def _main_clause(self, begin: int, end: int) -> None:
        """Der IS eroberte Ramadi, die Armee nahm Tikrit ein: with the verb in second place it is no relative clause."""
        if begin == 0 or self.tags[begin] != "PRELS":
            return
        noun = next((k for k in range(begin + 1, end) if self.tags[k] not in ("ADJA", "CARD")), end)
        verb = next((k for k in range(noun, end) if self.tags[k] not in NOUNS), end)
        if verb == noun or verb + 1 >= end or self.tags[verb] not in FINITE:
            return
        closed = self.tags[verb] != "VVFIN" and self.tags[end - 1] in VERBAL
        if closed or self.tags[end - 1] == "PTKVZ" or self.tags[verb + 1] in AFTER_SECOND_PLACE:
            self._set(begin, "ART", known=False)

    def _bare_subject(self, begin: int, end: int) -> None:
        """In Kairo verhafteten Polizisten …: behind a whole phrase an adjective in -en lacks its article, so it is a verb.

        So is what stands before the object of a headline: IS enthauptet britischen Helfer.
        """
        if VERBAL & set(self.tags[begin:end]):
            return
        for k in range(begin + 1, end - 1):
            preterite = self.tags[k] == "ADJA" and self.words[k].endswith("en") and self.words[k].islower()
            present = self.tags[k] == "ADJD" and self.tags[k - 1] in NOUNS and PREFIXED_IN_T.fullmatch(self.words[k])
            if (preterite or present) and self._ends_phrase(k - 1) and self.tags[k + 1] in ("NN", "NE", "ADJA", "CARD", "PIAT"):
                self._set(k, "VVFIN", known=False)
                return

    def _ends_phrase(self, k: int) -> bool:
        """Whether word ``k`` closes what stands before a finite verb: a noun, an adverb, a year."""
        if self.tags[k] == "CARD":
            return YEAR.fullmatch(self.words[k]) is not None
        later = self.tags[k] == "ADJD" and k > 0 and self.tags[k - 1] == "NN"  # wenige Stunden später
        return later or self.tags[k] in ("NN", "NE", "ADV", "PROAV")

    def _preterite(self, begin: int, end: int) -> None:
        """Kampfjets bombardierten Stellungen: in a clause without verb a form in -te(n) behind a noun is one."""
        if end == len(self.tags) or VERBAL & set(self.tags[begin:end]):
            return
        separable = self.tags[end - 1] == "PTKVZ"
        for k in range(begin + 1, end):
            if self.words[k - 1] == ")" and self.tags[k] == "ADJA" and self.words[k].endswith(("te", "ten")):
                self._set(k, "VVFIN", known=False)  # Die Organisation … (OPCW) entsandte Ermittler
                return
            preterite = self.tags[k] == "ADJA" and self.words[k].endswith(("te", "ten", "en")) and self.words[k].islower()
            if preterite and self._cannot_be_attribute(k, end, separable):
                self._set(k, "VVFIN", known=False)
                return
        attribute = self.tags[begin] == "ART" and self.tags[begin + 1 : begin + 2] == ["APPR"]  # Die von Kiew geführte Armee …
        for k in range(begin + 2 * attribute + 1, end):
            if self.tags[k - 1] in ADPOSITIONS:
                return
            if self.tags[k] == "ADJA" and attribute:
                attribute = False
            elif self.tags[k] == "ADJA" and self.tags[k - 1] in ("NN", "NE") and self.words[k].endswith(("te", "ten")):
                self._set(k, "VVFIN", known=False)
                return

    def _next_preterite(self, begin: int, end: int) -> None:
        """Drangen ein, ermordeten ganze Familien und verschleppten Frauen: bare subjects and objects have no plural in -en."""
        finite = [k for k in range(end) if self.tags[k] in FINITE and self.words[k].endswith("n")]  # of a plural subject
        for k in range(begin, end - 1):
            opens = k == begin > 0 and self.tags[k - 1] == "$," and any(j < begin for j in finite)
            goes_on = k > begin and self.tags[k - 1] == "KON" and any(begin <= j < k for j in finite)
            if self.tags[k] != "ADJA" or not self.words[k].endswith("ten") or not (goes_on or opens):
                continue
            unlike = self.tags[k + 1] == "ADJA" and self.words[k + 1].endswith("e")
            if unlike or (self.tags[k + 1] in NOUNS and self._is_bare(k)):
                self._set(k, "VVFIN", known=False)

    def _is_bare(self, k: int) -> bool:
        """Whether no preposition, article or dative before the list in which word ``k`` stands gives it the -en."""
        before = reversed(range(k - 1))
        stop = next((j for j in before if self.tags[j] in VERBAL | {"PTKVZ", *ADPOSITIONS, "ART", "PPOSAT", "PDAT"}), None)
        return stop is not None and self.tags[stop] in VERBAL | {"PTKVZ"}

    def _cannot_be_attribute(self, k: int, end: int, separable: bool) -> bool:
        """Im März eroberten Truppen … zurück; Gestern zertrümmerten sie …: no noun behind it, or a verb's particle ends all."""
        if k + 1 < end and self.tags[k + 1] in ("ART", "PPER", "PPOSAT"):
            return self.tags[k - 1] not in ("ART", "ADJA", "PPOSAT", "PDAT")
        return separable and self.tags[k - 1] in ("NN", "NE", "CARD", "ADV")

    def _participle_or_infinitive(self, begin: int, end: int) -> None:
        """Armee erobert Stadt; Die Soldaten warten, weil sie …: the only verb, in second place, is finite."""
        opening = begin == 0 or self.tags[begin - 1] == "$."
        if not opening:
            self._next_subject(begin, end)
            return
        if FINITE & set(self.tags[begin:end]) or SUBORDINATING & set(self.tags[begin:end]):
            return
        k = next((k for k in range(begin, end) if self.tags[k] in VERBAL), begin)
        if k == begin or self.tags[k] not in ("VVPP", "VVINF"):
            return
        fronted = self.tags[k - 1] in ("ADV", "ADJD") and self.words[k].endswith("en")  # später erschossen Polizisten …
        noun = self.tags[k - 1] == "ADJA" and k - 1 > begin and self.words[k - 1][0].isupper()  # zwei Bewaffnete
        if not (fronted or noun) and self.tags[k - 1] not in SUBJECTS:
            return
        preterite = self.words[k].endswith("en") and k + 1 < end and not self._only_participle(k)
        if self.tags[begin] in ADPOSITIONS and not preterite:  # Am Abend erschossen Polizisten …
            return
        if k + 1 < end:
            goes_on = self.tags[k + 1] in BEFORE_PHRASE or self.tags[end - 1] == "PTKVZ" or self._object_behind(k + 1, end)
        else:
            whole = self.tags[k] == "VVINF" and self.tags[end : end + 1] == ["$."]  # Die Menschen fliehen.
            goes_on = self.tags[begin] in ("ART", "PPER", *COUNTING) and (whole or self._governs(end))
            goes_on |= self.tags[k] == "VVINF" and self._goes_on_with_subject(end)
        if goes_on:
            self._set(k, "VVFIN", known=self._only_participle(k))

    def _object_behind(self, k: int, end: int) -> bool:
        """Siedler vertrieben am Samstag sieben Hirten: a phrase of its own behind what a preposition opens is an object."""
        if self.tags[k] not in ADPOSITIONS:
            return False
        noun = next((i for i in range(k + 1, end) if self.tags[i] in NOUNS), end)
        if noun + 1 >= end:
            return False
        following = self.tags[noun + 1]
        article = following == "ART" and self.words[noun + 1].lower() in OBJECT_ARTICLES
        return article or following in ("CARD", "ADJA", "PIAT", "PPOSAT")

    def _only_participle(self, k: int) -> bool:
        """Whether a participle has the ge- that finite forms lack: getötet, eingenommen, but not erobert, erschossen."""
        return self.words[k].lower().count("ge") > self.lemmas[k].lower().count("ge")

    def _governs(self, end: int) -> bool:
        """Whether a clause with conjunction or an infinitive with zu follows the comma at ``end``."""
        if end + 1 >= len(self.tags) or self.tags[end] != "$,":
            return False
        if self.tags[end + 1] in ("KOUS", "KOUI"):
            return True
        stop = next((k for k in range(end + 1, len(self.tags)) if self.tags[k] in STOPS), len(self.tags))
        return self.tags[stop - 1] == "VVIZU" or (stop - end > 2 and self.tags[stop - 2] == "PTKZU")

    def _next_subject(self, begin: int, end: int) -> None:
        """Soldaten stürmen das Haus, zwei Geiseln sterben: no verb before is there for the infinitive to hang on."""
        part, before = self.tags[begin:end], range(begin)
        opens = len(part) > 1 and part[0] in SUBJECT_OPENERS and part[-1] == "VVINF" and not set(part).isdisjoint(NOUNS)
        if not opens or VERBAL & set(part[:-1]) or "PTKZU" in part or self._finite_at(0, begin) is None:
            return
        governs = any(self.tags[k] == "VMFIN" or self.words[k].lower() in FUTURE_FORMS for k in before)
        if not governs and not any(self.lemmas[k] in GOVERNING for k in before):
            self._set(end - 1, "VVFIN")

    def _goes_on_with_subject(self, end: int) -> bool:
        """Vier Menschen sterben, neun werden verletzt: whether behind the comma a phrase and its verb begin a clause."""
        if self.tags[end : end + 1] != ["$,"] or not SUBJECT_OPENERS & set(self.tags[end + 1 : end + 2]):
            return False
        reach = range(end + 2, min(end + 5, len(self.tags)))
        verb = next((k for k in reach if self.tags[k] in VERBAL or self.tags[k] in STOPS), end)
        return self.tags[verb] in ("VAFIN", "VVFIN") or self.tags[verb : verb + 2] in (["VVINF", "$."], ["VVINF", "$,"])

    def _attribute(self, begin: int, end: int) -> None:
        """Einer von Hirten bewohnten Stadt: between an article and its noun stands a participle, no finite verb."""
        for k in range(begin + 2, end - 1):
            if self.tags[k] != "VVFIN" or not self.words[k].endswith(("te", "ten", "ter")) or not self._before_noun(k):
                continue
            opened = (j for j in range(begin, k - 1) if self.tags[j] == "ART" and self.tags[j + 1] in INSIDE_ATTRIBUTES)
            if any(self._lacks_noun(j, k) for j in opened) or self._has_agent(begin, k):
                self._set(k, "ADJA", known=False)

    def _has_agent(self, begin: int, k: int) -> bool:
        """Israel griff vom Iran unterstützte Milizen an: behind the finite verb whom it is supported by stands before it."""
        inside = (*NOUNS, "ART", "ADJA")
        at = next((j for j in range(k - 1, begin, -1) if self.tags[j] not in inside), begin)
        agent = at < k - 1 and self.words[at].lower() in BY_WHOM_FORMS
        return agent and self._finite_at(begin, at) is not None

    def _before_noun(self, k: int) -> bool:
        """Whether a noun follows word ``k``, or one with its adjectives: unterstützten Syrischen Demokratischen Kräfte."""
        following = next((tag for tag in self.tags[k + 1 :] if tag != "ADJA"), "")
        return following in NOUNS

    def _lacks_noun(self, article: int, k: int) -> bool:
        """Whether between an article and word ``k`` all nouns hang on prepositions, and no verb stands."""
        governed = False
        for tag in self.tags[article + 1 : k]:
            if tag in VERBAL or (tag in NOUNS and not governed):
                return False
            governed = tag in ADPOSITIONS or (governed and tag not in NOUNS)
        return True

    def _second_place(self, begin: int, end: int) -> None:
        """Nachdem es Nacht war, vertrieben Siedler …: behind a clause that takes the first place stands a finite verb."""
        if begin == 0 or self.tags[begin] != "VVPP" or FINITE & set(self.tags[begin:end]) or self._only_participle(begin):
            return
        opening = max((k + 1 for k in range(begin - 1) if self.tags[k] == "$."), default=0)
        if self.tags[opening] == "KOUS" and begin + 1 < end and self.tags[begin + 1] in BEFORE_PHRASE:
            self._set(begin, "VVFIN", known=False)

    def _no_participle(self, begin: int, end: int) -> None:
        """Werden die Stadt umzingeln, werden sie beschießen: few verbs have a participle that is like their infinitive."""
        future = any(word.lower() in FUTURE_FORMS for word in self.words[begin:end])
        for k in range(begin, end):
            if self.tags[k] != "VVPP" or self.words[k] != self.lemmas[k]:
                continue
            alike = self.words[k].endswith(PARTICIPLES_LIKE_INFINITIVES)
            if self.words[k].endswith(WEAK_INFINITIVES) or (future and not alike):
                self._set(k, "VVINF", known=False)

    def _last_participle(self, begin: int, end: int) -> None:
        """Sindschar zurückerobert: a verb with its particle before it is finite only at the end of a subordinate clause."""
        part = self.tags[begin:end]
        opens = SUBORDINATING & set(part) or (begin > 0 and part[0] in ("ART", "PDS", "PWAV", "PWS"))
        alone = len(part) > 1 and part[-1] == "VVFIN" and not opens and not VERBAL & set(part[:-1])
        if alone and PARTICLE_AND_PREFIX.match(self.words[end - 1]):
            self._set(end - 1, "VVPP", known=False)

    def _participle_with_agent(self, begin: int, end: int) -> None:
        """Die Soldaten rücken vor, unterstützt von Kampfjets: what has its agent beside it and no subject is no finite verb."""
        if begin > 0 and end - begin > 2 and self.tags[begin - 1] == "$," and self.tags[begin] == "VVFIN":
            bare = not {"PPER", "PIS"} & set(self.tags[begin:end]) and self._finite_at(0, begin) is not None
            if bare and self.words[begin + 1].lower() in BY_WHOM_FORMS:
                self._set(begin, "VVPP")

    def _last_infinitive(self, begin: int, end: int) -> None:
        """Die den Norden kontrollieren, die gekämpft haben: the verb that ends a subordinate clause is its finite one."""
        part = self.tags[begin:end]
        opens = any(tag in SUBORDINATING for tag in part[:2])
        opens |= part[0] in ("PWAV", "PWS") and self.tags[max(0, begin - 1)] == "$,"  # …, wo die Rebellen angreifen
        if not opens or "PTKZU" in part[-2:-1] or "KOUI" in part or FINITE & set(part):
            return
        if part[-1] in LAST_FINITE:
            self.tags[end - 1] = LAST_FINITE[part[-1]]
        elif part[-1] == "VVPP" and not self._only_participle(end - 1):  # deren Schützen die Stadt beschossen
            self._set(end - 1, "VVFIN", known=False)

    def _row_of_finals(self, before: tuple[int, int], begin: int, end: int) -> None:
        """Als sie das Dorf überfielen, die Männer erschossen und …: behind a clause that ends with its verb others go on.

        Not where an auxiliary still waits for a participle: Sie habe, als …, die Stadt beschossen.
        """
        last, opened = before[1] - 1, self.tags[before[0] : before[0] + 2]
        final = self.tags[last] == "VVFIN" and self.words[last].endswith("en") and (SUBORDINATING | {"PWAV"}) & set(opened)
        if not final or self.tags[begin] not in SUBJECT_OPENERS | {"PPOSAT"} or FINITE_AUXILIARIES & set(self.tags[:end]):
            return
        for k in range(begin + 1, end):
            closes = k + 1 == end or self.tags[k + 1] == "KON"
            if closes and self.tags[k] == "VVPP" and not self._only_participle(k):
                self._set(k, "VVFIN", known=False)

    def _second_finite(self, begin: int, end: int) -> None:
        """Haben von der Armee unterstützte Rebellen die Stadt erobert: behind haben only a participle before a noun is left."""
        finite = self._finite_at(begin, end)
        if finite is None or self.tags[finite] not in ("VAFIN", "VMFIN") or self.tags[end - 1] not in VERBAL:
            return
        bare = self.words[end - 1] == self.lemmas[end - 1] and self.words[end - 1].endswith("n")
        if finite < end - 1 and self.tags[end - 1] == "VVFIN" and bare:  # wird der IS Kobane erobern
            self.tags[end - 1] = "VVINF"
        if self.tags[finite] != "VAFIN":
            return
        for k in range(finite + 2, end - 1):
            if self.tags[k] in ("KON", "KOUS"):
                return
            if self.tags[k] == "VVFIN" and self.words[k].endswith(("te", "ten")) and self._before_noun(k):
                self._set(k, "ADJA", known=False)

    def _particle(self, begin: int, end: int) -> None:
        """Die Armee rückt vor – …; sie hat vor, …: a preposition with nothing behind it is the particle of the verb."""
        for k in range(begin + 1, end):
            ends = k + 1 == end or (self.tags[k + 1] == "$(" and not self.words[k + 1].isalnum() and k + 2 < end)
            bare = self.tags[k] == "APPR" or self.words[k] in STRANDED
            if ends and bare and self._finite_at(begin, k) is not None:
                self._set(k, "PTKVZ")
        finite = self._finite_at(begin, end)
        adjective = self.tags[end - 1] == "ADJD" and self.words[end - 1] in ADJECTIVE_PARTICLES  # schossen drei Männer tot
        if adjective and finite is not None and self.tags[finite] == "VVFIN":
            self.tags[end - 1] = "PTKVZ"

    def _perfect_of_modal(self) -> None:
        """Er soll Anschläge in Homs und Hama geplant haben: the auxiliary behind its participle hangs on the modal verb."""
        modal = False
        for k, tag in enumerate(self.tags):
            if tag == "VMFIN" or tag == "$.":
                modal = tag == "VMFIN"
            elif modal and tag == "VAFIN" and self.words[k] in PERFECT_INFINITIVES and self.tags[k - 1] in ("VVPP", "VAPP"):
                self._set(k, "VAINF")
                modal = False
            elif tag in SUBORDINATING or tag in ("VVINF", "VAINF"):
                modal = False
