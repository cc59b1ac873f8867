"""Resolution of a whole store: from what has changed in its articles to shared events and ``graph/derived``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.namespace import DCTERMS

from kg.knowledge.event_families import family_of
from kg.resolution.clusters import as_judged, block_of, clustered
from kg.resolution.containment import Geography
from kg.resolution.control import HOLDING_ENDS, control_periods
from kg.resolution.copies import copies, sign
from kg.resolution.derived import of_control, of_copy, of_occurrence
from kg.resolution.event_reports import EventReport
from kg.resolution.index import ResolutionIndex
from kg.resolution.judgements import JUDGEMENTS_FILE, ReportJudgements, check_known, read_judgements
from kg.resolution.report_reader import ArticleReports, Head, read_events, read_geography, read_heads, read_reports, read_texts
from kg.resolution.shared_events import SharedEvent
from kg.store.base import DERIVED, GraphStore

HOLDING = tuple(sorted({family_of(kind) for kind in HOLDING_ENDS}))
ALONE = "alone"  # the block of reports that can meet no other
COPIES = "copies"  # what copies are derived under
IDENTIFIER = NamedNode(DCTERMS.identifier)


@dataclass(frozen=True, slots=True)
class ResolutionTally:
    """What came of a resolution: numbers of articles looked at anew, blocks, and graphs whose events were renamed."""

    articles: int = 0
    blocks: int = 0
    renamed: int = 0


def resolve(store: GraphStore) -> ResolutionTally:
    """Bring the events of ``store`` and its ``graph/derived`` up to date with its articles and with what people judged.

    The result depends on the articles and judgements alone, not on what was resolved before. Whatever interrupts it,
    the next call completes it. Raises :class:`UsageError` on a judgement that can't hold; then nothing is changed.
    """
    base = store.base
    if base is None:
        return ResolutionTally()
    folder = store.quarantine.parent
    judgements = read_judgements(folder / JUDGEMENTS_FILE)
    with ResolutionIndex(folder) as index:
        return _Resolution(store, index, judgements, base).run()


def read_anew(store: GraphStore, articles: Iterable[str]) -> None:
    """Forget articles whose graphs are about to be written, so that the next resolution reads them even if it comes late."""
    with ResolutionIndex(store.quarantine.parent) as index:
        index.outdate(articles)


def announce(store: GraphStore, arrived: Iterable[ArticleReports]) -> None:
    """Hand over what articles say whose graphs have just been written, so that the next resolution needn't read them."""
    with ResolutionIndex(store.quarantine.parent) as index:
        index.announce(arrived)


class _Resolution:
    def __init__(self, store: GraphStore, index: ResolutionIndex, judgements: ReportJudgements, base: str) -> None:
        self.store, self.index, self.judgements, self.base = store, index, judgements, base
        self.derived = NamedNode(base + DERIVED)
        self.geography = Geography()
        self.copied: frozenset[str] = frozenset()
        self.is_new = False  # a new index knows nothing of what was derived before

    def run(self) -> ResolutionTally:
        """Settle everything in the index, commit it, then tell the store; what was broken off there is told first."""
        self._tell()
        heads = read_heads(self.store)
        stamps = self.index.stamps()
        changed = [head for name, head in heads.items() if stamps.get(name) != head.stamp]
        gone = [name for name in stamps if name not in heads]
        judged = self._judged()
        if not changed and not gone and not judged:
            return ResolutionTally()
        self.is_new = not stamps
        if self.is_new:
            self.store.remove(self.derived)
            self.index.derive_anew()
        self.geography = read_geography(self.store, self.base)
        touched = self.index.forget([*gone, *(head.article for head in changed if head.article in stamps)])
        with self.index.filled() if self.is_new else nullcontext():
            touched |= self._read_anew(changed)
        check_known(
            self.store.quarantine.parent / JUDGEMENTS_FILE, self.judgements,
            self.index.known(key for line in self.judgements.lines for key in (line.one, line.other)),
        )  # fmt: skip
        touched |= self._copies() | judged | self.index.block_of(k for pair in self.judgements.joins() for k in pair)
        self._resolve(touched)
        self.index.set("judgements", self._digest())
        self.index.commit()
        return ResolutionTally(len(changed) + len(gone), len(touched), self._tell())

    def _tell(self) -> int:
        """Write into the store what the index knows it lacks; return how many articles' graphs were written."""
        renamed = 0
        for article, names in self.index.renamings():
            graph = NamedNode(article)
            self.store.change(graph, *_renamed(read_events(self.store, article, names), names))
            renamed += 1
        for removed, added in self.index.changes():
            self.store.change(self.derived, _triples(removed), _triples(added))
        self.index.done()
        return renamed

    def _digest(self) -> str:
        return sha256("\n".join(map(str, self.judgements.lines)).encode()).hexdigest()

    def _judged(self) -> set[str]:
        """Return every block where the judgements have changed: a judgement taken back must be taken back here too."""
        return self.index.blocks() if self.index.setting("judgements") != self._digest() else set()

    def _read_anew(self, changed: list[Head]) -> set[str]:
        """Put into the index what articles say of events; return the blocks of that."""
        touched: set[str] = set()
        announced: set[str] = set()
        for head, signature, reports in self.index.announced(changed):
            announced.add(head.article)
            self.index.put_article(head, signature)
            touched |= self._put((report, content, report.key) for report, content in reports)
        unknown = [head for head in changed if head.article not in announced]
        texts = dict(read_texts(self.store, [head.article for head in unknown]))
        for head in unknown:
            self.index.put_article(head, sign(texts.get(head.article, "")))
        found = read_reports(self.store, unknown, self.base)
        return touched | self._put((report, report.as_json(), shown) for report, shown in found)

    def _put(self, reports: Iterable[tuple[EventReport, str, str]]) -> set[str]:
        """Put reports into the index, each with its JSON and what its article calls the event; return their blocks."""
        rows = [(report.key, report.article, self._block(report), content, shown) for report, content, shown in reports]
        self.index.put_reports(rows)
        return {block for _, _, block, _, _ in rows}

    def _block(self, report: EventReport) -> str:
        block = block_of(report, self.geography)
        return f"{ALONE} {report.article}" if block is None else " ".join(block)

    def _copies(self) -> set[str]:
        """Find the copies; return the blocks of the articles that became one or are one no longer."""
        found = copies(self.index.signed())
        before = self.index.derived(COPIES)
        now = {article: of_copy(article, original) for article, original in found.items()}
        self._write([COPIES], now)
        self.copied = frozenset(found)
        moved = {article for article in before.keys() | now.keys() if before.get(article) != now.get(article)}
        return self.index.blocks_of_articles(moved)

    def _resolve(self, touched: set[str]) -> None:
        for group in self._groups(touched):
            blocks = [self.index.block(block) for block in group]
            found = (clustered((report for report, _ in block), self.geography, self.judgements) for block in blocks)
            occurrences = as_judged((occurrence for each in found for occurrence in each), self.judgements)
            self._rename((told for block in blocks for told in block), occurrences)
            self._derive(group, occurrences)

    def _groups(self, touched: set[str]) -> Iterator[list[str]]:
        """Yield the blocks that must be looked at together: those that a judgement joins, and captures with withdrawals."""
        tied: defaultdict[str, set[str]] = defaultdict(set)
        for block in touched:
            family, _, region = block.partition(" ")
            if family in HOLDING:
                tied[block] |= {f"{other} {region}" for other in HOLDING}
        for pair in self.judgements.joins():
            blocks = self.index.block_of(pair)
            for block in blocks & touched:
                tied[block] |= blocks
        yield from _components(tied)
        yield from ([block] for block in sorted(touched) if block not in tied)

    def _rename(self, told: Iterable[tuple[EventReport, str]], occurrences: list[SharedEvent]) -> None:
        """Have the events in the articles' graphs, which call them as ``told`` says, called by their names."""
        names = {report.key: key for occurrence in occurrences for key in [occurrence.key] for report in occurrence.reports}
        other = [(r.article, r.key, names[r.key]) for r, shown in told if shown != names[r.key]]
        if other:
            self.index.rename(other)

    def _derive(self, group: list[str], occurrences: list[SharedEvent]) -> None:
        content = {o.key: "\n".join(of_occurrence(o, self.base, self.copied)) for o in occurrences}
        by_place: defaultdict[str, list[SharedEvent]] = defaultdict(list)
        for occurrence in occurrences:
            if occurrence.kind in HOLDING_ENDS and self.geography.kinds.get(occurrence.place):
                by_place[occurrence.place].append(occurrence)
        for place, told in by_place.items():
            content[f"control {place}"] = "\n".join(of_control(control_periods(told), self.base))
        self._write(group, content)

    def _write(self, blocks: list[str], content: dict[str, str]) -> None:
        """Bring what is derived from blocks up to date; it all is kept under the first."""
        if not self.is_new:
            before = {line for block in blocks for text in self.index.derived(block).values() for line in text.splitlines()}
            now = {line for text in content.values() for line in text.splitlines()}
            self.index.change(before - now, now - before)
            self.index.forget_derived(blocks)
        self.index.put_derived(blocks[0], content)


def _renamed(triples: Iterable[Triple], names: dict[str, str]) -> tuple[set[Triple], set[Triple]]:
    """Return which triples go and which come where events get the names that ``names`` gives by those they had at first."""
    found = list(triples)
    base = next(iter(names)).rpartition("/")[0]
    new = {t.subject: NamedNode(names[key]) for t in found if t.predicate == IDENTIFIER
           and isinstance(t.object, Literal) and (key := f"{base}/{t.object.value}") in names}  # fmt: skip
    told = [t for t in found if t.subject in new or t.object in new]
    now = {Triple(new.get(s, s), p, new.get(o, o)) for s, p, o in told}
    return set(told) - now, now - set(told)


def _components(tied: dict[str, set[str]]) -> Iterator[list[str]]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for block, others in tied.items():
        for other in others:
            near[block].add(other)
            near[other].add(block)
    placed: set[str] = set()
    for first in sorted(near):
        group, edge = set[str](), {first} - placed
        while edge:
            group |= edge
            edge = {other for block in edge for other in near[block]} - group
        placed |= group
        if group:
            yield sorted(group)


def _triples(lines: Iterable[str]) -> list[Triple]:
    return [quad.triple for quad in parse("\n".join(lines), RdfFormat.N_TRIPLES)]
