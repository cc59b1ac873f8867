"""Factiva: two-letter codes before each field, or the fields alone; ``Dokument ABCD0000...`` ends an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.reading.metadata import dates
from kg.reading.press.article import COPYRIGHT, PressArticle, PressFields, press_labels

FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t]+)?(?:Document|Dokument) [A-Z0-9]{4,10}0000\d{8}\w+[ \t]*$", re.M)
FACTIVA_CODE = re.compile(
    r"(?:^|\n)[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)[ \t]*(?:[ \t]|\n)"
)
FACTIVA_SURE = {"HD", "PD", "SN", "LP", "TD"}
WORD_COUNT = re.compile(r"[\d.,]+ (?:words|Wörter)", re.I)


def is_factiva(text: str) -> bool:
    """Tell whether ``text`` is an export of Factiva."""
    return FACTIVA_END.search(text) is not None or len({m[1] for m in FACTIVA_CODE.finditer(text)} & FACTIVA_SURE) > 3


def factiva_articles(text: str) -> Iterator[PressArticle]:
    """Yield the articles of an export of Factiva."""
    parts = FACTIVA_END.split(text)[:-1] or re.split(r"\n(?=[ \t]*HD[ \t\n])", f"\n{text}")[1:]
    return (_coded(part) if _codes(part) else _uncoded(part) for part in parts)


def _codes(part: str) -> dict[str, str]:
    """Return code -> what stands behind it, for an article with at least headline and text."""
    pieces = FACTIVA_CODE.split(part)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=False))
    return found if "HD" in found and ("LP" in found or "TD" in found) else {}


def _coded(part: str) -> PressArticle:
    found = _codes(part)
    values = {name: " ".join(found[code].split()) for code, name in _codes_kept().items() if code in found}
    return PressFields(values).article("\n\n".join(found[code].strip() for code in ("LP", "TD") if code in found))


@cache
def _codes_kept() -> dict[str, str]:
    return {label.upper(): name for label, name in press_labels("factiva").items() if name}


def _uncoded(part: str) -> PressArticle:
    """Read an article without codes: title, author, words, day, outlet, code, language, copyright, then the text."""
    head, _, rest = part.partition(found[0]) if (found := WORD_COUNT.search(part)) else ("", "", part)
    lines = [line.strip() for line in head.strip().split("\n") if line.strip()]
    behind = rest.split("\n")
    day = next((i for i, line in enumerate(behind[:6]) if dates(line)), None)
    end = next((i for i, line in enumerate(behind[:16]) if COPYRIGHT.match(line)), None)
    values = {"title": lines[0]} if lines else {}
    if day is not None:
        values["published"] = behind[day]
        outlet = next((line for line in behind[day + 1 :] if line.strip() and not re.fullmatch(r"[\d:. ]+", line)), "")
        values["publisher"] = outlet.strip()
    return PressFields(values).article("\n".join(behind[(end or 0) + 1 :]))
