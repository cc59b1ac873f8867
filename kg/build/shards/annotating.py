"""One shard annotated and put into its place; a shard that is there as it would be made is left alone."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

from kg.build import workers
from kg.build.flow import ARTICLES_AT_ONCE
from kg.build.identity import passages_left_out, version
from kg.build.inputs import find
from kg.build.options import Options
from kg.build.results import ArticleGraph
from kg.build.shards.division import Division, ReadOutcome, Shard
from kg.build.shards.manifest import ShardEntry, ShardHead, described, manifest_name, quads_name, read_entries, read_head
from kg.build.shards.place import Place, sha256_of
from kg.build.tally import FINDING_OUTCOMES
from kg.graph import Descriptions
from kg.provenance import run_id, software
from kg.reading import Article, Skipped
from kg.store.manifest import Entry

PACKED = 3  # of gzip's nine levels: twice as fast as the usual one, a tenth larger


def annotate_shard(inputs: Iterable[str], shard: Shard, location: str, options: Options) -> tuple[ShardHead, bool]:
    """Annotate and check the articles of one shard of ``inputs`` and put them into the place ``location``.

    Returns the shard's head, and whether anything was to be done. Raises :class:`UsageError` for inputs that find
    nothing, :class:`StoreError` where the place can't be written to.
    """
    place = Place.of(location)
    found = find(inputs)
    options = replace(options, run=run_id(options.pipeline))
    division = Division(found, shard)
    refused = [list(pair) for pair in found.refused]
    head = ShardHead(
        str(shard), options.run, software(), described(options), division.own, division.listing, "", 0, {}, [], refused
    )  # fmt: skip
    before = read_head(place, shard)
    with place.making() as folder:
        if before is None or not _same(before, head) or quads_name(shard) not in place.names():
            return _made(division, options, place, folder, head), True
        now = replace(before, listing=head.listing, refused=head.refused)
        if now != before:  # there are other files in other shards
            _note(now, list(read_entries(place, shard)), place, folder / manifest_name(shard))
        return now, False


def _same(before: ShardHead, now: ShardHead) -> bool:
    """Whether a shard was made by this software from the same files in this way."""
    return all(getattr(before, name) == getattr(now, name) for name in ("shard", "run", "software", "options", "own"))


def _made(division: Division, options: Options, place: Place, folder: Path, head: ShardHead) -> ShardHead:
    shard = division.shard
    quads = folder / quads_name(shard)
    entries = [replace(_skipped(skipped.path, 0, skipped), passed=True) for skipped in division.passed()]
    with quads.open("wb") as out, gzip.GzipFile("", "wb", PACKED, out, mtime=0) as packed:
        for entry, graph in _entries(division, options):
            packed.write(graph)
            entries.append(entry)
    head = replace(
        head,
        quads=_digest_of(quads),
        triples=sum(entry.triples for entry in entries),
        counts=dict(sorted(Counter(entry.entry.outcome for entry in entries).items())),
        failures=[str(e.entry) for e in entries if not e.passed and e.entry.outcome in FINDING_OUTCOMES],
    )
    place.put(quads_name(shard), quads)
    _note(head, entries, place, folder / manifest_name(shard))
    return head


def _note(head: ShardHead, entries: list[ShardEntry], place: Place, manifest: Path) -> None:
    with manifest.open("w", encoding="ascii") as lines:
        lines.writelines(f"{json.dumps(line)}\n" for line in (asdict(head), *(entry.as_json() for entry in entries)))
    place.put(manifest.name, manifest)


def _entries(division: Division, options: Options) -> Iterator[tuple[ShardEntry, bytes]]:
    """Yield what became of each file and record, with the N-Quads of its graph; of copies only the first has one."""
    under_way: deque[ReadOutcome] = deque()
    hashes: set[str] = set()

    def wanted() -> Iterator[Article]:
        for found in division.found(options):
            under_way.append(found)
            article = found.outcome
            if isinstance(article, Article) and (article.url or article.content_hash not in hashes):
                hashes.add(article.content_hash)
                yield article

    for batch in workers.annotated(_batches(wanted()), options):
        left = {graph.article: graph for graph in batch}
        while left:
            found = under_way.popleft()
            yield _entry(found, left.pop(found.outcome.id, None) if isinstance(found.outcome, Article) else None)
    yield from (_entry(found, None) for found in under_way)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the portions that are annotated together, in none of them two versions of one article."""
    batch: dict[str, Article] = {}
    for article in articles:
        if len(batch) == ARTICLES_AT_ONCE or article.id in batch:
            yield list(batch.values())
            batch = {}
        batch[article.id] = article
    if batch:
        yield list(batch.values())


def _entry(found: ReadOutcome, graph: ArticleGraph | None) -> tuple[ShardEntry, bytes]:
    article = found.outcome
    if isinstance(article, Skipped):
        return _skipped(found.source, found.position, article), b""
    file = os.path.realpath(found.source)
    entry = Entry(
        article.source_path, article.record, "read", "", article.id, file, article.content_hash, version(article),
        left_out=passages_left_out(article),
    )  # fmt: skip
    noted = ShardEntry(
        found.source,
        found.position,
        entry,
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published=article.published.isoformat() if article.published else None,
        retrieved=article.retrieved.isoformat() if article.retrieved else None,
        text=text_digest(article.text),
    )
    return (noted, b"") if graph is None else _with_graph(noted, graph)


def _with_graph(noted: ShardEntry, graph: ArticleGraph) -> tuple[ShardEntry, bytes]:
    entry = replace(noted.entry, failed_sentences=graph.failed)
    if graph.failure is not None:
        entry = replace(entry, outcome="failed", detail=graph.failure)
    aside = Descriptions.of(graph.aside).n_quads(graph.graph).decode()
    return replace(noted, entry=entry, triples=graph.size, aside=aside), graph.quads


def text_digest(text: str) -> str:
    """Return a digest of an article's text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _skipped(source: str, position: int, skipped: Skipped) -> ShardEntry:
    file = os.path.realpath(skipped.path)
    entry = Entry(skipped.path, skipped.record, skipped.reason, skipped.detail, file=file)
    return ShardEntry(source, position, entry)


def _digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return sha256_of(content)
