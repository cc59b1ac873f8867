"""Events as UCDP's Georeferenced Event Dataset has them: its 49 columns, its types of violence and precision codes.

Only lethal violence becomes rows: events of a type that GED knows, with at least one dead by the best number. What
articles don't tell is empty; nothing is guessed. The numbers that UCDP gives to conflicts, dyads and actors are its own.
"""

from __future__ import annotations

from hashlib import sha256
from typing import BinaryIO

from kg.export.tables.csv_files import Cell, TableFormat, write_table
from kg.export.tables.event_rows import EventRow, read_event_rows
from kg.export.tables.ged_sides import deaths_by_side, ged_sides
from kg.export.tables.locations import Location, location_of
from kg.export.tables.participants import ActorsAndPlaces
from kg.export.tables.prio_grid import priogrid_gid
from kg.export.tables.statements import SourceArticle
from kg.resolution.tolls import Toll
from kg.store.base import GraphStore

GED = TableFormat("Events in the columns of UCDP GED", "tables/ged_columns.tsv", key="id", identifier="relid")
_DAYS_OF_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))  # up to so many days: the code
_WHERE_PREC = {"spot": 1, "admin2": 3, "admin1": 4, "part": 5, "area": 5, "country": 6}
_ID_DIGITS = 13  # hexadecimal: whole numbers of every spreadsheet


def write_ged(store: GraphStore, out: BinaryIO) -> None:
    """Write the lethal events of ``store``."""
    rows, participants = read_event_rows(store)
    cells = (_cells(row, row.toll, participants) for row in rows if row.kind.ged and row.toll and row.toll.best > 0)
    write_table(GED, cells, out)


def ged_id(iri: str) -> int:
    """Return the number of an event."""
    return int(sha256(iri.encode()).hexdigest()[:_ID_DIGITS], 16)


def _cells(row: EventRow, toll: Toll, participants: ActorsAndPlaces) -> dict[str, Cell]:
    return {
        "id": ged_id(row.iri),
        "relid": row.identifier,
        "year": row.year,
        "number_of_sources": len(row.independent),
        "source_original": "; ".join(source.label() for source in row.sources),
        "where_description": "; ".join(place.label() for place in row.where),
        **_sided(row, toll, participants),
        **_sourced(row.independent),
        **_when(row),
        **_where(location_of(row.where, participants)),
        "best": toll.best,
        "high": toll.high,
        "low": toll.low,
    }


def _sided(row: EventRow, toll: Toll, participants: ActorsAndPlaces) -> dict[str, Cell]:
    sides = ged_sides(row)
    one, other = sides.names(participants)
    deaths = deaths_by_side(row, sides, toll.best)
    return {
        "type_of_violence": sides.violence,
        "side_a": one,
        "side_b": other,
        "dyad_name": f"{one} - {other}" if one and other else "",
        **dict(zip(("gwnoa", "gwnob"), sides.states, strict=True)),
        **dict(zip(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), deaths, strict=True)),
    }


def _sourced(articles: tuple[SourceArticle, ...]) -> dict[str, Cell]:
    days = ["" if article.undated else article.published.isoformat() for article in articles]
    cited = [
        ",".join(f'"{part}"' for part in (article.publisher, day, article.headline) if part)
        for article, day in zip(articles, days, strict=True)
    ]
    return {
        "source_article": "; ".join(filter(None, cited)),
        "source_office": "; ".join(article.publisher for article in articles if article.publisher),
        "source_date": "; ".join(filter(None, days)),
        "source_headline": "; ".join(article.headline for article in articles if article.headline),
    }


def _when(row: EventRow) -> dict[str, Cell]:
    days = row.days
    code = next((code for most, code in _DAYS_OF_PRECISION if days is not None and days <= most), None)
    return {
        "date_prec": code,
        "date_start": row.earliest.isoformat() if row.earliest else "",
        "date_end": row.latest.isoformat() if row.latest else "",
    }


def _where(location: Location) -> dict[str, Cell]:
    latitude, longitude = location.place.point if location.place else ("", "")
    located = bool(latitude) and location.level in _WHERE_PREC
    codes, country = location.codes, location.country
    return {
        "where_prec": _WHERE_PREC[location.level] if located else None,
        "where_coordinates": location.name,
        "adm_1": location.admin1,
        "adm_2": location.admin2,
        "latitude": latitude if located else "",
        "longitude": longitude if located else "",
        "geom_wkt": f"POINT ({longitude} {latitude})" if located else "",
        "priogrid_gid": priogrid_gid(float(latitude), float(longitude)) if located else None,
        "country": (codes and codes.ged_name) or (country.label() if country else ""),
        "country_id": codes.gwno if codes else "",
        "region": codes.ged_region if codes else "",
    }
