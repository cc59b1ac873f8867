from __future__ import annotations

import pytest

from kg.german.compounds import last_parts


@pytest.mark.parametrize(
    ("word", "longest", "parts"),
    [
        ("ölfeld", 9, ["feld", "eld", "ld", "d"]),
        ("ölfeld", 3, ["eld", "ld", "d"]),
        ("tor", 9, ["r"]),
        ("ei", 9, []),
    ],
)
def test_a_compound_ends_in_what_leaves_two_letters_before_it(word: str, longest: int, parts: list[str]) -> None:
    assert list(last_parts(word, longest)) == parts
