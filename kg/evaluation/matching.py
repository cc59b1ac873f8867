"""Which found event is which annotated one, and which IRI is which annotated entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.gold import UNSPECIFIED, GoldArticle, GoldEvent
from kg.evaluation.graphview import FoundEvent, GraphView
from kg.namespaces import ROLES

SHARED_WORDS = 0.8  # of the shorter sentence: reading may cut a sentence elsewhere than annotators did
FEWEST_WORDS = 3  # below that two sentences are the same only when equal
TRIGGER_BONUS, ENTITY_BONUS = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Identity:
    """Tells whether an IRI of the graph is an annotated entity of the article."""

    article: GoldArticle
    view: GraphView

    def holds(self, slug: str, iri: str) -> bool:
        """Compare by Wikidata item where both have one, else by name."""
        entity, item = self.article.entities[slug], self.view.items.get(iri)
        if entity.qids and item is not None:
            return item in entity.qids
        if slug in UNSPECIFIED and name_of(iri) in UNSPECIFIED:
            return True
        return not entity.names.isdisjoint(self.view.names.get(iri, ()))

    def any_of(self, slugs: Iterable[str], iri: str) -> bool:
        """Tell whether ``iri`` is one of the entities ``slugs``."""
        return any(self.holds(slug, iri) for slug in slugs)


def name_of(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rpartition("/")[2]


def folded_words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case."""
    return re.findall(r"\w+", text.casefold())


def same_sentence(one: str, other: str) -> bool:
    """Tell whether two strings are the same sentence, perhaps cut differently."""
    ours, theirs = folded_words(one), folded_words(other)
    if not ours or not theirs:
        return False
    vocabulary, their_vocabulary = set(ours), set(theirs)
    shorter = min(len(vocabulary), len(their_vocabulary))
    overlap = len(vocabulary & their_vocabulary) / shorter
    return ours == theirs or (overlap >= SHARED_WORDS and shorter >= FEWEST_WORDS)


def closeness(gold: GoldEvent, found: FoundEvent, identity: Identity) -> float:
    """Return how well a found event fits an annotated one; 0 where it can't be the same."""
    if gold.kind != found.kind or not same_sentence(gold.sentence, found.sentence):
        return 0.0
    same_trigger = not set(folded_words(gold.trigger)).isdisjoint(folded_words(found.trigger))
    stated = ((slug, role) for role in ROLES for slug in gold.roles[role])
    entities = sum(any(identity.holds(slug, iri) for iri in found.roles[role]) for slug, role in stated)
    return 1 + TRIGGER_BONUS * same_trigger + ENTITY_BONUS * entities


def assign(gold: Sequence[GoldEvent], found: Sequence[FoundEvent], identity: Identity) -> list[tuple[int, int]]:
    """Return pairs of indices, one to one, the best fitting first."""
    fits = ((closeness(g, f, identity), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: list[tuple[int, int]] = []
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    for fit, i, j in sorted(fits, reverse=True):
        if fit > 0 and i in free_gold and j in free_found:
            free_gold.discard(i)
            free_found.discard(j)
            pairs.append((i, j))
    return pairs
