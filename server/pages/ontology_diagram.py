"""The classes as a diagram: one column for each of Actor, Event and Place, with the relations that lead from Event."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, COLUMN, BOX, ROW, TOP, INDENT = 900, 220, 20, 24, 64, 14
DEEPEST = 5  # steps of kinds of kinds that are drawn
COLUMNS = (("Actor", 10), ("Event", 340), ("Place", 670))
ARROWS = ((("agent", "target"), "Event", "Actor", 26), (("place", "target"), "Event", "Place", 26))


@dataclass(frozen=True, slots=True)
class Box:
    """A class: its name in the IRI, what is written on it, and where."""

    name: str
    label: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation from one column to the next, with its name in the middle."""

    label: str
    begin: int
    end: int
    y: int

    @property
    def middle(self) -> float:
        """Where the name stands."""
        return (self.begin + self.end) / 2

    @property
    def head(self) -> str:
        """The corners of the arrow's head."""
        back = 8 if self.begin > self.end else -8
        return f"{self.end},{self.y} {self.end + back},{self.y - 4} {self.end + back},{self.y + 4}"


@dataclass(frozen=True, slots=True)
class Diagram:
    """What the template draws; sizes in the SVG's own units."""

    width: int
    height: int
    boxes: list[Box]
    arrows: list[Arrow]


def diagram(parents: dict[str, list[str]], labels: dict[str, str]) -> Diagram:
    """Lay the classes out; a class with two parents stands below both."""
    below: dict[str, list[str]] = {}
    for name in sorted(parents):
        for parent in parents[name]:
            below.setdefault(parent, []).append(name)
    boxes: list[Box] = []
    deepest = TOP
    for root, x in COLUMNS:
        if root not in parents:
            continue
        boxes.append(Box(root, labels.get(root, root), x, 12, COLUMN, 28))
        y = TOP
        for name, depth in _listed(root, below):
            shift = INDENT * (depth - 1)
            boxes.append(Box(name, labels.get(name, name), x + shift, y, COLUMN - shift, BOX))
            y += ROW
        deepest = max(deepest, y)
    places = dict(COLUMNS)
    arrows = [
        Arrow(", ".join(labels.get(name, name) for name in names), *_sides(places[one], places[other]), y)
        for names, one, other, y in ARROWS
        if one in parents and other in parents
    ]
    return Diagram(WIDTH, deepest + 8, boxes, arrows)


def _listed(root: str, below: dict[str, list[str]], depth: int = 1) -> list[tuple[str, int]]:
    """Return the classes under ``root``, each followed by those under it, with their depth."""
    found = []
    for name in below.get(root, []) if depth <= DEEPEST else ():
        found += [(name, depth), *_listed(name, below, depth + 1)]
    return found


def _sides(one: int, other: int) -> tuple[int, int]:
    """Return where an arrow begins and ends between two columns."""
    return (one, other + COLUMN) if other < one else (one + COLUMN, other)
