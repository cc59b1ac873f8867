"""A file is there whole or as it was: what is written stands beside it until it is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from kg.errors import StoreError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for writing; it takes the place of the file before only when all went well.

    Pipes and devices are written to as they are. Raises :class:`StoreError` when it can't be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                yield out
            return
        yield from _beside(path.resolve())
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror or error}") from error


def _beside(path: Path) -> Iterator[BinaryIO]:
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as out:
        new = Path(out.name)
        try:
            yield out  # type: ignore[misc]
            out.flush()
            new.chmod(mode if mode is not None else _usual_mode())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def _usual_mode() -> int:
    """Return the permissions that a new file gets here; a temporary one is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
