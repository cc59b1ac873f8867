"""The README's query gets the answer that the README shows, from the graph of the sample articles."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat

from kg.store.embedded import Store
from tests.support.places import PROJECT
from tests.support.samples import build_samples

README = (PROJECT / "README.md").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    query = re.search(r"--data-urlencode 'query=\n(.*?)'\n```", README, re.DOTALL)
    assert query is not None
    folder: Path = build_samples(tmp_path_factory.mktemp("samples") / "store")
    with Store(folder) as store:
        rows = store.query(query[1]).serialize(format=QueryResultsFormat.CSV)
    return list(csv.reader(io.StringIO(rows.decode())))


def test_the_answer_of_the_readme_is_that_of_its_query(answer: list[list[str]]) -> None:
    shown = README.partition("| day | who | place | sentence |\n|---|---|---|---|\n")[2].partition("\n\n")[0]
    assert [line.strip("| ").split(" | ") for line in shown.splitlines()] == answer[1:]
