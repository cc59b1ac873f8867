"""``kg eval``."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.commands import Subparsers, add_command, say, track
from kg.errors import UsageError
from kg.evaluation import Scores, evaluate, report
from kg.evaluation.gold import read_gold
from kg.resources import folder
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.embedded import Store

EXAMPLE = "kg eval my-annotations/ --verbose"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    purpose = "Score what is extracted against annotated articles."
    parser = add_command(subparsers, "eval", purpose, EXAMPLE)
    parser.add_argument("gold", nargs="?", type=Path, metavar="GOLD_DIR", help="annotated articles (shipped samples)")
    parser.add_argument("--store", help="score this store instead of building the articles anew")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="list missed and surplus events and links, and what is wrong with the rest",
    )
    parser.add_argument("--json", action="store_true", help="for machines: one JSON object")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Score and print the figures; return 1 when an annotated article is not in the graph."""
    with _gold(args.gold) as gold, _store(args, gold) as store:
        scores = evaluate(gold, store.quads())
    if args.json:
        print(json.dumps(report.as_json(scores), ensure_ascii=False))
    else:
        print("\n".join(_lines(scores, args.verbose)))
    return 1 if scores.missing else 0


@contextmanager
def _gold(given: Path | None) -> Iterator[Path]:
    if given is None:
        with as_file(folder("samples")) as samples:
            yield samples
    elif given.is_dir():
        yield given
    else:
        raise UsageError(f"{given}: no such folder of annotated articles")


@contextmanager
def _store(args: Namespace, gold: Path) -> Iterator[GraphStore]:
    """Open the store given, or build the annotated articles into one that is removed afterwards."""
    if args.store is not None:
        with open_store(args.store) as given:
            yield given
        return
    from kg.build import Options, build

    texts = [str(gold / article.name) for article in read_gold(gold)]
    with TemporaryDirectory(prefix="kg-eval-") as place, Store(Path(place) / "store", write=True) as store:
        options = Options(pipeline=args.pipeline, jobs=args.jobs)
        tally = build(texts, store, options, lambda sources: track(sources, "articles"))
        for failure in tally.failures:
            say(f"kg: {failure}")
        for checked in tally.set_aside:
            say(f"kg: {checked.article}: {len(checked.aside)} triples do not conform and are not scored")
        yield store


def _lines(scores: Scores, verbose: bool) -> Iterator[str]:
    yield from report.summary(scores)
    yield ""
    yield from report.breakdown("document", scores.by_document)
    yield ""
    yield from report.breakdown("event type", scores.by_kind)
    if verbose:
        yield ""
        yield from report.findings(scores.findings)
