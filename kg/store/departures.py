"""What has left a store and why, so that who follows an old name learns it: ``lagebild-departures.jsonl`` beside the graphs.

The graphs say what articles say now; this says which names they no longer have. A name that comes back is found in the
graphs again, whatever stands here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.namespaces import DECLARED
from kg.store.base import GraphStore

DEPARTURES_FILE = "lagebild-departures.jsonl"  # inside the store's folder
Cause = Literal["removed", "pruned", "changed"]
ARTICLES_LOOKED_AT = 200  # at once
NAMES_IN_ARTICLES = """SELECT ?article ?event ?id ?headline ?path (MIN(?otherId) AS ?other) WHERE {{
  VALUES ?article {{ {articles} }}
  GRAPH ?article {{
    ?article lb:sourcePath ?path . OPTIONAL {{ ?article schema:headline ?headline }}
    OPTIONAL {{ ?event dcterms:identifier ?id }}
  }}
  OPTIONAL {{ GRAPH ?elsewhere {{ ?event dcterms:identifier ?otherId }} FILTER(?elsewhere != ?article) }}
}} GROUP BY ?article ?event ?id ?headline ?path ORDER BY ?article ?id"""


@dataclass(frozen=True, slots=True)
class Departure:
    """A name below the base (event/9a, article/1f) that nothing has any more.

    ``article`` is the id of the article that gave it, ``title`` its headline, else its path. ``cause``: the article was
    ``removed``, ``pruned`` since its file is gone, or has ``changed`` and tells of it no longer. ``successor`` is the name
    below the base under which other articles' reports of the event go on, None where there are none.
    """

    name: str
    article: str
    title: str
    cause: Cause
    successor: str | None = None


def names_in(store: GraphStore, articles: Sequence[str]) -> dict[str, Departure]:
    """Return the names that the articles of these IRIs give, as they would be noted if the articles were removed now."""
    found: dict[str, Departure] = {}
    begin = len(store.base or "")
    held = store.perhaps_held(map(NamedNode, articles))
    for at in range(0, len(held), ARTICLES_LOOKED_AT):
        listed = " ".join(map(str, held[at : at + ARTICLES_LOOKED_AT]))
        for row in store.query(DECLARED + NAMES_IN_ARTICLES.format(articles=listed)):
            article = row["article"].value[begin:]
            title = (row["headline"] or row["path"]).value
            found[article] = Departure(article, article.partition("/")[2], title, "removed")
            if row["id"] is not None:
                name, event = f"event/{row['id'].value}", row["event"].value[begin:]
                other = f"event/{row['other'].value}" if row["other"] is not None else None
                successor = other if event == name else event if other else None
                found[name] = Departure(name, article.partition("/")[2], title, "removed", successor)
    return found


class Departures:
    """The names that are noted in a store's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / DEPARTURES_FILE
        self._known: dict[str, Departure] | None = None

    def find(self, name: str) -> Departure | None:
        """Return what is noted of a name below the base."""
        return self._read().get(name)

    def note(self, departed: Iterable[Departure]) -> None:
        """Note names; the latest note of a name counts."""
        new = {one.name: one for one in departed}
        if not new:
            return
        self._known = {**self._read(), **new}
        beside = self._path.with_name(f"{DEPARTURES_FILE}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text("".join(f"{_line(self._known[name])}\n" for name in sorted(self._known)), encoding="ascii")
            beside.replace(self._path)
        except OSError as error:
            raise StoreError(f"{self._path}: can't be written: {error.strerror or error}; is the disk full?") from error

    def _read(self) -> dict[str, Departure]:
        if self._known is None:
            try:
                lines = self._path.read_text(encoding="ascii").splitlines()
            except FileNotFoundError:
                lines = []
            found = [_departure(self._path, number, line) for number, line in enumerate(lines, 1)]
            self._known = {one.name: one for one in found}
        return self._known


def note_lost(noted: Departures, before: Mapping[str, Departure], after: Mapping[str, Departure]) -> None:
    """Note the names that articles gave and give no longer: with the whole article, or because it changed."""
    lost = before.keys() - after.keys()
    noted.note(replace(before[name], cause="removed" if _has_left(before[name], after) else "changed") for name in lost)


def _has_left(departure: Departure, after: Mapping[str, Departure]) -> bool:
    return f"article/{departure.article}" not in after


def _line(departure: Departure) -> str:
    return json.dumps({name: value for name, value in asdict(departure).items() if value is not None})


def _departure(path: Path, number: int, line: str) -> Departure:
    try:
        return Departure(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise StoreError(f"{path}, line {number}: is no departure ({error}): remove the line") from error
