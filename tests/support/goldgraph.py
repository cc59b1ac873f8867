"""The sample articles as a careful reader annotated them, as a store: what the ontology can say, whoever extracts it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.annotation.records import Bounds, Entity, EventMention, Mention
from kg.graph import GraphContext
from kg.graph.article_graph import article_graph
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.knowledge.triples import load_shipped
from kg.reading import read_articles
from kg.store.embedded import Store
from tests.support.made import annotated
from tests.support.places import PROJECT

SAMPLES = PROJECT / "kg" / "samples"


def fill(store: Store) -> None:
    """Put the annotated samples into ``store``; what is optional is left out, what is said again is one event."""
    known = load_shipped()
    store.load_shipped(known)
    setting = GraphContext(known, "gold", "annotation by hand")
    for path in sorted(SAMPLES.glob("*.txt")):
        record = json.loads(path.with_suffix(".json").read_text(encoding="utf8"))
        [article] = read_articles(str(path), root=str(SAMPLES))
        events = tuple(_events(record["events"], article.text))
        mentions = tuple(_mentions(record["entities"], article.text))
        doc = annotated(article.text, events, mentions, tuple(map(_entity, record["entities"])))
        store.replace({setting.article(article.id): article_graph(article, doc, setting).triples()})


def _entity(record: dict[str, Any]) -> Entity:
    slug = record["id"]
    if slug in shipped_gazetteer().entries:
        return Entity(slug, record["type"], record["label_en"])
    return Entity(slug, record["type"], record["mentions"][0], tuple(record["mentions"]), "shared")


def _events(records: list[dict[str, Any]], text: str) -> Iterator[EventMention]:
    for index, record in enumerate(records):
        if record.get("required", True):
            begin = _found(text, record["trigger"], record["sentence"])
            dead = record.get("fatalities")
            yield EventMention(
                record["type"], begin, begin + len(record["trigger"]), (0, 0), tuple(record["agent"]),
                tuple(record["target"]), tuple(record["place"]), _day(record["earliest"]), _day(record["latest"]),
                record["factuality"], tuple(record["attributed_to"]), Bounds(dead, dead) if dead else None,
                occurrence=_occurrence(records, index),
            )  # fmt: skip


def _occurrence(records: list[dict[str, Any]], index: int) -> int:
    """Return the index of the first mention of the occurrence that the event ``index`` mentions."""
    earlier = records[index].get("same_as")
    return index if earlier is None else _occurrence(records, earlier)


def _mentions(records: list[dict[str, Any]], text: str) -> Iterator[Mention]:
    for record in records:
        for name in record["mentions"]:
            begin = text.find(name)
            if begin >= 0:
                yield Mention(begin, begin + len(name), record["id"], 0)


def _found(text: str, trigger: str, sentence: str) -> int:
    """Return where a trigger stands: in its sentence where that is found unbroken, else at its first place."""
    inside = text.find(sentence)
    begin = text.find(trigger, max(inside, 0))
    return begin if begin >= 0 else text.index(trigger)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
