"""The ontology's classes of events, written from their table: ``python -m kg.knowledge.event_classes``."""

from __future__ import annotations

from pathlib import Path

from kg.event_kinds import EventKind, event_kinds
from kg.namespaces import ONTOLOGY_IRI
from kg.resources import folder, text

ONTOLOGY_FILE = "lagebild.ttl"
CLASSES_BEGIN = "# Types of event, from kg/lexicon/events/event_kinds.tsv\n\n"
CLASSES_END = "# What is computed over articles\n"
LONGEST_LINE = 120  # columns; a longer line is broken behind its property


def event_classes() -> str:
    """Return the classes in Turtle, in the order of the table."""
    return "".join(map(_turtle, event_kinds().values()))


def with_event_classes(ontology: str) -> str:
    """Return the ontology's Turtle with the classes as the table has them."""
    before, _, rest = ontology.partition(CLASSES_BEGIN)
    _, _, behind = rest.partition(CLASSES_END)
    return f"{before}{CLASSES_BEGIN}{event_classes()}{CLASSES_END}{behind}"


def _turtle(kind: EventKind) -> str:
    lines = [
        f"lb:{kind.name} a owl:Class ;",
        f"    rdfs:subClassOf lb:{kind.parent or 'Event'} ;",
        f"    rdfs:label {_literal(kind.labels, 'de')}, {_literal(kind.labels, 'en')} ;",
        *_texts("skos:definition", kind.definitions),
        *(_texts("skos:example", kind.examples) if all(kind.examples.values()) else ()),
        f"    rdfs:isDefinedBy <{ONTOLOGY_IRI}> .",
    ]
    return "\n".join(lines) + "\n\n"


def _texts(name: str, texts: dict[str, str]) -> list[str]:
    first, second = f"{_literal(texts, 'de')},", f"        {_literal(texts, 'en')} ;"
    line = f"    {name} {first}"
    return [line, second] if len(line) <= LONGEST_LINE else [f"    {name}", f"        {first}", second]


def _literal(texts: dict[str, str], language: str) -> str:
    escaped = texts[language].replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{language}'


def main() -> None:
    """Write the classes into the ontology of the working copy."""
    path = Path(str(folder("ontology"))) / ONTOLOGY_FILE
    path.write_text(with_event_classes(text("ontology", ONTOLOGY_FILE)), encoding="utf8")


if __name__ == "__main__":
    main()
