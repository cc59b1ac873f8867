"""Links in the store: ``graph/links`` holds what was accepted or linked automatically; what people rejected is kept.

The gazetteer's own links are never touched: they stand in another graph, and a link that differs is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from kg.errors import StoreError, UsageError
from kg.linking.entities import Match, read_entities, read_matches
from kg.linking.review_table import ACCEPT, REJECT, Row
from kg.namespaces import LB, SCHEMA
from kg.store.base import LINKS, GraphStore

IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to write; ``exact`` only where a person accepted it. ``score`` 0 to 100 or empty."""

    entity: str
    target: str
    exact: bool
    score: str = ""
    service: str = ""
    evidence: str = ""
    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a table: links written and withdrawn, rows not followed with the reason."""

    written: int
    withdrawn: int
    refused: tuple[str, ...]


class Ledger:
    """The links of one store, opened for writing."""

    def __init__(self, store: GraphStore) -> None:
        if store.base is None:
            raise StoreError(f"{store}: nothing in this store yet; kg build INPUT --store {store}")
        self._store = store
        self._base = store.base
        self._graph = NamedNode(store.base + LINKS)
        self._rejections = rejections_file(store)

    def follow(self, rows: Iterable[Row]) -> Outcome:
        """Do what the decisions say: accepted rows become exact links, rejected ones are withdrawn and remembered."""
        rows = list(rows)
        known = read_entities(self._store)
        matches = read_matches(self._store)
        links, refused = [], []
        for row in rows:
            if row.decision != ACCEPT:
                continue
            if reason := _objection(row, set(known), matches, rows):
                refused.append(f"{row.label or row.entity} → {row.target}: {reason}")
            else:
                link = Link(row.entity, row.target, True, row.score, row.service, row.evidence, row.label, row.name)
                links.append(link)
        rejected = [(row.entity, row.target) for row in rows if row.decision == REJECT]
        withdrawn = self.change(links, rejected)
        self._remember(rejected)
        return Outcome(len(links), withdrawn, tuple(refused))

    def add_close(self, links: Iterable[Link]) -> int:
        """Write automatic links, never more than close ones, and none beside a link that is there."""
        linked = {(match.entity, _space(match.target)) for match in read_matches(self._store)}
        new = [link for link in links if not link.exact and (link.entity, _space(link.target)) not in linked]
        self.change(new, [])
        return len(new)

    def withdraw(self, names: Iterable[str]) -> int:
        """Withdraw all links of the entities named by IRI, or to the targets so named; return how many."""
        wanted = set(names)
        own = [m for m in read_matches(self._store) if not m.shipped]
        pairs = [(m.entity, m.target) for m in own if m.entity in wanted or m.target in wanted]
        if unknown := wanted - {part for pair in pairs for part in pair}:
            raise UsageError(f"{min(unknown)}: no link of or to it was accepted here; kg link lists those that were")
        return self.change([], pairs)

    def change(self, links: Iterable[Link], withdrawn: Iterable[tuple[str, str]]) -> int:
        """Write links in the place of older ones between the same two, and remove others; return how many went."""
        links, gone = list(links), set(withdrawn)
        pairs = gone | {(link.entity, link.target) for link in links}
        nodes = {self._node(entity, target) for entity, target in pairs}
        before = self._store.triples(self._graph)
        kept = [t for t in before if not _between(t, pairs) and t.subject not in nodes]
        new = [triple for link in links for triple in self._described(link)]
        if links or len(kept) < len(before):
            self._store.replace({self._graph: sorted({*kept, *new}, key=str)})
        return sum(_between(t, gone) for t in before)

    def _described(self, link: Link) -> list[Triple]:
        entity, target = NamedNode(link.entity), NamedNode(link.target)
        node = self._node(link.entity, link.target)
        label = f"{link.label or link.entity} → {link.target.rsplit('/', 1)[-1]}"
        triples = [
            Triple(entity, NamedNode(SKOS.exactMatch if link.exact else SKOS.closeMatch), target),
            Triple(node, NamedNode(RDF.type), NamedNode(PROV.Entity)),
            Triple(node, NamedNode(SCHEMA.about), entity),
            Triple(node, NamedNode(RDFS.seeAlso), target),
            *(Triple(node, NamedNode(RDFS.label), Literal(label, language=language)) for language in ("de", "en")),
        ]
        if NUMBER.fullmatch(link.score):
            triples.append(Triple(node, NamedNode(LB.linkScore), _decimal(link.score)))
        for predicate, text in ((DCTERMS.source, link.service), (DCTERMS.title, link.name)):
            if text:
                triples.append(Triple(node, NamedNode(predicate), Literal(text)))
        if link.evidence:
            triples.append(Triple(node, NamedNode(DCTERMS.description), Literal(link.evidence)))
        return triples

    def _node(self, entity: str, target: str) -> NamedNode:
        return NamedNode(f"{self._base}link/{entity.rsplit('/', 1)[-1]}/{target.rsplit('/', 1)[-1]}")

    def _remember(self, rejected: Iterable[tuple[str, str]]) -> None:
        known = read_rejections(self._store)
        if new := sorted(set(rejected) - known):
            self._rejections.parent.mkdir(parents=True, exist_ok=True)
            with self._rejections.open("a", encoding="utf8") as out:
                out.writelines(f"{entity}\t{target}\n" for entity, target in new)


def rejections_file(store: GraphStore) -> Path:
    """Return where the pairs that people rejected are kept."""
    return store.quarantine.parent / "links" / "rejected.tsv"


def read_rejections(store: GraphStore) -> set[tuple[str, str]]:
    """Return the (entity, target) pairs that people rejected."""
    file = rejections_file(store)
    lines = file.read_text(encoding="utf8").splitlines() if file.is_file() else []
    return {(entity, target) for line in lines for entity, _, target in [line.partition("\t")]}


def _objection(row: Row, entities: set[str], matches: list[Match], rows: list[Row]) -> str:
    """Return why a row can't be accepted, or nothing."""
    if row.entity not in entities:
        return "the store has no such actor or place"
    if not IRI.fullmatch(row.target):
        return "the target is no IRI"
    space = _space(row.target)
    for match in matches:
        if match.entity == row.entity and match.shipped and _space(match.target) == space and match.target != row.target:
            return f"the gazetteer says {match.target}; change it there if it is wrong"
    others = {r.target for r in rows if r.decision == ACCEPT and r.entity == row.entity and _space(r.target) == space}
    if len(others) > 1:
        return "accepted together with another one: accept one"
    earlier = {m.target for m in matches if m.entity == row.entity and m.exact and not m.shipped}
    if any(_space(target) == space and target != row.target for target in earlier):
        return f"{min(earlier)} was accepted before: withdraw that first"
    return ""


def _space(target: str) -> str:
    return target.rpartition("/")[0]


def _between(triple: Triple, pairs: set[tuple[str, str]]) -> bool:
    s, p, o = triple
    if not isinstance(s, NamedNode) or not isinstance(o, NamedNode):
        return False
    return p.value in (str(SKOS.exactMatch), str(SKOS.closeMatch)) and (s.value, o.value) in pairs


def _decimal(text: str) -> Literal:
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return Literal(f"{int(whole)}.{part}" if part else str(int(whole)), datatype=NamedNode(XSD.decimal))
