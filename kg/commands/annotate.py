"""``kg annotate``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kg.commands import Subparsers, add_command, day, say
from kg.errors import StoreError, UsageError

EXAMPLE = "kg annotate report.txt --html report-annotated.html"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "annotate", "Show what is read out of an article.", EXAMPLE)
    parser.add_argument("file", type=Path, metavar="FILE", help="text, HTML, JSON Lines or WARC")
    parser.add_argument("--html", type=Path, metavar="OUT.html", help="write a page with everything marked instead")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="publication date, instead of the article's own")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Annotate the articles of one file and show them on stdout or in a page."""
    if not args.file.is_file():
        raise UsageError(f"{args.file}: no such file")
    from kg.annotation.pipeline import annotate, load_pipeline
    from kg.display import listing, page
    from kg.reading import Skipped, read_articles

    published = day(args.date) if args.date else None
    found = list(read_articles(str(args.file), root=str(args.file.parent), published=published))
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
