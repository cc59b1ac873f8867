"""``kg watch``."""

from __future__ import annotations

import random
import re
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.commands import Subparsers, add_command, say
from kg.commands.build import tell
from kg.errors import LagebildError, UsageError
from kg.reading import Source, discover
from kg.store import holds_a_store, open_store
from kg.watching.addresses import is_web_address, web_address
from kg.watching.limits import WatchOptions
from kg.watching.rounds import watch_round
from kg.watching.state import WatchState

EXAMPLE = "kg watch https://news.example.org/feed.xml inbox/ --host news.example.org --every 15m"
SPAN = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
HOST = re.compile(r"[\w.-]+(:\d{1,5})?")


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    purpose = "Follow feeds and folders: fetch new and changed articles, again and again, and build them."
    parser = add_command(subparsers, "watch", purpose, EXAMPLE)
    parser.add_argument("feeds", nargs="+", metavar="FEED", help="address of an RSS or Atom feed, or a folder")
    parser.add_argument("--host", action="append", default=[], dest="hosts", metavar="HOST[:PORT]",
        help="fetch articles from this host and those below it; may be repeated, from others none is fetched")  # fmt: skip
    parser.add_argument("--every", default="15m", metavar="SPAN", help="time between two rounds, as 90s, 15m, 1h (%(default)s)")
    parser.add_argument("--once", action="store_true", help="one round and no more, for cron")
    parser.add_argument("--pages", type=Path, default=Path("lagebild-pages"), metavar="DIR",
        help="folder of the pages fetched and of what is remembered of feeds (%(default)s)")  # fmt: skip
    parser.add_argument("--delay", default="1s", metavar="SPAN", help="time between two requests to a site (%(default)s)")
    parser.add_argument("--prune", action="store_true", help="remove articles that were withdrawn, or whose files have gone")
    parser.add_argument("--private", action="append", default=[], metavar="HOST[:PORT]",
        help="this host may have an address of a private network; may be repeated (none)")  # fmt: skip
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Watch; with --once, return 1 when something was not fetched, not read, left out, set aside or withdrawn."""
    options = WatchOptions(
        _hosts(args.hosts), _hosts(args.private), _seconds("--every", args.every), _seconds("--delay", args.delay), args.prune
    )
    feeds, folders = _parted(args.feeds)
    if feeds and not options.hosts:
        raise UsageError(f"{feeds[0]}: no host to fetch its articles from: give one with --host, it may be repeated")
    pages = args.pages.resolve()
    if any(holds_a_store(folder) for folder in (pages, *pages.parents)):
        raise UsageError(f"{args.pages}: lies in a store: give another folder as --pages")
    with WatchState(pages) as state:
        while True:
            begun = time.monotonic()
            findings = _round(args, feeds, folders, state, options)
            if args.once:
                return 1 if findings else 0
            pause = options.every * (1 + random.random() / 10)  # noqa: S311 - so that many who watch don't ask together
            time.sleep(max(0.0, pause - (time.monotonic() - begun)))


def _round(args: Namespace, feeds: list[str], folders: list[str], state: WatchState, options: WatchOptions) -> bool:
    """Do one round; a round that can't be completed ends the command only when it is to be the only one."""
    builds = _Builds(args, options)
    try:
        tally = watch_round(feeds, state, args.pages, options, builds.build)
        builds.build_folders(folders)
    except LagebildError as error:
        if args.once or isinstance(error, UsageError):
            raise
        say(f"kg: {error}; the next round goes on")
        return True
    for line in tally.lines() if feeds else ():
        say(f"kg: {line}")
    return tally.findings or builds.findings


class _Builds:
    """Builds of one round into one store, which is open only as long as each takes."""

    def __init__(self, args: Namespace, options: WatchOptions) -> None:
        self._args, self._options = args, options
        self.findings = False

    def build(self, inputs: Sequence[str]) -> None:
        """Bring files into the store; with --prune, those that have gone out of it."""
        from kg.build import Options, build  # loads spaCy: a second that a round without news needn't wait

        options = Options(self._args.base, self._args.pipeline, self._args.jobs, prune=self._options.prune)
        with open_store(self._args.store, write=True) as store:
            tally = build(inputs, store, options)
            tell(tally, store)
        self.findings = self.findings or tally.findings

    def build_folders(self, folders: list[str]) -> None:
        """Build the folders that hold something, or held it when they are to be pruned."""
        filled = [folder for folder in folders if self._options.prune or _has_files(folder)]
        if filled:
            self.build(filled)


def _parted(given: list[str]) -> tuple[list[str], list[str]]:
    """Part addresses and folders; raise :class:`UsageError` for what is neither."""
    feeds, folders = [], []
    for one in given:
        if is_web_address(one):
            try:
                feeds.append(web_address(one))
            except ValueError:
                raise UsageError(f"{one}: is no web address: see it") from None
        elif Path(one).exists():
            folders.append(one)
        else:
            raise UsageError(f"{one}: neither a web address nor a folder: see it")
    return feeds, folders


def _has_files(folder: str) -> bool:
    try:
        return any(isinstance(found, Source) for found in discover([folder]))
    except UsageError:  # nothing in it yet
        return False


def _hosts(given: list[str]) -> tuple[str, ...]:
    for host in given:
        if not HOST.fullmatch(host):
            raise UsageError(f"{host}: is no host: write it as news.example.org, with :8080 behind it for a port of its own")
    return tuple(given)


def _seconds(option: str, text: str) -> float:
    found = SPAN.fullmatch(text)
    if found is None:
        raise UsageError(f"{option} {text}: is no time: write it as 90s, 15m, 1h or 1d")
    return float(found[1]) * SECONDS[found[2]]
