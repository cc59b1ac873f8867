"""Compounds, of which the last part says what they are: a Hafenstadt is a Stadt."""

from __future__ import annotations

SHORTEST_FIRST_PART = 2  # letters: Ölfeld


def last_parts(word: str, longest: int) -> list[str]:
    """Return what ``word`` may end in as a compound, at most ``longest`` letters, the longest first."""
    return [word[cut:] for cut in range(max(SHORTEST_FIRST_PART, len(word) - longest), len(word))]
