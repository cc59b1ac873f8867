"""SHACL shapes as SPARQL queries: the shapes stay the one place of truth, Oxigraph does the looking.

pySHACL takes two seconds for an article's graph of a thousand triples; the queries that :func:`compile_shapes` makes of
the same shapes check over a hundred articles in that time. They read ``GRAPH ?g``, one graph an article, and want
inherited types written out. A construct of SHACL that is not known here raises, so that nothing in a shapes file is
passed over. Tests hold the results to pySHACL's, constraint by constraint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, count

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.errors import ValidationUnavailableError

WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
DESCRIBING_SHAPES = {
    SH.path, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.sparql, SH.message, SH.severity, SH.name, SH.description,
    SH.declare,
}  # fmt: skip
DATATYPE_TESTS: dict[Node, str] = {  # datatype → SPARQL test of {v}, which also looks whether the literal is well-formed
    XSD.string: "DATATYPE({v}) = xsd:string",
    RDF.langString: 'LANG({v}) != ""',
    XSD.dateTime: "DATATYPE({v}) = xsd:dateTime && COALESCE(xsd:dateTime(STR({v})) = xsd:dateTime(STR({v})), false)",
    XSD.decimal: "DATATYPE({v}) = xsd:decimal && COALESCE(xsd:decimal(STR({v})) = xsd:decimal(STR({v})), false)",
    # Oxigraph keeps every number derived from xsd:integer as an xsd:integer
    XSD.nonNegativeInteger: "DATATYPE({v}) IN (xsd:nonNegativeInteger, xsd:integer)"
    " && COALESCE(xsd:integer(STR({v})) >= 0, false)",
    WKT: "DATATYPE({v}) = " + WKT.n3(),
}
NODE_KINDS: dict[Node, str] = {SH.IRI: "isIRI({v})", SH.Literal: "isLiteral({v})", SH.BlankNode: "isBLANK({v})"}


@dataclass(frozen=True)
class Check:
    """One constraint of one shape: ``query`` selects ?g (graph), ?this (focus node) and ?value where it is broken."""

    shape: str
    component: str
    path: str | None
    severity: str
    message: str
    query: str


def compile_shapes(shapes: Graph) -> tuple[Check, ...]:
    """Return a check for every constraint of every shape with a target, in the shapes' alphabetical order."""
    compiler = _Compiler(shapes)
    targeted = {shape for target in (SH.targetClass, SH.targetSubjectsOf) for shape in shapes.subjects(target)}
    checks = tuple(c for shape in sorted(targeted, key=str) for c in compiler.checks(shape))
    if not checks:
        raise ValidationUnavailableError("the shapes hold no shape with sh:targetClass: nothing could be checked")
    return checks


class _Compiler:
    def __init__(self, shapes: Graph) -> None:
        self.shapes = shapes
        self._numbers = count()

    def checks(self, shape: Node) -> Iterator[Check]:
        """Yield the checks of a node shape with a target, its own constraints before those of its properties."""
        targets = [f"{{ ?this a {_n3(t)} }}" for t in self._objects(shape, SH.targetClass)]
        targets += [f"{{ ?this {_n3(p)} [] }}" for p in self._objects(shape, SH.targetSubjectsOf)]
        target = " UNION ".join(targets)
        for part in (shape, *self._objects(shape, SH.property)):
            path = self.shapes.value(part, SH.path)
            for component, pattern in self._broken(part, "?this", "?value"):
                query = f"SELECT DISTINCT ?g ?this ?value WHERE {{ GRAPH ?g {{ {target} {pattern} }} }}"
                yield self._check(part, component, path, f"PREFIX xsd: <{XSD}> {query}", part)
        for constraint in self._objects(shape, SH.sparql):
            yield self._check(shape, "SPARQLConstraintComponent", None, self._select(constraint, target), constraint)

    def conforms(self, shape: Node, v: str) -> str:
        """Return a SPARQL expression that is true where ``v`` conforms to ``shape``."""
        if self.shapes.value(shape, SH.path) is not None:
            tests = [self._unbroken(shape, v)]
        else:
            tests = [test for _, test in self._value_tests(shape, v)]
        tests += [self._unbroken(part, v) for part in self._objects(shape, SH.property)]
        return " && ".join(f"({test})" for test in tests)

    def path(self, path: Node) -> str:
        """Return a SHACL path in SPARQL's notation."""
        if isinstance(path, URIRef):
            return _n3(path)
        if inverse := self.shapes.value(path, SH.inversePath):
            return f"^({self.path(inverse)})"
        if alternatives := self.shapes.value(path, SH.alternativePath):
            return "|".join(f"({self.path(p)})" for p in self.members(alternatives))
        if self.shapes.value(path, RDF.first) is not None:
            return "/".join(f"({self.path(p)})" for p in self.members(path))
        raise ValidationUnavailableError(f"a path of the shapes can't be checked: {path}")

    def members(self, items: Node) -> list[Node]:
        """Return the members of an RDF list."""
        return list(Collection(self.shapes, items))

    def fresh(self) -> str:
        """Return a variable that no other pattern uses."""
        return f"?v{next(self._numbers)}"

    def _check(self, shape: Node, component: str, path: Node | None, query: str, messenger: Node) -> Check:
        severity = self.shapes.value(shape, SH.severity) or SH.Violation
        message = self.shapes.value(messenger, SH.message) or ""
        return Check(str(shape), component, self.path(path) if path else None, str(severity), str(message), query)

    def _broken(self, shape: Node, focus: str, v: str) -> Iterator[tuple[str, str]]:
        """Yield (component, pattern) for every constraint of ``shape``; the pattern matches where it is broken."""
        path = self.shapes.value(shape, SH.path)
        for component, test in self._value_tests(shape, focus if path is None else v):
            reach = f"BIND({focus} AS {v})" if path is None else f"{focus} {self.path(path)} {v} ."
            yield component, f"{reach} FILTER(!({test}))"
        if path is not None:
            for predicate, make in SET_PATTERNS.items():
                for argument in self._objects(shape, predicate):
                    yield _component(predicate), make(self, f"{focus} {self.path(path)}", focus, argument)

    def _unbroken(self, shape: Node, focus: str) -> str:
        patterns = [pattern for _, pattern in self._broken(shape, focus, self.fresh())]
        return " && ".join(f"NOT EXISTS {{ {pattern} }}" for pattern in patterns) or "true"

    def _value_tests(self, shape: Node, v: str) -> Iterator[tuple[str, str]]:
        for predicate, argument in sorted(self.shapes.predicate_objects(shape), key=str):
            if predicate in VALUE_TESTS:
                yield _component(predicate), VALUE_TESTS[predicate](self, argument, v)
            elif str(predicate).startswith(str(SH)) and predicate not in {*DESCRIBING_SHAPES, *SET_PATTERNS}:
                raise ValidationUnavailableError(f"{shape}: {predicate} can't be checked: no query is known for it")

    def _select(self, constraint: Node, target: str) -> str:
        """Return the query of a SPARQL constraint, to be asked of every graph."""
        text = str(self.shapes.value(constraint, SH.select))
        begin, end = text.index("{") + 1, text.rindex("}")
        prefixes = " ".join(
            f"PREFIX {self.shapes.value(d, SH.prefix)}: <{self.shapes.value(d, SH.namespace)}>"
            for holder in self._objects(constraint, SH.prefixes)
            for d in self.shapes.objects(holder, SH.declare)
        )
        return f"{prefixes} SELECT DISTINCT ?g ?this ?value WHERE {{ GRAPH ?g {{ {target} {text[begin:end]} }} }}"

    def _objects(self, subject: Node, predicate: Node) -> list[Node]:
        return sorted(self.shapes.objects(subject, predicate), key=str)


def _n3(node: Node) -> str:
    if isinstance(node, URIRef | Literal):
        return node.n3()
    raise ValidationUnavailableError(f"the shapes use a blank node where an IRI or a literal is wanted: {node}")


def _component(predicate: Node) -> str:
    name = str(predicate).removeprefix(str(SH))
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"


def _class(compiler: _Compiler, argument: Node, v: str) -> str:
    return f"EXISTS {{ {v} a {_n3(argument)} }}"


def _datatype(compiler: _Compiler, argument: Node, v: str) -> str:
    if argument not in DATATYPE_TESTS:
        raise ValidationUnavailableError(f"sh:datatype {argument} can't be checked: no query is known for it")
    return f"isLiteral({v}) && {DATATYPE_TESTS[argument].format(v=v)}"


def _node_kind(compiler: _Compiler, argument: Node, v: str) -> str:
    return NODE_KINDS[argument].format(v=v)


def _pattern(compiler: _Compiler, argument: Node, v: str) -> str:
    return f"!isBLANK({v}) && REGEX(STR({v}), {Literal(str(argument)).n3()})"


def _language_in(compiler: _Compiler, argument: Node, v: str) -> str:
    tests = (f"LANGMATCHES(LANG({v}), {_n3(language)})" for language in compiler.members(argument))
    return f"isLiteral({v}) && ({' || '.join(tests)})"


def _in(compiler: _Compiler, argument: Node, v: str) -> str:
    return " || ".join(f"sameTerm({v}, {_n3(member)})" for member in compiler.members(argument))


def _or(compiler: _Compiler, argument: Node, v: str) -> str:
    return " || ".join(f"({compiler.conforms(member, v)})" for member in compiler.members(argument))


def _min_count(compiler: _Compiler, step: str, focus: str, argument: Node) -> str:
    return f"FILTER NOT EXISTS {{ {_different(compiler, step, int(str(argument)))} }}"


def _max_count(compiler: _Compiler, step: str, focus: str, argument: Node) -> str:
    return _different(compiler, step, int(str(argument)) + 1)


def _different(compiler: _Compiler, step: str, number: int) -> str:
    """Match where ``number`` different values are reached; made for the small numbers that shapes use."""
    values = [compiler.fresh() for _ in range(number)]
    unequal = (f"FILTER(!sameTerm({a}, {b}))" for a, b in combinations(values, 2))
    return " ".join([*(f"{step} {v} ." for v in values), *unequal])


def _unique_lang(compiler: _Compiler, step: str, focus: str, argument: Node) -> str:
    a, b = compiler.fresh(), compiler.fresh()
    same = f'LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b})) && !sameTerm({a}, {b})'
    return f"{step} {a} . {step} {b} . FILTER({same})"


def _less(operator: str) -> Callable[[_Compiler, str, str, Node], str]:
    def pattern(compiler: _Compiler, step: str, focus: str, argument: Node) -> str:
        other = compiler.fresh()
        return f"{step} ?value . {focus} {_n3(argument)} {other} . FILTER(!COALESCE(?value {operator} {other}, false))"

    return pattern


VALUE_TESTS: dict[Node, Callable[[_Compiler, Node, str], str]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minInclusive: lambda compiler, argument, v: f"COALESCE({v} >= {_n3(argument)}, false)",
    SH.maxInclusive: lambda compiler, argument, v: f"COALESCE({v} <= {_n3(argument)}, false)",
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH["in"]: _in,
    SH["or"]: _or,
    SH["not"]: lambda compiler, argument, v: f"!({compiler.conforms(argument, v)})",
    SH.node: lambda compiler, argument, v: compiler.conforms(argument, v),
}
SET_PATTERNS: dict[Node, Callable[[_Compiler, str, str, Node], str]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.uniqueLang: _unique_lang,
    SH.lessThan: _less("<"),
    SH.lessThanOrEquals: _less("<="),
}
