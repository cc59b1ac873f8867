"""What a check found: the constraints that focus nodes break, for people and in SHACL's own vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib.namespace import RDF, SH, XSD

from kg.namespaces import PREFIXES
from kg.validation.shape_queries import Check

Term = NamedNode | BlankNode | Literal
VIOLATION = str(SH.Violation)


@dataclass(frozen=True)
class Result:
    """One constraint that one focus node breaks."""

    focus: Term
    value: Term | None
    check: Check

    @property
    def severe(self) -> bool:
        """Whether what is said here is wrong (sh:Violation), not just less useful (sh:Warning)."""
        return self.check.severity == VIOLATION

    def __str__(self) -> str:
        value = f" ({self.value})" if self.value is not None and self.value != self.focus else ""
        return f"{self.focus}: {self.check.message}{value}"


@dataclass(frozen=True)
class Report:
    """What a check of one graph found, in the order of the shapes."""

    results: tuple[Result, ...] = ()

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that keep the graph from conforming."""
        return tuple(r for r in self.results if r.severe)

    @property
    def conforms(self) -> bool:
        """Whether nothing in the graph is wrong; warnings don't count."""
        return not self.violations

    def triples(self) -> Iterator[Triple]:
        """Yield the report in SHACL's own vocabulary."""
        node = BlankNode("report")
        yield Triple(node, _n(RDF.type), _n(SH.ValidationReport))
        yield Triple(node, _n(SH.conforms), Literal(str(self.conforms).lower(), datatype=_n(XSD.boolean)))
        for number, result in enumerate(self.results, 1):
            entry = BlankNode(f"result{number}")
            yield Triple(node, _n(SH.result), entry)
            yield from _result(entry, result)


def _result(entry: BlankNode, result: Result) -> Iterator[Triple]:
    check = result.check
    yield Triple(entry, _n(RDF.type), _n(SH.ValidationResult))
    yield Triple(entry, _n(SH.focusNode), result.focus)
    if result.value is not None:
        yield Triple(entry, _n(SH.value), result.value)
    yield Triple(entry, _n(SH.resultSeverity), NamedNode(check.severity))
    yield Triple(entry, _n(SH.resultMessage), Literal(check.message, language="en"))
    yield Triple(entry, _n(SH.sourceShape), NamedNode(check.shape))
    yield Triple(entry, _n(SH.sourceConstraintComponent), _n(SH[check.component]))


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)


def as_turtle(triples: Iterable[Triple]) -> bytes:
    """Return ``triples`` as Turtle with the usual prefixes."""
    return serialize(triples, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "sh": str(SH)}) or b""
