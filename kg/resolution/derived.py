"""What is computed over all articles, as triples of ``graph/derived``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD

from kg.namespaces import LB
from kg.resolution.control import ControlPeriod
from kg.resolution.shared_events import SharedEvent
from kg.resolution.tolls import toll_of

FIRST_MOMENT, LAST_MOMENT = "T00:00:00Z", "T23:59:59Z"
# terms that stand in very many triples, made once
_TYPE, _LABEL, _IS_REPLACED_BY = NamedNode(RDF.type), NamedNode(RDFS.label), NamedNode(DCTERMS.isReplacedBy)
_REPORTS, _INDEPENDENT_REPORTS = NamedNode(LB.reports), NamedNode(LB.independentReports)
_TOLL = (NamedNode(LB.fatalitiesLow), NamedNode(LB.fatalitiesBest), NamedNode(LB.fatalitiesHigh))
_RESOLUTION, _RESOLVES, _SCORE, _REASON = map(NamedNode, (LB.Resolution, LB.resolves, LB.score, LB.reason))
_COUNT, _DECIMAL, _DATE_TIME = NamedNode(XSD.nonNegativeInteger), NamedNode(XSD.decimal), NamedNode(XSD.dateTime)


def of_occurrence(occurrence: SharedEvent, base: str, copied: frozenset[str]) -> Iterator[Triple]:
    """Say of an event who reports it, what it was called before, why its reports are one, and the toll."""
    event = NamedNode(occurrence.key)
    independent = {r.article for r in occurrence.reports} - copied or {occurrence.reports[0].article}
    yield Triple(event, _REPORTS, _count(len({r.article for r in occurrence.reports})))
    yield Triple(event, _INDEPENDENT_REPORTS, _count(len(independent)))
    yield from _toll(event, occurrence, copied)
    if len(occurrence.reports) < 2:
        return
    for report in occurrence.reports:
        if report.key != occurrence.key:
            yield Triple(NamedNode(report.key), _IS_REPLACED_BY, event)
    yield from _resolution(event, occurrence, base)


def of_copy(article: str, original: str) -> Iterator[Triple]:
    """Say that an article is a copy."""
    yield Triple(NamedNode(article), _n(LB.copyOf), NamedNode(original))


def of_control(periods: Iterable[ControlPeriod], base: str) -> Iterator[Triple]:
    """Describe the periods of control of one place."""
    for period in periods:
        node = NamedNode(f"{base}control/{_digest(period.place, period.holder, *period.evidence[:1])}")
        yield Triple(node, _TYPE, _n(LB.ControlPeriod))
        yield Triple(node, _n(LB.place), NamedNode(period.place))
        yield Triple(node, _n(LB.holder), NamedNode(period.holder))
        for name, day, time in (
            (LB.earliestStart, period.earliest_start, FIRST_MOMENT), (LB.latestStart, period.latest_start, LAST_MOMENT),
            (LB.earliestEnd, period.earliest_end, FIRST_MOMENT), (LB.latestEnd, period.latest_end, LAST_MOMENT),
        ):  # fmt: skip
            if day is not None:
                yield Triple(node, _n(name), _moment(day, time))
        if period.contested:
            yield Triple(node, _n(LB.contested), Literal("true", datatype=_n(XSD.boolean)))
        for event in period.evidence:
            yield Triple(node, _n(LB.evidence), NamedNode(event))


def _resolution(event: NamedNode, occurrence: SharedEvent, base: str) -> Iterator[Triple]:
    node = NamedNode(f"{base}resolution/{occurrence.key.rpartition('/')[2]}")
    yield Triple(node, _TYPE, _RESOLUTION)
    yield Triple(node, _RESOLVES, event)
    yield Triple(node, _SCORE, Literal(f"{occurrence.score:.2f}".rstrip("0").rstrip("."), datatype=_DECIMAL))
    for reason in occurrence.reasons:
        yield Triple(node, _REASON, Literal(reason, language="en"))
    yield Triple(node, _LABEL, Literal(f"{len(occurrence.reports)} Berichte, ein Ereignis", language="de"))
    yield Triple(node, _LABEL, Literal(f"{len(occurrence.reports)} reports, one event", language="en"))


def _toll(event: NamedNode, occurrence: SharedEvent, copied: frozenset[str]) -> Iterator[Triple]:
    toll = toll_of(occurrence.reports, copied)
    if toll is not None:
        for predicate, number in zip(_TOLL, (toll.low, toll.best, toll.high), strict=True):
            yield Triple(event, predicate, _count(number))


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)


@lru_cache(maxsize=1000)
def _count(number: int) -> Literal:
    return Literal(str(number), datatype=_COUNT)


def _moment(day: int, time: str) -> Literal:
    return Literal(f"{date.fromordinal(day).isoformat()}{time}", datatype=_DATE_TIME)
