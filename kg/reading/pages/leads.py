"""The lead of an article, which pages put outside its body: it says the main facts."""

from __future__ import annotations

import re
from typing import Any

from kg.reading.characters import one_line
from kg.reading.pages.layout import ASIDE, SENTENCE_WORDS, link_share
from kg.reading.paragraphs import ends_sentence, word_runs

LEAD_CLASS = re.compile(
    r"teaser|summary|lead|lede|intro|vorspann|standfirst|anrei(?:ß|ss)er|subtitle|excerpt|description|abstract", re.I
)
LONGEST_LEAD = 900  # characters
MOST_LEADS = 2
NEAR_THE_TITLE = 4  # levels between the title and what holds both it and its lead


def leads(tree: Any) -> list[str]:
    """Return the leads between the title and the body, in the page's order."""
    title = tree.find(".//h1")
    if title is None:
        return []
    scope = title
    for parent, _ in zip(title.iterancestors(), range(NEAR_THE_TITLE), strict=False):
        if parent.tag in ("body", "html"):
            break
        scope = parent
    found: list[str] = []
    behind = False
    for element in scope.iter("h1", "p", "div", "section", "span"):
        behind = behind or element is title
        if behind and _is_lead(element):
            text = one_line(element.text_content())
            if not any(text in other or other in text for other in found):
                found.append(text)
    return found[:MOST_LEADS]


def _is_lead(element: Any) -> bool:
    named = LEAD_CLASS.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}") is not None
    in_header = element.tag == "p" and any(a.tag == "header" and a.find(".//h1") is not None for a in element.iterancestors())
    if not (named or in_header) or any(a.tag in ASIDE for a in element.iterancestors()):
        return False
    if element.find(".//h1") is not None or element.find(".//h2") is not None or element.find(".//h3") is not None:
        return False
    text = one_line(element.text_content())
    reads = len(word_runs(text)) >= SENTENCE_WORDS and ends_sentence(text)
    return reads and len(text) <= LONGEST_LEAD and link_share(element) < 0.5
