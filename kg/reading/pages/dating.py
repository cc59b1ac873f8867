"""When a page was published: only what stands where publication dates stand, never a day inside the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kg.reading.characters import one_line
from kg.reading.metadata import best_date, dates

UPDATED = re.compile(r"updat|modif|aktualisier|geändert|geaendert", re.I)


def hide_updates(tree: Any) -> None:
    """Take the time of the last change out of ``tree`` where the time of publication stands there, too."""
    marked = [e for e in tree.iter("time", "span", "div", "p") if _attributes(e) and UPDATED.search(_attributes(e))]
    marked = [e for e in marked if len(e.text_content()) < 80]
    others = [e for e in tree.iter("time") if e not in marked and not any(a in marked for a in e.iterancestors())]
    if others:
        for element in marked:
            element.drop_tree()


def date_in_title(tree: Any) -> date | None:
    """Take the date that stands in a part of its own inside the title, and return it."""
    title = tree.find(".//h1")
    if title is None:
        return None
    for part in list(title.iter("span", "small", "time", "em", "div")):
        found = best_date(dates(one_line(part.text_content())))
        if found is not None:
            part.drop_tree()
            return found
    return None


def _attributes(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "itemprop", "id"))
