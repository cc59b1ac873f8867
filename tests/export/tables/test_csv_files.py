"""CSV with its description beside it, as CSV on the Web."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.export.formats import DESCRIBED
from kg.export.tables import csv_files
from kg.export.tables.csv_files import metadata_path, write_metadata, write_table


def described(name: str) -> dict:
    out = io.BytesIO()
    write_metadata(DESCRIBED[name], Path("folder/events.csv"), "https://example.org/", out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("name", "key", "about"), [("acled-csv", "event_id_cnty", "event_id_cnty"), ("ged-csv", "id", "relid")]
)
def test_a_table_is_described_by_the_rules_of_csv_on_the_web(name, key, about):
    found = described(name)
    assert found["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert found["url"] == "events.csv"
    assert found["tableSchema"]["primaryKey"] == key
    assert found["tableSchema"]["aboutUrl"] == f"https://example.org/event/{{{about}}}"
    columns = found["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == [column.name for column in DESCRIBED[name].columns]
    assert [column["name"] for column in columns if column.get("required")] == [key]
    assert all(column["dc:description"] for column in columns)


def test_the_description_stands_beside_the_file():
    assert metadata_path(Path("folder/events.csv")) == Path("folder/events.csv-metadata.json")


def test_a_column_that_the_table_does_not_have_is_refused():
    with pytest.raises(ValueError, match="deaths"):
        write_table(DESCRIBED["acled-csv"], [{"deaths": 3}], io.BytesIO())


def test_a_column_without_a_datatype_is_named(monkeypatch):
    monkeypatch.setattr(csv_files, "table", lambda file: iter([{"column": "x", "datatype": "number", "description": "X"}]))
    with pytest.raises(ResourceError, match=r"lexicon/tables/x\.tsv: x: no datatype or no description"):
        csv_files._columns.__wrapped__("tables/x.tsv")
