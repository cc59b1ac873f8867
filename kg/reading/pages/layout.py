"""The layout of a page made plain: tables that only place things, articles in several parts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from kg.reading.paragraphs import ends_sentence, word_runs

LONG_CELL = 200  # characters that no cell of a table of figures has
TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "center", "font")
BODY_CLASS = re.compile(
    r"(?:article|story|post|entry|content|text)(?:-|__|_)?(?:body|text|content)|articleBody|fliesstext|field-body", re.I
)
ASIDE = ("aside", "nav", "footer", "li", "form", "dialog")
SENTENCE_WORDS = 8  # of a paragraph of an article, at least
PART_SENTENCES = 1  # paragraphs with a sentence that a part of an article has


def flatten_layout_tables(tree: Any) -> None:
    """Turn tables that place the article, not figures, into boxes."""
    for table in list(tree.iter("table")):
        if _places_text(table):
            for part in list(table.iter(*TABLE_PARTS)):
                if next((a for a in part.iterancestors("table", "div") if a.tag == "table"), table) is table or part is table:
                    part.tag = "div"


def _places_text(table: Any) -> bool:
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return True
    cells = list(table.iter("td"))
    return any(len(cell.text_content()) > LONG_CELL or len(cell.findall(".//p")) > 1 for cell in cells)


def join_parts(tree: Any) -> None:
    """Put the parts of an article that stand in several containers of one kind into the first."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section", "article", "main"):
        kind = _kind(element)
        if kind and not any(a.tag in ASIDE or _kind(a) == kind for a in element.iterancestors()):
            groups[kind].append(element)
    for parts in groups.values():
        first = next((part for part in parts if _is_part(part)), None)
        for part in parts:
            if first is not None and part is not first and _is_part(part) and not _is_other_article(part):
                _move(part, first)


def _kind(element: Any) -> tuple[str, str] | None:
    if element.get("itemprop") == "articleBody":
        return ("itemprop", "articleBody")
    if element.tag == "article":
        return ("tag", "article")
    found = BODY_CLASS.search(element.get("class") or "")
    return ("class", found[0].lower()) if found else None


def sentences_in(element: Any) -> int:
    """Count the paragraphs below ``element`` that read like an article's."""
    texts = (p.text_content().strip() for p in element.iter("p"))
    return sum(len(word_runs(text)) >= SENTENCE_WORDS and ends_sentence(text) for text in texts)


def link_share(element: Any) -> float:
    """Return the share of the words below ``element`` that are links."""
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return linked / max(1, len(element.text_content()))


def _is_part(element: Any) -> bool:
    return sentences_in(element) >= PART_SENTENCES and link_share(element) < 0.4


def _is_other_article(part: Any) -> bool:
    """Tell whether the part is an article of its own: a title above it, or a heading that links to its page."""
    headings = list(part.iter("h1", "h2", "h3"))
    linked = any(h.find(".//a[@href]") is not None or h.getparent().tag == "a" for h in headings)
    return part.find(".//h1") is not None or linked or any(a.tag == "a" for a in part.iterancestors())


def _move(part: Any, first: Any) -> None:
    if any(a is first for a in part.iterancestors()) or any(a is part for a in first.iterancestors()):
        return
    for child in list(part):
        first.append(child)
    part.drop_tree()
