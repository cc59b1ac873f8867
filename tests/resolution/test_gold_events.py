"""Which events the annotated articles share."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kg.build import Options, build
from kg.resolution.event_reports import EventReport
from kg.resolution.report_reader import read_heads, read_reports
from kg.store.embedded import Store
from tests.support.clusters import b_cubed
from tests.support.extraction import rows
from tests.support.places import PROJECT

SETS = {"samples": PROJECT / "kg" / "samples", "seeds": PROJECT.parent / "shared" / "gold" / "seeds"}
GOOD = 0.9


def reports(folder: Path, store_folder: Path) -> list[tuple[EventReport, str]]:
    """Build the articles of a folder and return what each says of events, with the name of the event after resolution."""
    with Store(store_folder, write=True) as store:
        build([str(path) for path in sorted(folder.glob("*.txt"))], store, Options())
        return list(read_reports(store, read_heads(store).values(), store.base or ""))


def tail(iri: str) -> str:
    return iri.rpartition("/")[2]


@pytest.mark.parametrize("name", [name for name, folder in SETS.items() if folder.is_dir()])
def test_reports_of_one_event_are_found_in_different_articles(name: str, tmp_path: Path) -> None:
    expected = {tuple(row[2:]): row[1] for row in rows("shared_events.tsv") if row[0] == name}
    told = reports(SETS[name], tmp_path / "store")
    right, found = {}, defaultdict(list)
    for report, shown in told:
        places = [tail(place) for place in report.places] or ["-"]
        article = tail(report.article).rpartition("-")[0]
        right[report.key] = next((e for p in places if (e := expected.get((article, report.kind, p)))), report.key)
        found[shown].append(report.key)
    assert set(expected.values()) <= set(right.values())
    assert b_cubed(found.values(), right)[2] >= GOOD
    captures = {report.key for report, _ in told if report.kind == "Capture"}
    joined = [keys for keys in found.values() if len(keys) > 1 and set(keys) <= captures]
    assert [keys for keys in joined if len({right[key] for key in keys}) > 1] == []
    assert joined or name == "samples"
