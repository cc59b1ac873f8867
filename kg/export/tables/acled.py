"""Events as ACLED's table has them: its 31 columns, its types, kinds of actors and precision codes.

Only events that ACLED has a type for become rows. What articles don't tell is empty; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import BinaryIO

from kg.errors import ResourceError
from kg.event_kinds import AcledCode, event_kinds
from kg.export.tables.actor_classes import ACLED_KINDS, ARMED_SIDES, acled_kind, acting, actor_class
from kg.export.tables.csv_files import Cell, TableFormat, write_table
from kg.export.tables.event_rows import EventRow, read_event_rows
from kg.export.tables.locations import Location, location_of
from kg.export.tables.participants import Participant
from kg.resources import table
from kg.store.base import GraphStore

ACLED = TableFormat(
    "Events in the columns of ACLED", "tables/acled_columns.tsv", key="event_id_cnty", identifier="event_id_cnty"
)
REFINEMENTS_TABLE = "tables/acled_refinements.tsv"
_DAYS_OF_PRECISION = ((1, 1), (7, 2), (31, 3))  # up to so many days: the code
_SIDES_OF_GED = {"armed": ARMED_SIDES, "group": frozenset(("group",))}
_GEO_PRECISION = {"spot": 1, "part": 2, "admin2": 2, "admin1": 3, "area": 3}


@dataclass(frozen=True, slots=True)
class AcledSide:
    """One side of an event: its actors, and ACLED's kind of the first."""

    actors: tuple[Participant, ...]
    kinds: frozenset[str]
    kind: str

    @property
    def columns(self) -> tuple[str, str, str]:
        """The actor, the actors beside it, its kind."""
        names = [actor.label() for actor in self.actors]
        return names[0] if names else "", "; ".join(names[1:]), self.kind


def write_acled(store: GraphStore, out: BinaryIO) -> None:
    """Write the events of ``store`` that ACLED has a type for."""
    rows, participants = read_event_rows(store)
    known = (row for row in rows if row.kind.acled is not None)
    write_table(ACLED, (_cells(row, location_of(row.where, participants)) for row in known), out)


def _cells(row: EventRow, location: Location) -> dict[str, Cell]:
    one, other = _sides(row, location.country.slug if location.country else "")
    code = _code(row, one, other)
    targeted = "Civilians" in other.kinds and code.disorder_type == "Political violence"
    return {
        "event_id_cnty": row.identifier,
        "year": row.year,
        "disorder_type": code.disorder_type,
        "event_type": code.event_type,
        "sub_event_type": code.sub_event_type,
        **dict(zip(("actor1", "assoc_actor_1", "inter1"), one.columns, strict=True)),
        **dict(zip(("actor2", "assoc_actor_2", "inter2"), other.columns, strict=True)),
        "interaction": _interaction(code, one, other),
        "civilian_targeting": "Civilian targeting" if targeted else "",
        "source": "; ".join(dict.fromkeys(a.publisher for a in row.independent if a.publisher)),
        "notes": row.sentence,
        "fatalities": row.toll.best if row.toll else None,
        **_when(row),
        **_where(location),
    }


def _when(row: EventRow) -> dict[str, Cell]:
    days = row.days
    code = next((code for most, code in _DAYS_OF_PRECISION if days is not None and days <= most), None)
    if code is None or days is None or row.earliest is None:
        return {}
    middle = row.earliest + timedelta(days=(days - 1) // 2)
    return {"event_date": middle.isoformat(), "time_precision": code}


def _where(location: Location) -> dict[str, Cell]:
    codes, precision = location.codes, _GEO_PRECISION.get(location.level)
    latitude, longitude = location.place.point if location.place and precision else ("", "")
    return {
        "iso": codes.iso if codes else "",
        "region": codes.acled_region if codes else "",
        "country": (codes and codes.acled_name) or (location.country.label() if location.country else ""),
        "admin1": location.admin1,
        "admin2": location.admin2,
        "location": location.name,
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": precision if latitude else None,
    }


def _sides(row: EventRow, country: str) -> tuple[AcledSide, AcledSide]:
    agents, targets = acting(row.agents), acting(row.targets)
    if not targets and len(agents) == 2 and "mutual" in row.kind.families:
        agents, targets = agents[:1], agents[1:]
    return _side(agents, country), _side(targets, country)


def _side(actors: Sequence[Participant], country: str) -> AcledSide:
    kinds = [acled_kind(actor, country) for actor in actors]
    return AcledSide(tuple(actors), frozenset(filter(None, kinds)), kinds[0] if kinds else "")


def _interaction(code: AcledCode, one: AcledSide, other: AcledSide) -> str:
    """Return the pair of kinds; a fight has two sides, even where only one is named."""
    sides = [side for side in (one, other) if side.actors]
    if not sides or not all(side.kind for side in sides):
        return ""
    if len(sides) > 1:
        return "-".join(sorted((one.kind, other.kind), key=ACLED_KINDS.index))
    return f"{sides[0].kind} only" if code.disorder_type == "Strategic developments" else ""


def _code(row: EventRow, one: AcledSide, other: AcledSide) -> AcledCode:
    for kind, agent, target, code in _refinements():
        if kind == row.kind.name and _fits(agent, one) and _fits(target, other):
            return code
    assert row.kind.acled is not None
    return row.kind.acled


def _fits(wanted: str, side: AcledSide) -> bool:
    sides = _SIDES_OF_GED.get(wanted)
    if sides is not None:
        return any(actor_class(actor).ged in sides for actor in side.actors)
    return not wanted or wanted in side.kinds


@cache
def _refinements() -> list[tuple[str, str, str, AcledCode]]:
    found = []
    for row in table(REFINEMENTS_TABLE):
        wrong = {row["agent"], row["target"]} - {"", *_SIDES_OF_GED, *ACLED_KINDS}
        if wrong or row["kind"] not in event_kinds():
            raise ResourceError(
                f"lexicon/{REFINEMENTS_TABLE}: {row['kind']}: no type of event, or {sorted(wrong)} no kind of actor"
            )
        code = AcledCode(row["disorder_type"], row["event_type"], row["sub_event_type"])
        found.append((row["kind"], row["agent"], row["target"], code))
    return found
