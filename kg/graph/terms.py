"""Terms as N-Triples writes them: a term is one text, the same wherever it stands, so that nothing is made of it twice.

An article's graph of such texts is made, checked and written several times as fast as one of objects.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from rdflib.namespace import XSD

_WRITTEN = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_MEANT = {written[1]: character for character, written in _WRITTEN.items()}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f]')
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_MOST_REMEMBERED = 100_000


def iri(address: str) -> str:
    """Return an IRI, which is taken to be one, as a term."""
    return f"<{address}>"


def literal(text: str, language: str = "") -> str:
    """Return a literal, written as Oxigraph writes it: without a language an xsd:string."""
    if not text.isprintable() or '"' in text or "\\" in text:
        text = _TO_ESCAPE.sub(_as_written, text)
    return f'"{text}"@{language}' if language else f'"{text}"'


def typed(text: str, datatype: str) -> str:
    """Return a literal of a datatype whose values need no escapes."""
    return f'"{text}"^^<{datatype}>'


def lexical(term: str) -> str:
    """Return the text of a literal, the address of an IRI."""
    if term[0] != '"':
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_as_meant, text) if "\\" in text else text


@lru_cache(maxsize=_MOST_REMEMBERED)
def count(number: int) -> str:
    """Return a number of things as a term."""
    return typed(str(number), XSD.nonNegativeInteger)


@lru_cache(maxsize=_MOST_REMEMBERED)
def moment(day: date, time: str) -> str:
    """Return a time of a day as a term; ``time`` as ``T00:00:00Z``."""
    return typed(f"{day.isoformat()}{time}", XSD.dateTime)


@lru_cache(maxsize=_MOST_REMEMBERED)
def decimal(number: float) -> str:
    """Return ``number`` with two digits in canonical form, as the store gives it back."""
    digits = f"{number:.2f}".rstrip("0")
    return typed(digits.removesuffix("."), XSD.decimal)


def _as_written(found: re.Match[str]) -> str:
    return _WRITTEN.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _as_meant(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _MEANT[found[2]]
