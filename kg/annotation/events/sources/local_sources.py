"""Sources without a name (ein Anwohner, Ärzte, Sicherheitskreise) as entities of their article."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kg.annotation.names.workspace import slugify
from kg.annotation.records import Entity, Mention
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import SentenceWords
from kg.annotation.words.token_table import tokens_of
from kg.german.inflection import PLURAL_ENDING, as_inside, is_genitive_plural, is_undeclined, subject_form
from kg.german.nouns import name_cues, single_ending
from kg.german.people import FEMALE_ENDINGS
from kg.german.punctuation import QUOTES
from kg.german.reporting_nouns import names_circle
from kg.german.transliteration import fold
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import shipped_gazetteer

UNNAMED_PEOPLE = frozenset(("Person", "PopulationGroup"))
LONGEST_QUOTED_NAME = 5  # words in quotation marks
NAMING = frozenset(("NE", "FM", "NN"))
TAKING_UP = word_set("events", "taking_up")
SINGLE_ARTICLES = word_set("events", "single_articles")
GENITIVE_ARTICLES = word_set("events", "singular_genitive_articles")
PLURAL_ARTICLES = word_set("events", "ambiguous_plural_articles")


class LocalSources:
    """Makes the entities and their mentions; one entity for each description."""

    def __init__(self, doc: Doc) -> None:
        self._doc, self._tokens = doc, tokens_of(doc)
        self.entities: dict[str, Entity] = dict(doc._.entities)
        self.mentions: set[Mention] = set(doc._.mentions)
        self._known: dict[str, str] = {}  # description -> slug
        self._last: dict[str, str] = {}  # noun -> slug of the last such person

    def keep(self, entity: Entity) -> str:
        """Note an entity of the gazetteer, or one shared by articles; return its slug."""
        self.entities.setdefault(entity.slug, entity)
        return entity.slug

    def make(self, syntax: Syntax, chunk: Chunk, kind: str | None) -> str:
        """Return the slug of those whom a phrase describes: the same for the same words, for der Arzt those of ein Arzt."""
        words = syntax.words
        noun = fold(words.lemma[chunk.head]).lower()
        first = next((k for k in range(chunk.begin, chunk.head) if words.tag[k] == "ADJA"), chunk.head)
        determiner = words.lower[chunk.determiner] if chunk.determiner is not None else ""
        if first == chunk.head and determiner in TAKING_UP and noun in self._last:
            return self._mention(self._last[noun], words, chunk, first)
        single = _is_single(words, chunk, determiner)
        label = _label(words, first, chunk.head, single)
        described = fold(" ".join(words.lemma[k] for k in range(first, chunk.head + 1))).lower()
        key = f"{'one' if single else 'many'} {described}"
        if key not in self._known:
            people = "Person" if single else "PopulationGroup"
            self._known[key] = self._new(label, people if kind is None or kind in UNNAMED_PEOPLE else kind)
        self._last[noun] = self._known[key]
        return self._mention(self._known[key], words, chunk, first)

    def bearer(self, syntax: Syntax, chunk: Chunk, kind: str) -> str | None:
        """Return the slug of the unknown name that stands directly behind a title or kind (Ministerin Mia Vale), else None."""
        words, adjective = syntax.words, chunk.head - 1
        described = adjective >= chunk.begin and words.tag[adjective] == "ADJA"
        if described and is_genitive_plural(words.text[adjective], words.text[chunk.head], words.lemma[chunk.head]):
            return None  # britischer Diplomaten Chlorgas
        first, last = _name_behind(words, chunk.head)
        unsure = first == chunk.head + 1 and words.tag[min(first, last)] == "NN"
        if last < first or (unsure and (kind not in UNNAMED_PEOPLE or last == first)):
            return None
        begin, end = self._tokens.begins[words.index[first]], self._tokens.ends[words.index[last]]
        if any(m.begin < end and begin < m.end for m in self._doc._.mentions):
            return None
        name = self._tokens.text[begin:end]
        key = f"name {fold(name).lower()}"
        if key not in self._known:
            self._known[key] = self._new(name, "Person" if kind in UNNAMED_PEOPLE else kind)
        self.mentions.add(Mention(begin, end, self._known[key], words.index[last]))
        return self._known[key]

    def part(self, syntax: Syntax, chunk: Chunk, name: str, kind: str) -> str:
        """Return the slug of those whom the first part of a compound names (Polizei-angaben)."""
        key = f"part {fold(name).lower()}"
        if key not in self._known:
            self._known[key] = self._last.get(fold(name).lower()) or self._new(name, kind)
        slug = self._known[key]
        begin = self._tokens.begins[syntax.words.index[chunk.head]]
        self.mentions.add(Mention(begin, begin + len(name), slug, syntax.words.index[chunk.head]))
        return slug

    def _new(self, label: str, kind: str) -> str:
        wanted = slugify(label)
        slug, number = wanted, 1
        while slug in shipped_gazetteer().entries or slug in self.entities:
            number += 1
            slug = f"{wanted}-{number}"
        self.entities[slug] = Entity(slug, kind, label, (label,), "article")
        return slug

    def _mention(self, slug: str, words: SentenceWords, chunk: Chunk, first: int) -> str:
        tokens, head = self._tokens, words.index[chunk.head]
        begin, end = tokens.begins[words.index[first]], tokens.ends[head]
        self.mentions.add(Mention(begin, end, slug, head))
        forms = {tokens.text[begin:end], words.text[chunk.head]}
        if chunk.determiner is not None and chunk.determiner < first:
            forms.add(tokens.text[tokens.begins[words.index[chunk.determiner]] : end])
        entity = self.entities[slug]
        if entity.scope == "article":
            self.entities[slug] = replace(entity, names=tuple(sorted({*entity.names, *forms})))
        return slug

    def with_used(self, used: frozenset[str]) -> tuple[dict[str, Entity], tuple[Mention, ...]]:
        """Return the article's entities and mentions together with those made that are a source of an event."""
        old: dict[str, Entity] = self._doc._.entities
        entities = {slug: e for slug, e in self.entities.items() if slug in old or slug in used}
        mentions = {*self._doc._.mentions, *(m for m in self.mentions if m.entity in entities)}
        return entities, tuple(sorted(mentions, key=lambda m: (m.begin, -m.end, m.entity)))


def _name_behind(words: SentenceWords, head: int) -> tuple[int, int]:
    """Return the first and last word of the name behind a noun, also in quotation marks; the last before the first for none."""
    first = head + 1
    quoted = first < len(words) and words.text[first] in QUOTES
    first += quoted
    last = first - 1
    while last + 1 < len(words) and (words.text[last + 1] not in QUOTES if quoted else _names(words, last + 1)):
        last += 1
    return first, last if not quoted or last - first < LONGEST_QUOTED_NAME else first - 1


def _names(words: SentenceWords, k: int) -> bool:
    return words.tag[k] in NAMING and words.text[k][0].isupper()


def _label(words: SentenceWords, first: int, head: int, single: bool) -> str:
    """Adjectives and noun as a subject: aus diplomatischen Kreisen: diplomatische Kreise; der junge Arzt: junger Arzt."""
    single = single and not names_circle(words.lower[head])
    adjectives, lemmas = list(words.text[first:head]), words.lemma[first:head]
    if adjectives and set(words.tag[first:head]) == {"ADJA"} and not any(map(is_undeclined, adjectives, lemmas)):
        inside = as_inside(adjectives, lemmas) if first == 0 else adjectives
        woman = words.lower[first - 1] in name_cues("feminine") or words.text[head].endswith(FEMALE_ENDINGS)
        ending = single_ending(words.lemma[head]) if single and not woman else PLURAL_ENDING
        return subject_form(inside, words.text[head], words.lemma[head], ending)
    if first < head:
        return " ".join(words.text[k] for k in range(first, head + 1))
    if not single:
        return subject_form([], words.text[head], words.lemma[head], PLURAL_ENDING)  # nach Angaben von Ärzten: Ärzte
    unread = words.lemma[head] == words.text[head]  # the lemma has kept the ending
    genitive = unread and head > 0 and words.lower[head - 1] in GENITIVE_ARTICLES
    return words.lemma[head].removesuffix("es").removesuffix("s") if genitive else words.lemma[head]


def _is_single(words: SentenceWords, chunk: Chunk, determiner: str) -> bool:
    if determiner in SINGLE_ARTICLES:
        return True
    numbers = {r[1] for r in chunk.readings}
    base = words.lower[chunk.head] == words.lemma[chunk.head].lower()
    return "s" in numbers and ("p" not in numbers or (determiner in PLURAL_ARTICLES and base))
