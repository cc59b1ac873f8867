"""``kg annotate``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kg.commands import Subparsers, add_command, build_options, say
from kg.errors import StoreError, UsageError

EXAMPLE = """kg annotate report.txt --html report-annotated.html
  kg annotate --shard 3/16 archive/ -o shards      (one of 16 parts of a build, wherever it runs)
  kg load shards --store graph                     (when all of them are there)"""


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    purpose = "Show what is read out of an article; or annotate one shard of many articles for kg load."
    parser = add_command(subparsers, "annotate", purpose, EXAMPLE)
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file; with --shard: files, folders or patterns")
    parser.add_argument("--html", type=Path, metavar="OUT.html", help="write a page with everything marked instead")
    parser.add_argument("--shard", metavar="I/N", help="annotate the I-th of N parts of the work, if it isn't there yet")
    parser.add_argument(
        "-o", "--output", metavar="PLACE", help="where shards are kept: a folder, or an address that fsspec knows"
    )
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="publication date, instead of the article's own")
    parser.add_argument("--columns", metavar="FIELD=HEADER,...", help="columns of CSV and TSV: text=Inhalt,title=Titel")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Annotate the articles of one file and show them on stdout or in a page; or annotate a shard."""
    if (args.shard is None) != (args.output is None) or (args.shard and args.html):
        raise UsageError("--shard I/N and -o PLACE belong together, and --html is without them")
    if args.shard is not None:
        return _shard(args)
    if len(args.inputs) > 1:
        raise UsageError("more than one file: give one, or --shard 1/1 and -o PLACE to annotate many")
    return _show(args, Path(args.inputs[0]))


def _shard(args: Namespace) -> int:
    from kg.build.shards.annotating import annotate_shard
    from kg.build.shards.division import Shard

    shard = Shard.parse(args.shard)
    head, anew = annotate_shard(args.inputs, shard, args.output, build_options(args))
    for given, why in head.refused:
        say(f"kg: {given}: {why}")
    for failure in head.failures:
        say(f"kg: {failure}")
    counts = ", ".join(f"{number} {outcome}" for outcome, number in head.counts.items()) or "nothing in it"
    done = f"{head.triples:,} triples" if anew else "there already, nothing to do"
    say(f"shard {shard}: {counts}, {done}: {args.output}")
    return 1 if head.failures or head.refused else 0


def _show(args: Namespace, file: Path) -> int:
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    from kg.annotation.pipeline import annotate, load_pipeline
    from kg.display import listing, page
    from kg.reading import Skipped, read_articles

    options = build_options(args)
    root = str(file.parent)
    found = list(read_articles(str(file), root=root, published=options.published, columns=options.columns))
    skipped = [outcome for outcome in found if isinstance(outcome, Skipped)]
    for outcome in skipped:
        say(f"kg: {outcome}")
    articles = [outcome for outcome in found if not isinstance(outcome, Skipped)]
    if not articles:
        return 1
    annotated = list(annotate(load_pipeline(args.pipeline or None), articles))
    failures = [(article.source_path, failure) for article, doc in annotated for failure in doc._.failures]
    for path, failure in failures:
        say(f"kg: {path}, characters {failure.begin} to {failure.end}: left out, {failure.error}; please report it")
    if args.html is None:
        for article, doc in annotated:
            print("\n".join(listing(article, doc)))
        return 1 if skipped or failures else 0
    try:
        args.html.write_text(page(annotated), encoding="utf8")
    except OSError as error:
        raise StoreError(f"{args.html}: can't be written: {error.strerror or error}") from error
    say(f"{args.html}: written, open it in a browser")
    return 1 if skipped or failures else 0
