"""What the builds noted of an article beside the graphs: what stood around it, what was not read, what did not conform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.store.base import QUARANTINE
from kg.store.manifest import FILE, Entry, FailedSentence, LeftOutPassage, Manifest
from kg.validation.quarantine import Quarantine, QuarantinedArticle


@dataclass(frozen=True, slots=True)
class SetAside:
    """What of one article is not in the graph, and why."""

    left_out: tuple[LeftOutPassage, ...] = ()
    failed: tuple[FailedSentence, ...] = ()
    messages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.left_out or self.failed or self.messages)


class BuildRecord:
    """Reads the notes in a store's folder, anew when they have changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: tuple[int, dict[str, Entry]] = (0, {})

    def of(self, article: str) -> SetAside:
        """Return what was set aside of an article, given by its id."""
        entry = self._entries().get(article)
        file = self._folder / QUARANTINE / f"{article}.ttl"
        wrong = Quarantine(file.parent).entry(article) if file.is_file() else None
        messages = wrong.messages if wrong else ()
        return SetAside(entry.left_out, entry.failed_sentences, messages) if entry else SetAside(messages=messages)

    def quarantined(self) -> list[QuarantinedArticle]:
        """Return all that is in quarantine, by article."""
        return Quarantine(self._folder / QUARANTINE).entries()

    def unread(self) -> Iterable[Entry]:
        """Return the failed sentences' entries, by article."""
        return [entry for entry in self._entries().values() if entry.failed_sentences]

    def _entries(self) -> dict[str, Entry]:
        try:
            changed = (self._folder / FILE).stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if self._read[0] != changed:
            entries = [entry for entry in Manifest(self._folder) if entry.article is not None]
            entries.sort(key=lambda entry: bool(entry.left_out or entry.failed_sentences))
            self._read = changed, {str(entry.article): entry for entry in entries}
        return self._read[1]
