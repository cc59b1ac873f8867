"""LexisNexis: ``Dokument 1 von 20`` above each article, or ``End of Document`` behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.metadata import dates
from kg.reading.press.article import PressArticle, PressFields, has_label, is_notice, press_blocks, press_label

LEXIS_START = re.compile(r"^[ \t]*(?:Dokument )?\d+ (?:of|von) \d+(?: (?:DOCUMENTS?|DOKUMENTEN?))?[ \t]*$", re.M)
LEXIS_END = re.compile(r"^[ \t]*(?:End of Document|Ende des Dokuments)[ \t]*$", re.M)
LEXIS_BODY = re.compile(r"^[ \t]*(?:Body|Text)[ \t]*$", re.M)
EDITION = re.compile(r"(?:Ausgabe|Edition)\b|.*\bEdition$", re.I)
DATE_LINE = 80  # characters at most
ABOVE_THE_TEXT = ("length", "author", "section", "teaser", "title", "graphic")


def is_lexis(text: str) -> bool:
    """Tell whether ``text`` is an export of LexisNexis."""
    parted = LEXIS_END.search(text) or LEXIS_START.search(text)
    return parted is not None and has_label(text, "lexisnexis", "length")


def lexis_articles(text: str) -> Iterator[PressArticle]:
    """Yield the articles of an export of LexisNexis; a list of them may stand before the first."""
    parts = LEXIS_START.split(text)[1:] or LEXIS_END.split(text)[:-1]
    return (_lexis_article(part) for part in parts)


def _lexis_article(part: str) -> PressArticle:
    """Read one article: outlet, day and title stand above the labels, without any; further labels behind the text."""
    found = PressFields()
    head, body = _lexis_parts(part)
    above: list[list[str]] = []
    for block in press_blocks(head):
        labelled = press_label(block, "lexisnexis")
        if labelled:
            found.values.setdefault(*labelled)
        else:
            above.append(_unlabelled(block))
    _name_lexis(found, [lines for lines in above if lines])
    return found.article(_without_labels(body))


def _unlabelled(block: str) -> list[str]:
    lines = (line.strip() for line in block.split("\n"))
    return [line for line in lines if line and not is_notice(line)]


def _name_lexis(found: PressFields, above: Sequence[Sequence[str]]) -> None:
    """Tell outlet, day and title apart: in this order in the old layout; title, outlet, day in the new one."""
    lines = [(line, i) for i, block in enumerate(above) for line in block if not EDITION.match(line)]
    dated = next((n for n, (line, _) in enumerate(lines) if dates(line) and len(line) < DATE_LINE), len(lines))
    before, behind = lines[:dated], lines[dated + 1 :]
    if dated < len(lines):
        found.values["published"] = lines[dated][0]
    if before:
        found.values.setdefault("publisher", before[-1][0])
    named = behind or before[:-1]
    if named:
        place = named[0 if behind else -1][1]
        found.values.setdefault("title", " ".join(line for line, block in named if block == place))


def _lexis_parts(part: str) -> tuple[str, str]:
    """Part an article behind ``Body``, else behind the last of the labels that stand above the text."""
    body = LEXIS_BODY.search(part)
    if body:
        return part[: body.start()], part[body.end() :]
    end = 0
    position = 0
    for block in re.split(r"(\n[ \t]*\n)", part):
        position += len(block)
        labelled = press_label(block, "lexisnexis")
        if labelled and labelled[0] in ABOVE_THE_TEXT:
            end = position
        if labelled and labelled[0] == "length":
            break
    return part[:end], part[end:]


def _without_labels(text: str) -> str:
    """Return ``text`` without the blocks that begin with a label, or that only say whose it is."""
    kept = [block for block in press_blocks(text) if not press_label(block, "lexisnexis") and not is_notice(block)]
    return "\n\n".join(kept)
