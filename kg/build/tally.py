"""What came of a build: an outcome for every file and record, so that the numbers add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.build.results import ArticleGraph
from kg.resolution.resolver import ResolutionTally
from kg.store.manifest import Entry

SKIPPED_OUTCOMES = ("language", "kind", "empty", "unreadable", "duplicate", "failed")
FINDING_OUTCOMES = frozenset(("language", "kind", "empty", "unreadable", "failed"))


@dataclass
class Tally:
    """What came of a build.

    ``entries`` has one for every file and every record; ``passed`` are those of folders that are no files to read, which
    is no finding; ``moved`` articles that are under another path now; ``pruned`` the ids of those that left the store.
    """

    entries: list[Entry] = field(default_factory=list)
    passed: list[Entry] = field(default_factory=list)
    moved: list[Entry] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)
    set_aside: list[ArticleGraph] = field(default_factory=list)
    resolved: ResolutionTally = field(default_factory=ResolutionTally)
    triples: int = 0
    gone: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many files and records have each outcome."""
        return Counter(entry.outcome for entry in (*self.entries, *self.passed))

    @property
    def built(self) -> int:
        """How many articles were annotated and stored."""
        return self.counts["read"] + self.counts["replaced"]

    @property
    def unchanged(self) -> int:
        """How many articles the store held already as they are."""
        return self.counts["unchanged"]

    @property
    def failed_sentences(self) -> int:
        """How many sentences of the articles built now or before were left out."""
        return sum(len(entry.failed_sentences) for entry in self.entries)

    @property
    def failures(self) -> list[str]:
        """Lines for people, one for each file or record that gave no article though it should have."""
        return [str(entry) for entry in self.entries if entry.outcome in FINDING_OUTCOMES]

    @property
    def findings(self) -> bool:
        """Whether something was not read, left out or set aside."""
        return bool(self.failures or self.set_aside or self.failed_sentences)

    def lines(self, store: object) -> Iterator[str]:
        """Yield the tally for people: every file and record once, then the articles that ``store`` has of them."""
        counts = self.counts
        skipped = {reason: counts[reason] for reason in SKIPPED_OUTCOMES if counts[reason]}
        reasons = f" ({', '.join(f'{number} {reason}' for reason, number in skipped.items())})" if skipped else ""
        yield (
            f"{counts.total()} files and records: {counts['read']} read, {counts['replaced']} replaced, "
            f"{counts['unchanged']} unchanged, {counts['copy']} copies, {sum(skipped.values())} skipped{reasons}"
        )
        yield (
            f"{self.built} articles built ({self.triples:,} triples), {self.unchanged} unchanged, "
            f"{len(self.failures)} not read, {len(self.set_aside)} in quarantine, {self.failed_sentences} failed sentences, "
            f"{len(self.pruned)} pruned, {self.gone} gone from the disk: {store}"
        )
