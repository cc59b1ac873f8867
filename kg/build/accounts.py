"""The entries of one build as it goes on: noted when an article is settled, final when its graph is in the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from kg.build.identity import Known
from kg.build.results import ArticleGraph
from kg.reading import Skipped
from kg.store.manifest import IN_STORE, Entry, Manifest


class Accounts:
    """What became of every file and record of this build; :meth:`close` puts it into the manifest."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._entries: list[Entry] = []
        self._open: set[int] = set()  # numbers of entries whose article is still being annotated
        self._holders: dict[str, int] = {}  # of each article met, the number of the entry that it is kept from
        self._failed = {e.article: e.failed_sentences for e in manifest if e.article and e.failed_sentences}

    def __iter__(self) -> Iterator[Entry]:
        return (entry for number, entry in enumerate(self._entries) if number not in self._open)

    def skipped(self, skipped: Skipped) -> Entry:
        """Note a file or record that gives no article."""
        file = os.path.realpath(skipped.path)
        self._entries.append(Entry(skipped.path, skipped.record, skipped.reason, skipped.detail, file=file))
        return self._entries[-1]

    def note(self, entry: Entry) -> None:
        """Note what needs no annotation; sentences that failed in an earlier build still do."""
        if entry.outcome == "unchanged":
            entry = replace(entry, failed_sentences=self._failed.get(str(entry.article), ()))
            self._holders[str(entry.article)] = len(self._entries)
        self._entries.append(entry)

    def begin(self, entry: Entry) -> None:
        """Note an article that goes on to be annotated."""
        self._open.add(len(self._entries))
        self._holders[str(entry.article)] = len(self._entries)
        self._entries.append(entry)

    def end(self, checked: ArticleGraph) -> None:
        """Take what came of an article that was annotated, after its graph was stored."""
        number = self._holders[checked.article]
        entry = replace(self._entries[number], failed_sentences=checked.failed)
        if checked.failure is not None:
            entry = replace(entry, outcome="failed", detail=checked.failure)
        self._entries[number] = entry
        self._open.discard(number)

    def supersede(self, older: Known, by: Entry) -> None:
        """Note that ``by`` takes the place of the version known, which another file or record may still hold."""
        detail = f"an older version of the article that is kept from {by.path}"
        number = self._holders.get(older.id)
        if number is not None:
            self._entries[number] = replace(self._entries[number], outcome="duplicate", detail=detail)
            self._open.discard(number)
            return
        file, record = older.place
        if (file, record) == (by.file, by.record):
            return
        entries = [
            replace(entry, outcome="duplicate", detail=detail) if entry.record == record else entry
            for entry in self._manifest.of_file(file)
        ]
        self._manifest.put(file, entries)

    def close(self, *, complete: bool) -> None:
        """Write the manifest; where the build broke off, what it did not come to stays as it was noted before."""
        files: dict[str, list[Entry]] = {}
        for entry in self:
            files.setdefault(entry.file, []).append(entry)
        for file, entries in files.items():
            records = {entry.record for entry in entries}
            kept = [] if complete else [e for e in self._manifest.of_file(file) if e.record not in records]
            self._manifest.put(file, [*kept, *entries])
        for file in {e.file for e in self._manifest if e.outcome not in IN_STORE and e.gone}:
            self._manifest.put(file, [e for e in self._manifest.of_file(file) if e.outcome in IN_STORE])
        self._manifest.write()
