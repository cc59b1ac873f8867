"""``kg serve``."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module
from pathlib import Path

from kg.commands import Subparsers, add_command
from kg.errors import UsageError
from kg.store import Store, open_store

EXAMPLE = "kg serve --store graph --port 8000"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        subparsers, "serve", "Serve the store: SPARQL endpoint and pages.", EXAMPLE, ("store", "host", "port")
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Serve until interrupted."""
    with open_store(args.store) as store:  # says at once, and in one line, when there is no store
        if not isinstance(store, Store):
            raise UsageError(f"{store}: is a server already; kg serve serves a folder, give one as --store")
    # The one place where kg reaches for server, and only when asked to serve: nothing in kg rests on it.
    server = import_module("server")
    server.run(server.create_app(store_path=Path(args.store)), args.host, args.port)
    return 0
