"""The command line: ``kg COMMAND ...``. Exit status 0 done, 1 done with findings, 2 wrong usage."""

from __future__ import annotations

import os
import pkgutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from kg import commands
from kg.commands import INTERRUPTED
from kg.errors import LagebildError, UsageError
from kg.provenance import software
from kg.resources import collect_rarely
from kg.settings import SERVER_SETTINGS, SETTINGS

DONE, FINDINGS, USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    collect_rarely()
    try:
        args = parser().parse_args(argv)
        return int(args.run(args))
    except LagebildError as error:
        print(f"kg: {error}", file=sys.stderr)
        return USAGE if isinstance(error, UsageError) else FINDINGS
    except KeyboardInterrupt:
        print("kg: interrupted; what was stored until now is kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader, head for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def parser() -> ArgumentParser:
    """Return the parser of all commands."""
    variables = (s.variable for s in (*SETTINGS, *SERVER_SETTINGS) if s.variable)
    top = ArgumentParser(
        prog="kg",
        description="Turns German news reporting on armed conflict into a validated, linked knowledge graph.",
        epilog=f"Settings come from options or the environment: {', '.join(variables)}.",
    )
    top.add_argument("--version", action="version", version=software())
    subparsers = top.add_subparsers(required=True, metavar="COMMAND")
    for module in command_modules():
        module.register(subparsers)
    return top


def command_modules() -> Iterator[ModuleType]:
    """Yield every module of :mod:`kg.commands`."""
    for info in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        yield import_module(f"kg.commands.{info.name}")


if __name__ == "__main__":
    sys.exit(main())
