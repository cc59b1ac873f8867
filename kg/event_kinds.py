"""The types of event, read from one table: all that tells one from another stands in ``lexicon/events/event_kinds.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.errors import ResourceError
from kg.resources import table

KINDS_TABLE = "events/event_kinds.tsv"
DYADS = ("", "dyad", "one-sided", "target")


@dataclass(frozen=True, slots=True)
class AcledCode:
    """What ACLED calls a type of event where nothing but the type is known."""

    disorder_type: str
    event_type: str
    sub_event_type: str


@dataclass(frozen=True, slots=True)
class EventKind:
    """One type of event, or a finer one below its ``parent``; texts by language.

    ``roles`` says who or what has each role that the type has; ``acled`` is None, ``plover`` and ``ged`` are empty, where
    that scheme has no such event.
    """

    name: str
    parent: str
    families: frozenset[str]
    labels: dict[str, str]
    definitions: dict[str, str]
    examples: dict[str, str]
    roles: dict[str, str]
    acled: AcledCode | None
    plover: str
    ged: str


@cache
def event_kinds() -> dict[str, EventKind]:
    """Return the types by name, in the order of the table; raise :class:`ResourceError` on a row that says too little."""
    found: dict[str, EventKind] = {}
    for row in table(KINDS_TABLE):
        _check(row, found)
        found[row["kind"]] = _kind(row)
    return found


@cache
def family(name: str) -> frozenset[str]:
    """Return the types of one family; raise :class:`ResourceError` on a family without any."""
    members = frozenset(kind.name for kind in event_kinds().values() if name in kind.families)
    if not members:
        raise ResourceError(f"lexicon/{KINDS_TABLE}: no type of event is of the family {name!r}")
    return members


def _kind(row: dict[str, str]) -> EventKind:
    acled = AcledCode(row["acled_disorder"], row["acled_event"], row["acled_sub"]) if row["acled_sub"] else None
    labels, definitions, examples = (
        {language: row[f"{what}_{language}"] for language in ("de", "en")} for what in ("label", "definition", "example")
    )
    roles = {role: row[role] for role in ("agent", "target", "place") if row[role]}
    families = frozenset(row["families"].split())
    return EventKind(
        row["kind"], row["parent"], families, labels, definitions, examples, roles, acled, row["plover"], row["ged"]
    )


def _check(row: dict[str, str], known: dict[str, EventKind]) -> None:
    where = f"lexicon/{KINDS_TABLE}: {row['kind'] or 'a row without a type'}"
    if not row["kind"].isidentifier() or row["kind"] in known:
        raise ResourceError(f"{where}: no name of one word in ASCII letters, or named twice")
    if row["parent"] and row["parent"] not in known:
        raise ResourceError(f"{where}: its parent {row['parent']!r} stands in no row above")
    if missing := [column for column in row if column.startswith(("label", "definition")) and not row[column]]:
        raise ResourceError(f"{where}: {' and '.join(missing)} missing")
    if row["ged"] not in DYADS:
        raise ResourceError(f"{where}: ged {row['ged']!r} is none of {', '.join(filter(None, DYADS))}")
