"""One module for each format: ``outcomes`` takes a content and yields what it finds or refuses; the table says which.

A file's first bytes tell its format before its name does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from kg.reading.content import Content, Outcomes
from kg.reading.formats.sniffing import sniffed
from kg.reading.outcome import RefusedError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files and the module that reads it."""

    name: str
    endings: tuple[str, ...]
    module: str


FORMATS = {
    known.name: known
    for known in (
        Format("text", (".txt", ".text", ".md"), "text"),
        Format("HTML", (".html", ".htm", ".xhtml"), "page"),
        Format("WARC", (".warc", ".warc.gz"), "warc"),
        Format("JSON", (".jsonl", ".ndjson", ".json"), "jsonl"),
        Format("feed", (".rss", ".atom", ".rdf", ".xml"), "feed"),
        Format("table", (".csv", ".tsv"), "table_rows"),
        Format("mail", (".eml", ".mht", ".mhtml"), "mail"),
        Format("mailbox", (".mbox",), "mail"),
        Format("RTF", (".rtf",), "rtf"),
        Format("DOCX", (".docx",), "office"),
        Format("ODT", (".odt",), "office"),
        Format("PDF", (".pdf",), "pdf"),
        Format("gzip", (".gz",), "archive"),
        Format("ZIP", (".zip",), "archive"),
    )
}
ENDINGS = tuple(ending for known in FORMATS.values() for ending in known.endings)
NOT_FROM_FOLDERS = (".json",)  # beside articles it mostly holds notes on them: read where it is given itself


def read_content(content: Content) -> Outcomes:
    """Yield what comes of ``content``; raises :class:`RefusedError` where nothing can come of it."""
    known = format_of(content)
    reader: Callable[[Content], Outcomes] = import_module(f"kg.reading.formats.{known.module}").outcomes
    yield from reader(content)


def format_of(content: Content) -> Format:
    """Return the format of ``content`` by its first bytes, else by its name; raise :class:`RefusedError` on others."""
    head = content.head()
    if not head.strip() and content.size is not None and content.size <= len(head):
        raise RefusedError("empty", "the file is empty: fill or remove it")
    found = sniffed(head, content.name)
    if found in FORMATS:
        return FORMATS[found]
    if found is not None:
        raise RefusedError("kind", found)
    named = by_name(content.name)
    return named or FORMATS["text"]


def by_name(name: str) -> Format | None:
    """Return the format that the ending of ``name`` tells."""
    return next((known for known in FORMATS.values() if name.lower().endswith(known.endings)), None)
