"""Which articles a store holds, where they came from, and which of them have gone from the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.namespaces import LB, SCHEMA
from kg.store.base import GraphStore
from kg.store.manifest import IN_STORE, Entry

QUERY = f"""SELECT ?article ?path ?hash ?url ?published {{ GRAPH ?article {{
  ?article a <{SCHEMA.NewsArticle}> ; <{LB.sourcePath}> ?path ; <{LB.contentHash}> ?hash .
  OPTIONAL {{ ?article <{SCHEMA.url}> ?url }} OPTIONAL {{ ?article <{SCHEMA.datePublished}> ?published }} }} }}
ORDER BY ?article"""
UNREAD = frozenset(("unreadable", "kind"))  # such a file may still hold the article, or hold it again soon
STANDING = IN_STORE | {"failed"}  # the version before stays where a new one can't be annotated


@dataclass(frozen=True, slots=True)
class Held:
    """One article of a store, by what its graph says of it; ``url`` is "" for an article without one."""

    id: str
    path: str
    hash: str
    url: str
    published: str


def inventory(store: GraphStore) -> dict[str, Held]:
    """Return the articles of ``store`` by id."""
    begin = len(f"{store.base}article/")
    found = (
        Held(row["article"].value[begin:], row["path"].value, row["hash"].value, _value(row["url"]), _value(row["published"]))
        for row in store.query(QUERY)
    )
    return {held.id: held for held in found}


def gone(held: Iterable[Held], entries: Iterable[Entry]) -> list[Held]:
    """Return the articles that no file holds any more, by path; one that no build noted is looked for under its own path."""
    noted: dict[str, bool] = {}
    files: set[str] = set()
    unread: set[str] = set()
    for entry in entries:
        (unread if entry.outcome in UNREAD else files).add(entry.file)
        if entry.article is not None and entry.outcome in STANDING:
            noted[entry.article] = noted.get(entry.article, True) and entry.gone
    files -= unread
    lost = (each for each in held if (noted[each.id] if each.id in noted else _lost(each, files)))  # a look at the disk is slow
    return sorted(lost, key=lambda each: (each.path, each.id))


def _lost(held: Held, files: set[str]) -> bool:
    """Whether an article that no entry stands for has lost its file, or its file holds something else by now."""
    path = Path(held.path)
    return not path.exists() or str(path.resolve()) in files


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
