"""What became of inputs is kept beside the graphs: whole or as it was, and for each store by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store.manifest import Entry, FailedSentence, LeftOutPassage, Manifest
from kg.store.remote import RemoteStore

READ = Entry(
    "a.txt", None, "read", "", "a-1", "/r/a.txt", "sha256:0", "2020-07-05", (FailedSentence(3, 9, "IndexError: x"),),
    (LeftOutPassage("related", "Lesen Sie auch"),),
)  # fmt: skip
EMPTY = Entry("b.jsonl", "record 2", "empty", "nothing in it", file="/r/b.jsonl")
COPY = Entry("b\ufffd.txt", None, "copy", "the same", "a-1", "/r/b\udcfc.txt")


def test_entries_come_back_as_they_were(tmp_path):
    manifest = Manifest(tmp_path)
    for entry in (READ, EMPTY, COPY):
        manifest.put(entry.file, [entry])
    manifest.write()
    assert list(Manifest(tmp_path)) == [READ, EMPTY, COPY]


def test_an_article_is_forgotten_with_all_its_files(tmp_path):
    manifest = Manifest(tmp_path)
    for entry in (READ, EMPTY, COPY):
        manifest.put(entry.file, [entry])
    manifest.forget({"a-1"})
    assert list(manifest) == [EMPTY]


@pytest.mark.parametrize("line", ["{", '{"nothing": 1}', "[]", '{"path": "a"}'])
def test_a_broken_line_is_named_with_the_remedy(tmp_path, line):
    (tmp_path / "lagebild-inputs.jsonl").write_text(f"{line}\n", encoding="ascii")
    with pytest.raises(StoreError, match=r"lagebild-inputs.jsonl, line 1: is no entry .* a build makes it anew"):
        Manifest(tmp_path)


def test_what_can_not_be_written_is_an_error_and_what_was_there_stays(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.put(READ.file, [READ])
    manifest.write()
    (tmp_path / "lagebild-inputs.jsonl.new").mkdir()
    with pytest.raises(StoreError, match=r"lagebild-inputs.jsonl: can't be written"):
        manifest.write()
    assert list(Manifest(tmp_path)) == [READ]


def test_each_server_has_its_own():
    folders = {RemoteStore(address).quarantine.parent for address in ("http://a:1/sparql", "http://a:2/sparql")}
    assert folders == {Path("lagebild-remote/http-a-1-sparql"), Path("lagebild-remote/http-a-2-sparql")}
