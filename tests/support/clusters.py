"""How well a clustering agrees with the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping


def b_cubed(found: Iterable[Iterable[str]], right: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of clusters of the keys of ``right``, which says what each belongs to."""
    size = Counter(right.values())
    precision = recall = 0.0
    for cluster in found:
        members = list(cluster)
        for belongs, number in Counter(right[key] for key in members).items():
            precision += number * number / len(members)
            recall += number * number / size[belongs]
    p, r = precision / len(right), recall / len(right)
    return p, r, 2 * p * r / (p + r)
