"""Clauses, topological fields, noun phrases and predicates of every sentence (``doc._.clauses``, one record a sentence)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.records import register_extensions
from kg.annotation.syntax.cases import load_cases
from kg.annotation.syntax.sentence import Syntax, analyse
from kg.annotation.syntax.words import words_of
from kg.annotation.words.token_table import TokenTable, tokens_of
from kg.german.nouns import is_title
from kg.german.stts import ARTICLE_TAGS
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import PLACE_KINDS
from kg.resources import table


@Language.factory(
    "lagebild_fields",
    requires=[
        "token.tag",
        "token.lemma",
        "token.is_sent_start",
        "doc._.entities",
        "doc._.mentions",
        "doc._.timexes",
        "doc._.undated_times",
    ],
    assigns=["doc._.clauses"],
)
def create(nlp: Language, name: str) -> Fields:
    """Make the component."""
    return Fields()


@dataclass(frozen=True, slots=True)
class _Names:
    """Proper names and dates of a document, by token."""

    number: dict[int, int]
    solitary: frozenset[int]
    base: frozenset[int]


PERSONAL_CLASSES = word_set("events", "people_classes")
PLACE_CLASSES = frozenset(("territory", "site"))


class Fields:
    """Analyses the syntax of each sentence on its own."""

    def __init__(self) -> None:
        register_extensions()
        self._cases = load_cases()
        self._lexicon = load_event_lexicon()
        self._place_words = _words("names/placewords.tsv", "names/facilitywords.tsv")
        self._group_words = _words("names/orgwords.tsv", "names/groupwords.tsv")

    def __call__(self, doc: Doc) -> Doc:
        """Analyse ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Syntax, ...]:
        """Return the syntax of every sentence, in order."""
        tokens = tokens_of(doc)
        names = self._names(doc, tokens)
        sentences = (words_of(tokens, *sentence) for sentence in tokens.sentences)
        return tuple(analyse(words, self._cases, names.number, names.solitary, names.base) for words in sentences)

    def _names(self, doc: Doc, tokens: TokenTable) -> _Names:
        """Find names and dates; the first part of a compound is none, and the longest name has the last word."""
        number: dict[int, int] = {}
        solitary: set[int] = set()
        base: set[int] = set()
        entities = doc._.entities
        known = [m for m in doc._.mentions if m.kind == "name" and entities[m.entity].kind != "PopulationGroup"]
        spans = [(m.begin, m.end, entities[m.entity]) for m in known]
        spans += [(t.begin, t.end, None) for t in doc._.timexes]
        spans += [(begin, end, None) for begin, end in doc._.undated_times]
        for k, (begin, end, entity) in enumerate(sorted(spans, key=lambda s: s[1] - s[0])):
            first, last = tokens.token_at(begin), tokens.token_to(end)
            if first is None or last is None:
                continue
            if entity is not None and tokens.tags[first] == "APPR":  # von den USA geführte Koalition: no one name
                continue
            number.update(dict.fromkeys(range(first, last + 1), k))
            if entity is None:
                continue
            entry = shipped_gazetteer().entries.get(entity.slug)
            names = (entity.label, *entity.names, *(entry.names if entry is not None else ()))
            if tokens.text[begin:end].casefold() in map(str.casefold, names):
                base.add(last)
            noun = first - 1
            if noun < 0 or tokens.tags[noun] != "NN":
                continue
            if not self._takes(tokens.lemmas[noun], entity.kind) or _are_others(tokens, noun, entity.kind):
                solitary.add(noun)
        return _Names(number, frozenset(solitary), frozenset(base))

    def _takes(self, noun: str, kind: str) -> bool:
        """Whether a noun can have a name of that kind as its apposition: Stadt Rakka, but not Truppen Rakka, Jets Rakka."""
        if self._lexicon.of_noun(noun)[1]:
            return False
        if kind in PLACE_KINDS:
            of_place = _ends_in(noun, self._place_words) or self._lexicon.is_any_of(noun, PLACE_CLASSES)
            return of_place and not self._lexicon.is_any_of(noun, PERSONAL_CLASSES)
        return kind == "Person" or _ends_in(noun, self._group_words)

    def set_annotations(self, doc: Doc, found: tuple[Syntax, ...]) -> None:
        """Write the result of :meth:`match`."""
        doc._.clauses = found


def _words(*files: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())).lower() for file in files for row in table(file))


@lru_cache(maxsize=20_000)
def _ends_in(noun: str, words: frozenset[str]) -> bool:
    low = noun.lower()
    return any(low[k:] in words for k in range(len(low) - 2))


def _are_others(tokens: TokenTable, noun: int, kind: str) -> bool:
    """Nahmen Polizisten Karim Haddou fest: a plural without article is no title of the person behind it."""
    apart = noun == 0 or tokens.tags[noun - 1] not in ARTICLE_TAGS | {"ADJA", "APPR", "APPRART"}
    several = tokens.words[noun] != tokens.lemmas[noun] and not is_title(tokens.words[noun])
    return kind == "Person" and apart and several
