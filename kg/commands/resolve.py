"""``kg resolve``."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from kg.commands import Subparsers, add_command, say
from kg.errors import UsageError
from kg.resolution.explanation import Explanation, ReportedEvent, explain
from kg.resolution.index import INDEX_FILE
from kg.resolution.judgements import JUDGEMENTS_FILE, Judgement, write_judgements
from kg.resolution.resolver import resolve
from kg.store import open_store
from kg.store.base import GraphStore

EXAMPLE = "kg resolve --show 7ace70dc86e1a0e2"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "resolve", "Find the reports of one event in all articles; explain, split, join.", EXAMPLE)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--show", metavar="EVENT", help="print the reports of an event and why they are one")
    what.add_argument(
        "--split", nargs=2, metavar=("EVENT", "ARTICLE"), help="an article's report is not of this event; later builds obey"
    )
    what.add_argument("--join", nargs=2, metavar=("EVENT", "EVENT"), help="two events are one; later builds obey")
    what.add_argument("--all", action="store_true", help="resolve everything anew, not only what has changed")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Explain, or judge and resolve."""
    if args.show:
        with open_store(args.store) as store:
            _print(explain(store, args.show))
        return 0
    with open_store(args.store, write=True) as store:
        folder = store.quarantine.parent
        if args.split:
            write_judgements(folder / JUDGEMENTS_FILE, _split(store, *args.split))
        if args.join:
            write_judgements(folder / JUDGEMENTS_FILE, [_joined(store, *args.join)])
        if args.all:
            (folder / INDEX_FILE).unlink(missing_ok=True)
        done = resolve(store)
    say(f"{done.articles} articles looked at, {done.blocks} blocks resolved, {done.renamed} graphs rewritten")
    return 0


def _split(store: GraphStore, event: str, article: str) -> list[Judgement]:
    told = explain(store, event)
    own = [reported for reported in told.reports if article in _names(reported)]
    if len(own) != 1 or len(told.reports) < 2:
        raise UsageError(f"{article}: gives no report of {told.event} to split off: kg resolve --show {event} lists them")
    key = own[0].report.key
    return [Judgement("split", key, other.report.key) for other in told.reports if other.report.key != key]


def _names(reported: ReportedEvent) -> tuple[str, ...]:
    """What people may call the article of a report."""
    iri = reported.report.article
    return reported.path, Path(reported.path).name, iri, iri.rpartition("/")[2]


def _joined(store: GraphStore, one: str, other: str) -> Judgement:
    first, second = explain(store, one), explain(store, other)
    if first.event == second.event:
        raise UsageError(f"{one} and {other} are one event already: {first.event}")
    shared = {r.report.article for r in first.reports} & {r.report.article for r in second.reports}
    if shared:
        raise UsageError(f"{one} and {other} are both told by {min(shared)}: two events of one article stay apart")
    return Judgement("join", first.reports[0].report.key, second.reports[0].report.key)


def _print(told: Explanation) -> None:
    print(f"{told.event}  {len(told.reports)} reports, score {told.score:.2f}: {', '.join(told.reasons) or 'single report'}")
    for reported in told.reports:
        report = reported.report
        print(f"{report.key}  {report.kind}  {_day(report.earliest)}..{_day(report.latest)}  {reported.path}")
        print(f"  {reported.sentence}")


def _day(number: int | None) -> str:
    return date.fromordinal(number).isoformat() if number is not None else ""
