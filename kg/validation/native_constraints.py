"""The SPARQL constraints of the shapes as functions, by the text of their query: one that is changed is no longer known."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from kg.namespaces import LB, NIF
from kg.validation.checked_graph import CheckedGraph, Term

Constraint = Callable[[CheckedGraph, Term], bool]  # whether a focus node surely keeps to it
_BEGIN, _END, _WORDS = NamedNode(NIF.beginIndex), NamedNode(NIF.endIndex), NamedNode(NIF.anchorOf)
_CONTEXT, _TEXT, _LOCATED_IN = NamedNode(NIF.referenceContext), NamedNode(NIF.isString), NamedNode(LB.locatedIn)


def _inside(view: CheckedGraph, node: Term) -> bool:
    """Whether a stretch ends inside its article's text."""
    ends, texts = view.values(node, _END), _texts(view, node)
    return all(_is_digits(end) and int(end.value) <= len(text) for end in ends for text in texts)


def _words(view: CheckedGraph, node: Term) -> bool:
    """Whether the words of a stretch are those of the text at its offsets."""
    begins, ends, words = (view.values(node, predicate) for predicate in (_BEGIN, _END, _WORDS))
    texts = _texts(view, node)
    if not all(len(values) == 1 for values in (begins, ends, words, texts)):
        return not (begins and ends and words and texts)
    [begin], [end], [said], [text] = begins, ends, words, texts
    if not (_is_digits(begin) and _is_digits(end)):
        return False
    return text[int(begin.value) : int(end.value)] == said.value


def _no_circle(view: CheckedGraph, node: Term) -> bool:
    """Whether a place has nothing that it lies in, and so surely not itself."""
    return not view.values(node, _LOCATED_IN)


def _texts(view: CheckedGraph, node: Term) -> list[str]:
    return [text for context in view.values(node, _CONTEXT) for text in view.strings(context, _TEXT)]


def _is_digits(value: Term) -> bool:
    return isinstance(value, Literal) and value.value.isascii() and value.value.isdigit()


NATIVE: dict[str, Constraint] = {
    "SELECT $this ?value WHERE { $this nif:endIndex ?value ; nif:referenceContext/nif:isString ?text . "
    "FILTER (?value > STRLEN(?text)) }": _inside,
    "SELECT $this ?value WHERE { $this nif:anchorOf ?value ; nif:beginIndex ?begin ; nif:endIndex ?end ; "
    "nif:referenceContext/nif:isString ?text . FILTER (SUBSTR(?text, ?begin + 1, ?end - ?begin) != STR(?value)) }": _words,
    "SELECT $this WHERE { $this lb:locatedIn+ $this }": _no_circle,
}
