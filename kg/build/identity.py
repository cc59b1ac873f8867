"""Which article a file's article is: by its URL, else by its content, else by its file; two that differ both stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kg.graph import address_of
from kg.reading import Article
from kg.reading.article import article_id, content_hash
from kg.store.inventory import Held
from kg.store.manifest import IN_STORE, Entry, LeftOutPassage, Manifest

Kind = Literal["new", "changed", "same", "moved", "copy", "older"]
LEFT_OUT_CHARACTERS, MOST_LEFT_OUT = 120, 30  # of each passage around an article, and of those of one article
Place = tuple[str, str | None]  # where a file really lies, and the record in it


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the store holds or that this build has met; ``version`` orders those of one URL."""

    id: str
    path: str
    place: Place
    hash: str
    url: str
    version: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is to those known: ``known`` is the one that it equals, or whose place it takes."""

    kind: Kind
    article: Article
    known: Known | None = None


class Identities:
    """All articles known, and the verdict on each that is read.

    ``pruning`` lets a version whose file has gone give way to an older one that is there.
    """

    def __init__(self, held: dict[str, Held], manifest: Manifest, *, pruning: bool = False) -> None:
        self._pruning = pruning
        self._ids: dict[str, Known] = {}
        self._hashes: dict[str, str] = {}
        self._places: dict[Place, str] = {}
        self._met: set[str] = set()
        for known in _known(held, manifest):
            self._learn(known)

    def settle(self, article: Article, file: str) -> Verdict:
        """Return what ``article``, read from ``file``, is, with the id that it has or gets; it is known from then on."""
        where = (file, article.record)
        here = Known(article.id, article.source_path, where, article.content_hash, _url(article), version(article))
        known = self._same(here)
        if known is None:
            here = replace(here, id=self._free(article, here))
            kind: Kind = "new"
        else:
            here = replace(here, id=known.id)
            kind = self._relation(here, known)
        if kind not in ("copy", "older"):
            self._learn(here)
            self._met.add(here.id)
        return Verdict(kind, replace(article, id=here.id), known)

    def _same(self, here: Known) -> Known | None:
        """Return the known article that this one is."""
        if here.url:
            known = self._ids.get(here.id)
            return known if known is not None and known.url == here.url else None
        for found in (self._places.get(here.place), self._hashes.get(here.hash)):
            if found is not None and self._ids[found].hash == here.hash:
                return self._ids[found]
        found = self._places.get(here.place)
        return self._ids[found] if found is not None and found not in self._met else None

    def _relation(self, here: Known, known: Known) -> Kind:
        met, at_home = known.id in self._met, known.place == here.place
        if here.hash == known.hash:
            if at_home and not met:
                return "same" if here.path == known.path else "moved"
            return "copy" if met or (known.place[0] != here.place[0] and _holds(known)) else "moved"
        if at_home and not met:
            return "changed"  # what stands in the file now is what the article is
        if self._pruning and not met and not Path(known.place[0]).exists():
            return "changed"
        return "changed" if (here.version, here.hash) > (known.version, known.hash) else "older"

    def _free(self, article: Article, here: Known) -> str:
        """Return the article's id; where another has it, one that says more of where this one was read."""
        record = f"#{article.record}" if article.record else ""
        longer = (f"{here.path}{record}", f"{here.path}{record} {here.hash}")
        return next(free for free in (article.id, *map(article_id, longer)) if free not in self._ids)

    def _learn(self, known: Known) -> None:
        self._ids[known.id] = known
        self._places[known.place] = known.id
        if not known.url:
            self._hashes[known.hash] = known.id


def version(article: Article) -> str:
    """Return when this version of an article came to be, so that later ones sort behind it; "" where nothing says so."""
    if article.retrieved is not None:
        return article.retrieved.astimezone(UTC).isoformat()
    return datetime(*article.published.timetuple()[:3], tzinfo=UTC).isoformat() if article.published else ""


def passages_left_out(article: Article) -> tuple[LeftOutPassage, ...]:
    """Return what stood around an article, cut to what tells what it was."""
    return tuple(LeftOutPassage(p.category, p.text[:LEFT_OUT_CHARACTERS]) for p in article.left_out[:MOST_LEFT_OUT])


def _url(article: Article) -> str:
    address = address_of(article.url) if article.url else None
    return address.value if address is not None else ""


def _known(held: dict[str, Held], manifest: Manifest) -> Iterator[Known]:
    """Yield the articles of the store, each with the place that the manifest gives it."""
    noted: dict[str, Entry] = {}
    for entry in manifest:
        if entry.article in held and entry.outcome in IN_STORE and entry.hash == held[entry.article].hash:
            before = noted.get(entry.article)
            if before is None or before.outcome == "copy":
                noted[entry.article] = entry
    for each in held.values():
        entry = noted.get(each.id) or Entry(each.path, None, "read", file=str(Path(each.path).resolve()))
        when = entry.version or each.published.replace("Z", "+00:00")
        yield Known(each.id, each.path, (entry.file, entry.record), each.hash, each.url, when)


def _holds(known: Known) -> bool:
    """Whether the article still stands in the file where it was read; of a file with several, whether the file is there."""
    path = Path(known.place[0])
    if known.place[1] is not None:
        return path.exists()
    try:
        return content_hash(path.read_bytes()) == known.hash
    except OSError:
        return False
