"""Export 20,000 events for Protégé, print time and size: ``python -m tests.bench.owl STORE FILE``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from kg.export.formats import EXPORT_FORMATS
from kg.knowledge.triples import TYPE, load_shipped
from kg.namespaces import DEFAULT_BASE, EVENT_KINDS, EVENT_SUBKINDS, LB
from kg.store.embedded import Store
from tests.bench.processes import peak

EVENTS = 20_000
KINDS = frozenset(str(LB[kind]) for kind in (*EVENT_KINDS, *EVENT_SUBKINDS))


def copies(graphs: dict[str, bytes], events: int) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """Yield article graphs again and again, each time under new IRIs, until they hold ``events`` events."""
    told, turn = 0, 0
    while told < events:
        turn += 1
        for name, lines in sorted(graphs.items()):
            renamed = lines
            for folder in ("article/", "event/"):
                there = f"<{DEFAULT_BASE}{folder}".encode()
                renamed = renamed.replace(there, there + f"{turn}-".encode())
            triples = [quad.triple for quad in parse(renamed, RdfFormat.N_TRIPLES)]
            told += len({t.subject for t in triples if t.predicate == TYPE and _is_event(t)})
            yield NamedNode(f"{DEFAULT_BASE}article/{turn}-{name}"), triples
            if told >= events:
                return


def _is_event(triple: Triple) -> bool:
    return isinstance(triple.object, NamedNode) and triple.object.value in KINDS


def fill(store: Store, source: Store, events: int) -> None:
    """Fill ``store`` with copies of the articles of ``source``."""
    store.load_shipped(load_shipped())
    graphs = {
        article.value.rsplit("/", 1)[-1]: serialize(source.triples(article), format=RdfFormat.N_TRIPLES) or b""
        for article in source.articles()
    }
    for name, triples in copies(graphs, events):
        store.replace({name: triples})


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", help="a store built of articles, as kg build made it")
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=EVENTS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, Store(Path(place) / "store", write=True) as store:
        with Store(args.source) as source:
            fill(store, source, args.events)
        before, begin = peak(), time.perf_counter()
        with args.file.open("wb") as out:
            EXPORT_FORMATS["owl"](store, out)
        seconds = time.perf_counter() - begin
    print(f"{args.events:,} events: {seconds:.1f} s, {args.file.stat().st_size / 1e6:,.0f} MB, "
          f"{peak() - before:,.0f} MiB more memory")  # fmt: skip


if __name__ == "__main__":
    main()
