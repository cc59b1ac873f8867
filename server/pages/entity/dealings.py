"""What an actor has to do with others: whom it fought, supported, came to terms with, and who did so to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.pages.page_queries import Row
from server.pages.resources.things import local_name

_MANNERS = {"Support": "support", "Agreement": "terms"}  # by type; all else is against somebody
MANNERS = ("against", "support", "terms")


@dataclass(slots=True)
class Partner:
    """One other actor; ``parts`` are (type, direction, events), the direction ``to`` it, ``by`` it, or ``with`` it."""

    iri: str
    name: str
    events: int = 0
    parts: list[tuple[str, str, int]] = field(default_factory=list)


def dealings(rows: Iterable[Row]) -> dict[str, list[Partner]]:
    """Return the partners by manner (against, support, terms), those with most events first."""
    found: dict[str, dict[str, Partner]] = {manner: {} for manner in MANNERS}
    for row in rows:
        if "other" not in row:
            continue  # an aggregate over nothing is one empty row
        iri, kind, events = row["other"].text, local_name(row, "type"), int(row["events"].text)
        name = row["name"].text if "name" in row else iri.rpartition("/")[2]
        partner = found[_MANNERS.get(kind, "against")].setdefault(iri, Partner(iri, name))
        partner.events += events
        partner.parts.append((kind, row["direction"].text, events))
    return {
        manner: sorted(partners.values(), key=lambda one: (-one.events, one.name))
        for manner, partners in found.items() if partners
    }  # fmt: skip
