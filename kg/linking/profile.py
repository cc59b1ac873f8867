"""What a service calls the properties that tell namesakes apart; known for Wikidata and for services such as ours."""

from __future__ import annotations

from dataclasses import dataclass

from kg.linking.service import Service
from kg.namespaces import LB, WD


@dataclass(frozen=True, slots=True)
class Profile:
    """Names of properties and the language of queries; empty where a service is not known to have one.

    ``begins`` and ``ends`` bound the time in which a thing exists: birth and death, founding and end. ``typed``: our
    kinds are the service's types.
    """

    language: str = "de"
    coordinates: str = ""
    country: str = ""
    place: str = ""
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    typed: bool = False


WIKIDATA = Profile("en", "P625", "P17", "P131", ("P569", "P571"), ("P570", "P576"))
LAGEBILD = Profile("de", "coordinates", "country", "locatedIn", typed=True)
UNKNOWN = Profile()


def profile_of(service: Service) -> Profile:
    """Return the profile that fits the service's own words."""
    if service.space == str(WD):
        return WIKIDATA
    return LAGEBILD if service.schema == str(LB) else UNKNOWN
