"""The figures: events, roles, links, sources and coreference as precision, recall and F1; time and factuality as shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import reduce
from operator import add
from pathlib import Path
from typing import Literal

from pyoxigraph import Quad

from kg.evaluation.gold import PEOPLE, GoldArticle, GoldEvent, read_gold
from kg.evaluation.graphview import FoundEvent, GraphView, read_graph
from kg.evaluation.matching import Identity, assign, name_of
from kg.namespaces import ROLES

Detail = Literal["role", "source", "time", "factuality"]


@dataclass(frozen=True, slots=True)
class Count:
    """What was right, wrong (found but not so) and missed (there but not found)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return _share(self.right, self.right + self.wrong) or 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where nothing is there."""
        return _share(self.right, self.right + self.missed) or 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall) or 0.0


@dataclass(frozen=True, slots=True)
class Cubed:
    """B-cubed: how alike the mentions told of as one event are to those annotated as one, summed over ``mentions``.

    Bagga and Baldwin 1998: a mention's precision is the share of its found event's mentions that are of its occurrence,
    its recall the share of its occurrence's mentions that are of its found event, itself included in both.
    """

    precise: float = 0.0
    recalled: float = 0.0
    mentions: int = 0

    def __add__(self, other: Cubed) -> Cubed:
        return Cubed(self.precise + other.precise, self.recalled + other.recalled, self.mentions + other.mentions)

    @property
    def precision(self) -> float:
        """The mean precision of a mention; 0 where there is none."""
        return _share(self.precise, self.mentions) or 0.0

    @property
    def recall(self) -> float:
        """The mean recall of a mention; 0 where there is none."""
        return _share(self.recalled, self.mentions) or 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall) or 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of some events: of a document, of an event type, of all."""

    event: Count = Count()
    role: Count = Count()
    link: Count = Count()
    source: Count = Count()
    coref: Cubed = Cubed()
    matched: int = 0
    certain: int = 0  # of the matched, those with the annotated factuality
    dated: int = 0  # of the matched, those with an annotated time
    timely: int = 0  # of the dated, those with both bounds exact

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def time(self) -> float | None:
        """The share of matched, dated events with the annotated first and last day."""
        return _share(self.timely, self.dated)

    @property
    def factual(self) -> float | None:
        """The share of matched events with the annotated factuality."""
        return _share(self.certain, self.matched)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at; ``what`` says it: the event's type, and what is wrong with a found one; slug or item."""

    fault: Literal["missed", "surplus", "unlinked", "wrong link"] | Detail
    document: str
    what: str
    trigger: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures, in all, by document and by event type (links count for documents only), and what to look at."""

    total: Figures
    by_document: Mapping[str, Figures]
    by_kind: Mapping[str, Figures]
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()  # annotated articles that the graph does not hold


def evaluate(gold_dir: Path, quads: Iterable[Quad]) -> Scores:
    """Score ``quads`` (a store's, all graphs of it) against the annotated articles of ``gold_dir``."""
    return scored(read_gold(gold_dir), read_graph(quads))


def scored(articles: Iterable[GoldArticle], view: GraphView) -> Scores:
    """Score a graph's view against annotated articles."""
    by_document: dict[str, Figures] = {}
    by_kind: defaultdict[str, Figures] = defaultdict(Figures)
    findings: list[Finding] = []
    missing: list[str] = []
    for article in articles:
        if article.name not in view.events:
            missing.append(article.name)
        sheet = _Sheet(article, view)
        by_document[article.name] = reduce(add, sheet.by_kind.values(), Figures(link=sheet.links()))
        for kind, figures in sheet.by_kind.items():
            by_kind[kind] += figures
        findings += sheet.findings
    total = reduce(add, by_document.values(), Figures())
    return Scores(total, by_document, dict(sorted(by_kind.items())), tuple(findings), tuple(missing))


@dataclass(slots=True)
class _Sheet:
    """The marks of one article, written once."""

    article: GoldArticle
    view: GraphView
    by_kind: defaultdict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        gold, found = self.article.events, self.view.events.get(self.article.name, ())
        identity = Identity(self.article, self.view)
        pairs = assign(gold, found, identity)
        for i, j in sorted(pairs):
            if gold[i].required:
                self.by_kind[gold[i].kind] += self._matched(i, found[j], identity)
        for i, cubed in _cubed(self.article, found, pairs):
            self.by_kind[gold[i].kind] += Figures(coref=cubed)
        for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
            if gold[i].required:
                self._missed(gold[i])
        for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
            self._surplus(found[j])

    def links(self) -> Count:
        """Compare the linked entities of the whole article."""
        linked = self.view.linked.get(self.article.name, frozenset())
        entities = self.article.entities.values()
        demanded = [e for e in entities if e.demanded]
        unlinked = [e for e in demanded if e.qids.isdisjoint(linked)]
        wrong = linked - {item for e in entities for item in e.qids}
        self.findings += (Finding("unlinked", self.article.name, e.slug) for e in unlinked)
        self.findings += (Finding("wrong link", self.article.name, item) for item in sorted(wrong))
        return Count(len(demanded) - len(unlinked), len(wrong), len(unlinked))

    def _matched(self, index: int, found: FoundEvent, identity: Identity) -> Figures:
        gold = self.article.events[index]
        same = self.article.mentions_of(index)
        roles = [
            _compared(gold.roles[role], found.roles[role], {s for e in same for s in e.roles[role]}, identity)
            for role in ROLES
        ]
        sources = _compared(gold.sources, found.sources, {s for e in same for s in e.sources}, identity)
        days, found_days = (gold.earliest, gold.latest), (found.earliest, found.latest)
        dated = any(days)
        for role, compared in zip(ROLES, roles, strict=True):
            self._differs(gold, "role", compared.said(f"{role} "))
        self._differs(gold, "source", sources.said())
        self._differs(gold, "time", f"{_span(days)} is not {_span(found_days)}" if dated and days != found_days else "")
        if gold.factuality != found.factuality:
            self._differs(gold, "factuality", f"{gold.factuality} is not {found.factuality}")
        return Figures(
            event=Count(right=1),
            role=reduce(add, (compared.count for compared in roles)),
            source=sources.count,
            matched=1,
            certain=gold.factuality == found.factuality,
            dated=dated,
            timely=dated and days == found_days,
        )

    def _differs(self, gold: GoldEvent, fault: Detail, how: str) -> None:
        if how:
            what = f"{gold.kind}: {how}"
            self.findings.append(Finding(fault, self.article.name, what, gold.trigger, gold.sentence))

    def _missed(self, gold: GoldEvent) -> None:
        self.by_kind[gold.kind] += Figures(Count(missed=1), Count(missed=sum(map(len, gold.roles.values()))))
        self.findings.append(Finding("missed", self.article.name, gold.kind, gold.trigger, gold.sentence))

    def _surplus(self, found: FoundEvent) -> None:
        fillers = [iri for filling in found.roles.values() for iri in filling if name_of(iri) != PEOPLE]
        self.by_kind[found.kind] += Figures(Count(wrong=1), Count(wrong=len(fillers)))
        self.findings.append(Finding("surplus", self.article.name, found.kind, found.trigger, found.sentence))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Entities compared one to one: how many are right, the slugs missed, the IRIs that are wrong."""

    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def count(self) -> Count:
        return Count(self.right, len(self.wrong), len(self.missed))

    def said(self, prefix: str = "") -> str:
        """Return the differences in words; empty where there is none."""
        names = [*(f"+{name_of(iri)}" for iri in self.wrong), *(f"-{slug}" for slug in self.missed)]
        return f"{prefix}{' '.join(names)}" if names else ""


def _compared(wanted: Iterable[str], found: frozenset[str], allowed: set[str], identity: Identity) -> _Compared:
    """Compare entities; ``allowed`` are those that another mention of the same occurrence states."""
    rest, right, missed = sorted(found), 0, []
    for slug in wanted:
        hit = next((iri for iri in rest if identity.holds(slug, iri)), None)
        if hit is not None:
            rest.remove(hit)
            right += 1
        elif slug != PEOPLE:
            missed.append(slug)
    wrong = (iri for iri in rest if name_of(iri) != PEOPLE and not identity.any_of(allowed, iri))
    return _Compared(right, tuple(missed), tuple(wrong))


def _cubed(
    article: GoldArticle, found: Sequence[FoundEvent], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Cubed]]:
    """Yield the index of every matched event as annotated, and how well the found ones are grouped around it."""
    annotated = {i: article.occurrence(i) for i, _ in pairs}
    told = {i: found[j].iri for i, j in pairs}
    for i in annotated:
        occurrence = {n for n in annotated if annotated[n] == annotated[i]}
        event = {n for n in told if told[n] == told[i]}
        both = len(occurrence & event)
        yield i, Cubed(both / len(event), both / len(occurrence), 1)


def _span(days: tuple[str | None, str | None]) -> str:
    return "..".join(day or "" for day in dict.fromkeys(days))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
