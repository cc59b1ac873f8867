"""People whom nothing tells but their role: who arrests or is murdered is somebody, whatever the noun (Kosaken, Lotsen, Köche).

They become entities of the article once the event is certain, so that they never decide whether it is one.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotation.events.referents import Filler, Referents
from kg.annotation.names.workspace import slugify
from kg.annotation.records import Entity, Mention
from kg.annotation.references.unlisted_nouns import looks_like_people, may_mean_people
from kg.annotation.syntax.attributes import Ref
from kg.annotation.syntax.chunks import COUNTED_GENITIVES, Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import SentenceWords
from kg.annotation.words.token_table import tokens_of
from kg.german.inflection import ADJECTIVE_ENDINGS, PLURAL_ENDING, as_inside, is_undeclined, subject_form
from kg.german.nouns import name_cues, single_ending
from kg.german.people import FEMALE_ENDINGS
from kg.german.stts import NUMBERS
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import GROUP_KINDS

THINGS_ACT = word_set("events", "things_act")
PEOPLE_ADJECTIVES = word_set("events", "people_adjectives")
SEIZED_KINDS = frozenset(("Killing", "Abduction", "Arrest", "LegalAction"))
HARMED_KINDS = SEIZED_KINDS | {"Displacement"}  # whom they happen to are people
NAME_LENGTHS = (2, 3)  # words of a full name


class RolePeople:
    """Makes the entities; ``entities`` and ``mentions`` are the new ones so far."""

    def __init__(self, doc: Doc, referents: Referents) -> None:
        self._doc, self._tokens, self._referents = doc, tokens_of(doc), referents
        self.entities: dict[str, Entity] = {}
        self.mentions: dict[tuple[int, Ref], Mention] = {}

    def are_meant(self, sentence: int, filler: Filler, *, acting: bool) -> bool:
        """Whether a phrase means people: known ones, or told by number or adjective, or, of who acts, by the noun's form."""
        if filler.slug is not None:
            return filler.kind in GROUP_KINDS or (filler.kind == "Person" and self._referents.is_described(filler.slug))
        syntax, chunk = self._referents.syntax(sentence), self._referents.grammar(sentence).chunk(filler.ref)
        if not self._may_be_people(sentence, syntax, chunk):
            return False
        count = self._referents.count_in(sentence, chunk)
        if self._described_as_people(sentence, filler) or (count is not None and count.unit == "people"):
            return True
        return (acting or count is not None) and self._looks_like_people(sentence, filler)

    def are_armed(self, sentence: int, filler: Filler) -> bool:
        """Whether an adjective says that they bear arms: bewaffnete Hirten."""
        return any(form in name_cues("armed") for form in self._adjectives(sentence, filler))

    def acting(self, sentence: int, verb: str, fillers: list[Filler]) -> tuple[str, ...]:
        """Return who acts by a verb that is no deed of things (bombs kill, so no ``töten``), or by a support verb."""
        alike = [f for f in fillers if self._looks_like_people(sentence, f)]
        sure = [f for f in alike if self._described_as_people(sentence, f)] if verb in THINGS_ACT else alike
        return self._told(sentence, sure)

    def harmed(self, sentence: int, kind: str, fillers: list[Filler]) -> tuple[str, ...]:
        """Return whom an event of that kind happens to: anybody where it happens to people only, else who is surely one."""
        if kind in HARMED_KINDS:
            return (*self._told(sentence, fillers), *(self._named(sentence, fillers) if kind in SEIZED_KINDS else ()))
        return self._told(sentence, [f for f in fillers if self.are_meant(sentence, f, acting=False)])

    def _named(self, sentence: int, fillers: list[Filler]) -> tuple[str, ...]:
        """Return those whom names tell that nobody knows: nahmen Reda Kriket fest."""
        grammar, words = self._referents.grammar(sentence), self._referents.syntax(sentence).words
        phrases = ((f.ref, grammar.chunk(f.ref)) for f in fillers if f.slug is None)
        return tuple(dict.fromkeys(self._tell_name(sentence, words, r, c) for r, c in phrases if _is_full_name(words, c)))

    def _tell_name(self, sentence: int, words: SentenceWords, ref: Ref, chunk: Chunk) -> str:
        if (known := self.mentions.get((sentence, ref))) is not None:
            return known.entity
        begin, end = self._tokens.begins[words.index[chunk.head]], self._tokens.ends[words.index[chunk.end - 1]]
        name = self._tokens.text[begin:end]
        told = (slug for slug, entity in self.entities.items() if entity.label == name)
        slug = next(told, None) or self._new_slug(slugify(name))
        self.entities[slug] = Entity(slug, "Person", name, (name,), "article")
        self.mentions[sentence, ref] = Mention(begin, end, slug, words.index[chunk.end - 1], "name")
        return slug

    def _adjectives(self, sentence: int, filler: Filler) -> list[str]:
        words, chunk = self._referents.syntax(sentence).words, self._referents.grammar(sentence).chunk(filler.ref)
        return [words.lower[k] for k in range(chunk.begin, chunk.head) if words.tag[k] == "ADJA"]

    def _described_as_people(self, sentence: int, filler: Filler) -> bool:
        """Whether an adjective is said of people only: maskierte, betrunkene."""
        forms = self._adjectives(sentence, filler)
        return any(form[: -len(e)] in PEOPLE_ADJECTIVES for form in forms for e in ADJECTIVE_ENDINGS if form.endswith(e))

    def _told(self, sentence: int, fillers: list[Filler]) -> tuple[str, ...]:
        grammar, syntax = self._referents.grammar(sentence), self._referents.syntax(sentence)
        phrases = ((f.ref, grammar.chunk(f.ref)) for f in fillers if f.slug is None)
        told = [self._tell(sentence, syntax, r, c) for r, c in phrases if self._may_be_people(sentence, syntax, c)]
        return tuple(dict.fromkeys(told))

    def _looks_like_people(self, sentence: int, filler: Filler) -> bool:
        words, chunk = self._referents.syntax(sentence).words, self._referents.grammar(sentence).chunk(filler.ref)
        return self._described_as_people(sentence, filler) or looks_like_people(words, chunk)

    def _may_be_people(self, sentence: int, syntax: Syntax, chunk: Chunk) -> bool:
        noun = syntax.words.text[chunk.head]
        if chunk.pronoun or chunk.end > chunk.head + 1 or syntax.words.tag[chunk.head] != "NN":
            return False
        return not self._referents.is_time(sentence, chunk) and may_mean_people(noun, syntax.words.lemma[chunk.head])

    def _tell(self, sentence: int, syntax: Syntax, ref: Ref, chunk: Chunk) -> str:
        if (known := self.mentions.get((sentence, ref))) is not None:
            return known.entity
        words = syntax.words
        bare = _start(words, chunk, chunk.head, ("ADJA", "KON"))  # in Homs entführte Husaren: not what stands in the attribute
        bare += words.tag[bare] == "KON" or words.lower[bare] in COUNTED_GENITIVES
        first = _start(words, chunk, bare, tuple(NUMBERS))
        text, begins = self._tokens.text, self._tokens.begins
        begin, end = begins[words.index[first]], self._tokens.ends[words.index[chunk.head]]
        said, kind = text[begins[words.index[bare]] : end], self._kind(words, chunk)
        label = self._label(words, bare, chunk, kind) or said
        slug = self._new_slug(slugify(label))
        names = tuple(sorted({label, said, text[begin:end], words.text[chunk.head]}))
        self.entities[slug] = Entity(slug, kind, label, names, "article")
        self.mentions[sentence, ref] = Mention(begin, end, slug, words.index[chunk.head], "description")
        return slug

    def _label(self, words: SentenceWords, bare: int, chunk: Chunk, kind: str) -> str | None:
        """Return the phrase as a subject, None where more than adjectives are before its noun."""
        if any(words.tag[k] != "ADJA" for k in range(bare, chunk.head)):
            return None
        article = words.lower[chunk.determiner] if chunk.determiner is not None else ""
        woman = article in name_cues("feminine") or words.text[chunk.head].endswith(FEMALE_ENDINGS)
        lemma = words.lemma[chunk.head]
        ending = single_ending(lemma) if kind == "Person" and not woman else PLURAL_ENDING
        adjectives, lemmas = list(words.text[bare : chunk.head]), words.lemma[bare : chunk.head]
        if any(map(is_undeclined, adjectives, lemmas)):
            return None
        if adjectives and bare == 0:  # the first word of the sentence
            adjectives = as_inside(adjectives, lemmas)
        return subject_form(adjectives, words.text[chunk.head], lemma, ending)

    def _kind(self, words: SentenceWords, chunk: Chunk) -> str:
        if chunk.determiner is not None and words.lower[chunk.determiner] in name_cues("one"):
            return "Person"
        armed = any(form in name_cues("armed") for form in words.lower[chunk.begin : chunk.head])
        return "ArmedGroup" if armed else "PopulationGroup"

    def _new_slug(self, wanted: str) -> str:
        taken = self._doc._.entities
        slug, number = wanted, 1
        while slug in taken or slug in self.entities or slug in shipped_gazetteer().entries:
            number += 1
            slug = f"{wanted}-{number}"
        return slug


def _is_full_name(words: SentenceWords, chunk: Chunk) -> bool:
    """Whether a phrase is nothing but a first and a last name, of which no list need know anything."""
    parts = words.text[chunk.head : chunk.end]
    if len(parts) not in NAME_LENGTHS or chunk.begin < chunk.head - (chunk.preposition is not None):
        return False
    names = all(words.tag[k] == "NE" for k in range(chunk.head, chunk.end))
    return names and all(part[:1].isupper() and not part.isupper() and part.replace("-", "").isalpha() for part in parts)


def _start(words: SentenceWords, chunk: Chunk, k: int, tags: tuple[str, ...]) -> int:
    """Return the first word of the row of such tags before word ``k``, ``k`` where none stands."""
    while k > chunk.begin and words.tag[k - 1] in tags:
        k -= 1
    return k
