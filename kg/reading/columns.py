"""Which column of a table, or key of a record, gives the text, title, date, URL, outlet of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from kg.errors import UsageError
from kg.resources import table

Field = Literal["text", "title", "teaser", "published", "url", "publisher", "id"]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the user says of the columns, (field, header) pairs; other fields are found by recognised headers."""

    given: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> ColumnMap:
        """Read ``text=Inhalt,title=Titel``; raise :class:`UsageError` on what is no such list."""
        pairs = []
        for part in text.split(","):
            name, equals, header = (piece.strip() for piece in part.partition("="))
            name = known()["fields"].get(name.casefold(), name)
            if not equals or not header or name not in get_args(Field):
                fields = ", ".join(get_args(Field))
                raise UsageError(f"columns {text!r}: write field=header,field=header with fields out of {fields}")
            pairs.append((name, header))
        return cls(tuple(pairs))

    def columns(self, headers: Iterable[str]) -> Mapping[str, str]:
        """Return field -> the header among ``headers`` that gives it, for those that are found."""
        by_name = {header.casefold().strip(): header for header in headers}
        found: dict[str, str] = {}
        for alias, name in known()["headers"].items():  # in the order of the table: the surest header first
            if alias in by_name and name not in found:
                found[name] = by_name[alias]
        told = {name: by_name[header.casefold()] for name, header in self.given if header.casefold() in by_name}
        return found | told

    def missing(self, headers: Iterable[str]) -> list[str]:
        """Return the headers that the user names and that are not there."""
        there = {header.casefold().strip() for header in headers}
        return [header for _, header in self.given if header.casefold() not in there]


@cache
def known() -> Mapping[str, Mapping[str, str]]:
    """Return ``headers`` (header in small letters -> field) and ``fields`` (the option's words -> field)."""
    rows = list(table("reading/columns.tsv"))
    return {
        kind: {row["header"]: row["field"] for row in rows if row["kind"] == kind} for kind in ("headers", "fields")
    }
