"""What the graphs of one run share, and the IRIs that are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.graph.terms import iri
from kg.knowledge.triples import Shipped
from kg.namespaces import DEFAULT_BASE

if TYPE_CHECKING:  # the records are spaCy's, which the command line does without
    from kg.annotation.records import Entity


@dataclass(frozen=True)
class GraphContext:
    """What every article's graph of one run shares: what is shipped, the run's id and name, the base of its IRIs."""

    shipped: Shipped
    run: str
    software: str
    base: str = DEFAULT_BASE

    def article(self, article_id: str) -> NamedNode:
        """Return the IRI of an article, which is also its graph's name."""
        return NamedNode(f"{self.base}article/{article_id}")

    def entity(self, entity: Entity, article_id: str) -> str:
        """Return the term of an actor or place; one known only inside an article carries the article's id."""
        tail = f"-{article_id}" if entity.scope == "article" else ""
        return iri(f"{self.base}entity/{_quoted(entity.slug)}{tail}")

    def event(self, *key: object) -> str:
        """Return the term of the event that ``key`` identifies."""
        digest = sha256("\x1f".join(map(str, key)).encode()).hexdigest()
        return iri(f"{self.base}event/{digest[:16]}")


@lru_cache(maxsize=10_000)
def _quoted(slug: str) -> str:
    return quote(slug, safe="-._~")
