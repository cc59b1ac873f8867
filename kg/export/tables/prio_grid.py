"""PRIO-GRID: cells of half a degree, numbered from the south-west corner of the world eastwards, row by row."""

from __future__ import annotations

GRID_COLUMNS, GRID_ROWS = 720, 360


def priogrid_gid(latitude: float, longitude: float) -> int:
    """Return the number of the cell in which a point lies (degrees, WGS 84); raise ValueError on none of this world."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude}: no point of this world")
    row, column = min(int((latitude + 90) * 2), GRID_ROWS - 1), min(int((longitude + 180) * 2), GRID_COLUMNS - 1)
    return row * GRID_COLUMNS + column + 1
