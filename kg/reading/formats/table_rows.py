"""CSV and TSV: one article for each row, its columns found by their headers or told by the user."""

from __future__ import annotations

import csv
import io

from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.records import draft_of
from kg.reading.outcome import RefusedError
from kg.reading.pages.block_text import text_of_markup

DELIMITERS = ",;\t|"
LONGEST_CELL = 10_000_000  # characters


def outcomes(content: Content) -> Outcomes:
    """Yield the article of each row; raise :class:`RefusedError`, which names the columns, where none holds a text."""
    csv.field_size_limit(LONGEST_CELL)
    text = decoded(content.read())
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    headers = [header.strip() for header in next(rows, [])]
    columns = _columns(headers, content)
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RefusedError("unreadable", f"no row of the table ({error}): mend its quotes", f"row {number}")
            continue
        if any(cell.strip() for cell in row):
            yield _found(dict(zip(headers, row, strict=False)), columns, number)


def _delimiter(text: str) -> str:
    """Return the delimiter that the header line has most of."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=header.count)


def _columns(headers: list[str], content: Content) -> dict[str, str]:
    missing = content.columns.missing(headers)
    columns = dict(content.columns.columns(headers))
    named = ", ".join(headers[:20])
    if missing:
        raise RefusedError("unreadable", f"no column {', '.join(missing)}, only {named}: see --columns")
    if "text" not in columns:
        raise RefusedError("unreadable", f"no column of texts among {named}: name it, --columns text=COLUMN")
    return columns


def _found(row: dict[str, str], columns: dict[str, str], number: int) -> Extracted | RefusedError:
    fields = {name: row.get(header, "").strip() for name, header in columns.items()}
    fields = {name: value for name, value in fields.items() if value}
    if "text" not in fields:
        return RefusedError("empty", f"nothing in the column {columns['text']}: fill it, or leave the row out", f"row {number}")
    if "<p" in fields["text"] and not fields["text"].lstrip().lower().startswith(("<!doctype", "<html")):
        fields["text"] = text_of_markup(fields["text"])
    raw = "\x1f".join(row.values()).encode("utf-8", "replace")
    try:
        draft = draft_of(fields)
    except RefusedError as error:
        return RefusedError(error.reason, error.detail, f"row {number}")
    return Extracted(draft, raw, f"row {number}", str(number), fields.get("id") or fields.get("url"))
