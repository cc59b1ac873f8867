"""JSON Lines: one article a line, under the usual keys; and JSON, an article or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from kg.reading.columns import ColumnMap
from kg.reading.content import LARGEST, Content, Extracted, Outcomes
from kg.reading.formats.records import draft_of
from kg.reading.outcome import RefusedError

KEYS_NAMED = ("text", "body", "content")


def outcomes(content: Content) -> Outcomes:
    """Yield the article of each record; raise :class:`RefusedError` where there are none."""
    seen = 0
    for number, raw in _lines(content):
        seen += 1
        try:
            yield _found(raw, number, content.columns)
        except RefusedError as error:
            yield RefusedError(error.reason, error.detail, f"record {number}")
    if not seen:
        raise RefusedError("empty", "the file is empty: fill or remove it")


def _lines(content: Content) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered lines that are not blank; of a JSON file, one object or a list of them, its objects."""
    if content.name.lower().endswith(".json"):
        try:
            data = json.loads(content.read())
        except (ValueError, RecursionError):
            pass  # JSON Lines under another ending
        else:
            for number, item in enumerate(data if isinstance(data, list) else [data], 1):
                yield number, json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
            return
    with content.open() as file:
        for number, raw in enumerate(iter(lambda: file.readline(LARGEST), b""), 1):
            if raw.strip():
                yield number, raw


def _found(raw: bytes, number: int, columns: ColumnMap) -> Extracted:
    fields = _fields(_object(raw), columns)
    if "text" not in fields:
        raise _bad(f"no key {' or '.join(KEYS_NAMED)}")
    everywhere = fields.get("id") or fields.get("url")
    return Extracted(partial(draft_of, fields), raw.strip(), f"record {number}", str(number), everywhere)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _bad("not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise _bad("not JSON") from error
    if not isinstance(data, dict):
        raise _bad("no object")
    return data


def _bad(why: str) -> RefusedError:
    return RefusedError("unreadable", f"no article in it ({why}): mend it; the others are read")


def _fields(data: dict[str, Any], columns: ColumnMap) -> dict[str, str]:
    """Return field -> text of the first key that holds one."""
    values = {key: value for key in data if (value := _text(data[key]))}
    return {name: values[key] for name, key in columns.columns(values).items()}


def _text(value: object) -> str:
    """Return a value as text; schema.org publishers are objects with a name, numbers may be ids."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value.strip() if isinstance(value, str) else ""
