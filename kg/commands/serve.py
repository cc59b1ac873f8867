"""``kg serve``."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.commands import Subparsers, add_command
from kg.errors import UsageError
from kg.store import is_address
from kg.store.embedded import Store

EXAMPLE = "kg serve --store graph --port 8000"
FROM_SETTINGS = ("write_token", "validate_writes", "timeout", "engine", "public_url", "access_log")
TOKEN_VARIABLE = "KG_WRITE_TOKEN"  # noqa: S105  its name, no token


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        subparsers, "serve", "Serve the store: SPARQL endpoint and pages.", EXAMPLE, ("store", "host", "port")
    )
    parser.add_argument(
        "--write-token",
        default=os.environ.get(TOKEN_VARIABLE) or None,
        metavar="TOKEN",
        help="let clients that show this bearer token write, also into a store that is yet to be made "
            f"(nobody may; {TOKEN_VARIABLE}, which other users can't see)",
    )
    parser.add_argument(
        "--no-validate-writes",
        action="store_false",
        dest="validate_writes",
        help="take what clients write without checking it against the shapes",
    )
    parser.add_argument(
        "--allow-service",
        action="append",
        default=[],
        metavar="IRI",
        help="let queries ask this endpoint with SERVICE; may be repeated (none)",
    )
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS", help="deadline of a query (%(default)s)")
    parser.add_argument(
        "--engine",
        choices=("memory", "disk"),
        default="memory",
        help="disk: answer from a snapshot on disk, for stores larger than memory (%(default)s)",
    )
    parser.add_argument("--public-url", metavar="URL", help="address by which clients reach it (that of the request)")
    parser.add_argument("--access-log", metavar="FILE", help='file for one JSON line a request, "-" for stderr (none)')
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Serve until interrupted, with what the options say."""
    settings = {name: getattr(args, name) for name in FROM_SETTINGS}
    serve(args.store, args.host, args.port, **settings | {"allow_service": tuple(args.allow_service)})
    return 0


def serve(store_path: str, host: str, port: int, **settings: Any) -> None:
    """Serve a store until interrupted; ``settings`` are fields of the server's own configuration."""
    if is_address(store_path):
        raise UsageError(f"{store_path}: is a server already; kg serve serves a folder, give one as --store")
    if Path(store_path).exists() or not settings.get("write_token"):  # who may write may begin with nothing
        with Store(store_path):  # says at once, and in one line, when there is no store
            pass
    # The one place where kg reaches for server, and only when asked to serve: nothing in kg rests on it.
    server = import_module("server")
    server.run(server.create_app(store_path=Path(store_path), **settings), host, port)
