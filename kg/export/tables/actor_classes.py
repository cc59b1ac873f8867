"""What actors are for ACLED and for UCDP GED, from one table of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.errors import ResourceError
from kg.export.tables.participants import Participant
from kg.resources import table

CLASSES_TABLE = "tables/actor_classes.tsv"
GED_SIDES = ("", "state", "group", "civilians", "nobody")
ACLED_KINDS = (  # in the order of their names in pairs
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters",
    "External/Other forces", "Civilians",
)  # fmt: skip
ARMED_SIDES = frozenset(("state", "group"))


@dataclass(frozen=True, slots=True)
class ActorClass:
    """ACLED's kinds of an actor, at home and abroad, and its side for GED; empty where not known."""

    acled: str = ""
    acled_abroad: str = ""
    ged: str = ""


@cache
def actor_classes() -> dict[str, ActorClass]:
    """Return the classes by the kind of an actor or the last part of its IRI."""
    found = {}
    for row in table(CLASSES_TABLE):
        known = {row["acled"], row["acled_abroad"]} <= {"", *ACLED_KINDS} and row["ged"] in GED_SIDES
        if not known or row["actor"] in found:
            raise ResourceError(f"lexicon/{CLASSES_TABLE}: {row['actor']}: stands there twice, or in no class of ACLED or GED")
        found[row["actor"]] = ActorClass(row["acled"], row["acled_abroad"], row["ged"])
    return found


def actor_class(actor: Participant) -> ActorClass:
    """Return the class of an actor, by itself or its kind."""
    classes = actor_classes()
    keys = (actor.slug, *(() if actor.is_listed else (f"unlisted {actor.kind}",)), actor.kind)
    return next((classes[key] for key in keys if key in classes), ActorClass())


def bears_arms(actor: Participant) -> bool:
    """Whether an actor bears arms, at home or abroad."""
    return actor_class(actor).ged in ARMED_SIDES


def acled_kind(actor: Participant, country: str) -> str:
    """Return ACLED's kind of an actor for an event in ``country`` (last part of an IRI); empty where not known."""
    known = actor_class(actor)
    if known.acled == known.acled_abroad:
        return known.acled
    if not actor.country or not country:
        return ""
    return known.acled if actor.country == country else known.acled_abroad


def acting(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return who can be a side: no bridge, and no people of whom nothing is said."""
    return tuple(one for one in participants if not one.is_place and actor_class(one).ged != "nobody")
