"""What people decide, and what is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.resolution.judgements import Judgement, check_known, read_judgements, write_judgements

SOME = "# a comment\njoin\tevent/a\tevent/b\n\nsplit\tevent/a\tevent/c\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "judgements.tsv"
    file.write_text(text, encoding="utf8")
    return file


def test_no_file_means_no_judgement(tmp_path: Path) -> None:
    assert read_judgements(tmp_path / "judgements.tsv").lines == ()


def test_a_file_says_what_is_one_event_and_what_is_not(tmp_path: Path) -> None:
    found = read_judgements(written(tmp_path, SOME))
    assert list(found.joins()) == [("event/a", "event/b")]
    assert found.splits == {frozenset(("event/a", "event/c"))}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("join\tevent/a", "line 1: write join or split and two events"),
        ("merge\tevent/a\tevent/b", "line 1: write join or split and two events"),
        ("\njoin\tevent/a\tevent/a", "line 2: join of an event with itself"),
        ("join\tevent/a\tevent/b\nsplit\tevent/b\tevent/a", "line 2: splits event/b from event/a, which other lines join"),
        (
            "join\tevent/a\tevent/b\njoin\tevent/b\tevent/c\nsplit\tevent/c\tevent/a",
            "line 3: splits event/c from event/a, which other lines join",
        ),
    ],
)
def test_lines_that_can_not_hold_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_judgements(written(tmp_path, text))


def test_what_contradicts_the_file_changes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, SOME)
    with pytest.raises(UsageError, match="which other lines join"):
        write_judgements(file, [Judgement("join", "event/b", "event/c")])
    assert file.read_text(encoding="utf8") == SOME


def test_a_judgement_is_added_once(tmp_path: Path) -> None:
    file = tmp_path / "judgements.tsv"
    for _ in range(2):
        write_judgements(file, [Judgement("join", "event/a", "event/b")])
    assert [str(line) for line in read_judgements(file).lines] == ["join\tevent/a\tevent/b"]


def test_an_event_that_the_store_does_not_hold_is_named_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, SOME)
    with pytest.raises(UsageError, match="line 4: no event event/c in this store"):
        check_known(file, read_judgements(file), {"event/a", "event/b"})
