"""What lies above what, over any number of steps: classes and their superclasses."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def all_above(direct: Mapping[Node, Collection[Node]]) -> dict[Node, frozenset[Node]]:
    """Return for each key itself and everything above it; a circle is gone round once."""
    return {lowest: frozenset(_from(lowest, direct)) for lowest in direct}


def _from(lowest: Node, direct: Mapping[Node, Collection[Node]]) -> set[Node]:
    found, left = {lowest}, [lowest]
    while left:
        for above in set(direct.get(left.pop(), ())) - found:
            found.add(above)
            left.append(above)
    return found
