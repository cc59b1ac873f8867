"""What keeps a graph inside OWL 2 DL, checked without Java: declarations, kinds of property, datatypes, blank nodes.

The rules are those that OWL API's profile checker and HermiT were seen to enforce on data like ours; see
https://www.w3.org/TR/owl2-syntax/ sections 4 (datatype map), 5.8.1 (typing constraints), 5.9 (metamodelling), 11.1
(simple roles).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from pyoxigraph import Literal as StoredLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
KINDS = (*PROPERTY_KINDS, OWL.Class, RDFS.Datatype, OWL.NamedIndividual, OWL.Ontology)
CHARACTERISTICS = (
    OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.AsymmetricProperty, OWL.ReflexiveProperty,
    OWL.IrreflexiveProperty, OWL.FunctionalProperty, OWL.InverseFunctionalProperty,
)  # fmt: skip
BUILT_IN = frozenset((
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.label, RDFS.comment, RDFS.seeAlso,
    RDFS.isDefinedBy, OWL.equivalentClass, OWL.equivalentProperty, OWL.disjointWith, OWL.propertyDisjointWith,
    OWL.inverseOf, OWL.sameAs, OWL.differentFrom, OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.deprecated,
    OWL.backwardCompatibleWith, OWL.incompatibleWith,
))  # fmt: skip
BUILT_IN_CLASSES = frozenset((OWL.Thing, OWL.Nothing))
DATATYPES = frozenset((
    OWL.real, OWL.rational, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger,
    XSD.positiveInteger, XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.unsignedLong,
    XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte, XSD.double, XSD.float, XSD.string, XSD.normalizedString,
    XSD.token, XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean, XSD.hexBinary, XSD.base64Binary,
    XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, RDFS.Literal,
))  # fmt: skip
LEXICAL = {
    XSD.dateTime: re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
    XSD.dateTimeStamp: re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    XSD.decimal: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.nonNegativeInteger: re.compile(r"\+?\d+|-0+"),
}
CLASS_AXIOMS = frozenset((RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass))


def read(data: str | bytes, syntax: RdfFormat = RdfFormat.TURTLE) -> Graph:
    """Return ``data`` as one graph with its literals as written; rdflib's own parser would repair wrong ones."""
    graph = Graph()
    for quad in parse(data, syntax):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, StoredLiteral):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"no RDF 1.1 term: {term}")


@dataclass(frozen=True)
class Finding:
    """One breach: the rule's name, the term that breaks it, and the triple where it does."""

    rule: str
    term: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.term}" + (f" in {self.where}" if self.where else "")


class Declarations:
    """Which IRI is declared as what, and the ranges of data properties."""

    def __init__(self, graphs: Iterable[Graph]) -> None:
        self.kinds: dict[Node, set[Node]] = defaultdict(set)
        self.characteristics: dict[Node, set[Node]] = defaultdict(set)
        self.ranges: dict[Node, set[Node]] = defaultdict(set)
        for graph in graphs:
            for s, o in graph.subject_objects(RDF.type):
                if o in KINDS:
                    self.kinds[s].add(o)
                elif o in CHARACTERISTICS:
                    self.characteristics[s].add(o)
            for s, o in graph.subject_objects(RDFS.range):
                self.ranges[s].add(o)

    def is_a(self, term: Node, kind: URIRef) -> bool:
        return kind in self.kinds.get(term, ())

    def is_class(self, term: Node) -> bool:
        return term in BUILT_IN_CLASSES or self.is_a(term, OWL.Class)

    def is_datatype(self, term: Node) -> bool:
        return term in DATATYPES or self.is_a(term, RDFS.Datatype)

    def is_property(self, term: Node) -> bool:
        return any(self.is_a(term, kind) for kind in PROPERTY_KINDS)


def findings(graph: Graph, *vocabularies: Graph, named_individuals: bool = False) -> list[Finding]:
    """Return all breaches in ``graph``, sorted; declarations may also stand in ``vocabularies``.

    ``named_individuals`` also demands that everything with a type of its own is an owl:NamedIndividual, as in a file
    made for Protégé.
    """
    declared = Declarations((graph, *vocabularies))
    found = {*_declarations(graph, declared)}
    for s, p, o in graph:
        found.update(Finding(rule, str(term), f"{s} {p} {o}") for rule, term in _triple(s, p, o, declared))
    if named_individuals:
        found.update(_unnamed(graph, declared))
    return sorted(found, key=str)


def _declarations(graph: Graph, declared: Declarations) -> Iterator[Finding]:
    for term in set(graph.subjects(RDF.type)):
        kinds = declared.kinds.get(term, set())
        if len(kinds & set(PROPERTY_KINDS)) > 1 or {OWL.Class, RDFS.Datatype} <= kinds:
            yield Finding("illegal punning", str(term))
        marks = declared.characteristics.get(term, set())
        if OWL.TransitiveProperty in marks and marks & {
            OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.AsymmetricProperty, OWL.IrreflexiveProperty,
        }:  # fmt: skip
            yield Finding("restricted transitive property", str(term))
        if OWL.InverseFunctionalProperty in marks and OWL.DatatypeProperty in kinds:
            yield Finding("inverse functional data property", str(term))


def _triple(s: Node, p: Node, o: Node, declared: Declarations) -> Iterator[tuple[str, Node | str]]:
    if isinstance(s, BNode) or isinstance(o, BNode):
        yield "blank node", p
    elif p == RDF.type:
        if o not in KINDS and o not in CHARACTERISTICS and not declared.is_class(o):
            yield "undeclared class", o
    elif p in BUILT_IN:
        yield from _axiom(p, o, declared)
    elif not declared.is_property(p):
        yield "undeclared property", p
    elif declared.is_a(p, OWL.ObjectProperty):
        if not isinstance(o, URIRef):
            yield "literal on an object property", p
    elif declared.is_a(p, OWL.DatatypeProperty):
        yield from _data(p, o, declared)
    elif isinstance(o, Literal):
        yield from _lexical(o)


def _axiom(p: Node, o: Node, declared: Declarations) -> Iterator[tuple[str, Node | str]]:
    if p in CLASS_AXIOMS or p == RDFS.domain:
        if not declared.is_class(o):
            yield "undeclared class", o
    elif p == RDFS.range:
        if not declared.is_class(o) and not declared.is_datatype(o):
            yield "undeclared range", o
    elif p == RDFS.subPropertyOf and not declared.is_property(o):
        yield "undeclared property", o


def _data(p: Node, o: Node, declared: Declarations) -> Iterator[tuple[str, Node | str]]:
    if not isinstance(o, Literal):
        yield "no literal on a data property", p
        return
    datatype = RDF.langString if o.language else o.datatype or XSD.string
    if datatype not in DATATYPES:
        yield "datatype outside OWL 2", datatype
    elif any(datatype != wanted for wanted in declared.ranges.get(p, ())):
        yield "datatype outside the range", datatype
    yield from _lexical(o)


def _lexical(literal: Literal) -> Iterator[tuple[str, Node | str]]:
    pattern = LEXICAL.get(URIRef(literal.datatype)) if literal.datatype else None
    if pattern and not pattern.fullmatch(str(literal)):
        yield "not a value of its datatype", f"{literal} as {literal.datatype}"


def _unnamed(graph: Graph, declared: Declarations) -> Iterator[Finding]:
    for s, o in graph.subject_objects(RDF.type):
        if o not in KINDS and o not in CHARACTERISTICS and not declared.is_a(s, OWL.NamedIndividual):
            yield Finding("individual that is not declared", str(s))
