"""In which country, province and district a place lies, and what data on armed conflict call that country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import ResourceError
from kg.resources import table

COUNTRIES_TABLE, DIVISIONS_TABLE = "places/countries.tsv", "places/divisions.tsv"
DIVISION_LEVELS = ("1", "2")


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country by the last part of its IRI; what is not known for certain is empty.

    ``iso`` is ISO 3166-1 numeric, ``gwno`` Gleditsch and Ward's number; the names are those of ACLED and UCDP where they
    differ from the English label.
    """

    slug: str
    iso: str
    acled_region: str
    gwno: str
    ged_region: str
    acled_name: str
    ged_name: str


@dataclass(frozen=True, slots=True)
class Administration:
    """Where a place lies, as the last parts of IRIs: country, first- and second-order division; None where not known."""

    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None


def administration(line: Iterable[str]) -> Administration:
    """Return where a place lies by ``line``: itself and all places in which it lies, the smallest first."""
    country = admin1 = admin2 = None
    for slug in line:
        level = divisions().get(slug)
        admin2 = admin2 or (slug if level == 2 and admin1 is None else None)
        admin1 = admin1 or (slug if level == 1 else None)
        country = country or (slug if slug in country_codes() else None)
    return Administration(country, admin1, admin2)


def enclosing_places(slug: str, parents: Mapping[str, str]) -> list[str]:
    """Return a place and all in which it lies, the smallest first; ``parents`` gives the next larger one of each."""
    line = [slug]
    while (parent := parents.get(line[-1])) is not None and parent not in line:
        line.append(parent)
    return line


@cache
def country_codes() -> dict[str, CountryCodes]:
    """Return the countries by the last part of their IRIs."""
    found: dict[str, CountryCodes] = {}
    for row in table(COUNTRIES_TABLE):
        slug = row.pop("country")
        if slug in found:
            raise ResourceError(f"lexicon/{COUNTRIES_TABLE}: {slug} stands there twice")
        if not all(row[column].isdigit() for column in ("iso", "gwno") if row[column]):
            raise ResourceError(f"lexicon/{COUNTRIES_TABLE}: {slug}: iso and gwno are numbers or empty")
        found[slug] = CountryCodes(slug, **row)
    return found


@cache
def divisions() -> dict[str, int]:
    """Return the level (1, 2) of administrative divisions by the last part of their IRIs."""
    found = {}
    for row in table(DIVISIONS_TABLE):
        if row["level"] not in DIVISION_LEVELS:
            raise ResourceError(
                f"lexicon/{DIVISIONS_TABLE}: {row['place']}: level {row['level']!r} is none of {DIVISION_LEVELS}"
            )
        found[row["place"]] = int(row["level"])
    return found
