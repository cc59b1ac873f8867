"""One article of a press database's export, and the labels that part its text from what is said of it.

The labels are data (``lexicon/reading/press_labels.tsv``): which database, which field of an article, German and English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from kg.reading.metadata import best_date, dates
from kg.reading.plain_text import Draft, read_plain
from kg.resources import table

COPYRIGHT = re.compile(r"[ \t]*(?:Copyright\b|©|\(c\) )", re.I)
RIGHTS_LINE = re.compile(r"[ \t]*(?:All Rights Reserved|Alle Rechte vorbehalten)\.?[ \t]*", re.I)


@dataclass(frozen=True, slots=True)
class PressArticle:
    """One article of an export; ``text`` is what is left when its labels are taken off."""

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None

    def draft(self) -> Draft:
        """Return the draft, read by the rules of plain text."""
        draft = read_plain(f"# {self.title}\n\n{self.text}" if self.title else self.text, self.title)
        draft.published = self.published or draft.published
        draft.publisher = self.publisher or draft.publisher
        return draft


@dataclass(slots=True)
class PressFields:
    """What the labels of one article say."""

    values: dict[str, str] = field(default_factory=dict)

    def article(self, text: str) -> PressArticle:
        """Return the article whose text, with blanks around its lines, is ``text``."""
        day = best_date([replace(d, rank="plain") for d in dates(self.values.get("published", ""))])
        trimmed = "\n".join(line.strip() for line in text.split("\n")).strip()
        return PressArticle(trimmed, self.values.get("title"), day, self.values.get("publisher"))


@cache
def press_labels(database: str) -> dict[str, str]:
    """Return label in small letters -> field (empty: nothing that is kept) of a database."""
    rows = (row for row in table("reading/press_labels.tsv") if row["database"] == database)
    return {row["label"].casefold(): row["field"] for row in rows}


def has_label(text: str, database: str, name: str) -> bool:
    """Tell whether a line of ``text`` begins with a label of the field ``name``."""
    found = [label for label, meant in press_labels(database).items() if meant == name]
    return re.search(rf"^[ \t]*(?:{'|'.join(map(re.escape, found))}):", text, re.M | re.I) is not None


def press_label(block: str, database: str) -> tuple[str, str] | None:
    """Return (field, value) of a block such as ``LÄNGE: 433 Wörter``."""
    name, colon, value = block.strip().partition(":")
    meant = press_labels(database).get(name.casefold().strip()) if colon else None
    return None if meant is None else (meant, " ".join(value.split()))


def press_blocks(text: str) -> list[str]:
    """Return the paragraphs, and each line that begins with capitals and a colon as one of its own."""
    text = re.sub(r"\n(?=[ \t]*[A-ZÄÖÜ][\w-]{2,30}(?: \w+){0,3}:[ \t])", "\n\n", text)
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def is_notice(block: str) -> bool:
    """Tell whether the block, or line, only says whose the article is."""
    return COPYRIGHT.match(block) is not None or RIGHTS_LINE.fullmatch(block) is not None
