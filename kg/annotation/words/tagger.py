"""STTS tags and lemmas by HanTa, its analyses of a word form cached: German text repeats its words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import lru_cache

from HanTa.HanoverTagger import END, START
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.records import register_extensions
from kg.annotation.words.kept_analyses import KeptAnalyses, analyses_file
from kg.annotation.words.morphology import german_morphology
from kg.annotation.words.retagging import Retagging
from kg.annotation.words.token_table import TokenTable, forms_of, sentence_bounds
from kg.german.punctuation import QUOTES
from kg.german.stts import NOUNS

LONGEST_WORD = 50  # characters; HanTa's analysis takes the square of the length
WORD_FORMS_KEPT = 100_000  # bounds memory on a long run; an article has some 400 different forms
PUNCTUATION_TAGS = {",": "$,", ".": "$.", ":": "$.", ";": "$.", "!": "$.", "?": "$.", "…": "$.", "...": "$."}
ARTICLED = re.compile(r"[^\W\d_A-Z]{2,4}-[^\W\d_a-z]\w+")  # al-Bab, asch-Scham: an Arabic name with its article
VARIANTS = {"PAV": "PROAV", "PIDAT": "PIAT"}  # STTS as other treebanks write it
TAG_BEAM = 5  # states followed from one word to the next, as in HanTa
UNSEEN = -50.0  # the logarithm of a step that HanTa never saw
UNKNOWN_PAIR: dict[int, float] = {}
TagFits = tuple[tuple[int, float], ...]  # tags and how well they fit, as logarithms
TAGS = 1024  # more than HanTa has
TagPair = int  # the last two tags, the one before times TAGS: a number is looked up faster than a pair


@Language.factory("lagebild_tagger", requires=["token.is_sent_start"], assigns=["token.tag", "token.lemma", "doc._.tokens"])
def create(nlp: Language, name: str) -> Tagger:
    """Make the tagger component."""
    return Tagger()


def stts(tag: str) -> str:
    """Return HanTa's tag as STTS writes it: ``VV(FIN)`` is VVFIN, nominalised adjectives and infinitives are NN."""
    if tag in ("NNA", "NNI"):
        return "NN"
    return tag.replace("(", "").replace(")", "") if tag[0].isalpha() else tag


def _recased(word: str, lemma: str) -> str:
    """Give ``lemma`` the capitals of ``word`` where both begin alike: HanTa makes Is-kämpfer of IS-Kämpfer."""
    pairs = enumerate(zip(map(str.lower, word), map(str.lower, lemma), strict=False))
    same = next((k for k, (one, other) in pairs if one != other), min(len(word), len(lemma)))
    return word[:same] + lemma[same:]


class Tagger:
    """Sets ``token.tag_`` (STTS) and ``token.lemma_``, and leaves all tokens in ``doc._.tokens``.

    The tags of a trained pipeline are kept where the word can be read so at all; its lemmas are not: the lexicon counts on
    one way of writing them (``eingenommen`` is of ``einnehmen``), and pipelines differ.
    """

    def __init__(self) -> None:
        register_extensions()
        model, analyses = german_morphology(), KeptAnalyses(analyses_file())
        self._transitions: dict[TagPair, dict[int, float]] = {a * TAGS + b: to for (a, b), to in model.LP_trans_word.items()}
        self._names: dict[int, str] = {number: stts(tag) for number, tag in model.int2tag.items()}

        @lru_cache(maxsize=WORD_FORMS_KEPT)
        def readings(word: str, case_counts: bool) -> TagFits:
            ending = word[-LONGEST_WORD:]

            def analysed() -> list[tuple[int, float]]:
                return list(model._tag_word(ending, cutoff=5, casesensitive=case_counts, conditional=True))

            found = analyses.kept(f"{'case' if case_counts else 'any'} {ending}", analysed)
            return tuple((tag, float(fit)) for tag, fit in found)  # HanTa gives some as scalars of NumPy, which are slow

        @lru_cache(maxsize=WORD_FORMS_KEPT)
        def lemma(word: str, tag: int) -> str:
            if len(word) > LONGEST_WORD:
                return word
            return str(analyses.kept(f"{tag} {word}", lambda: analysed_lemma(word, tag)))

        def analysed_lemma(word: str, tag: int) -> str:
            try:
                return str(model._analyze(word, tag, taglevel=1)[0])
            except (IndexError, KeyError, ValueError):  # forms without letters have no morphemes
                return word

        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, tag in self._names.items():
            self._numbers[tag].append(number)
        self._readings = readings
        self._lemma = lemma
        self._tagged = lru_cache(maxsize=WORD_FORMS_KEPT)(self._tagged_anew)

    def __call__(self, doc: Doc) -> Doc:
        """Tag ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[tuple[str, str]]:
        """Return (tag, lemma) of every token; quotation marks are not shown to the tagger, which has seen hardly any."""
        forms = forms_of(doc)
        given = [token.tag_ for token in doc] if doc.has_annotation("TAG") else None
        out = [("_SP" if form.isspace() else "$(", form) for form in forms]
        for first, behind in sentence_bounds(doc):
            read = [k for k in range(first, behind) if not forms[k].isspace() and forms[k] not in QUOTES]
            words = [forms[k] for k in read]
            tags = self._adopted(words, [given[k] for k in read]) if given else self._tags(words)
            found = Retagging(words, list(map(self._tagged, words, tags)), self._as).run()
            for k, tagged in zip(read, found, strict=True):
                out[k] = tagged
        return out

    def _adopted(self, words: list[str], given: list[str]) -> list[int]:
        """Return HanTa's tags for those that a trained pipeline has ``given``; its own where it knows none such."""
        known = [self._numbers.get(VARIANTS.get(tag, tag), ()) for tag in given]
        own = self._tags(words) if () in known else []
        readings = [{number for number, _ in self._readings(word, False)} for word in words]
        fitting = [next((n for n in known[k] if n in readings[k]), None) for k in range(len(words))]
        return [fit or (numbers[0] if numbers else own[k]) for k, (fit, numbers) in enumerate(zip(fitting, known, strict=True))]

    def _as(self, word: str, tag: str, known: bool) -> str | None:
        """Return the lemma of ``word`` with another tag; when it must be a ``known`` reading and is none, None."""
        readings = {number for case_counts in (True, False) for number, _ in self._readings(word, case_counts)}
        fitting = [n for n in self._numbers.get(tag, ()) if n in readings or not known]
        return self._lemma(word, fitting[0]) if fitting else None

    def _tagged_anew(self, word: str, tag: int) -> tuple[str, str]:
        if not any(c.isalnum() for c in word):
            return PUNCTUATION_TAGS.get(word, "$("), word
        if len(word) > 1 and word.isalpha() and word.isupper():  # IS, USA, SDF: an acronym is a name and keeps its case
            return "NE", word
        name = self._names[tag]
        joined = "-" in word and word.rsplit("-", 1)[1][:1].isupper() and (name not in NOUNS or self._of_acronym(word, name))
        if joined and ARTICLED.fullmatch(word):
            return "NE", word
        if (joined or name == "NN") and "-" in word[1:-1]:  # Katjuscha-Raketen, Huthi-Rebellen: what counts is the last part
            first, last = word.rsplit("-", 1)
            return "NN", f"{first}-{_recased(last, self._lemma(last, tag))}"
        if joined:
            name, tag = "NN", self._numbers["NN"][0]
        lemma = self._lemma(word, tag)
        return name, _recased(word, lemma) if name in NOUNS else lemma  # Al-rubaye: the capitals of the form are kept

    def _of_acronym(self, word: str, name: str) -> bool:
        """US-Drohnen, IS-Kämpfern: what looks like a name is a noun where its last part is surely one."""
        first, last = word.rsplit("-", 1)
        best = next(iter(self._readings(last, True)), None) if name == "NE" and first.isupper() else None
        return best is not None and self._names[best[0]] == "NN"

    def set_annotations(self, doc: Doc, tagged: list[tuple[str, str]]) -> None:
        """Write the result of :meth:`match`."""
        for token, (tag, lemma) in zip(doc, tagged, strict=True):
            token.tag_ = tag
            token.lemma_ = lemma
        doc._.tokens = TokenTable.of(doc, tagged)

    def _tags(self, words: list[str]) -> list[int]:
        """Viterbi over word trigrams, as in HanTa, but looking only at the readings a word has."""
        row: dict[TagPair, float] = {START: 0.0}
        back: list[dict[TagPair, TagPair]] = []
        for i, word in enumerate(words):
            row, pointers = self._step(row, self._readings(word, i > 0))
            back.append(pointers)
        best = max(row, key=lambda s: row[s] + self._transitions.get(s, UNKNOWN_PAIR).get(END, -math.inf))
        tags: list[int] = []
        for pointers in reversed(back):
            tags.append(best % TAGS)
            best = pointers[best]
        return tags[::-1]

    def _step(self, row: dict[TagPair, float], readings: TagFits) -> tuple[dict[TagPair, float], dict[TagPair, TagPair]]:
        bound = sorted(row.values(), reverse=True)[TAG_BEAM] - 1 if len(row) > TAG_BEAM else -math.inf
        new: dict[TagPair, float] = {}
        pointers: dict[TagPair, TagPair] = {}
        for state, before in row.items():
            if before < bound:
                continue
            transition, last = self._transitions.get(state, UNKNOWN_PAIR).get, state % TAGS * TAGS
            for tag, fits in readings:
                score = before + transition(tag, UNSEEN) + fits
                following = last + tag
                if following not in new or score > new[following]:
                    new[following] = score
                    pointers[following] = state
        return new, pointers
