"""Where a generation's data come from: the one place that knows how a store's folder looks.

``python -m server.data.loading SETTINGS`` reads the store on disk; a process of its own, because that starts threads, and who
forks workers must have none.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.embedded import DATA, GENERATION
from server.data.description import StoreDescription
from server.ipc.messages import Head

_ATTEMPTS = 5
_PAUSE = 0.2


def stamp(folder: Path) -> str:
    """Return a word that is another one whenever the store has been written to."""
    try:
        state = (folder / GENERATION).stat()
        return f"{(folder / GENERATION).read_text(encoding='ascii').strip()}-{state.st_mtime_ns:x}"
    except FileNotFoundError:
        return "0"


def load(settings: Head) -> ox.Store | None:
    """Return the data in memory, or None when workers read ``settings["snapshot"]`` from disk instead.

    A builder may be writing meanwhile: what a broken attempt read is thrown away and read again.
    """
    if settings["engine"] == "disk":
        return None
    store = ox.Store()
    if (Path(settings["folder"]) / DATA).is_dir():
        _helper(settings, store)
    return store


def _helper(settings: Head, store: ox.Store | None) -> None:
    for attempt in range(_ATTEMPTS):
        time.sleep(_PAUSE * attempt)
        shutil.rmtree(settings["snapshot"], ignore_errors=True)
        command = [sys.executable, "-m", "server.data.loading", json.dumps(settings)]
        with (
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as helper,  # noqa: S603 - our own
            contextlib.suppress(SyntaxError),  # a dump that breaks off; the exit code tells
        ):
            if store is not None and helper.stdout is not None:
                store.clear()
                store.bulk_extend(ox.parse(helper.stdout, format=ox.RdfFormat.N_QUADS))
        if helper.returncode == 0:
            return
    raise StoreError(f"{settings['folder']}: the store can't be read: see the messages above")


def snapshot(settings: Head) -> None:
    """Put a copy of the store's data, and their description, at ``settings["snapshot"]``, for workers to read.

    Takes hard links where the file system has them. Raises :class:`StoreError` when the store can't be read.
    """
    _helper(settings, None)


def main() -> None:
    """Do what the settings on the command line say: write every quad to stdout as N-Quads, or make the snapshot."""
    settings = json.loads(sys.argv[1])
    data = Path(settings["folder"]) / DATA
    if settings["engine"] == "memory":
        ox.Store.read_only(str(data)).dump(sys.stdout.buffer, format=ox.RdfFormat.N_QUADS)
        sys.stdout.buffer.flush()
        return
    target = settings["snapshot"]
    if data.is_dir():
        _copy(data, Path(target))
    store = ox.Store(target)
    StoreDescription(settings).enter(store)
    store.flush()


def _copy(data: Path, target: Path) -> None:
    """Copy a database: its log too, which a backup of a read-only store leaves out.

    Raises :class:`StoreError` when a writer changed it meanwhile.
    """
    before = _state(data)
    target.mkdir(parents=True)
    for name in before:
        if name == "LOCK":
            continue
        if name.endswith(".sst"):  # never changed once it is written
            _link(data / name, target / name)
        else:
            shutil.copyfile(data / name, target / name)
    if _state(data) != before:
        raise StoreError(f"{data}: being written into")


def _state(data: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in data.iterdir() if not file.name.startswith("LOG")}


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:  # another file system
        shutil.copyfile(file, target)


if __name__ == "__main__":
    main()
