"""Which place lies in which, by the gazetteer, as far up as its regions and countries go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

PRECISE = frozenset(("City", "District", "Facility"))


@dataclass(frozen=True)
class Geography:
    """Places by IRI: the kind of each, and the next larger place."""

    kinds: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def line(self, place: str) -> list[str]:
        """Return a place and all in which it lies, the smallest first."""
        found = [place]
        while (parent := self.parents.get(found[-1])) is not None and parent not in found:
            found.append(parent)
        return found

    def within(self, inner: str, outer: str) -> bool:
        """Whether ``inner`` is ``outer`` or lies in it."""
        return outer in self.line(inner)

    def region(self, place: str) -> str:
        """Return the largest place below a country in which ``place`` lies; a country is its own."""
        line = self.line(place)
        below = [p for p in line if self.kinds.get(p) != "Country"]
        return below[-1] if below else line[0]

    def precise(self, place: str) -> bool:
        """Whether a place is a spot, not an area; one that the gazetteer doesn't know is taken for a town."""
        return self.kinds.get(place, "City") in PRECISE

    def first(self, places: Iterable[str]) -> str | None:
        """Return the most precise of several places, by name among equals; None for none."""
        found = list(places)
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda p: (not self.precise(p), -len(self.line(p)), p))
