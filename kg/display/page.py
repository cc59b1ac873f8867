"""Annotated articles as one HTML page that needs nothing else: spaCy's displaCy draws the spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from spacy import displacy
from spacy.tokens import Doc

from kg.display.passages import Passage, facts, passages, roles
from kg.namespaces import PLACE_KINDS
from kg.reading import Article

ACTOR_COLOUR, PLACE_COLOUR, TIME_COLOUR, EVENT_COLOUR, ROLE_COLOUR = "#ffd8a8", "#b2f2bb", "#d0bfff", "#ffa8a8", "#a5d8ff"
LEGEND = {"actor": ACTOR_COLOUR, "place": PLACE_COLOUR, "time": TIME_COLOUR, "event": EVENT_COLOUR, "role": ROLE_COLOUR}
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #212529 }
table { border-collapse: collapse; margin: .5rem 0 1.5rem 1rem; font-size: .85rem }
th, td { text-align: left; vertical-align: top; padding: .1rem 1rem .1rem 0; font-weight: normal }
th, .kind { color: #495057 } .kind { font-size: .75rem; margin: 1rem 0 0 } .key { padding: .1rem .4rem }
"""


def page(annotated: Iterable[tuple[Article, Doc]]) -> str:
    """Return the page: every sentence with names, times, triggers and roles marked, its events in a table below."""
    body = "".join(line for article, doc in annotated for line in _article(article, doc))
    keys = " ".join(f'<span class="key" style="background:{colour}">{name}</span>' for name, colour in LEGEND.items())
    return (
        f'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>Lagebild</title><style>{STYLE}</style>'
        f"</head>\n<body>\n<p>{keys}</p>\n{body}</body></html>\n"
    )


def _article(article: Article, doc: Doc) -> Iterator[str]:
    yield f"<h1>{escape(article.title or article.source_path)}</h1>\n"
    yield f"<p>{escape(article.source_path)}, {article.published or 'no date'}</p>\n"
    for passage in passages(doc):
        yield f'<p class="kind">{passage.number} {passage.kind}</p>\n'
        yield _sentence(passage, doc)
        if passage.events:
            rows = "".join(_rows(passage, doc))
            yield f"<table>{rows}</table>\n"


def _sentence(passage: Passage, doc: Doc) -> str:
    """Return the sentence with its spans, drawn by displaCy in manual mode."""
    marks = list(dict.fromkeys(_marks(passage, doc)))
    drawn = {
        "tokens": [token.text for token in passage.span],
        "spans": [
            {"start_token": start, "end_token": end, "label": escape(label)}
            for start, end, label, _ in (_tokens(passage, *mark) for mark in marks)
        ],
    }
    colours = {escape(label): colour for _, _, label, colour in marks}
    options: dict[str, Any] = {"colors": colours}
    return displacy.render(drawn, style="span", manual=True, page=False, jupyter=False, options=options)


def _marks(passage: Passage, doc: Doc) -> Iterator[tuple[int, int, str, str]]:
    """Yield begin, end, label and colour of everything to mark."""
    for event in passage.events:
        yield event.begin, event.end, event.kind, EVENT_COLOUR
    for timex in passage.timexes:
        yield timex.begin, timex.end, "time", TIME_COLOUR
    for mention in passage.mentions:
        kind = doc._.entities[mention.entity].kind
        yield mention.begin, mention.end, kind, PLACE_COLOUR if kind in PLACE_KINDS else ACTOR_COLOUR
        for event in passage.events:
            for role, slugs in roles(event).items():
                if mention.entity in slugs:
                    yield mention.begin, mention.end, f"{role}: {event.kind}", ROLE_COLOUR


def _tokens(passage: Passage, begin: int, end: int, label: str, colour: str) -> tuple[int, int, str, str]:
    """Return a mark with token indices inside the sentence instead of characters."""
    inside = [i for i, t in enumerate(passage.span) if t.idx < end and begin < t.idx + len(t)]
    return inside[0], inside[-1] + 1, label, colour


def _rows(passage: Passage, doc: Doc) -> Iterator[str]:
    for event in passage.events:
        trigger = " ".join(doc.text[event.begin : event.end].split())
        yield f"<tr><th>{event.kind}</th><td>{escape(trigger)}</td></tr>"
        for name, value in facts(event, passage, doc._.entities):
            yield f"<tr><th>{name}</th><td>{escape(value)}</td></tr>"
