"""JSON Lines: one article a line, under the usual keys; and JSON, an article or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.reading.article import content_hash
from kg.reading.characters import one_line
from kg.reading.metadata import best_date, dates
from kg.reading.outcome import RefusedError

KEYS = {
    "text": ("text", "body", "content", "maintext", "article", "articleBody", "fulltext", "html"),
    "title": ("title", "headline", "name"),
    "published": ("date", "published", "date_publish", "datePublished", "date_published", "publish_date", "pubDate"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "publisher": ("publisher", "source", "outlet", "sitename", "source_domain", "site"),
    "id": ("id", "doc_id", "uuid"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One line: what it says of its article, and the hash of the line."""

    line: int
    text: str
    title: str | None
    published: date | None
    url: str | None
    publisher: str | None
    id: str | None
    hash: str


def read_records(path: str) -> Iterator[Record | RefusedError]:
    """Yield the records of ``path``, and for each that is none why; raise :class:`RefusedError` where there are none."""
    seen = 0
    for number, raw in _lines(path):
        seen += 1
        try:
            yield _record(raw, number)
        except ValueError as error:
            yield RefusedError("unreadable", f"no article in it ({error}): mend it; the others are read", f"record {number}")
    if not seen:
        raise RefusedError("empty", "the file is empty: fill or remove it")


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered lines that are not blank; of a JSON file, one object or a list of them, its objects."""
    if path.endswith(".json"):
        try:
            data = json.loads(Path(path).read_bytes())
        except (ValueError, RecursionError):
            pass  # JSON Lines under another ending
        else:
            for number, item in enumerate(data if isinstance(data, list) else [data], 1):
                yield number, json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
            return
    with Path(path).open("rb") as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield number, raw


def _record(raw: bytes, number: int) -> Record:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(data, dict):
        raise ValueError("no object")
    text = _value(data, "text")
    if text is None:
        raise ValueError(f"no key {' or '.join(KEYS['text'][:3])}")
    url = _value(data, "url")
    found = dates(_value(data, "published") or "")
    return Record(
        line=number,
        text=text,
        title=one_line(_value(data, "title") or "") or None,
        published=best_date(found),
        url=url if url and url.startswith(("http://", "https://")) else None,
        publisher=_value(data, "publisher"),
        id=_value(data, "id"),
        hash=content_hash(raw.strip()),
    )


def _value(data: dict[str, Any], name: str) -> str | None:
    """Return the first value under a key of ``name``, as text; schema.org publishers are objects with a name."""
    for key in KEYS[name]:
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, int) and not isinstance(value, bool) and name == "id":
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None
