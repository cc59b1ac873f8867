"""RTF: its text, which often is the export of a press database."""

from __future__ import annotations

from kg.reading.content import Content, Outcomes
from kg.reading.formats.libraries import library
from kg.reading.formats.text import text_articles
from kg.reading.outcome import RefusedError


def outcomes(content: Content) -> Outcomes:
    """Yield the article or articles of an RTF file."""
    raw = content.read()
    to_text = library("striprtf.striprtf", "RTF").rtf_to_text
    text = to_text(raw.decode("cp1252", "replace"), encoding="cp1252", errors="replace")
    if not text.strip():
        raise RefusedError("empty", "an RTF file without text: see the file, or save it as DOCX")
    yield from text_articles(text, raw)
