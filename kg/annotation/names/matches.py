"""A document while the gazetteer's names are matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.annotation.records import Entity, Mention
from kg.german.word_parts import Parts
from kg.knowledge.gazetteer import NameSense


@dataclass(slots=True)
class MatchedText:
    """A document while it is matched: its words and parts, and what has been found."""

    words: list[str]
    tags: list[str]
    parts: Parts
    mentions: list[Mention] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    countries: frozenset[str] | None = None  # those it speaks of, once somebody has asked

    def add(self, entity: Entity, first: int, last: int, head: int, kind: Literal["name", "demonym"] = "name") -> None:
        """Note that parts ``first`` to ``last`` (both included) speak of ``entity``."""
        self.entities.setdefault(entity.slug, entity)
        begin, end = self.parts.begins[first], self.parts.ends[last]
        self.mentions.append(Mention(begin, end, entity.slug, head, kind))


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in the text: parts ``first`` to ``last``, and what it may mean."""

    first: int
    last: int
    candidates: tuple[NameSense, ...]
