"""Annotated articles: a folder of ``*.json`` beside their ``*.txt``, and ``entities.tsv`` in it or one folder up."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.namespaces import ROLES

TABLE = "entities.tsv"
PEOPLE = "people"  # victims of whom nothing is said: neither demanded nor punished
UNSPECIFIED = frozenset((PEOPLE, "civilians"))  # one is as good as the other


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An actor or place as annotated; ``qids`` are the Wikidata items that are right for it, none where unknown.

    ``names`` are all names and surface forms, in lower case. ``demanded`` says whether its link must be found.
    """

    slug: str
    names: frozenset[str]
    qids: frozenset[str]
    demanded: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as annotated; ``roles`` hold entity slugs by role, days are ISO dates, ``same_as`` is an index."""

    kind: str
    trigger: str
    sentence: str
    roles: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]
    earliest: str | None
    latest: str | None
    factuality: str | None
    required: bool
    same_as: int | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article; ``name`` is its file's name."""

    name: str
    entities: Mapping[str, GoldEntity]
    events: tuple[GoldEvent, ...]

    def mentions_of(self, index: int) -> list[GoldEvent]:
        """Return all mentions of the occurrence that the event ``index`` mentions."""
        first = self.occurrence(index)
        return [event for n, event in enumerate(self.events) if self.occurrence(n) == first]

    def occurrence(self, index: int) -> int:
        """Return the index of the first mention of the occurrence that the event ``index`` mentions."""
        return _first(self.events, index)


def read_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """Return the annotated articles of ``folder``, sorted by file.

    Raises :class:`UsageError` when there is none or one is no annotation.
    """
    qids, allowed = _identifiers(folder)
    articles: dict[str, GoldArticle] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf8"))
            articles[record["doc"]] = _article(record, qids, allowed)
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise UsageError(f"{path}: is no annotated article ({type(error).__name__}: {error})") from error
    if not articles:
        raise UsageError(f"{folder}: no annotated article (*.json beside its *.txt) in this folder")
    return tuple(articles.values())


def _identifiers(folder: Path) -> tuple[dict[str, frozenset[str]], set[str]]:
    """Return the Wikidata items of every slug and the slugs whose link is allowed but not demanded."""
    table = next((path for path in (folder / TABLE, folder.parent / TABLE) if path.exists()), None)
    if table is None:
        return {}, set()
    with table.open(encoding="utf8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if (row.get("qid") or "").startswith("Q")]
    qids = {row["slug"]: frozenset(row["qid"].split("|")) for row in rows}
    return qids, {row["slug"] for row in rows if row.get("demanded") == "no"}


def _article(record: Mapping[str, Any], qids: Mapping[str, frozenset[str]], allowed: set[str]) -> GoldArticle:
    entities = {e["id"]: _entity(e, qids.get(e["id"], frozenset()), e["id"] in allowed) for e in record["entities"]}
    events = tuple(_event(e) for e in record["events"])
    for index, event in enumerate(events):
        _first(events, index)  # raises on a circle
        if unlisted := {slug for slugs in (*event.roles.values(), event.sources) for slug in slugs} - entities.keys():
            raise ValueError(f"event {index} names {', '.join(sorted(unlisted))}, which is not among the entities")
    return GoldArticle(record["doc"], entities, events)


def _entity(record: Mapping[str, Any], qids: frozenset[str], allowed: bool) -> GoldEntity:
    slug = record["id"]
    names = {record.get("label_en", ""), slug.replace("-", " "), *record.get("mentions", ())}
    demanded = bool(qids) and not allowed and not record.get("optional", False)
    return GoldEntity(slug, frozenset(name.casefold() for name in names), qids, demanded)


def _event(record: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        kind=record["type"],
        trigger=record["trigger"],
        sentence=record["sentence"],
        roles={role: tuple(record.get(role) or ()) for role in ROLES},
        sources=tuple(record.get("attributed_to") or ()),
        earliest=record.get("earliest"),
        latest=record.get("latest"),
        factuality=record.get("factuality"),
        required=record.get("required", True),
        same_as=record.get("same_as"),
    )


def _first(events: tuple[GoldEvent, ...], index: int) -> int:
    seen = {index}
    while (earlier := events[index].same_as) is not None:
        if earlier in seen:
            raise ValueError(f"same_as of event {index} runs in a circle")
        seen.add(earlier)
        index = earlier
    return index
