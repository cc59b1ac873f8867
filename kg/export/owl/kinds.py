"""What the ontology declares a term to be: the rules of OWL 2 DL that a statement of the store has to keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg.knowledge.triples import TYPE

CLASS = str(OWL.Class)
OBJECT, DATATYPE, ANNOTATION = str(OWL.ObjectProperty), str(OWL.DatatypeProperty), str(OWL.AnnotationProperty)
INDIVIDUAL = NamedNode(OWL.NamedIndividual)
SCHEMA_KINDS = frozenset((CLASS, OBJECT, DATATYPE, ANNOTATION, str(RDFS.Datatype), str(OWL.Ontology)))
BUILT_IN = frozenset(
    map(str, (RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.sameAs, OWL.differentFrom,
              OWL.deprecated))
)  # fmt: skip
STRUCTURE = frozenset(map(str, (RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.disjointWith)))
OWL_DATATYPES = frozenset(
    map(str, (XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.int,
              XSD.long, XSD.double, XSD.float, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp, RDF.langString))
)  # fmt: skip


class Kinds:
    """The declarations of one ontology."""

    def __init__(self, ontology: Iterable[Triple]) -> None:
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        for s, p, o in ontology:
            if p == TYPE and isinstance(s, NamedNode) and isinstance(o, NamedNode) and o.value in SCHEMA_KINDS:
                self._kinds[s.value].add(o.value)

    def idle(self, ontology: Iterable[Triple]) -> set[NamedNode]:
        """Return the classes that only annotations name, such as those of alignments: they would crowd the class tree."""
        used = {t.object for t in ontology if t.predicate.value in STRUCTURE} | {
            t.subject for t in ontology if t.predicate.value in STRUCTURE and t.predicate != TYPE
        }
        return {NamedNode(iri) for iri, kinds in self._kinds.items() if kinds == {CLASS}} - used

    def is_schema(self, term: NamedNode) -> bool:
        """Say whether ``term`` is a class, a property, a datatype or the ontology itself."""
        return term.value in self._kinds

    def is_relation(self, predicate: NamedNode) -> bool:
        """Say whether ``predicate`` leads from an individual to an individual."""
        return OBJECT in self._kinds.get(predicate.value, ())

    def breach(self, triple: Triple) -> str | None:
        """Return why a statement about an individual is outside OWL 2 DL, or None."""
        s, p, o = triple
        if not isinstance(s, NamedNode) or not isinstance(o, NamedNode | Literal):
            return "a blank node"
        if p == TYPE:
            declared = isinstance(o, NamedNode) and (o == INDIVIDUAL or CLASS in self._kinds.get(o.value, ()))
            return None if declared else "a class that the ontology doesn't declare"
        kinds = self._kinds.get(p.value, set())
        if p.value in BUILT_IN or ANNOTATION in kinds:
            return None
        if OBJECT in kinds:
            return None if isinstance(o, NamedNode) else "a literal where a thing is meant"
        if DATATYPE in kinds:
            if not isinstance(o, Literal):
                return "a thing where a literal is meant"
            return None if o.datatype.value in OWL_DATATYPES else f"the datatype {o.datatype.value}"
        return "a property that the ontology doesn't declare"
