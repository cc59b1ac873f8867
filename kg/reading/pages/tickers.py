"""Live tickers: each entry keeps its time, as a heading with the day where the page knows it."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from lxml import html

from kg.reading.characters import one_line
from kg.reading.metadata import CLOCK_TIME, dates, is_date_line
from kg.reading.paragraphs import KEPT_HEADING

TIME_CLASS = re.compile(r"time|zeit|uhr|date|datum", re.I)
FEWEST_ENTRIES = 2
LONGEST_TIME = 60  # characters
ENTRY_DEPTH = 4  # levels between a time and what holds the text of its entry


def keep_entry_times(tree: Any) -> None:
    """Put the time of each entry of a ticker at its head, in a paragraph that no rule takes for the article's date."""
    entries = [entry for group in _groups(tree).values() if len(group) >= FEWEST_ENTRIES for entry in group]
    for time, entry in entries:
        shown = _shown(time)
        time.drop_tree()
        _insert(entry, 0, shown)
        entry.attrib.pop("class", None)  # an extraction would take one entry for the whole by it
    if entries:
        for heading in list(tree.iter("h2", "h3", "h4")):
            text = one_line(heading.text_content())
            if is_date_line(text):
                parent = heading.getparent()
                place = parent.index(heading)
                heading.drop_tree()
                _insert(parent, place, text)


def _groups(tree: Any) -> dict[tuple[str, str], list[tuple[Any, Any]]]:
    """Return the (time, entry) pairs by the time's tag and class; an entry is what holds a time of its own and a text."""
    groups: dict[tuple[str, str], list[tuple[Any, Any]]] = defaultdict(list)
    for element in tree.iter("time", "span", "div", "p", "strong", "h3", "h4"):
        named = element.tag == "time" or TIME_CLASS.search(element.get("class") or "")
        text = one_line(element.text_content())
        if not named or len(text) > LONGEST_TIME or not (CLOCK_TIME.search(text) or dates(text)):
            continue
        entry = _entry(element)
        if entry is not None and element.find(".//time") is None:
            groups[element.tag, element.get("class") or ""].append((element, entry))
    whole = {key: [entry for _, entry in group] for key, group in groups.items()}
    return {key: group for key, group in groups.items() if len(set(whole[key])) == len(group)}


def _entry(time: Any) -> Any | None:
    for parent, _ in zip(time.iterancestors(), range(ENTRY_DEPTH), strict=False):
        if parent.tag in ("body", "main", "header", "aside", "nav", "footer", "a") or parent.find(".//h1") is not None:
            return None
        if any(len(p.text_content().split()) > 5 for p in parent.iter("p")):
            return parent
    return None


def _shown(time: Any) -> str:
    """Return the time as the page shows it, with the day from its attribute where the words name none."""
    text = one_line(time.text_content())
    if dates(text):
        return text
    try:
        day = datetime.fromisoformat(time.get("datetime") or "")
    except ValueError:
        return text
    return f"{day:%d.%m.%Y}, {text}"


def _insert(parent: Any, place: int, text: str) -> None:
    paragraph = html.Element("p")
    paragraph.text = f"{KEPT_HEADING} {text}"
    parent.insert(place, paragraph)
