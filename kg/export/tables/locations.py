"""Where an event was, as tables of events say it: one place, its country and provinces, and how exactly it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.export.tables.participants import ActorsAndPlaces, Participant
from kg.knowledge.administration import CountryCodes, administration, country_codes, divisions

_SPOTS = frozenset(("City", "District", "Facility"))


@dataclass(frozen=True, slots=True)
class Location:
    """One place; of several the smallest that holds all of them. Texts are empty, objects None where not known.

    ``level`` says how exactly it is known: spot (town, quarter, facility), admin2, part (of a first-order division),
    admin1, area (of a country), country, unknown (of no country).
    """

    place: Participant | None = None
    country: Participant | None = None
    codes: CountryCodes | None = None
    admin1: str = ""
    admin2: str = ""
    level: str = "unknown"

    @property
    def name(self) -> str:
        """The English label of the place."""
        return self.place.label() if self.place else ""


def location_of(places: Sequence[Participant], participants: ActorsAndPlaces) -> Location:
    """Return where an event at ``places`` was."""
    place = _smallest_common(places, participants)
    if place is None:
        return Location()
    where = administration(participants.enclosing(place))
    country, admin1, admin2 = (participants.by_slug(slug) for slug in (where.country, where.admin1, where.admin2))
    return Location(
        place,
        country,
        country_codes().get(where.country or ""),
        admin1.label() if admin1 else "",
        admin2.label() if admin2 else "",
        _level(place, where.country, where.admin1),
    )


def _smallest_common(places: Sequence[Participant], participants: ActorsAndPlaces) -> Participant | None:
    if not places:
        return None
    lines = [participants.enclosing(place) for place in places]
    inner = max(lines, key=len)
    return participants.by_slug(next((slug for slug in inner if all(slug in line for line in lines)), None))


def _level(place: Participant, country: str | None, admin1: str | None) -> str:
    if place.slug in divisions():
        return f"admin{divisions()[place.slug]}"
    if place.kind in _SPOTS:
        return "spot"
    if place.kind == "Country":
        return "country"
    return "part" if admin1 else "area" if country else "unknown"
