"""An annotated article as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.display.passages import Passage, days, facts, passages
from kg.reading import Article

INDENT = "    "
WIDEST_FACT = 10  # letters of the longest name of a fact


def listing(article: Article, doc: Doc) -> Iterator[str]:
    """Yield the article's lines: its sentences, under each the names, times and events found in it."""
    yield article.title or article.source_path
    yield f"{article.source_path}, {article.published or 'no date'}"
    for passage in passages(doc):
        yield ""
        yield f"[{passage.number} {passage.kind}] {passage.text}"
        yield from _names(passage, doc)
        yield from _times(passage, doc)
        yield from _events(passage, doc)


def _names(passage: Passage, doc: Doc) -> Iterator[str]:
    found = dict.fromkeys((_inline(doc, m.begin, m.end), m.entity) for m in passage.mentions)
    if found:
        named = (f"{text} = {slug} ({doc._.entities[slug].kind})" for text, slug in found)
        yield f"{INDENT}names: {'; '.join(named)}"


def _times(passage: Passage, doc: Doc) -> Iterator[str]:
    if passage.timexes:
        dated = (f"{_inline(doc, t.begin, t.end)} = {days(t.earliest, t.latest)}" for t in passage.timexes)
        yield f"{INDENT}times: {'; '.join(dated)}"


def _events(passage: Passage, doc: Doc) -> Iterator[str]:
    for event in passage.events:
        yield f"{INDENT}{event.kind} «{_inline(doc, event.begin, event.end)}»"
        for name, value in facts(event, passage, doc._.entities):
            yield f"{2 * INDENT}{name:<{WIDEST_FACT}}  {value}"


def _inline(doc: Doc, begin: int, end: int) -> str:
    return " ".join(doc.text[begin:end].split())
