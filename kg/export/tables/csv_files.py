"""Tables as CSV, their columns as data, and their description as CSV on the Web."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from kg.errors import ResourceError
from kg.provenance import software
from kg.resources import table

DATATYPES = frozenset(("string", "integer", "decimal", "date", "boolean"))
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its datatype of CSV on the Web, and what stands there."""

    name: str
    datatype: str
    description: str


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A table: its title, the lexicon's table of its columns, its key, and the column that ends the event's IRI."""

    title: str
    columns_table: str
    key: str
    identifier: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        return _columns(self.columns_table)


@cache
def _columns(file: str) -> tuple[Column, ...]:
    columns = tuple(Column(row["column"], row["datatype"], row["description"]) for row in table(file))
    if wrong := [column.name for column in columns if column.datatype not in DATATYPES or not column.description]:
        raise ResourceError(f"lexicon/{file}: {', '.join(wrong)}: no datatype or no description")
    return columns


def write_table(table_format: TableFormat, rows: Iterable[Mapping[str, Cell]], out: BinaryIO) -> None:
    """Write ``rows`` as UTF-8 CSV with a header; a column that a row doesn't have is empty, an unknown one raises."""
    text = io.TextIOWrapper(out, encoding="utf8", newline="", write_through=True)
    try:
        names = [column.name for column in table_format.columns]
        writer = csv.DictWriter(text, names, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    finally:
        text.detach()


def write_metadata(table_format: TableFormat, file: Path, base: str, out: BinaryIO) -> None:
    """Write the description of the table in ``file`` as CSV on the Web; ``base`` begins the IRIs of the store."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file.name,
        "dc:title": table_format.title,
        "dc:creator": software(),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [_described(column, column.name == table_format.key) for column in table_format.columns],
            "primaryKey": table_format.key,
            "aboutUrl": f"{base}event/{{{table_format.identifier}}}",
        },
    }
    out.write((json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode())


def _described(column: Column, required: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
        "dc:description": column.description,
    }
    return found | ({"required": True} if required else {})


def metadata_path(file: Path) -> Path:
    """Return where the description of a table stands: beside it, by the rule of CSV on the Web."""
    return file.with_name(f"{file.name}-metadata.json")
