"""Articles leave a store: their graphs, what of them is in quarantine, and what is noted of their files."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.store.base import GraphStore
from kg.store.departures import Cause, Departures, names_in
from kg.store.inventory import Held, gone, inventory
from kg.store.manifest import Manifest
from kg.validation.quarantine import Quarantine


def remove(store: GraphStore, manifest: Manifest, articles: Collection[str], cause: Cause = "removed") -> None:
    """Remove the articles of these ids, and note which names leave with them."""
    quarantine = Quarantine(store.quarantine)
    leaving = names_in(store, [f"{store.base}article/{article}" for article in articles])
    Departures(store.quarantine.parent).note(replace(departure, cause=cause) for departure in leaving.values())
    for article in articles:
        store.remove(NamedNode(f"{store.base}article/{article}"))
        quarantine.remove(article)
    manifest.forget(articles)


def prune(store: GraphStore, manifest: Manifest, inputs: Sequence[str]) -> list[Held]:
    """Remove the articles below ``inputs`` that no file holds any more, and return them."""
    files = _files(manifest)
    lost = [
        held
        for held in gone(inventory(store).values(), manifest)
        if any(_below(file, inputs) for file in files.get(held.id, [os.path.realpath(held.path)]))
    ]
    remove(store, manifest, {held.id for held in lost}, "pruned")
    return lost


def named(store: GraphStore, manifest: Manifest, name: str) -> list[Held]:
    """Return the articles that ``name`` means: an id, an IRI, a URL, or the path of a file or folder.

    Raises :class:`UsageError` when it means none.
    """
    held = inventory(store)
    files = _files(manifest)
    article = name.removeprefix(f"{store.base}article/")
    if article in held:
        return [held[article]]
    found = [
        each
        for each in held.values()
        if name in (each.url, each.path)
        or any(_below(file, [name]) for file in files.get(each.id, [os.path.realpath(each.path)]))
    ]
    if not found:
        raise UsageError(f"{name}: no article of {store} has this id, IRI, URL or path: kg query lists lb:sourcePath")
    return found


def _files(manifest: Manifest) -> dict[str, list[str]]:
    """Return the files that stand for each article."""
    files: dict[str, list[str]] = {}
    for entry in manifest:
        if entry.article is not None:
            files.setdefault(entry.article, []).append(entry.file)
    return files


def _below(file: str, inputs: Sequence[str]) -> bool:
    """Whether a file is one of ``inputs``, lies in one, or matches one as a pattern."""
    places = [os.path.realpath(given) for given in inputs]
    return any(file == place or Path(place) in Path(file).parents or fnmatchcase(file, place) for place in places)
