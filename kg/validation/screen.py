"""A quick look at a graph: shapes compiled once to functions that say of a graph whether it surely conforms.

Nearly every article's graph does. Of one that may not, the queries of :mod:`kg.validation.shape_queries` say what is
wrong. So whatever is not known here, or too rare to be worth its lines, counts as doubtful; what counts as well is well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.knowledge.triples import Shipped
from kg.validation.checked_graph import CheckedGraph, Term, known_values
from kg.validation.native_constraints import NATIVE
from kg.validation.shape_queries import DESCRIBING_SHAPES, WKT

ValueTest = Callable[[CheckedGraph, Term], bool]  # whether a value is surely well
FocusTest = Callable[[CheckedGraph, Term], bool]  # whether a focus node surely is
_FORMS = {
    str(XSD.dateTime): re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"),
    str(XSD.decimal): re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?"),
    str(XSD.nonNegativeInteger): re.compile(r"\d{1,15}"),
}
_LAST_DAYS = re.compile(r"\d{4}-((0[1-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ")
_NO_LEAP = re.compile(r"\d{4}-02-(29|30)")
_DECIMAL, _MOMENT = str(XSD.decimal), str(XSD.dateTime)
_INTEGERS = frozenset((str(XSD.nonNegativeInteger), str(XSD.integer)))
_NUMBERS = _INTEGERS | {_DECIMAL}
_KINDS: dict[Node, type] = {SH.IRI: NamedNode, SH.Literal: Literal, SH.BlankNode: BlankNode}


class Screen:
    """The constraints of severity sh:Violation, as far as they are known, over graphs with what is shipped."""

    def __init__(self, shapes: Graph, shipped: Shipped) -> None:
        self._shipped, self._known = shipped, known_values(shipped)
        compiler = _ScreenCompiler(shapes)
        self._by_class: dict[NamedNode, list[FocusTest]] = defaultdict(list)
        self._by_property: dict[NamedNode, list[FocusTest]] = defaultdict(list)
        for target, tests in ((SH.targetClass, self._by_class), (SH.targetSubjectsOf, self._by_property)):
            for shape, aim in sorted(shapes.subject_objects(target), key=str):
                tests[NamedNode(str(aim))].append(compiler.focus_test(shape))
        self.unknown = tuple(compiler.unknown)

    def surely_conforms(self, triples: Iterable[Triple]) -> bool:
        """Say whether a graph has nothing that a shape forbids; False means that it may have."""
        view = CheckedGraph(triples, self._shipped, self._known)
        if view.declares_classes:
            return False
        by_class, by_property = self._by_class, self._by_property
        for node in (*view.out, *(entity for entity in view.named if entity not in view.out)):
            for cls in view.classes(node):
                for test in by_class.get(cls, ()):
                    if not test(view, node):
                        return False
            for predicate in by_property.keys() & view.out.get(node, {}).keys():
                for test in by_property[predicate]:
                    if not test(view, node):
                        return False
        return True


class _ScreenCompiler:
    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self.unknown: list[str] = []  # what is doubtful wherever it is met

    def focus_test(self, shape: Node) -> FocusTest:
        """Return the test of a node by a shape: its own constraints and those of its properties."""
        tests = [self._own(shape)] if self._shapes.value(shape, SH.path) is None else [self._property(shape)]
        tests += [self._property(part) for part in self._objects(shape, SH.property) if not self._recommends(part)]
        tests += [self._native(constraint) for constraint in self._objects(shape, SH.sparql)]

        def test(view: CheckedGraph, node: Term) -> bool:
            return all(each(view, node) for each in tests)

        return test

    def _recommends(self, shape: Node) -> bool:
        return self._shapes.value(shape, SH.severity) not in (None, SH.Violation)

    def _own(self, shape: Node) -> FocusTest:
        tests = self._value_tests(shape)
        return tests[0] if len(tests) == 1 else lambda view, node: all(test(view, node) for test in tests)

    def _property(self, shape: Node) -> FocusTest:
        """Return the test of all values that a node has for a property."""
        reach = self._reach(self._shapes.value(shape, SH.path))
        tests = self._value_tests(shape)
        least, most = (self._number(shape, name) for name in (SH.minCount, SH.maxCount))
        path = self._shapes.value(shape, SH.path)
        if most is not None and path is not None and self._shapes.value(path, SH.inversePath) is not None:
            self.unknown.append(f"{shape}: how many point at a node")
            return _doubtful
        unique = self._shapes.value(shape, SH.uniqueLang) is not None
        pairs = [(self._node(other), strict) for name, strict in ((SH.lessThan, True), (SH.lessThanOrEquals, False))
                 for other in self._objects(shape, name)]  # fmt: skip

        def test(view: CheckedGraph, node: Term) -> bool:
            values = reach(view, node)
            number = len(values)
            if (least is not None and number < least) or (most is not None and number > most):
                return False
            if unique and number > 1 and not _unique(values):
                return False
            for each in tests:
                for value in values:
                    if not each(view, value):
                        return False
            return not pairs or all(_in_order(values, view.values(node, other), strict) for other, strict in pairs)

        return test

    def _reach(self, path: Node | None) -> Callable[[CheckedGraph, Term], list[Term]]:
        if isinstance(path, URIRef):
            predicate = self._node(path)
            return lambda view, node: view.values(node, predicate)
        if path is not None and isinstance(inverse := self._shapes.value(path, SH.inversePath), URIRef):
            pointing = self._node(inverse)
            return lambda view, node: [node] if node in view.pointing(pointing) else []  # whoever points: one is known of
        if path is not None and (several := self._shapes.value(path, SH.alternativePath)) is not None:
            parts = [self._reach(part) for part in Collection(self._shapes, several)]
            return lambda view, node: list(dict.fromkeys(value for part in parts for value in part(view, node)))
        self.unknown.append(f"path {path}")
        return lambda view, node: [BlankNode()]

    def _value_tests(self, shape: Node) -> list[ValueTest]:
        tests: list[ValueTest] = []
        for predicate, argument in sorted(self._shapes.predicate_objects(shape), key=str):
            if predicate in VALUE_MAKERS:
                tests.append(VALUE_MAKERS[predicate](self, argument))
            elif str(predicate).startswith(str(SH)) and predicate not in {*DESCRIBING_SHAPES, *_SETS}:
                self.unknown.append(str(predicate))
                tests.append(_doubtful)
        return tests

    def _native(self, constraint: Node) -> FocusTest:
        select = " ".join(str(self._shapes.value(constraint, SH.select)).split())
        if select not in NATIVE:
            self.unknown.append(select)
        return NATIVE.get(select, _doubtful)

    def members(self, items: Node) -> list[Node]:
        """Return the members of an RDF list."""
        return list(Collection(self._shapes, items))

    def _number(self, shape: Node, name: Node) -> int | None:
        value = self._shapes.value(shape, name)
        return None if value is None else int(str(value))

    def _objects(self, subject: Node, predicate: Node) -> list[Node]:
        return sorted(self._shapes.objects(subject, predicate), key=str)

    def _node(self, term: Node) -> NamedNode:
        return NamedNode(str(term))


def _doubtful(view: CheckedGraph, value: Term) -> bool:
    return False


def _class(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    wanted = NamedNode(str(argument))
    return lambda view, value: wanted in view.classes(value)


def _datatype(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    wanted = str(argument)
    if wanted == str(RDF.langString):
        return lambda view, value: isinstance(value, Literal) and value.language is not None
    types = _INTEGERS if wanted == str(XSD.nonNegativeInteger) else frozenset((wanted,))
    form = _FORMS.get(wanted)
    if form is None and wanted not in (str(XSD.string), str(WKT)):
        compiler.unknown.append(wanted)
        return _doubtful

    def test(view: CheckedGraph, value: Term) -> bool:
        if not isinstance(value, Literal) or value.datatype.value not in types:
            return False
        return form is None or _well_formed(form, value.value)

    return test


def _well_formed(form: re.Pattern[str], text: str) -> bool:
    if form.fullmatch(text) is not None:
        return True
    return form is _FORMS[_MOMENT] and _LAST_DAYS.fullmatch(text) is not None and not _NO_LEAP.match(text)


def _kind(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    wanted = _KINDS.get(argument, type(None))
    return lambda view, value: isinstance(value, wanted)


def _least(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    bound = float(str(argument))
    return lambda view, value: (number := _number(value)) is not None and number >= bound


def _most(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    bound = float(str(argument))
    return lambda view, value: (number := _number(value)) is not None and number <= bound


def _pattern(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    pattern = re.compile(str(argument))
    return lambda view, value: not isinstance(value, BlankNode) and pattern.search(value.value) is not None


def _language_in(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    languages = frozenset(str(language) for language in compiler.members(argument))
    return lambda view, value: isinstance(value, Literal) and value.language in languages


def _in(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    members = frozenset(NamedNode(str(member)) for member in compiler.members(argument) if isinstance(member, URIRef))
    return lambda view, value: value in members


def _or(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    tests = [compiler.focus_test(member) for member in compiler.members(argument)]
    return lambda view, value: any(test(view, value) for test in tests)


def _shape(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    return compiler.focus_test(argument)


def _number(value: Term) -> float | None:
    """Return a number that is surely one; integers and decimals of up to 15 digits are exact as floats."""
    if isinstance(value, Literal) and value.datatype.value in _NUMBERS:
        return float(value.value) if _FORMS[_DECIMAL].fullmatch(value.value) else None
    return None


def _unique(values: list[Term]) -> bool:
    languages = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
    return len(languages) == len(set(languages))


def _in_order(values: list[Term], others: list[Term], strict: bool) -> bool:
    return all(_before(value, other, strict) for value in values for other in others)


def _before(value: Term, other: Term, strict: bool) -> bool:
    """Say whether two values are surely in order: numbers, or moments that are written alike."""
    first, second = _number(value), _number(other)
    if first is not None and second is not None:
        return first < second or (first == second and not strict)
    moments = [each.value for each in (value, other) if isinstance(each, Literal) and each.datatype.value == _MOMENT]
    if len(moments) < 2 or not all(_well_formed(_FORMS[_MOMENT], moment) for moment in moments):
        return False
    return moments[0] < moments[1] or (moments[0] == moments[1] and not strict)


_SETS = frozenset((SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals))
VALUE_MAKERS: dict[Node, Callable[[_ScreenCompiler, Node], ValueTest]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _kind,
    SH.minInclusive: _least,
    SH.maxInclusive: _most,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH["in"]: _in,
    SH["or"]: _or,
    SH.node: _shape,
}
