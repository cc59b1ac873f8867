"""The commands of ``kg``, a module each with ``register(subparsers)`` and ``run(args)``: a new file is a new command.

Only these modules and :mod:`kg.cli` print: what machines read on stdout, what people read on stderr.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.settings import SETTINGS, settings

if TYPE_CHECKING:
    from kg.build import Options

INTERRUPTED = 130  # exit status: 128 and SIGINT, as shells report it
Subparsers = Any  # argparse keeps the type of add_subparsers() to itself


def add_command(subparsers: Subparsers, name: str, purpose: str, example: str) -> ArgumentParser:
    """Add the command ``name`` with its example and the settings that it shows as options; return its own parser."""
    parser: ArgumentParser = subparsers.add_parser(
        name,
        help=purpose,
        description=purpose,
        epilog=f"example:\n  {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    values = settings()
    for setting in SETTINGS:
        if name in setting.commands:
            parser.add_argument(
                f"--{setting.name}",
                type=type(setting.default),
                default=values[setting.name],
                metavar="N" if isinstance(setting.default, int) else setting.name.upper(),
                help=f"{setting.help} (%(default)s; {setting.variable})",
            )
    return parser


def day(text: str) -> date:
    """Read a date option."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date {text}: is no date, write it as 2017-11-09") from error


def build_options(args: Namespace) -> Options:
    """Return what the options of a command that reads articles decide; raise :class:`UsageError` on what can't be."""
    from kg.build import Options  # loads spaCy: a second that the other commands needn't wait
    from kg.reading import ColumnMap

    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: give 1 or more")
    published = day(args.date) if args.date else None
    columns = ColumnMap.parse(args.columns) if args.columns else ColumnMap()
    return Options(args.base, args.pipeline, args.jobs, published=published, columns=columns)


def say(line: str) -> None:
    """Tell people something."""
    print(line, file=sys.stderr)


def track(items: Sequence[Any], unit: str) -> Iterable[Any]:
    """Pass ``items`` on behind a progress bar on stderr, when that is a terminal."""
    from tqdm import tqdm

    return tqdm(items, unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)  # type: ignore[no-any-return]


@contextmanager
def counted(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many of how many are done, in a progress bar on stderr when that is a terminal."""
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
