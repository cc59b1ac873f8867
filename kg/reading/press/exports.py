"""Exports of press databases: many articles in one text, each behind the labels of LexisNexis, Factiva or wiso."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.reading.press.article import PressArticle
from kg.reading.press.factiva import factiva_articles, is_factiva
from kg.reading.press.lexisnexis import is_lexis, lexis_articles
from kg.reading.press.wiso import is_wiso, wiso_articles

EXPORT_MARK = re.compile(
    r"End of Document|Ende des Dokuments|\d+ of \d+ DOCUMENT|Dokument \d+ von \d+|GBI-Genios"
    r"|(?:Document|Dokument) [A-Z0-9]{4,10}0000\d{8}|\n[ \t]*HD[ \t\n]"
)
DATABASES: tuple[tuple[Callable[[str], bool], Callable[[str], Iterator[PressArticle]]], ...] = (
    (is_lexis, lexis_articles),
    (is_factiva, factiva_articles),
    (is_wiso, wiso_articles),
)


def may_be_export(page: str) -> bool:
    """Tell whether the markup of ``page`` holds what only exports hold: whether its text is worth a look."""
    return EXPORT_MARK.search(page) is not None


def exported(text: str) -> list[PressArticle]:
    """Return the articles of an export; none where ``text``, normalised, is no export of a database that is known."""
    for marks, split in DATABASES:
        if marks(text):
            return list(split(text))
    return []
