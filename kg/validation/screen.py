"""A quick look at a graph: shapes compiled once to functions that say of a graph whether it surely conforms.

Nearly every article's graph does. Of one that may not, the queries of :mod:`kg.validation.shape_queries` say what is
wrong. So whatever is not known here, or too rare to be worth its lines, counts as doubtful; what counts as well is well.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.graph import Descriptions
from kg.graph.descriptions import Description
from kg.graph.terms import iri, lexical
from kg.knowledge.triples import Shipped
from kg.validation.checked_graph import BELOW, A, Background, CheckedGraph
from kg.validation.native_constraints import NATIVE
from kg.validation.shape_queries import DESCRIBING_SHAPES, WKT

TermTest = Callable[[str], bool]  # whether a value is surely well, whatever the graph
ValueTest = Callable[[CheckedGraph, str], bool]  # whether a value is surely well in its graph
NodeTest = Callable[[CheckedGraph, str, Description], bool]  # whether a node, of which this is said, surely is
_Reach = Callable[[CheckedGraph, str], list[str]]  # the values that a path leads to
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
_KINDS: dict[Node, str] = {SH.IRI: "<", SH.Literal: '"', SH.BlankNode: "_"}  # → how a term begins
_MOST_PLANS, _MOST_LITERALS = 10_000, 100_000  # that are remembered


class Screen:
    """The constraints of severity sh:Violation, as far as they are known, over graphs with what is shipped."""

    def __init__(self, shapes: Graph, shipped: Shipped) -> None:
        self._background = Background(shipped)
        compiler = _ScreenCompiler(shapes)
        self._by_class: dict[str, list[_ShapeTest]] = defaultdict(list)
        self._by_property: dict[str, list[_ShapeTest]] = defaultdict(list)
        for target, tests in ((SH.targetClass, self._by_class), (SH.targetSubjectsOf, self._by_property)):
            for shape, aim in sorted(shapes.subject_objects(target), key=str):
                tests[iri(str(aim))].append(compiler.shape_test(shape))
        self.unknown = tuple(compiler.unknown)
        self._plan = lru_cache(maxsize=_MOST_PLANS)(self._planned)

    def surely_conforms(self, graph: Descriptions) -> bool:
        """Say whether a graph has nothing that a shape forbids; False means that it may have."""
        view = CheckedGraph(graph, self._background)
        for node, said in view.nodes.items():
            tests = self._plan(tuple(said.get(A, ())), tuple(said))
            if tests is None:
                return False
            for test in tests:
                if not test(view, node, said):
                    return False
        return True

    def _planned(self, types: tuple[str, ...], predicates: tuple[str, ...]) -> tuple[NodeTest, ...] | None:
        """Return the tests of all nodes of ``types`` with values for ``predicates``; None where these alone raise doubt."""
        aimed = [
            *(shape for cls in sorted(self._background.classes(types)) for shape in self._by_class.get(cls, ())),
            *(shape for predicate in predicates for shape in self._by_property.get(predicate, ())),
        ]
        chosen = [shape.chosen(frozenset(predicates)) for shape in aimed]
        if BELOW in predicates or None in chosen:
            return None
        return tuple(dict.fromkeys(test for tests in chosen if tests is not None for test in tests))


@dataclass(frozen=True)
class _PropertyTest:
    """The test of a node's values for ``predicate``; None: for a path, of which only the test knows whether it leads to any."""

    predicate: str | None
    required: bool
    test: NodeTest


@dataclass(frozen=True)
class _ShapeTest:
    """What a shape asks of a node itself and of its properties."""

    own: tuple[NodeTest, ...]
    properties: tuple[_PropertyTest, ...]

    def chosen(self, predicates: frozenset[str]) -> tuple[NodeTest, ...] | None:
        """Return the tests of a node with values for ``predicates`` alone; None where a required one is missing."""
        wanted = [each for each in self.properties if each.predicate is None or each.predicate in predicates]
        if any(each.required for each in self.properties if each not in wanted):
            return None
        return (*self.own, *(each.test for each in wanted))

    def holds(self, view: CheckedGraph, node: str) -> bool:
        """Say whether a node is surely as the shape says."""
        said = view.said(node)
        for each in self.properties:
            if each.predicate is None or each.predicate in said:
                if not each.test(view, node, said):
                    return False
            elif each.required:
                return False
        return all(test(view, node, said) for test in self.own)


class _ScreenCompiler:
    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self.unknown: list[str] = []  # what is doubtful wherever it is met

    def shape_test(self, shape: Node) -> _ShapeTest:
        """Return the test of a node by a shape: its own constraints and those of its properties."""
        parts = [part for part in self._objects(shape, SH.property) if not self._recommends(part)]
        alone, others = self._value_tests(shape)
        own = [*map(_of_the_node, alone), *map(_of_the_node_in, others)]
        if self._shapes.value(shape, SH.path) is not None:
            own, parts = [], [shape, *parts]
        own += [self._native(constraint) for constraint in self._objects(shape, SH.sparql)]
        return _ShapeTest(tuple(own), tuple(self._property(part) for part in parts))

    def _recommends(self, shape: Node) -> bool:
        return self._shapes.value(shape, SH.severity) not in (None, SH.Violation)

    def _property(self, shape: Node) -> _PropertyTest:
        """Return the test of all values that a node has for a property."""
        path = self._shapes.value(shape, SH.path)
        least, most = self._number(shape, SH.minCount, 0), self._number(shape, SH.maxCount, sys.maxsize)
        if isinstance(path, URIRef):
            predicate = iri(str(path))
            return _PropertyTest(predicate, least > 0, self._values_test(shape, predicate, None, least, most))
        if most < sys.maxsize and path is not None and self._shapes.value(path, SH.inversePath) is not None:
            self.unknown.append(f"{shape}: how many point at a node")
            return _PropertyTest(None, False, _doubtful_node)
        return _PropertyTest(None, False, self._values_test(shape, "", self._reach(path), least, most))

    def _values_test(self, shape: Node, predicate: str, reach: _Reach | None, least: int, most: int) -> NodeTest:
        """Return the test of the values that a node has for ``predicate``, or that ``reach`` leads to."""
        literals, others = self._value_tests(shape)
        unique = self._shapes.value(shape, SH.uniqueLang) is not None
        pairs = [(iri(str(other)), strict) for name, strict in ((SH.lessThan, True), (SH.lessThanOrEquals, False))
                 for other in self._objects(shape, name)]  # fmt: skip

        def test(view: CheckedGraph, node: str, said: Description) -> bool:
            values = reach(view, node) if reach is not None else said[predicate]
            number = len(values)
            if not least <= number <= most or (unique and number > 1 and not _unique(values)):
                return False
            for holds in literals:
                for value in values:
                    if not holds(value):
                        return False
            for holds_in in others:
                for value in values:
                    if not holds_in(view, value):
                        return False
            return not pairs or all(_in_order(values, said[other], strict) for other, strict in pairs if other in said)

        return test

    def _reach(self, path: Node | None) -> _Reach:
        if isinstance(path, URIRef):
            predicate = iri(str(path))
            return lambda view, node: view.values(node, predicate)
        if path is not None and isinstance(inverse := self._shapes.value(path, SH.inversePath), URIRef):
            pointing = iri(str(inverse))
            return lambda view, node: [node] if node in view.pointing(pointing) else []  # whoever points: one is known of
        if path is not None and (several := self._shapes.value(path, SH.alternativePath)) is not None:
            parts = [self._reach(part) for part in Collection(self._shapes, several)]
            return lambda view, node: list(dict.fromkeys(value for part in parts for value in part(view, node)))
        self.unknown.append(f"path {path}")
        return lambda view, node: ["_:unknown"]

    def _value_tests(self, shape: Node) -> tuple[list[TermTest], list[ValueTest]]:
        """Return the tests of a value by itself, and those that have to look at the graph."""
        alone: list[TermTest] = []
        others: list[ValueTest] = []
        for predicate, argument in sorted(self._shapes.predicate_objects(shape), key=str):
            if predicate in TERM_MAKERS:
                alone.append(TERM_MAKERS[predicate](self, argument))
            elif predicate in VALUE_MAKERS:
                others.append(VALUE_MAKERS[predicate](self, argument))
            elif str(predicate).startswith(str(SH)) and predicate not in {*DESCRIBING_SHAPES, *_SETS}:
                self.unknown.append(str(predicate))
                alone.append(_doubtful)
        return alone, others

    def _native(self, constraint: Node) -> NodeTest:
        select = " ".join(str(self._shapes.value(constraint, SH.select)).split())
        if select not in NATIVE:
            self.unknown.append(select)
        return NATIVE.get(select, _doubtful_node)

    def members(self, items: Node) -> list[Node]:
        """Return the members of an RDF list."""
        return list(Collection(self._shapes, items))

    def _number(self, shape: Node, name: Node, default: int) -> int:
        value = self._shapes.value(shape, name)
        return default if value is None else int(str(value))

    def _objects(self, subject: Node, predicate: Node) -> list[Node]:
        return sorted(self._shapes.objects(subject, predicate), key=str)


def _of_the_node(test: TermTest) -> NodeTest:
    return lambda view, node, said: test(node)


def _of_the_node_in(test: ValueTest) -> NodeTest:
    return lambda view, node, said: test(view, node)


def _doubtful(value: str) -> bool:
    return False


def _doubtful_node(view: CheckedGraph, node: str, said: Description) -> bool:
    return False


def _class(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    wanted = iri(str(argument))
    return lambda view, value: wanted in view.classes[value]


def _datatype(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    wanted = str(argument)
    if wanted == str(XSD.string):
        return lambda value: value[0] == value[-1] == '"'
    if wanted == str(RDF.langString):
        return lambda value: bool(_language(value))
    form = _FORMS.get(wanted)
    if form is None and wanted != str(WKT):
        compiler.unknown.append(wanted)
        return _doubtful
    types = _INTEGERS if wanted == str(XSD.nonNegativeInteger) else frozenset((wanted,))

    @lru_cache(maxsize=_MOST_LITERALS)
    def holds(value: str) -> bool:
        return _datatype_of(value) in types and (form is None or _well_formed(form, lexical(value)))

    return holds


def _well_formed(form: re.Pattern[str], text: str) -> bool:
    if form.fullmatch(text) is not None:
        return True
    return form is _FORMS[_MOMENT] and _LAST_DAYS.fullmatch(text) is not None and not _NO_LEAP.match(text)


def _datatype_of(value: str) -> str:
    """Return the datatype that a literal is written with; "" where it is written with none."""
    return value[value.rindex("^^<") + 3 : -1] if value[0] == '"' and value[-1] == ">" else ""


def _language(value: str) -> str:
    """Return the language of a literal; "" where it has none."""
    return value[value.rindex('"@') + 2 :] if value[0] == '"' and value[-1] not in '">' else ""


def _kind(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    begin = _KINDS.get(argument, "")
    return lambda value: value[0] == begin


def _least(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    bound = float(str(argument))
    return lambda value: (number := _number(value)) is not None and number >= bound


def _most(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    bound = float(str(argument))
    return lambda value: (number := _number(value)) is not None and number <= bound


def _pattern(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    pattern = re.compile(str(argument))
    return lambda value: value[0] != "_" and pattern.search(lexical(value)) is not None


def _language_in(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    ends = tuple(f'"@{language}' for language in compiler.members(argument))
    return lambda value: value.endswith(ends)


def _in(compiler: _ScreenCompiler, argument: Node) -> TermTest:
    members = frozenset(iri(str(member)) for member in compiler.members(argument) if isinstance(member, URIRef))
    return lambda value: value in members


def _or(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    shapes = [compiler.shape_test(member) for member in compiler.members(argument)]
    return lambda view, value: any(shape.holds(view, value) for shape in shapes)


def _shape(compiler: _ScreenCompiler, argument: Node) -> ValueTest:
    return compiler.shape_test(argument).holds


@lru_cache(maxsize=_MOST_LITERALS)
def _number(value: str) -> float | None:
    """Return a number that is surely one; integers and decimals of up to 15 digits are exact as floats."""
    if _datatype_of(value) not in _NUMBERS:
        return None
    text = lexical(value)
    return float(text) if _FORMS[_DECIMAL].fullmatch(text) else None


def _unique(values: list[str]) -> bool:
    languages = [language.lower() for value in values if (language := _language(value))]
    return len(languages) == len(set(languages))


def _in_order(values: list[str], others: list[str], strict: bool) -> bool:
    for value in values:
        for other in others:
            if not _before(value, other, strict):
                return False
    return True


def _before(value: str, other: str, strict: bool) -> bool:
    """Say whether two values are surely in order: numbers, or moments that are written alike."""
    first, second = _number(value), _number(other)
    if first is not None and second is not None:
        return first < second or (first == second and not strict)
    early, late = _moment(value), _moment(other)
    return early is not None and late is not None and (early < late or (early == late and not strict))


@lru_cache(maxsize=_MOST_LITERALS)
def _moment(value: str) -> str | None:
    """Return the text of a moment that surely is one."""
    text = lexical(value) if _datatype_of(value) == _MOMENT else ""
    return text if _well_formed(_FORMS[_MOMENT], text) else None


_SETS = frozenset((SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals))
TERM_MAKERS: dict[Node, Callable[[_ScreenCompiler, Node], TermTest]] = {
    SH.datatype: _datatype,
    SH.nodeKind: _kind,
    SH.minInclusive: _least,
    SH.maxInclusive: _most,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH["in"]: _in,
}
VALUE_MAKERS: dict[Node, Callable[[_ScreenCompiler, Node], ValueTest]] = {SH["class"]: _class, SH["or"]: _or, SH.node: _shape}
