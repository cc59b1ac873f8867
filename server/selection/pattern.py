"""The selection as a SPARQL group pattern that binds ``?event``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.namespaces import PREFIXES
from server.selection.days import moment
from server.selection.selection import Selection

_PREFIX = re.compile(r"\b([a-z]+):[A-Za-z]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>')


def pattern(selection: Selection, without: str = "", also: str = "") -> str:
    """Return the lines of the pattern; ``without`` names a filter that is left out, to count what else could be chosen.

    ``also`` are further triple patterns of ``?event``: they stand before OPTIONAL and FILTER, behind which the engine would
    go through all the data for them. Events have to be counted DISTINCT: several articles may state the same.
    """
    return "\n".join(["?event a/rdfs:subClassOf* lb:Event .", *([also] if also else []), *_filters(selection, without)])


def declared(query: str) -> str:
    """Return a query under the PREFIX lines of the prefixes that stand in it."""
    used = set(_PREFIX.findall(_QUOTED.sub("", query)))
    lines = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if prefix in used]
    return "\n".join([*lines, query])


def indented(text: str, by: int = 2) -> str:
    """Return a text with every line moved to the right."""
    return "\n".join(" " * by + line for line in text.splitlines())


def literal(text: str) -> str:
    """Return a text as a SPARQL string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _filters(selection: Selection, without: str) -> Iterator[str]:
    if selection.types and without != "type":
        yield f"VALUES ?chosenType {{ {' '.join(f'lb:{name}' for name in selection.types)} }}"
        yield "?event a/rdfs:subClassOf* ?chosenType ."
    yield from _participants(selection)
    if selection.places and without != "place":
        yield f"VALUES ?chosenPlace {{ {' '.join(f'<{selection.iri(place)}>' for place in selection.places)} }}"
        yield "?event lb:place/lb:locatedIn* ?chosenPlace ."
    yield from _days(selection)
    yield from _mention(selection, without)
    if selection.words:
        yield _words(selection.words)


def _participants(selection: Selection) -> Iterator[str]:
    path = f"lb:{selection.role}" if selection.role else "lb:agent|lb:target"
    for actor in selection.actors:
        yield f"?event {path} <{selection.iri(actor)}> ."
    if selection.role and not selection.actors:
        yield f"?event {path} ?participant ."


def _mention(selection: Selection, without: str) -> Iterator[str]:
    """Yield what holds of one and the same mention; no VALUES: the engine would begin with every mention that is certain."""
    wanted = []
    if selection.certainties and without != "certainty":
        wanted.append(("lb:factuality", "?certainty", [f"lb:{name}" for name in selection.certainties]))
    if selection.sources and without != "source":
        wanted.append(("lb:attributedTo", "?source", [f"<{selection.iri(source)}>" for source in selection.sources]))
    if wanted:
        yield "?event gaf:denotedBy ?mention ."
    for property_, variable, chosen in wanted:
        yield f"?mention {property_} {variable} FILTER({variable} IN ({', '.join(chosen)}))"


def _days(selection: Selection) -> Iterator[str]:
    """Yield the filters for days; where one bound is open, the other one stands for it."""
    if selection.first or selection.last:
        yield "OPTIONAL { ?event lb:earliest ?after }"
        yield "OPTIONAL { ?event lb:latest ?before }"
    if selection.first:
        yield f"FILTER(COALESCE(?before, ?after) >= {moment(selection.first)})"
    if selection.last:
        yield f"FILTER(COALESCE(?after, ?before) <= {moment(selection.last, end=True)})"


def _words(words: str) -> str:
    tests = " && ".join(f"CONTAINS(LCASE(?text), {literal(word.lower())})" for word in words.split())
    return f"""FILTER EXISTS {{
  ?event rdfs:label|(gaf:denotedBy/nif:sentence/nif:anchorOf) ?text
  FILTER({tests})
}}"""
