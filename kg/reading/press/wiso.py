"""Wiso: ``Quelle: Blatt vom 17.11.2017`` above or below each text, the number of the document behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.reading.press.article import COPYRIGHT, PressArticle, PressFields, press_blocks, press_label, press_labels

WISO_SOURCE = re.compile(
    r"(?:^|\n)[ \t]*(?:Quelle:?[ \t]*)?(?P<outlet>\S[^\n]{1,80}?),? (?:Nr\. ?\d+ )?"
    r"vom (?P<day>\d{1,2}\.\d{1,2}\.\d{4})[^\n]{0,80}"
)
WISO_MARK = re.compile(r"^[ \t]*(?:Dokumentnummer:|Dauerhafte Adresse des Dokuments:|© GBI-Genios)", re.M)
WISO_END = re.compile(r"^[ \t]*(?:© |\(c\) )?GBI-Genios[^\n]*$", re.M)
PRESS_TITLE_WORDS = 30  # a title is at most so long
REMAINDER = 30  # words that may be left between or behind the articles
LONGEST_SOURCE = 160  # characters of the line that names it


def is_wiso(text: str) -> bool:
    """Tell whether ``text`` is an export of wiso."""
    return WISO_MARK.search(text) is not None and WISO_SOURCE.search(text) is not None


def wiso_articles(text: str) -> Iterator[PressArticle]:
    """Yield the articles of an export of wiso."""
    parts = WISO_END.split(text) if WISO_END.search(text) else _parts(text)
    for part in parts:
        if WISO_SOURCE.search(part) or len(part.split()) > REMAINDER:
            yield _article(part)


def _parts(text: str) -> list[str]:
    """Part behind the last label of each article, where no line names the database."""
    labels = re.finditer(r"^[ \t]*([A-ZÄÖÜ][\w ]{2,40}):[^\n]*$", text, re.M)
    cuts = [found.end() for found in labels if press_labels("wiso").get(found[1].casefold()) == "last"]
    return [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _article(part: str) -> PressArticle:
    source = WISO_SOURCE.search(part)
    found = PressFields()
    if source:
        outlet = re.sub(r"^Quelle:?\s*", "", source["outlet"]).strip()
        found.values = {"publisher": outlet, "published": source["day"]}
    kept = [b for b in press_blocks(part) if not press_label(b, "wiso") and not COPYRIGHT.match(b) and not _is_source(b)]
    if kept and len(kept[0].split()) <= PRESS_TITLE_WORDS:
        found.values["title"] = " ".join(kept.pop(0).split())
    return found.article("\n\n".join(kept))


def _is_source(block: str) -> bool:
    found = WISO_SOURCE.match(block.strip())
    return found is not None and len(block) < LONGEST_SOURCE
