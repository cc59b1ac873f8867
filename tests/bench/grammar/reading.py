"""What the pipeline reads in a sentence, value by value."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.annotation.records import EventMention
from tests.bench.grammar.sentences import Reading

VALUES = ("type", "agent", "target", "place", "time", "certainty", "source", "toll")


def right(doc: Doc, wanted: Reading) -> dict[str, bool]:
    """Return, for every value, whether it is read as wanted; of several events of the type the best read counts."""
    found = [_compared(doc, event, wanted) for event in doc._.events if event.kind == wanted.kind]
    return max(found, key=lambda values: sum(values.values()), default=dict.fromkeys(VALUES, False))


def _compared(doc: Doc, event: EventMention, wanted: Reading) -> dict[str, bool]:
    dead = event.fatalities
    days = f"{event.earliest or ''}..{event.latest or ''}" if event.earliest or event.latest else ""
    return {
        "type": True,
        "agent": _named(doc, event.agents, wanted.agent),
        "target": _named(doc, event.targets, wanted.target) or not wanted.target,
        "place": _named(doc, event.places, wanted.place),
        "time": days == wanted.time,
        "certainty": event.factuality == wanted.certainty,
        "source": _named(doc, event.sources, wanted.source),
        "toll": not wanted.toll or (dead is not None and str(dead.low) == str(dead.high) == wanted.toll),
    }


def _named(doc: Doc, slugs: Sequence[str], wanted: str) -> bool:
    """Whether one entity fills the role, with that in its label; none where none is wanted."""
    labels = [_plain(f"{slug} {doc._.entities[slug].label}") for slug in slugs]
    return (len(labels) == 1 and _plain(wanted) in labels[0]) if wanted else not labels


def _plain(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in marks if not unicodedata.combining(c)).replace("-", " ")
