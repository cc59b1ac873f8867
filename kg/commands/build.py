"""``kg build``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands import Subparsers, add_command, build_options, counted, say, track
from kg.errors import UsageError
from kg.export.files import replacing
from kg.store import exists, open_store
from kg.store.base import GraphStore
from kg.store.manifest import Entry

if TYPE_CHECKING:
    from kg.build import Tally

EXAMPLE = "kg build reports/ 'archive/*.jsonl' --store graph --jobs 2"
MOST_NAMED = 20  # files and records of one outcome that are named one by one


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "build", "Read articles and bring the store up to date.", EXAMPLE)
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder or pattern, in any format that is read")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="publication date of these articles, instead of their own")
    parser.add_argument("--columns", metavar="FIELD=HEADER,...", help="columns of CSV and TSV: text=Inhalt,title=Titel")
    parser.add_argument("--force", action="store_true", help="read also what is unchanged since the last build")
    parser.add_argument("--prune", action="store_true", help="remove articles of INPUT whose files have gone from the disk")
    parser.add_argument("--report", metavar="FILE", help="write what became of each file and record as JSON Lines; -: stdout")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="have the workers of a Dask scheduler annotate: tcp://host:8786")
    parser.add_argument(
        "--shards", metavar="PLACE", help="with --scheduler: where they put what they made, a folder or address that all see"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Build; return 1 when an input could not be read or something was set aside."""
    if (args.scheduler is None) != (args.shards is None) or (args.scheduler and (args.prune or args.force)):
        raise UsageError("--scheduler ADDRESS and --shards PLACE belong together, without --prune and --force")
    return _build_on_cluster(args) if args.scheduler else _build(args)


def _build_on_cluster(args: Namespace) -> int:
    from kg.build.shards.cluster import annotate_on_cluster
    from kg.build.shards.loading import load_shards

    with counted("shards") as count:
        annotate_on_cluster(args.inputs, args.shards, build_options(args), args.scheduler, count)
    with open_store(args.store, write=True) as store:
        tally = load_shards(args.shards, store, lambda shards: track(shards, "shards"))
    return concluded(tally, store, args.report)


def _build(args: Namespace) -> int:
    from kg.build import build, find  # loads spaCy: a second that the other commands needn't wait

    options = replace(build_options(args), force=args.force, prune=args.prune)
    if not args.prune or not exists(args.store):
        find(args.inputs)  # where there is nothing to read, no empty store is left behind
    with open_store(args.store, write=True) as store:
        tally = build(args.inputs, store, options, lambda sources: track(sources, "files"))
    return concluded(tally, store, args.report)


def concluded(tally: Tally, store: GraphStore, report: str | None) -> int:
    """Write the report, say what came of a build, and return the exit status."""
    if report is not None:
        _report(tally, report)
    tell(tally, store)
    return 1 if tally.findings else 0


def tell(tally: Tally, store: GraphStore) -> None:
    """Say what came of a build: what was not read, kept once, moved, left out or set aside, and the tally."""
    for outcome, entries in groupby(sorted(tally.entries, key=_outcome), key=_outcome):
        told = [entry for entry in entries if entry.detail and outcome != "unchanged"]
        _some([str(entry) for entry in told], outcome)
    _some([f"{entry.path}: {entry.detail}" for entry in tally.moved], "moved")
    _some([f"{path}: gone from the disk, removed from the store" for path in tally.pruned], "pruned")
    for entry in tally.entries:
        for failed in entry.failed_sentences:
            say(f"kg: {entry.path}, characters {failed.begin} to {failed.end}: left out, {failed.error}; please report it")
    for checked in tally.set_aside:
        file = store.quarantine / f"{checked.article}.ttl"
        say(f"kg: {checked.article}: {len(checked.aside)} triples set aside, see {file}")
        for result in checked.report.violations:
            say(f"    {result}")
    for line in tally.lines(store):
        say(line)


def _outcome(entry: Entry) -> str:
    return entry.outcome


def _some(lines: Sequence[str], what: str) -> None:
    """Name what is of one kind, as far as it can be read; the rest is counted."""
    for line in lines[:MOST_NAMED]:
        say(f"kg: {line}")
    if len(lines) > MOST_NAMED:
        say(f"kg: {len(lines) - MOST_NAMED} more ({what}): kg build --report FILE lists all")


def _report(tally: Tally, place: str) -> None:
    """Write an object a line for every file and record."""
    lines = [json.dumps(entry.as_json()) + "\n" for entry in (*tally.entries, *tally.passed)]
    if place == "-":
        sys.stdout.writelines(lines)
        return
    with replacing(Path(place)) as out:
        out.writelines(line.encode("ascii") for line in lines)
