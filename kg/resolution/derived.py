"""What is computed over all articles, as the lines of N-Triples that ``graph/derived`` is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from rdflib.namespace import DCTERMS, RDF, RDFS, XSD

from kg.graph.terms import count, decimal, iri, literal, moment, typed
from kg.namespaces import LB
from kg.resolution.control import ControlPeriod
from kg.resolution.shared_events import SharedEvent
from kg.resolution.tolls import toll_of

FIRST_MOMENT, LAST_MOMENT = "T00:00:00Z", "T23:59:59Z"
_TYPE, _LABEL, _IS_REPLACED_BY, _COPY_OF = map(iri, (RDF.type, RDFS.label, DCTERMS.isReplacedBy, LB.copyOf))
_REPORTS, _INDEPENDENT_REPORTS = iri(LB.reports), iri(LB.independentReports)
_TOLL = (iri(LB.fatalitiesLow), iri(LB.fatalitiesBest), iri(LB.fatalitiesHigh))
_RESOLUTION, _RESOLVES, _SCORE, _REASON = map(iri, (LB.Resolution, LB.resolves, LB.score, LB.reason))
_CONTROL_PERIOD, _PLACE, _HOLDER, _EVIDENCE = map(iri, (LB.ControlPeriod, LB.place, LB.holder, LB.evidence))
_STARTS, _ENDS = (iri(LB.earliestStart), iri(LB.latestStart)), (iri(LB.earliestEnd), iri(LB.latestEnd))
_CONTESTED, _TRUE = iri(LB.contested), typed("true", XSD.boolean)


def of_occurrence(occurrence: SharedEvent, base: str, copied: frozenset[str]) -> Iterator[str]:
    """Say of an event who reports it, what it was called before, why its reports are one, and the toll."""
    key = occurrence.key
    event = iri(key)
    articles = {report.article for report in occurrence.reports}
    independent = articles - copied or {occurrence.reports[0].article}
    yield f"{event} {_REPORTS} {count(len(articles))} ."
    yield f"{event} {_INDEPENDENT_REPORTS} {count(len(independent))} ."
    yield from _toll(event, occurrence, copied)
    if len(occurrence.reports) > 1:
        yield from (f"{iri(each.key)} {_IS_REPLACED_BY} {event} ." for each in occurrence.reports if each.key != key)
        yield from _resolution(event, occurrence, f"{base}resolution/{key.rpartition('/')[2]}")


def of_copy(article: str, original: str) -> str:
    """Say that an article is a copy."""
    return f"{iri(article)} {_COPY_OF} {iri(original)} ."


def of_control(periods: Iterable[ControlPeriod], base: str) -> Iterator[str]:
    """Describe the periods of control of one place."""
    for period in periods:
        node = iri(f"{base}control/{_digest(period.place, period.holder, *period.evidence[:1])}")
        yield f"{node} {_TYPE} {_CONTROL_PERIOD} ."
        yield f"{node} {_PLACE} {iri(period.place)} ."
        yield f"{node} {_HOLDER} {iri(period.holder)} ."
        yield from _bounds(node, _STARTS, (period.earliest_start, period.latest_start))
        yield from _bounds(node, _ENDS, (period.earliest_end, period.latest_end))
        if period.contested:
            yield f"{node} {_CONTESTED} {_TRUE} ."
        yield from (f"{node} {_EVIDENCE} {iri(event)} ." for event in period.evidence)


def _bounds(node: str, predicates: tuple[str, str], days: tuple[int | None, int | None]) -> Iterator[str]:
    for predicate, day, time in zip(predicates, days, (FIRST_MOMENT, LAST_MOMENT), strict=True):
        if day is not None:
            yield f"{node} {predicate} {moment(date.fromordinal(day), time)} ."


def _resolution(event: str, occurrence: SharedEvent, name: str) -> Iterator[str]:
    node, number = iri(name), len(occurrence.reports)
    yield f"{node} {_TYPE} {_RESOLUTION} ."
    yield f"{node} {_RESOLVES} {event} ."
    yield f"{node} {_SCORE} {decimal(occurrence.score)} ."
    yield from (f"{node} {_REASON} {literal(reason, 'en')} ." for reason in occurrence.reasons)
    yield f"{node} {_LABEL} {literal(f'{number} Berichte, ein Ereignis', 'de')} ."
    yield f"{node} {_LABEL} {literal(f'{number} reports, one event', 'en')} ."


def _toll(event: str, occurrence: SharedEvent, copied: frozenset[str]) -> Iterator[str]:
    toll = toll_of(occurrence.reports, copied)
    if toll is not None:
        for predicate, number in zip(_TOLL, (toll.low, toll.best, toll.high), strict=True):
            yield f"{event} {predicate} {count(number)} ."


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
