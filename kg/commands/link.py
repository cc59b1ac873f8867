"""``kg link``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.commands import Subparsers, add_command, say, track
from kg.errors import StoreError
from kg.linking import review_table
from kg.linking.cache import Cache
from kg.linking.check import check
from kg.linking.entities import read_entities, read_matches
from kg.linking.link_store import Ledger
from kg.linking.propose import propose
from kg.linking.review_page import review_page
from kg.linking.service import Service
from kg.linking.web_requests import Web
from kg.store import open_store
from kg.store.base import GraphStore

EXAMPLE = "kg link --ask -o review.tsv && kg link --accept review.tsv"
PURPOSE = "Link actors and places to Wikidata or another data set; goes to the network only with --ask and --check."


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "link", PURPOSE, EXAMPLE)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--ask", action="store_true", help="ask the service about all that has no link yet")
    what.add_argument("--accept", metavar="FILE", type=Path, help="do what the decisions in a review table say")
    what.add_argument("--withdraw", metavar="IRI", nargs="+", help="take back links of these entities or to these items")
    what.add_argument("--check", action="store_true", help="compare linked items with what the service says of them")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, default=Path("review.tsv"), help="review table")
    parser.add_argument("--limit", metavar="N", type=int, help="with --ask: only the N entities mentioned most")
    parser.add_argument("--automatic", action="store_true", help="with --ask: link what is sure, as skos:closeMatch")
    parser.set_defaults(run=run, web=Web())


def run(args: Namespace) -> int:
    """Do one step; without any, say what is linked."""
    if args.ask:
        return _ask(args)
    if args.check:
        return _check(args)
    if args.accept or args.withdraw:
        return _change(args)
    with open_store(args.store) as store:
        return _tell(store)


def _ask(args: Namespace) -> int:
    with open_store(args.store) as store:
        cache = Cache(store.quarantine.parent / "links" / "answers.jsonl")
        service = Service(args.reconcile, args.web, cache)
        say(f"Asking {service.address} ...")
        tools = (args.web, cache)
        found = propose(store, service, args.wikidata, tools, most=args.limit, track=_batches)
    review_table.write(found.rows, args.output)
    _write_page(review_page(found.rows), args.output.with_suffix(".html"))
    entities = len({row.entity for row in found.rows})
    say(f"{len(found.rows)} candidates for {entities} of {found.asked} entities: {args.output}, {args.output.stem}.html")
    if args.automatic and found.sure:
        with open_store(args.store, write=True) as store:
            say(f"{Ledger(store).add_close(found.sure)} linked as skos:closeMatch")
    return 0


def _batches(batches: Sequence[Any]) -> Iterable[Any]:
    return track(batches, "requests")


def _write_page(text: str, file: Path) -> None:
    try:
        file.write_text(text, encoding="utf8")
    except OSError as error:
        raise StoreError(f"{file}: can't be written: {error.strerror or error}") from error


def _change(args: Namespace) -> int:
    rows = review_table.read(args.accept) if args.accept else []
    with open_store(args.store, write=True) as store:
        ledger = Ledger(store)
        if args.withdraw:
            say(f"{ledger.withdraw(args.withdraw)} links withdrawn")
            return 0
        outcome = ledger.follow(rows)
    for reason in outcome.refused:
        say(f"kg: not linked: {reason}")
    say(f"{outcome.written} links accepted, {outcome.withdrawn} withdrawn, {len(outcome.refused)} refused")
    return 1 if outcome.refused else 0


def _check(args: Namespace) -> int:
    with open_store(args.store) as store:
        service = Service(args.reconcile, args.web, Cache())
        checked, doubts = check(store, service)
    for doubt in doubts:
        print(doubt.entity, doubt.target, doubt.label, doubt.finding, sep="\t")
    say(f"{checked} links checked, {len(doubts)} doubts")
    return 1 if doubts else 0


def _tell(store: GraphStore) -> int:
    """List on stdout how many of each kind are linked, then, a line each, what linking added."""
    known = read_entities(store)
    matches = read_matches(store)
    linked = {match.entity for match in matches}
    kinds = sorted({entity.kind for entity in known.values()})
    for kind in kinds:
        these = [entity for entity in known.values() if entity.kind == kind]
        named = [entity for entity in these if entity.mentions]
        print(
            f"{kind:26} {sum(e.iri in linked for e in these):5} of {len(these):5} linked, "
            f"{sum(e.iri in linked for e in named):5} of {len(named):5} that articles mention"
        )
    for match in matches:
        if not match.shipped:
            print(match.entity, "exactMatch" if match.exact else "closeMatch", match.target, sep="\t")
    return 0
