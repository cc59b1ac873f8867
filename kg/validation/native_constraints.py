"""The SPARQL constraints of the shapes as functions, by the text of their query: one that is changed is no longer known."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache

from kg.graph.descriptions import Description
from kg.graph.terms import iri, lexical
from kg.namespaces import LB, NIF
from kg.validation.checked_graph import CheckedGraph

Constraint = Callable[[CheckedGraph, str, Description], bool]  # whether a focus node, of which this is said, surely keeps to it
_BEGIN, _END, _WORDS = iri(NIF.beginIndex), iri(NIF.endIndex), iri(NIF.anchorOf)
_CONTEXT, _TEXT, _LOCATED_IN = iri(NIF.referenceContext), iri(NIF.isString), iri(LB.locatedIn)


def _inside(view: CheckedGraph, node: str, said: Description) -> bool:
    """Whether a stretch ends inside its article's text."""
    shortest = min(map(len, _texts(view, said)), default=sys.maxsize)
    for value in said.get(_END, ()):
        end = _digits(value)
        if end is None or end > shortest:
            return False
    return True


def _words(view: CheckedGraph, node: str, said: Description) -> bool:
    """Whether the words of a stretch are those of the text at its offsets."""
    begins, ends, words = said.get(_BEGIN, ()), said.get(_END, ()), said.get(_WORDS, ())
    texts = _texts(view, said)
    if not len(begins) == len(ends) == len(words) == len(texts) == 1:
        return not (begins and ends and words and texts)
    begin, end = _digits(begins[0]), _digits(ends[0])
    if begin is None or end is None:
        return False
    stretch = lexical(words[0])
    return end - begin == len(stretch) and texts[0].startswith(stretch, begin)


def _no_circle(view: CheckedGraph, node: str, said: Description) -> bool:
    """Whether a place has nothing that it lies in, and so surely not itself."""
    return _LOCATED_IN not in said


def _texts(view: CheckedGraph, said: Description) -> list[str]:
    contexts = said.get(_CONTEXT, ())
    if len(contexts) == 1:
        return view.texts(contexts[0], _TEXT)
    return [text for context in contexts for text in view.texts(context, _TEXT)]


@lru_cache(maxsize=100_000)
def _digits(value: str) -> int | None:
    """Return the number that a literal is in plain digits."""
    text = lexical(value) if value[0] == '"' else ""
    return int(text) if text.isascii() and text.isdigit() else None


NATIVE: dict[str, Constraint] = {
    "SELECT $this ?value WHERE { $this nif:endIndex ?value ; nif:referenceContext/nif:isString ?text . "
    "FILTER (?value > STRLEN(?text)) }": _inside,
    "SELECT $this ?value WHERE { $this nif:anchorOf ?value ; nif:beginIndex ?begin ; nif:endIndex ?end ; "
    "nif:referenceContext/nif:isString ?text . FILTER (SUBSTR(?text, ?begin + 1, ?end - ?begin) != STR(?value)) }": _words,
    "SELECT $this WHERE { $this lb:locatedIn+ $this }": _no_circle,
}
