"""What people see in Protégé's trees: one label a language for every individual, no two individuals with the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.knowledge.triples import LABEL, TYPE
from kg.namespaces import LANGUAGES, LB, NIF, SCHEMA

LONGEST_PASSAGE = 60  # characters of a passage shown in a label
EARLIEST_IRI, BEGIN, END, ANCHOR = (str(p) for p in (LB.earliest, NIF.beginIndex, NIF.endIndex, NIF.anchorOf))
HEADLINE, PATH = str(SCHEMA.headline), str(LB.sourcePath)

Labels = dict[str, str]  # language → label


def passage_labels(node: NamedNode, statements: Iterable[Triple]) -> Labels:
    """Return the labels of an article (its headline) or of a passage of it (its words and where they stand)."""
    said = {p.value: o.value for _, p, o in statements if isinstance(o, Literal)}
    article, _, fragment = node.value.rsplit("/", 1)[-1].partition("#")
    if ANCHOR in said:
        words = " ".join(said[ANCHOR].split())
        short = words if len(words) <= LONGEST_PASSAGE else f"{words[: LONGEST_PASSAGE - 1].rstrip()}…"
        label = f"{short} · {article}, {said.get(BEGIN, '?')}–{said.get(END, '?')}"
    else:
        title = " ".join(said.get(HEADLINE, "").split()) or said.get(PATH, "")
        label = f"{title} · {article}{fragment}" if title else article + fragment
    return dict.fromkeys(LANGUAGES, label)


def thing_labels(things: Mapping[NamedNode, Iterable[Triple]], taken: Iterable[Triple]) -> dict[NamedNode, Labels]:
    """Return the labels of events and entities; what others or ``taken`` are called too gets its day, then its id.

    No parentheses: Protégé would show them as braces.
    A language that is missing is filled from the other one, a name without any from the last part of the IRI.
    """
    found = {node: _own(node, statements) for node, statements in things.items()}
    days = {node: _day(statements) for node, statements in things.items()}
    names = [o.value for _, p, o in taken if p == LABEL]
    for notes in (days, {node: node.value.rsplit("/", 1)[-1] for node in things}):
        shared = Counter([*names, *(label for labels in found.values() for label in set(labels.values()))])
        for node, labels in found.items():
            if notes[node] and any(shared[label] > 1 for label in labels.values()):
                found[node] = {language: f"{label} · {notes[node]}" for language, label in labels.items()}
    return found


def _day(statements: Iterable[Triple]) -> str:
    return min((o.value[:10] for _, p, o in statements if p.value == EARLIEST_IRI), default="")


def _own(node: NamedNode, statements: Iterable[Triple]) -> Labels:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for _, p, o in statements:
        if p == LABEL and isinstance(o, Literal):
            named[o.language or ""].append(" ".join(o.value.split()))
    first = {language: min(labels) for language, labels in named.items()}
    spare = first.get("de") or first.get("en") or first.get("") or min(first.values(), default="")
    spare = spare or node.value.rsplit("/", 1)[-1]
    return {language: first.get(language) or spare for language in LANGUAGES}


def without_labels(statements: Iterable[Triple]) -> list[Triple]:
    """Return the statements without their labels, types first."""
    return sorted((t for t in statements if t.predicate != LABEL), key=lambda t: (t.predicate != TYPE, str(t)))
