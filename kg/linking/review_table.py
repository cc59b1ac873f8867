"""The review table: one row a candidate, a column for people to write accept or reject into; TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from kg.errors import StoreError, UsageError

ACCEPT, REJECT = "accept", "reject"


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate for an entity. ``match``: the service is sure; ``method``: title or name."""

    decision: str
    entity: str
    label: str
    kind: str
    mentions: str
    target: str
    name: str
    description: str
    score: str
    match: str
    method: str
    evidence: str
    service: str


COLUMNS = tuple(field.name for field in fields(Row))


def written(rows: Iterable[Row]) -> str:
    """Return the table as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: " ".join(value.split()) for name, value in asdict(row).items()})
    return out.getvalue()


def write(rows: Iterable[Row], file: Path) -> None:
    """Write the table whole or not at all."""
    new = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(written(rows), encoding="utf8")
        new.replace(file)
    except OSError as error:
        raise StoreError(f"{file}: can't be written: {error.strerror or error}") from error


def read(file: Path) -> list[Row]:
    """Read a table that people have filled in; columns may stand in any order, a spreadsheet may have quoted them."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the review table can't be read: {error}") from error
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    if missing := set(COLUMNS) - set(reader.fieldnames or ()):
        raise UsageError(f"{file}: is no review table, it has no column {min(missing)}: write one with kg link --ask")
    return [_row(file, number, given) for number, given in enumerate(reader, 2)]


def _row(file: Path, number: int, given: dict[str, str | None]) -> Row:
    row = Row(**{name: (given.get(name) or "").strip() for name in COLUMNS})
    decision = row.decision.casefold()
    if decision not in ("", ACCEPT, REJECT):
        raise UsageError(f"{file}, line {number}: {row.decision!r} is no decision: write {ACCEPT}, {REJECT} or nothing")
    return Row(**{**asdict(row), "decision": decision})
