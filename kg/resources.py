"""The one way to the files that the package ships: ontology, shapes, lexicon, samples."""

from __future__ import annotations

import csv
import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.errors import ResourceError

FOLDERS = {
    "ontology": ("ontology", ""),
    "shapes": ("shapes", ""),
    "lexicon": ("kg", "lexicon"),
    "samples": ("kg", "samples"),
    "queries": ("server", "queries"),
    "pages": ("server", "pages"),
}
TABLES_KEPT = 32  # the last ones read: many a table is asked for one group of its words after the other


def collect_rarely() -> None:
    """Have the garbage collector run rarely: what a command loads stays, and is not to be gone through time and again."""
    gc.set_threshold(50_000, 20, 20)


@contextmanager
def loading_for_good() -> Iterator[None]:
    """Let the garbage collector rest while much is loaded that stays, and leave all of it alone from then on."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def give_back_memory() -> None:
    """Give the memory that is free in this process back to the system, where glibc has a way: it else keeps tens of MiB."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def folder(name: str) -> Traversable:
    """Return the shipped folder ``name`` (a key of :data:`FOLDERS`)."""
    package, sub = FOLDERS[name]
    root = files(package)
    return root.joinpath(sub) if sub else root


def listed(name: str, suffix: str) -> list[Traversable]:
    """Return the files of a folder with that suffix, sorted by name; raise :class:`ResourceError` on none."""
    found = sorted((f for f in folder(name).iterdir() if f.name.endswith(suffix)), key=lambda f: f.name)
    if not found:
        raise ResourceError(f"no *{suffix} in the shipped folder {name}/: the installation is incomplete, reinstall")
    return found


def text(name: str, file: str) -> str:
    """Return the text of ``file`` in the shipped folder ``name``; raise :class:`ResourceError` when missing or empty."""
    try:
        content = folder(name).joinpath(file).read_text(encoding="utf8")
    except FileNotFoundError as error:
        raise ResourceError(f"{name}/{file} is missing: the installation is incomplete, reinstall") from error
    if not content.strip():
        raise ResourceError(f"{name}/{file} is empty: the installation is broken, reinstall")
    return content


def table(file: str, name: str = "lexicon") -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped folder's TSV as dicts by column name; ``#`` lines and blank lines are comments."""
    return map(dict.copy, _rows(file, name))


@lru_cache(maxsize=TABLES_KEPT)
def _rows(file: str, name: str) -> list[dict[str, str]]:
    lines = (s for s in text(name, file).splitlines() if s.strip() and not s.startswith("#"))
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]
    if not rows:
        raise ResourceError(f"{name}/{file} has no rows: the installation is broken, reinstall")
    return rows
