"""What is computed over all articles, as triples of ``graph/derived``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD

from kg.namespaces import LB
from kg.resolution.control import ControlPeriod
from kg.resolution.shared_events import SharedEvent
from kg.resolution.tolls import toll_of

FIRST_MOMENT, LAST_MOMENT = "T00:00:00Z", "T23:59:59Z"


def of_occurrence(occurrence: SharedEvent, base: str, copied: frozenset[str]) -> Iterator[Triple]:
    """Say of an event who reports it, what it was called before, why its reports are one, and the toll."""
    event = NamedNode(occurrence.key)
    independent = {r.article for r in occurrence.reports} - copied or {occurrence.reports[0].article}
    yield Triple(event, _n(LB.reports), _count(len({r.article for r in occurrence.reports})))
    yield Triple(event, _n(LB.independentReports), _count(len(independent)))
    yield from _toll(event, occurrence, copied)
    if len(occurrence.reports) < 2:
        return
    for report in occurrence.reports:
        if report.key != occurrence.key:
            yield Triple(NamedNode(report.key), _n(DCTERMS.isReplacedBy), event)
    yield from _resolution(event, occurrence, base)


def of_copy(article: str, original: str) -> Iterator[Triple]:
    """Say that an article is a copy."""
    yield Triple(NamedNode(article), _n(LB.copyOf), NamedNode(original))


def of_control(periods: Iterable[ControlPeriod], base: str) -> Iterator[Triple]:
    """Describe the periods of control of one place."""
    for period in periods:
        node = NamedNode(f"{base}control/{_digest(period.place, period.holder, *period.evidence[:1])}")
        yield Triple(node, _n(RDF.type), _n(LB.ControlPeriod))
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
    yield Triple(node, _n(RDF.type), _n(LB.Resolution))
    yield Triple(node, _n(LB.resolves), event)
    yield Triple(node, _n(LB.score), Literal(f"{occurrence.score:.2f}".rstrip("0").rstrip("."), datatype=_n(XSD.decimal)))
    for reason in occurrence.reasons:
        yield Triple(node, _n(LB.reason), Literal(reason, language="en"))
    yield Triple(node, _n(RDFS.label), Literal(f"{len(occurrence.reports)} Berichte, ein Ereignis", language="de"))
    yield Triple(node, _n(RDFS.label), Literal(f"{len(occurrence.reports)} reports, one event", language="en"))


def _toll(event: NamedNode, occurrence: SharedEvent, copied: frozenset[str]) -> Iterator[Triple]:
    toll = toll_of(occurrence.reports, copied)
    if toll is not None:
        for name, number in ((LB.fatalitiesLow, toll.low), (LB.fatalitiesBest, toll.best), (LB.fatalitiesHigh, toll.high)):
            yield Triple(event, _n(name), _count(number))


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=_n(XSD.nonNegativeInteger))


def _moment(day: int, time: str) -> Literal:
    return Literal(f"{date.fromordinal(day).isoformat()}{time}", datatype=_n(XSD.dateTime))
