"""``kg resolve``: why reports are one event, and what people decide about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main
from kg.namespaces import DEFAULT_BASE
from kg.resolution.resolver import resolve
from kg.store.embedded import Store
from tests.support.made import small_shipped
from tests.support.reported import article_triples

EVENT = f"{DEFAULT_BASE}event/"
ARTICLES = {
    "morgenpost": "2017-11-09 Capture e1 abu-kamal 2017-11-09 syrian-army -",
    "abendblatt": "2017-11-10 Capture e2 abu-kamal 2017-11-09 - -",
    "kurier": "2017-12-10 Capture e3 abu-kamal 2017-12-01 - -",
}


@pytest.fixture
def store(tmp_path: Path) -> str:
    with Store(tmp_path / "store", write=True) as opened:
        opened.load_shipped(small_shipped())
        opened.replace(dict(article_triples(name, text) for name, text in ARTICLES.items()))
        resolve(opened)
    return str(tmp_path / "store")


def shown(store: str, event: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the first words of each line that ``--show`` prints."""
    assert main(["resolve", "--store", store, "--show", event]) == 0
    return [line.split("  ")[0].removeprefix(EVENT) for line in capsys.readouterr().out.splitlines() if line[:1] != " "]


@pytest.mark.parametrize("event", ["e1", "e2", f"{EVENT}e2", f"<{EVENT}e1>"])
def test_an_event_is_shown_with_its_reports_by_any_name_it_had(
    store: str, event: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(store, event, capsys) == ["e1", "e1", "e2"]


def test_a_report_is_split_off_and_stays_so(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--store", store, "--split", "e1", "abendblatt"]) == 0
    assert shown(store, "e1", capsys) == ["e1", "e1"]
    assert main(["resolve", "--store", store, "--all"]) == 0
    assert shown(store, "e2", capsys) == ["e2", "e2"]


def test_two_events_are_joined(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--store", store, "--join", "e2", "e3"]) == 0
    assert shown(store, "e3", capsys) == ["e1", "e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--show", "e9"], "e9: no such event in "),
        (["--show", "a b"], "a b: is no IRI: give an event's IRI or the last part of it"),
        (["--split", "e1", "kurier"], f"kurier: gives no report of {EVENT}e1 to split off"),
        (["--join", "e1", "e2"], f"e1 and e2 are one event already: {EVENT}e1"),
    ],
)
def test_what_can_not_be_is_named_and_nothing_is_written(
    store: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resolve", "--store", store, *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not (Path(store) / "judgements.tsv").exists()


def test_a_judgement_on_an_unknown_event_names_its_line(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (Path(store) / "judgements.tsv").write_text(f"join\t{EVENT}e1\t{EVENT}e9\n", encoding="utf8")
    assert main(["resolve", "--store", store]) == 2
    assert f"line 1: no event {EVENT}e9 in this store" in capsys.readouterr().err
    assert shown(store, "e1", capsys) == ["e1", "e1", "e2"]
