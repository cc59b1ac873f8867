"""The text of a piece of HTML as it stands, without choosing what is article."""

from __future__ import annotations

import re
from typing import Any

from lxml import html

from kg.reading.characters import one_line

BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "table", "section", "article", "pre")
MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def text_of_markup(text: str) -> str:
    """Return the text of a piece of HTML, or of none: one paragraph for each block, its line breaks kept."""
    if not MARKUP.search(text):
        return text.strip()
    return block_text(html.fromstring(f"<div>{text}</div>"))


def block_text(tree: Any) -> str:
    """Return the text below ``tree``, which is changed: a blank line between blocks, cells parted by blanks."""
    for unwanted in tree.xpath(".//script|.//style|.//comment()|.//head"):
        unwanted.drop_tree()
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.tail = "\n\n" + (element.tail or "")
            element.text = "\n\n" + (element.text or "")
        elif element.tag == "br":
            element.tail = "\n" + (element.tail or "").lstrip()
        elif element.tag == "td":
            element.tail = " " + (element.tail or "")
    parts = re.split(r"\n\s*\n", str(tree.text_content()))
    lines = ("\n".join(filter(None, map(one_line, part.split("\n")))) for part in parts)
    return "\n\n".join(line for line in lines if line)
