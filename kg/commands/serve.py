"""``kg serve``."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser, Namespace
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kg.commands import Subparsers, add_command, say
from kg.errors import StoreError, UsageError
from kg.settings import SERVER_SETTINGS, Setting, settings
from kg.store import is_address, open_store
from kg.store.embedded import Store
from kg.store.mirror import COPY, bring_up_to_date, follow

EXAMPLE = "kg serve --store graph --port 8000"
OPTIONS = tuple(setting for setting in SERVER_SETTINGS if "serve" in setting.commands)
ENGINES = ("memory", "disk")
NOTHING_SET = {  # what the option's help says of its default, where the value alone says too little
    "write_token": "nobody may; {variable}, which other users can't see",
    "allow_service": "none",
    "public_url": "that of the request",
    "access_log": "none",
}
METAVARS = {"write_token": "TOKEN", "allow_service": "IRI", "public_url": "URL", "access_log": "FILE"}


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "serve", "Serve the store: SPARQL endpoint and pages.", EXAMPLE)
    for setting in OPTIONS:
        _add_option(parser, setting)
    parser.set_defaults(run=run)


def _add_option(parser: ArgumentParser, setting: Setting) -> None:
    """Add the option of one of the server's settings."""
    flag = setting.name.replace("_", "-")
    if setting.default is True:
        turned_off = "take what clients write without checking it against the shapes"
        parser.add_argument(f"--no-{flag}", action="store_false", dest=setting.name, help=turned_off)
        return
    default = NOTHING_SET.get(setting.name, "%(default)s").format(variable=setting.variable)
    shape: dict[str, Any] = {"metavar": METAVARS.get(setting.name), "help": f"{setting.help} ({default})"}
    if setting.name == "engine":
        shape = {"choices": ENGINES, "help": shape["help"]}
    elif isinstance(setting.default, float):
        shape |= {"type": float, "metavar": setting.unit.upper()}
    elif isinstance(setting.default, tuple):
        shape |= {"action": "append", "help": f"{setting.help}; may be repeated ({default})"}
    value = settings().get(setting.name, setting.default)
    parser.add_argument(f"--{flag}", default=list(value) if isinstance(value, tuple) else value, **shape)


def run(args: Namespace) -> int:
    """Serve until interrupted, with what the options say."""
    chosen = {setting.name: getattr(args, setting.name) for setting in OPTIONS}
    serve(args.store, args.host, args.port, **chosen | {"allow_service": tuple(args.allow_service)})
    return 0


def serve(store_path: str, host: str, port: int, **settings: Any) -> None:
    """Serve a store until interrupted; ``settings`` are fields of the server's own configuration.

    Of a store behind a server, what is served is a copy on this disk, which follows it.
    """
    if not is_address(store_path):
        _serve_folder(Path(store_path), host, port, settings)
        return
    if settings.get("write_token"):
        raise UsageError(f"{store_path}: only a copy of this store is served here: leave --write-token out, write to it there")
    with open_store(store_path) as source:
        if source.base is None:
            raise StoreError(f"{store_path}: nothing in this store yet; kg build INPUT --store {store_path}")
        folder = source.quarantine.parent / COPY
        say(f"Copying {store_path} into {folder} ...")
        with Store(folder, write=True) as copy:
            say(f"{bring_up_to_date(copy, source)} graphs fetched")
    follower = get_context("spawn").Process(target=_follow, args=(store_path, folder, os.getpid()), daemon=True)
    follower.start()
    _serve_folder(folder, host, port, settings)


def _serve_folder(folder: Path, host: str, port: int, settings: dict[str, Any]) -> None:
    if folder.exists() or not settings.get("write_token"):  # who may write may begin with nothing
        with Store(folder):  # says at once, and in one line, when there is no store
            pass
    # The one place where kg reaches for server, and only when asked to serve: nothing in kg rests on it.
    server = import_module("server")
    server.run(server.create_app(store_path=folder, **settings), host, port)


def _follow(location: str, folder: Path, parent: int) -> None:
    """Keep the copy in ``folder`` up to date, in a process of its own."""
    from kg.build.workers import end_with  # loads spaCy: a second that the first answer needn't wait

    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    follow(lambda: open_store(location), folder, lambda trouble: say(f"kg: {trouble}"))
