"""DOCX and ODT: the paragraphs of the document, its headings marked as such."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from kg.reading.content import LARGEST, Content, Outcomes
from kg.reading.formats.text import text_articles
from kg.reading.outcome import RefusedError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARTS = ("word/document.xml", "content.xml")
HEADING = re.compile(r"(?:heading|berschrift|title|titel)\s*(\d*)", re.I)
DELETED = (f"{WORD}del", f"{WORD}moveFrom", f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}annotation")

LEFT_OUT = (*DELETED, f"{WORD}p", f"{TEXT}p")
SPACES = {
    f"{WORD}tab": " ",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{TEXT}tab": " ",
    f"{TEXT}s": " ",
    f"{TEXT}line-break": "\n",
}


def outcomes(content: Content) -> Outcomes:
    """Yield the article or articles of a document; raise :class:`RefusedError` on one that is broken or encrypted."""
    raw = content.read()
    tree = _tree(raw)
    found = list(_paragraphs(tree))
    if not any(found):
        raise RefusedError("empty", "a document without text: see the file")
    yield from text_articles("\n\n".join(found), raw)


def _tree(raw: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            part = next((name for name in PARTS if name in archive.namelist()), None)
            if part is None:
                raise RefusedError("unreadable", "no text in the document: encrypted or of another kind, save it anew")
            if archive.getinfo(part).file_size > LARGEST:
                raise RefusedError("unreadable", f"larger than {LARGEST // 2**20} MB when unpacked: split it")
            with archive.open(part) as file:
                xml = file.read(LARGEST)
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, RuntimeError, NotImplementedError) as error:
        raise RefusedError("unreadable", "a broken or encrypted document: open it and save it anew") from error


def _paragraphs(tree: Any) -> Iterator[str]:
    for element in tree.iter(f"{WORD}p", f"{TEXT}p", f"{TEXT}h"):
        if any(parent.tag in DELETED for parent in element.iterancestors()):
            continue
        text = "".join(_pieces(element)).strip()
        if text:
            level = _level(element)
            yield f"{'#' * level} {text}" if level else text


def _pieces(element: Any) -> Iterator[str]:
    """Yield the runs of a paragraph: tabs and breaks as such, nothing that was struck out or hangs in a box."""
    spoken = element.tag.startswith(TEXT)  # ODT has its text between the elements, DOCX in elements of its own
    if spoken or element.tag == f"{WORD}t":
        yield element.text or ""
    for child in element:
        if child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag not in LEFT_OUT and child.tag.startswith((TEXT, WORD)):
            yield from _pieces(child)
        if spoken:
            yield child.tail or ""


def _level(element: Any) -> int:
    """Return the level of a heading by its style, 0 for a paragraph."""
    if element.tag == f"{TEXT}h":
        return int(element.get(f"{TEXT}outline-level") or 1)
    style = element.find(f"{WORD}pPr/{WORD}pStyle")
    name = style.get(f"{WORD}val", "") if style is not None else element.get(f"{TEXT}style-name", "")
    found = HEADING.match(name) or HEADING.search(name)
    return min(int(found[1] or 1), 6) if found and name else 0
