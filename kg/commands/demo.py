"""``kg demo``."""

from __future__ import annotations

from argparse import Namespace
from importlib.resources import as_file

from kg.commands import Subparsers, add_command, say, serve, track
from kg.commands.build import tell
from kg.resources import folder, listed
from kg.store import open_store

EXAMPLE = "kg demo --port 8000"


def register(subparsers: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(subparsers, "demo", "Build the shipped sample articles and serve them.", EXAMPLE)
    parser.add_argument("--no-serve", action="store_true", help="build only")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Build, check, serve."""
    from kg.build import Options, build

    articles = [file.name for file in listed("samples", ".txt")]
    say("Building the graph of the shipped sample articles ...")
    with as_file(folder("samples")) as samples, open_store(args.store, write=True) as store:
        options = Options(args.base, below=f"{samples.parent}/")  # the graph is the same wherever kg is installed
        tally = build([str(samples / name) for name in articles], store, options, lambda sources: track(sources, "articles"))
    tell(tally, store)
    if args.no_serve:
        return 1 if tally.findings else 0
    say(f"Serving at http://{args.host}:{args.port}/ (SPARQL: /sparql); Ctrl-C ends it")
    serve.serve(args.store, args.host, args.port)
    return 0
