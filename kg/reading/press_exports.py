"""Exports of press databases: many articles in one text, each behind the labels of LexisNexis, Factiva or wiso.

The labels are data (``lexicon/reading/press_labels.tsv``): which database, which field of an article, German and English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from kg.reading.characters import normalised
from kg.reading.metadata import best_date, dates
from kg.reading.plain_text import Draft, read_plain
from kg.resources import table

LEXIS_START = re.compile(r"^[ \t]*(?:Dokument )?\d+ (?:of|von) \d+(?: (?:DOCUMENTS?|DOKUMENTEN?))?[ \t]*$", re.M)
LEXIS_END = re.compile(r"^[ \t]*(?:End of Document|Ende des Dokuments)[ \t]*$", re.M)
LEXIS_BODY = re.compile(r"^[ \t]*(?:Body|Text)[ \t]*$", re.M)
COPYRIGHT = re.compile(r"[ \t]*(?:Copyright\b|©|\(c\) )", re.I)
RIGHTS_LINE = re.compile(r"[ \t]*(?:All Rights Reserved|Alle Rechte vorbehalten)\.?[ \t]*", re.I)
FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t]+)?(?:Document|Dokument) [A-Z0-9]{4,10}0000\d{8}\w+[ \t]*$", re.M)
FACTIVA_CODE = re.compile(
    r"(?:^|\n)[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)[ \t]*(?:[ \t]|\n)"
)
FACTIVA_SURE = {"HD", "PD", "SN", "LP", "TD"}
WORD_COUNT = re.compile(r"[\d.,]+ (?:words|Wörter)", re.I)
WISO_SOURCE = re.compile(
    r"(?:^|\n)[ \t]*(?:Quelle:?[ \t]*)?(?P<outlet>\S[^\n]{1,80}?),? (?:Nr\. ?\d+ )?"
    r"vom (?P<day>\d{1,2}\.\d{1,2}\.\d{4})[^\n]{0,80}"
)
WISO_MARK = re.compile(r"^[ \t]*(?:Dokumentnummer:|Dauerhafte Adresse des Dokuments:|© GBI-Genios)", re.M)
WISO_END = re.compile(r"^[ \t]*(?:© |\(c\) )?GBI-Genios[^\n]*$", re.M)
EXPORT_MARK = re.compile(
    r"End of Document|Ende des Dokuments|\d+ of \d+ DOCUMENT|Dokument \d+ von \d+|GBI-Genios"
    r"|(?:Document|Dokument) [A-Z0-9]{4,10}0000\d{8}|\n[ \t]*HD[ \t\n]"
)
EDITION = re.compile(r"(?:Ausgabe|Edition)\b|.*\bEdition$", re.I)
DATE_LINE = 80  # characters at most
PRESS_TITLE_WORDS = 30  # a title is at most so long


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


def may_be_export(page: str) -> bool:
    """Tell whether the markup of ``page`` holds what only exports hold: whether its text is worth a look."""
    return EXPORT_MARK.search(page) is not None


def exported(text: str) -> list[PressArticle]:
    """Return the articles of an export; none where ``text`` is no export of a database that is known."""
    text = normalised(text)
    for marks, split in DATABASES:
        if marks(text):
            return [article for article in split(text) if article.text.strip()]
    return []


@dataclass(slots=True)
class _Fields:
    """What the labels of one article say."""

    values: dict[str, str] = field(default_factory=dict)

    def article(self, text: str) -> PressArticle:
        day = best_date([replace(d, rank="plain") for d in dates(self.values.get("published", ""))])
        return PressArticle(_trimmed(text), self.values.get("title"), day, self.values.get("publisher"))


@cache
def _labels(database: str) -> dict[str, str]:
    """Return label in small letters -> field (empty: nothing that is kept) of a database."""
    rows = (row for row in table("reading/press_labels.tsv") if row["database"] == database)
    return {row["label"].casefold(): row["field"] for row in rows}


def _is_lexis(text: str) -> bool:
    ended = LEXIS_END.search(text) is not None and _has_label(text, "lexisnexis", "length")
    return ended or (LEXIS_START.search(text) is not None and _has_label(text, "lexisnexis", "length"))


def _has_label(text: str, database: str, name: str) -> bool:
    found = [label for label, meant in _labels(database).items() if meant == name]
    return re.search(rf"^[ \t]*(?:{'|'.join(map(re.escape, found))}):", text, re.M | re.I) is not None


def _lexis(text: str) -> Iterator[PressArticle]:
    starts = LEXIS_START if LEXIS_START.search(text) else LEXIS_END
    for part in starts.split(text):
        if _has_label(part, "lexisnexis", "length"):
            yield _lexis_article(part)


def _lexis_article(part: str) -> PressArticle:
    """Read one article: outlet, day and title stand above the labels, without any; further labels behind the text."""
    found = _Fields()
    head, body = _lexis_parts(part)
    above: list[list[str]] = []
    for block in _blocks(head):
        labelled = _label(block, "lexisnexis")
        if labelled:
            found.values.setdefault(*labelled)
        else:
            above.append(_unlabelled(block))
    _name_lexis(found, [lines for lines in above if lines])
    return found.article(_without_labels(body, "lexisnexis"))


def _unlabelled(block: str) -> list[str]:
    lines = (line.strip() for line in block.split("\n"))
    return [line for line in lines if line and not COPYRIGHT.match(line) and not RIGHTS_LINE.fullmatch(line)]


def _name_lexis(found: _Fields, above: Sequence[Sequence[str]]) -> None:
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
        labelled = _label(block, "lexisnexis")
        if labelled and labelled[0] in ("length", "author", "section", "teaser", "title", "graphic"):
            end = position
        if labelled and labelled[0] == "length":
            break
    return part[:end], part[end:]


def _without_labels(text: str, database: str) -> str:
    """Return ``text`` without the blocks that begin with a label of the database, or that only say whose it is."""
    kept = [b for b in _blocks(text) if not _label(b, database) and not COPYRIGHT.match(b) and not RIGHTS_LINE.fullmatch(b)]
    return "\n\n".join(kept)


def _label(block: str, database: str) -> tuple[str, str] | None:
    """Return (field, value) of a block such as ``LÄNGE: 433 Wörter``."""
    name, colon, value = block.strip().partition(":")
    meant = _labels(database).get(name.casefold().strip()) if colon else None
    return None if meant is None else (meant, " ".join(value.split()))


def _blocks(text: str) -> list[str]:
    """Return the paragraphs, and each line that begins with capitals and a colon as one of its own."""
    text = re.sub(r"\n(?=[ \t]*[A-ZÄÖÜ][\w-]{2,30}(?: \w+){0,3}:[ \t])", "\n\n", text)
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def _is_factiva(text: str) -> bool:
    return FACTIVA_END.search(text) is not None or len({m[1] for m in FACTIVA_CODE.finditer(text)} & FACTIVA_SURE) > 3


def _factiva(text: str) -> Iterator[PressArticle]:
    ended = FACTIVA_END.search(text) is not None
    parts = FACTIVA_END.split(text) if ended else re.split(r"\n(?=[ \t]*HD[ \t\n])", f"\n{text}")
    for part in parts:
        if _codes(part):
            yield _factiva_coded(part)
        elif WORD_COUNT.search(part):
            yield _factiva_plain(part)


def _codes(part: str) -> dict[str, str]:
    """Return code -> what stands behind it, for an article with at least headline and text."""
    pieces = FACTIVA_CODE.split(part)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=False))
    return found if "HD" in found and ("LP" in found or "TD" in found) else {}


def _factiva_coded(part: str) -> PressArticle:
    found = _codes(part)
    values = {name: " ".join(found[code].split()) for code, name in _labels_factiva().items() if code in found}
    return _Fields(values).article("\n\n".join(found[code].strip() for code in ("LP", "TD") if code in found))


@cache
def _labels_factiva() -> dict[str, str]:
    return {label.upper(): name for label, name in _labels("factiva").items() if name}


def _factiva_plain(part: str) -> PressArticle:
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
    return _Fields(values).article("\n".join(behind[(end or 0) + 1 :]))


def _is_wiso(text: str) -> bool:
    return WISO_MARK.search(text) is not None and WISO_SOURCE.search(text) is not None


def _wiso(text: str) -> Iterator[PressArticle]:
    parts = WISO_END.split(text) if WISO_END.search(text) else _wiso_parts(text)
    for part in parts:
        if WISO_SOURCE.search(part):
            yield _wiso_article(part)


def _wiso_parts(text: str) -> list[str]:
    """Part behind the last label of each article, where no line names the database."""
    labels = re.finditer(r"^[ \t]*([A-ZÄÖÜ][\w ]{2,40}):[^\n]*$", text, re.M)
    cuts = [found.end() for found in labels if _labels("wiso").get(found[1].casefold()) == "last"]
    return [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _wiso_article(part: str) -> PressArticle:
    source = WISO_SOURCE.search(part)
    found = _Fields()
    if source:
        outlet = re.sub(r"^Quelle:?\s*", "", source["outlet"]).strip()
        found.values = {"publisher": outlet, "published": source["day"]}
    kept = [b for b in _blocks(part) if not _label(b, "wiso") and not COPYRIGHT.match(b) and not _is_source(b)]
    if kept and len(kept[0].split()) <= PRESS_TITLE_WORDS:
        found.values["title"] = " ".join(kept.pop(0).split())
    return found.article("\n\n".join(kept))


def _is_source(block: str) -> bool:
    found = WISO_SOURCE.match(block.strip())
    return found is not None and len(block) < 160


def _trimmed(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n")).strip()


DATABASES: tuple[tuple[Callable[[str], bool], Callable[[str], Iterator[PressArticle]]], ...] = (
    (_is_lexis, _lexis),
    (_is_factiva, _factiva),
    (_is_wiso, _wiso),
)
