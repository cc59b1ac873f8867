"""The shipped ontology and gazetteer as the rest of the house needs them: triples, labels, inherited types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.namespace import RDF, RDFS

from kg.errors import ResourceError
from kg.knowledge.hierarchy import all_above
from kg.namespaces import DEFAULT_BASE
from kg.resources import listed, text

GAZETTEER_FILES = ("actors.ttl", "places.ttl", "cities.ttl", "towns.ttl")
OPTIONAL_FILES = ("linkset.ttl",)  # owl:sameAs links, for users to load or to leave
TYPE = NamedNode(RDF.type)
LABEL = NamedNode(RDFS.label)
SUBCLASS = NamedNode(RDFS.subClassOf)


@dataclass(frozen=True)
class Shipped:
    """Triples of ontology and gazetteer, and what is looked up in them."""

    ontology: tuple[Triple, ...]
    gazetteer: tuple[Triple, ...]
    labels: dict[tuple[str, str], str]  # (IRI, language) → label
    supers: dict[NamedNode, frozenset[NamedNode]]  # class → it and all classes above it
    entities: dict[NamedNode, tuple[Triple, ...]]  # actor or place → its types and labels

    def label(self, iri: str, language: str) -> str | None:
        """Return the label of ``iri`` in ``language``, or None."""
        return self.labels.get((str(iri), language))  # rdflib hashes its terms otherwise than text

    def types(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Yield the types that follow from the types in ``triples`` by the class hierarchy, its own subclasses too."""
        triples = list(triples)
        supers = self._supers_with(triples)
        for s, p, o in triples:
            if p == TYPE:
                for above in supers.get(o, ()):
                    yield Triple(s, TYPE, above)

    def _supers_with(self, triples: Iterable[Triple]) -> Mapping[NamedNode, frozenset[NamedNode]]:
        """Return the classes above each class, those that ``triples`` declare included."""
        declared = _direct(triples)
        if not declared:
            return self.supers
        return all_above({**self.supers, **{c: declared[c] | self.supers.get(c, frozenset()) for c in declared}})

    def context(self, triples: Iterable[Triple]) -> set[Triple]:
        """Return what a check of ``triples`` has to know besides: inherited types, gazetteer's types and labels."""
        triples = list(triples)
        named = {term for s, _, o in triples for term in (s, o) if isinstance(term, NamedNode)}
        known = [t for term in named for t in self.entities.get(term, ())]
        return {*known, *self.types(known), *self.types(triples)}


def shipped_triples(ontology: Iterable[Triple], gazetteer: Iterable[Triple]) -> Shipped:
    """Index the triples; of several labels of a thing in one language the first in alphabetical order counts."""
    ontology, gazetteer = tuple(ontology), tuple(gazetteer)
    labels: dict[tuple[str, str], str] = {}
    entities: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for s, p, o in ontology + gazetteer:
        if p == LABEL and isinstance(o, Literal) and isinstance(s, NamedNode):
            key = (s.value, o.language or "")
            labels[key] = min(o.value, labels.get(key, o.value))
    for triple in gazetteer:
        if triple.predicate in (TYPE, LABEL) and isinstance(triple.subject, NamedNode):
            entities[triple.subject].append(triple)
    return Shipped(ontology, gazetteer, labels, all_above(_direct(ontology)), {k: tuple(v) for k, v in entities.items()})


def _direct(triples: Iterable[Triple]) -> dict[NamedNode, set[NamedNode]]:
    direct: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for s, p, o in triples:
        if p == SUBCLASS and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            direct[s].add(o)
    return direct


@cache
def load_shipped(base: str = DEFAULT_BASE) -> Shipped:
    """Read what the package ships, instance IRIs moved from the default base to ``base``."""
    ontology = [f.name for f in listed("ontology", ".ttl") if f.name not in GAZETTEER_FILES + OPTIONAL_FILES]
    return shipped_triples(_read(ontology, base), _read(GAZETTEER_FILES, base))


def _read(files: Iterable[str], base: str) -> Iterator[Triple]:
    for name in files:
        try:
            for triple in _named(name, (q.triple for q in parse(text("ontology", name), RdfFormat.TURTLE))):
                yield triple if base == DEFAULT_BASE else _moved(triple, base)
        except SyntaxError as error:
            raise ResourceError(f"ontology/{name} is broken: {error}") from error


def _named(file: str, triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give blank nodes names that are the same on every reading."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: Any) -> Any:
        if isinstance(term, BlankNode):
            return names.setdefault(term, BlankNode(f"{file.partition('.')[0]}{len(names) + 1}"))
        return term

    for s, p, o in triples:
        yield Triple(named(s), p, named(o))


def _moved(triple: Triple, base: str) -> Triple:
    old = DEFAULT_BASE + "entity/"

    def moved(term: Any) -> Any:
        if isinstance(term, NamedNode) and term.value.startswith(old):
            return NamedNode(base + "entity/" + term.value[len(old) :])
        return term

    return Triple(moved(triple.subject), triple.predicate, moved(triple.object))
