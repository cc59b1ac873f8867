from __future__ import annotations

import re

import pytest

from kg.errors import ResourceError
from kg.german.word_sets import word_set
from kg.resources import table
from tests.support.places import PROJECT

ASKED = sorted(
    {(station, name) for path in (PROJECT / "kg").rglob("*.py")
     for station, name in re.findall(r'word_set\("(\w+)", "(\w+)"\)', path.read_text(encoding="utf8"))}
)  # fmt: skip


@pytest.mark.parametrize(("station", "name"), ASKED)
def test_a_set_that_code_asks_for_has_words(station: str, name: str) -> None:
    assert word_set(station, name)


def test_a_set_that_is_not_there_is_named() -> None:
    with pytest.raises(ResourceError, match=r"^lexicon/syntax/word_sets.tsv: no words of the set 'locativ'$"):
        word_set("syntax", "locativ")


@pytest.mark.parametrize("station", ["events", "reading", "syntax"])
def test_a_set_stands_in_one_row_with_each_word_once(station: str) -> None:
    rows = list(table(f"{station}/word_sets.tsv"))
    assert len({row["set"] for row in rows}) == len(rows)
    assert [row["set"] for row in rows if len(set(row["words"].split())) < len(row["words"].split())] == []
