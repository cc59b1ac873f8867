"""What people decided about events, in a file that every later build obeys.

``judgements.tsv`` in the store's folder: a line for each, ``join`` or ``split``, and two reports by the IRIs that
``kg resolve --show`` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.resolution.event_reports import EventReport
from kg.resolution.shared_events import SharedEvent

JUDGEMENTS_FILE = "judgements.tsv"
JUDGEMENTS_HEADER = "# judgement\tone report\tthe other; written by kg resolve --join and --split, and to be edited by hand"
VERDICTS = ("join", "split")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the file: two reports that tell of one event, or don't."""

    verdict: str
    one: str
    other: str
    line: int = 0

    @property
    def pair(self) -> frozenset[str]:
        """The two reports, in no order."""
        return frozenset((self.one, self.other))

    def __str__(self) -> str:
        return f"{self.verdict}\t{self.one}\t{self.other}"


@dataclass(frozen=True)
class ReportJudgements:
    """All judgements that hold."""

    lines: tuple[Judgement, ...] = ()
    splits: frozenset[frozenset[str]] = field(default=frozenset())

    @classmethod
    def of(cls, lines: Iterable[Judgement]) -> ReportJudgements:
        """Make them of single ones."""
        kept = tuple(lines)
        return cls(kept, frozenset(j.pair for j in kept if j.verdict == "split"))

    def forbids(self, report: EventReport, occurrence: SharedEvent) -> bool:
        """Whether somebody said that the report is of another event than one of the occurrence's."""
        return any(frozenset((report.key, other.key)) in self.splits for other in occurrence.reports) if self.splits else False

    def joins(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of reports that somebody joined."""
        return ((j.one, j.other) for j in self.lines if j.verdict == "join")


def read_judgements(file: Path) -> ReportJudgements:
    """Read the file; none where there is no file. Raises :class:`UsageError` that names the line that can't hold."""
    if not file.exists():
        return ReportJudgements()
    lines = file.read_text(encoding="utf8").splitlines()
    found = [_read(file, n, s) for n, s in enumerate(lines, 1) if s.strip() and not s.startswith("#")]
    _check(file, found)
    return ReportJudgements.of(found)


def write_judgements(file: Path, added: Iterable[Judgement]) -> None:
    """Add judgements to the file, all or none; raises :class:`UsageError` where they contradict what stands there."""
    old = list(read_judgements(file).lines)
    new = [*old, *(j for j in added if j.pair not in {o.pair for o in old if o.verdict == j.verdict})]
    _check(file, [Judgement(j.verdict, j.one, j.other, number + 2) for number, j in enumerate(new)])
    beside = file.with_suffix(".new")
    beside.write_text("\n".join([JUDGEMENTS_HEADER, *map(str, new)]) + "\n", encoding="utf8")
    beside.replace(file)


def check_known(file: Path, judgements: ReportJudgements, known: set[str]) -> None:
    """Raise :class:`UsageError` on a judgement about a report that the store doesn't hold."""
    for judgement in judgements.lines:
        for key in (judgement.one, judgement.other):
            if key not in known:
                where = f"{file}: line {judgement.line}"
                raise UsageError(f"{where}: no event {key} in this store: take the line out, or build its article")


def _read(file: Path, number: int, text: str) -> Judgement:
    parts = [part.strip() for part in text.split("\t")]
    if len(parts) != 3 or parts[0] not in VERDICTS:
        raise UsageError(f"{file}: line {number}: write join or split and two events, with tabs between them")
    if parts[1] == parts[2]:
        raise UsageError(f"{file}: line {number}: {parts[0]} of an event with itself: give two")
    return Judgement(parts[0], parts[1], parts[2], number)


def _check(file: Path, judgements: Iterable[Judgement]) -> None:
    """Raise on a pair that is split though joined, be it over others."""
    groups = _Groups()
    kept = list(judgements)
    for judgement in kept:
        if judgement.verdict == "join":
            groups.join(judgement.one, judgement.other)
    for judgement in kept:
        if judgement.verdict == "split" and groups.find(judgement.one) == groups.find(judgement.other):
            where = f"{file}: line {judgement.line}"
            raise UsageError(f"{where}: splits {judgement.one} from {judgement.other}, which other lines join: take one out")


class _Groups:
    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first
