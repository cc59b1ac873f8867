"""Markup inside sentences: what was struck out goes, what only marks words leaves them standing."""

from __future__ import annotations

from typing import Any

STRUCK = ("del", "s", "strike")
MARKING = ("ins", "time", "button", "label", "output", "data", "abbr", "dfn", "mark", "q")
BLOCKS_OF_TEXT = ("p", "li", "td", "dd", "blockquote", "h1", "h2", "h3", "h4", "figcaption", "div")
WORDS_AROUND = 3  # so many words beside an element make it part of a sentence


def unmark_sentences(tree: Any) -> None:
    """Take struck words out of ``tree``, and free words of sentences from elements that an extraction drops whole."""
    for element in list(tree.iter(*STRUCK)):
        element.drop_tree()
    for element in list(tree.iter(*MARKING)):
        if _is_in_sentence(element):
            element.drop_tag()


def _is_in_sentence(element: Any) -> bool:
    block = next((a for a in element.iterancestors() if a.tag in BLOCKS_OF_TEXT), None)
    if block is None:
        return False
    if block.tag == "div":  # a paragraph of some pages; mostly only a box
        direct = [block.text, *(child.tail for child in block)]
        return sum(len((text or "").split()) for text in direct) >= WORDS_AROUND
    return len(block.text_content().split()) - len(element.text_content().split()) >= WORDS_AROUND
