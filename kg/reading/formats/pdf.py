"""PDF: its text layer; what is scanned, encrypted or broken is named."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any

from kg.reading.content import Content, Outcomes
from kg.reading.formats.libraries import library
from kg.reading.formats.text import text_articles
from kg.reading.outcome import RefusedError
from kg.reading.paragraphs import ends_sentence

MOST_PAGES = 2000
LEAST_LETTERS = 20  # on average a page; scanned pages have none, or their number
PAGE_NUMBER = re.compile(r"(?:Seite\s+)?\d{1,4}(?:\s*(?:/|von)\s*\d{1,4})?", re.I)


def outcomes(content: Content) -> Outcomes:
    """Yield the article or articles of a PDF."""
    raw = content.read()
    pages = _pages(raw)
    text = _joined_pages([_without_numbers(page) for page in pages])
    letters = sum(c.isalpha() for c in text)
    if letters < LEAST_LETTERS * len(pages):
        raise RefusedError("empty", "a PDF without a text layer, as scanners make: run OCR on it, for example ocrmypdf")
    yield from text_articles(text, raw)


def _pages(raw: bytes) -> list[str]:
    """Return the text of each page; raise :class:`RefusedError` where the file keeps it back."""
    pypdf = library("pypdf", "PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds amiss and reads all the same
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise RefusedError("unreadable", "an encrypted PDF: save it without its password")
            return list(_texts(reader))
    except RefusedError:
        raise
    except pypdf.errors.DependencyError as error:
        raise RefusedError("unreadable", "an encrypted PDF: save it without its password") from error
    except Exception as error:  # the library raises whatever a broken file leads it to
        raise RefusedError("unreadable", f"a broken PDF ({type(error).__name__}): fetch or save it again") from error


def _texts(reader: Any) -> Iterator[str]:
    if len(reader.pages) > MOST_PAGES:
        raise RefusedError("unreadable", f"a PDF of {len(reader.pages):,} pages: split it, {MOST_PAGES:,} at most")
    for page in reader.pages:
        yield page.extract_text()


def _joined_pages(pages: list[str]) -> str:
    """Join the pages; a sentence that runs over the foot of one goes on in the next."""
    out = ""
    for page in filter(None, pages):
        out += ("\n\n" if not out or ends_sentence(out) else "\n") + page
    return out.strip()


def _without_numbers(page: str) -> str:
    """Return a page's text without its number and blanks at the ends of lines."""
    lines = [line.strip() for line in page.split("\n")]
    while lines and (not lines[-1] or PAGE_NUMBER.fullmatch(lines[-1])):
        lines.pop()
    while lines and (not lines[0] or PAGE_NUMBER.fullmatch(lines[0])):
        lines.pop(0)
    return "\n".join(lines)
