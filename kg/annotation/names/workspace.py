"""An article while its names are found: words, what is covered by a mention, the local entities so far."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import Literal

from spacy.tokens import Doc

from kg.annotation.records import Entity, Mention, Scope
from kg.annotation.words.token_table import tokens_of
from kg.german.transliteration import fold
from kg.knowledge.gazetteer import Gazetteer

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
MentionKind = Literal["name", "description", "epithet", "pronoun", "demonym"]


def slugify(name: str) -> str:
    """Return ``name`` as the last part of an IRI: small ASCII letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name.translate(UMLAUTS)).lower()).strip("-") or "name"


@dataclass(slots=True)
class Scene:
    """What the finders read and write. ``covered`` says for each token which mention of a name lies over it."""

    gazetteer: Gazetteer
    text: str
    words: list[str]
    tags: list[str]
    lemmas: list[str]
    begins: list[int]
    ends: list[int]
    covered: list[Mention | None]
    adjectives: list[Mention | None]
    known: frozenset[str]  # all word forms of the text
    mentions: list[Mention]
    entities: dict[str, Entity]
    local: dict[tuple[str, str], str] = field(default_factory=dict)  # (family of kinds, key) -> slug
    surface: dict[str, set[str]] = field(default_factory=dict)  # slug -> names of a local entity
    things: dict[str, str] = field(default_factory=dict)  # noun of a thing (botschaft) -> slug of the last one
    people: dict[str, str] = field(default_factory=dict)  # noun of unnamed people (attentater) -> slug of the last
    numbers: dict[str, int] = field(default_factory=dict)  # how often a slug was wanted
    dropped: set[Mention] = field(default_factory=set)

    @classmethod
    def of(cls, doc: Doc, gazetteer: Gazetteer) -> Scene:
        """Read ``doc`` as the gazetteer left it."""
        tokens = tokens_of(doc)
        scene = cls(
            gazetteer, tokens.text, tokens.words, tokens.tags, tokens.lemmas, tokens.begins, tokens.ends,
            [None] * len(tokens), [None] * len(tokens), frozenset(tokens.words), [], {},
        )  # fmt: skip
        scene.entities = dict(doc._.entities)
        for mention in doc._.mentions:
            scene._cover(mention)
        scene.surface = {slug: set(e.names) for slug, e in scene.entities.items() if e.scope != "gazetteer"}
        for mention in scene.mentions:
            scene._note_name(mention)
        return scene

    def _cover(self, mention: Mention) -> None:
        self.mentions.append(mention)
        spans = self.adjectives if mention.kind == "demonym" else self.covered
        k = mention.head
        while k > 0 and self.ends[k - 1] > mention.begin:
            k -= 1
        while k < len(self.words) and self.begins[k] < mention.end:
            if self.ends[k] > mention.begin and spans[k] is None:
                spans[k] = mention
            k += 1

    def free(self, i: int) -> bool:
        """Tell whether token ``i`` exists and no name lies over it."""
        return 0 <= i < len(self.words) and self.covered[i] is None

    def word(self, i: int) -> str:
        """Return token ``i``, or an empty string beyond the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def tag(self, i: int) -> str:
        """Return the tag of token ``i``, or an empty string beyond the text."""
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def span(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last``, both included."""
        return self.text[self.begins[first] : self.ends[last]]

    def add_local(self, family: str, key: str, kind: str, label: str, scope: Scope, names: tuple[str, ...] = ()) -> str:
        """Return the slug of the local entity that ``key`` identifies among its ``family`` of kinds; make it if new."""
        slug = self.local.get((family, key))
        if slug is None:
            slug = self._new_slug(slugify(label))
            self.local[family, key] = slug
            self.entities[slug] = Entity(slug, kind, label, (), scope)
        self.surface.setdefault(slug, set()).update((label, *names))
        return slug

    def _new_slug(self, wanted: str) -> str:
        """Return ``wanted``, numbered where the gazetteer or the article has it for something else."""
        slug = wanted
        while slug in self.gazetteer.entries or slug in self.entities:
            self.numbers[wanted] = self.numbers.get(wanted, 1) + 1
            slug = f"{wanted}-{self.numbers[wanted]}"
        return slug

    def add_gazetteer(self, slug: str) -> str:
        """Note that an entry of the gazetteer is mentioned; return its slug."""
        entry = self.gazetteer.entries[slug]
        self.entities.setdefault(slug, Entity(slug, entry.kind, entry.label))
        return slug

    def mention(self, slug: str, first: int, last: int, head: int, kind: MentionKind = "name") -> None:
        """Add a mention over tokens ``first`` to ``last``, both included."""
        self.add(Mention(self.begins[first], self.ends[last], slug, head, kind))

    def add(self, mention: Mention) -> None:
        """Add a mention, which may end inside a token; a pronoun is no name."""
        self._cover(mention)
        self._note_name(mention)

    def _note_name(self, mention: Mention) -> None:
        if mention.entity in self.surface and mention.kind != "pronoun":
            self.surface[mention.entity].add(self.text[mention.begin : mention.end])

    def drop(self, mention: Mention) -> None:
        """Take back a mention that another one replaces."""
        self.dropped.add(mention)
        k = mention.head
        while k >= 0 and self.covered[k] is mention:
            self.covered[k] = None
            k -= 1
        k = mention.head + 1
        while k < len(self.words) and self.covered[k] is mention:
            self.covered[k] = None
            k += 1

    def sorted_mentions(self) -> tuple[Mention, ...]:
        """Return all mentions by begin, the longer first."""
        kept = {m for m in self.mentions if m not in self.dropped}
        return tuple(sorted(kept, key=lambda m: (m.begin, -m.end, m.entity)))

    def finished_entities(self) -> dict[str, Entity]:
        """Return the entities that a mention names, local ones with all their names."""
        used = {m.entity for m in self.mentions if m not in self.dropped}
        return {
            slug: replace(entity, names=tuple(sorted(self.surface[slug]))) if slug in self.surface else entity
            for slug, entity in self.entities.items()
            if slug in used
        }


class SceneFinder(ABC):
    """A component that goes through the scene of an article and adds mentions and local entities to it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    @abstractmethod
    def match(self, doc: Doc) -> Scene:
        """Return the scene of ``doc`` with what was found in it."""

    def set_annotations(self, doc: Doc, scene: Scene) -> None:
        """Write all mentions, those found before among them, in text order, a longer one before those inside it."""
        doc._.mentions = scene.sorted_mentions()
        doc._.entities = scene.finished_entities()
