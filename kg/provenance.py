"""What makes two runs the same: the software, its lexicon, ontology, gazetteer and shapes, and the pipeline chosen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.resources import folder

LIBRARIES = ("spacy", "HanTa")  # they decide what is read; the others only carry it


def software() -> str:
    """Return the name and version of the software."""
    return f"Lagebild {version('lagebild')}"


@cache
def run_id(pipeline: str = "") -> str:
    """Return the id of every run by this software with this knowledge; ``pipeline`` names a spaCy pipeline or none."""
    digest = sha256("\n".join([software(), _versioned(pipeline), *(f"{name} {version(name)}" for name in LIBRARIES)]).encode())
    for name, content in sorted(_knowledge()):
        digest.update(f"\0{name}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _versioned(pipeline: str) -> str:
    """Name a pipeline with its version where it is a package, so that an upgraded one reads everything anew."""
    try:
        return f"{pipeline} {version(pipeline)}" if pipeline else ""
    except PackageNotFoundError:
        return pipeline


def _knowledge() -> Iterator[tuple[str, bytes]]:
    yield from _contents(folder("ontology"), ".ttl")
    yield from _contents(folder("shapes"), ".ttl")
    yield from _contents(folder("lexicon"), ".tsv")
    yield from _contents(files("kg"), ".py")


def _contents(place: Traversable, suffix: str) -> Iterator[tuple[str, bytes]]:
    for entry in place.iterdir():
        if entry.is_dir():
            yield from _contents(entry, suffix)
        elif entry.name.endswith(suffix):
            yield f"{place.name}/{entry.name}", entry.read_bytes()
