"""Why reports are one event: what each of them says, and what spoke for joining them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import UsageError
from kg.namespaces import DECLARED
from kg.resolution.event_reports import EventReport
from kg.resolution.report_reader import read_heads, read_reports
from kg.store.base import GraphStore

ARTICLES_OF_EVENT = "SELECT DISTINCT ?a WHERE {{ GRAPH ?a {{ <{event}> dcterms:identifier ?id }} }} ORDER BY ?a"
SUCCESSOR = "SELECT ?event WHERE {{ <{event}> dcterms:isReplacedBy ?event }}"
REASONS = "SELECT ?score ?reason WHERE {{ ?r lb:resolves <{event}> ; lb:score ?score ; lb:reason ?reason }} ORDER BY ?reason"
SENTENCE_OF_EVENT = """SELECT ?sentence ?path WHERE {{ GRAPH <{article}> {{
    <{article}> lb:sourcePath ?path . <{event}> gaf:denotedBy/nif:sentence/nif:anchorOf ?sentence }} }}
    ORDER BY ?sentence LIMIT 1"""


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """What one article says of the event, with its first sentence and the article's path."""

    report: EventReport
    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An event, its reports in order of seniority, and why they are one; score 1 and no reason for a single report."""

    event: str
    reports: tuple[ReportedEvent, ...]
    score: float
    reasons: tuple[str, ...]


def explain(store: GraphStore, event: str) -> Explanation:
    """Explain an event, given by its IRI or the last part of it, under its present name or one that it had before.

    Raises :class:`UsageError` when the store knows no such event.
    """
    name = _present_name(store, event)
    articles = {row["a"].value for row in store.query(DECLARED + ARTICLES_OF_EVENT.format(event=name))}
    if not articles:
        raise UsageError(f"{event}: no such event in {store}: kg query lists them, or search for one on its page")
    heads = [head for iri, head in read_heads(store).items() if iri in articles]
    told = [report for report, shown in read_reports(store, heads, store.base or "") if shown == name]
    reasons = list(store.query(DECLARED + REASONS.format(event=name)))
    return Explanation(
        name,
        tuple(_reported(store, report, name) for report in sorted(told, key=lambda report: report.seniority)),
        float(reasons[0]["score"].value) if reasons else 1.0,
        tuple(row["reason"].value for row in reasons),
    )


def _present_name(store: GraphStore, event: str) -> str:
    event = event.removeprefix("<").removesuffix(">")
    name = event if "://" in event else f"{store.base}event/{event}"
    if any(character in name for character in "<>\"{}|\\^` "):
        raise UsageError(f"{event}: is no IRI: give an event's IRI or the last part of it")
    return next((str(row["event"].value) for row in store.query(DECLARED + SUCCESSOR.format(event=name))), name)


def _reported(store: GraphStore, report: EventReport, event: str) -> ReportedEvent:
    for row in store.query(DECLARED + SENTENCE_OF_EVENT.format(article=report.article, event=event)):
        return ReportedEvent(report, row["path"].value, row["sentence"].value)
    return ReportedEvent(report, "", "")
