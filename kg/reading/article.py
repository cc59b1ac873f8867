"""The article: what reading hands on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

LONGEST_ARTICLE = 1_000_000  # code points of cleaned text; spaCy's own limit, too
LONGEST_SLUG = 40  # characters, without the hash
BlockKind = Literal["title", "teaser", "heading", "body", "caption", "byline"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the article's text and what it is there for."""

    begin: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that reading did not take for the article's text: a category of ``lexicon/reading/boilerplate.tsv``."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, its text cleaned; all offsets are code points of ``text``, which is NFC.

    ``blocks`` are its paragraphs, in text order, not overlapping. ``content_hash`` is ``sha256:`` and the hexadecimal
    digest of the bytes it was read from (of its record, where a file holds several). ``retrieved`` is when a crawl stored
    it (with time zone): of two articles with one URL the later is the newer. ``record`` says which of its file it is, as in
    :class:`~kg.reading.outcome.Skipped`; None for a file that is one article. ``left_out`` stood around it, in text order.
    """

    id: str
    source_path: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None
    published: date | None
    url: str | None
    publisher: str | None
    content_hash: str
    retrieved: datetime | None = None
    record: str | None = None
    left_out: tuple[LeftOut, ...] = ()


def article_id(name: str) -> str:
    """Return the id for ``name``, a URL or a path below the folder given: a slug and eight digits of its SHA-256."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    plain = re.sub(r"^[a-z]+://(www\.)?", "", plain)
    plain = re.sub(r"\.(txt|html?|jsonl?|ndjson|md|warc(\.gz)?)$", "", plain)
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug[-LONGEST_SLUG:].strip('-')}-{digest}".strip("-")


def content_hash(raw: bytes) -> str:
    """Return ``sha256:`` and the hexadecimal digest of ``raw``."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()
