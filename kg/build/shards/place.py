"""Where shards are kept: a folder, or any place that fsspec knows by an address such as ``s3://bucket/shards``."""

from __future__ import annotations

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any, BinaryIO, cast

from kg.errors import StoreError, UsageError

EXTRA = "pip install 'lagebild[cluster]'"


class Place(ABC):
    """A flat folder of files that are there whole or not at all."""

    @staticmethod
    def of(location: str) -> Place:
        """Return the place that ``location`` names; raise :class:`UsageError` where it can be none."""
        return _ObjectStore(location) if "://" in location else _Folder(location)

    @abstractmethod
    def __str__(self) -> str:
        """Return the place as the user gave it."""

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of its files, sorted; none where it doesn't exist yet."""

    @abstractmethod
    def put(self, name: str, made: Path) -> None:
        """Put the file ``made`` here under a name, in the place of another of this name."""

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; raise :class:`FileNotFoundError` where there is none."""

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        with self.open(name) as file:
            return file.read()

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Give a folder for files that are still being made, which goes when the context ends."""
        with TemporaryDirectory(prefix="lagebild-shard-") as folder:
            yield Path(folder)


class _Folder(Place):
    def __init__(self, location: str) -> None:
        self._folder = Path(location)
        if self._folder.exists() and not self._folder.is_dir():
            raise UsageError(f"{location}: shards are kept in a folder, this is a file: give another place")

    def __str__(self) -> str:
        return str(self._folder)

    def names(self) -> list[str]:
        return sorted(entry.name for entry in self._folder.iterdir()) if self._folder.is_dir() else []

    def put(self, name: str, made: Path) -> None:
        """Copy beside, have it on disk, and rename: others on a shared folder see all of it or what was before."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=f".{name}.", delete=False) as out:
                new = Path(out.name)
                try:
                    with made.open("rb") as file:
                        shutil.copyfileobj(file, out)
                    out.flush()
                    os.fsync(out.fileno())
                    new.chmod(0o644)
                    new.replace(self._folder / name)
                except BaseException:
                    new.unlink(missing_ok=True)
                    raise
        except OSError as error:
            why = f"can't be written: {error.strerror or error}; is the disk full?"
            raise StoreError(f"{self._folder / name}: {why}") from error

    def open(self, name: str) -> BinaryIO:
        try:
            return (self._folder / name).open("rb")
        except NotADirectoryError as error:
            raise FileNotFoundError(name) from error
        except PermissionError as error:
            raise StoreError(f"{self._folder / name}: can't be read: see its permissions") from error


class _ObjectStore(Place):
    def __init__(self, location: str) -> None:
        try:
            import fsspec
        except ImportError as error:
            raise UsageError(f"{location}: a place behind an address wants fsspec: {EXTRA}") from error
        self._location = location.rstrip("/")
        try:
            self._files, self._path = cast(tuple[Any, str], fsspec.core.url_to_fs(self._location))
        except (ImportError, ValueError) as error:
            raise UsageError(f"{location}: can't be reached: {error}") from error

    def __str__(self) -> str:
        return self._location

    def names(self) -> list[str]:
        self._files.invalidate_cache()
        try:
            return sorted(str(path).rpartition("/")[2] for path in self._files.ls(self._path, detail=False))
        except FileNotFoundError:
            return []
        except Exception as error:  # each kind of storage has errors of its own
            raise self._unreachable(error) from error

    def put(self, name: str, made: Path) -> None:
        try:
            self._files.makedirs(self._path, exist_ok=True)
            self._files.put_file(str(made), f"{self._path}/{name}")
        except Exception as error:  # the same
            raise self._unreachable(error) from error

    def open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, self._files.open(f"{self._path}/{name}", "rb"))
        except FileNotFoundError:
            raise
        except Exception as error:  # the same
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> StoreError:
        return StoreError(f"{self._location}: can't be reached: {error}; what is there already is kept, run it again")


def sha256_of(file: BinaryIO) -> str:
    """Return the SHA-256 of what is left to read of a file, in hexadecimal digits."""
    digest = sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
