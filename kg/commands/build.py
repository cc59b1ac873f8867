"""``kg build``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from kg.commands import Subparsers, add_command, day, say, track
from kg.errors import UsageError
from kg.store import open_store
from kg.store.base import GraphStore

if TYPE_CHECKING:
    from kg.build import Tally

EXAMPLE = "kg build reports/ 'archive/*.jsonl' --store graph --jobs 2"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    options = ("store", "base", "jobs", "pipeline")
    parser = add_command(subparsers, "build", "Read articles and bring the store up to date.", EXAMPLE, options)
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder or pattern (text, HTML, JSONL, WARC)")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="publication date of these articles, instead of their own")
    parser.add_argument("--force", action="store_true", help="read also what is unchanged since the last build")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Build; return 1 when an input could not be read or something was set aside."""
    from kg.build import Options, build  # loads spaCy: a second that the other commands needn't wait

    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: give 1 or more")
    options = Options(args.base, args.pipeline, args.jobs, args.force, day(args.date) if args.date else None)
    with open_store(args.store, write=True) as store:
        tally = build(args.inputs, store, options, lambda sources: track(sources, "files"))
    tell(tally, store)
    return 1 if tally.failures or tally.set_aside else 0


def tell(tally: Tally, store: GraphStore) -> None:
    """Say what came of a build."""
    for failure in tally.failures:
        say(f"kg: {failure}")
    for checked in tally.set_aside:
        file = store.quarantine / f"{checked.article}.ttl"
        say(f"kg: {checked.article}: {len(checked.aside)} triples set aside, see {file}")
        for result in checked.report.violations:
            say(f"    {result}")
    say(
        f"{tally.built} articles built ({tally.triples:,} triples), {tally.unchanged} unchanged, "
        f"{len(tally.failures)} not read, {len(tally.set_aside)} in quarantine: {store}"
    )
