"""A copy on disk of a store behind a server, brought up to date again and again: what ``kg serve`` serves of such a store."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from kg.errors import StoreError
from kg.namespaces import DECLARED
from kg.store.base import GraphStore
from kg.store.embedded import Store

COPY = "copy"  # inside the folder of what is noted here of a server's store
SHORTEST_PAUSE = 30.0  # seconds between two looks at the server
LOOKS_SHARE = 20  # at most one part in so many of the time is spent looking
STAMP_QUERIES = (  # what was read by what, and from where; what resolution calls the events
    "SELECT ?g ?word { GRAPH ?g { ?g lb:contentHash|prov:wasGeneratedBy|lb:sourcePath ?word } }",
    "SELECT ?g ?word { GRAPH ?g { ?word dcterms:identifier ?id } }",
)


def bring_up_to_date(copy: Store, source: GraphStore) -> int:
    """Make ``copy`` equal to ``source``, and return how many graphs that took; what has changed alone is fetched."""
    there, here = _stamps(source), _stamps(copy)
    graphs, held = source.graphs(), set(copy.graphs())
    changed = [graph for graph in graphs if graph not in held or there.get(graph.value) != here.get(graph.value)]
    gone = held - set(graphs)
    shared = [graph for graph in graphs if graph.value not in there and graph not in changed]
    for graph in shared:  # the ontology, what is derived: few, and nothing short tells whether they have changed
        changed += [graph] if set(source.triples(graph)) != set(copy.triples(graph)) else []
    for graph in changed:
        copy.replace({graph: source.triples(graph)})
    for graph in gone:
        copy.remove(graph)
    return len(changed) + len(gone)


def follow(opened: Callable[[], GraphStore], folder: Path, tell: Callable[[str], None]) -> None:
    """Go on bringing the copy in ``folder`` up to date; a server that is away is told of once, and asked again later."""
    told = ""
    while True:
        begun = time.monotonic()
        try:
            with opened() as source, Store(folder, write=True) as copy:
                bring_up_to_date(copy, source)
            trouble = ""
        except StoreError as error:
            trouble = f"{error}; what was fetched before is served"
        if trouble != told:
            tell(trouble or "the server answers again")
        told = trouble
        time.sleep(max(SHORTEST_PAUSE, LOOKS_SHARE * (time.monotonic() - begun)))


def _stamps(store: GraphStore) -> dict[str, str]:
    """Return for each article's graph words that are others when it has changed."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for text in STAMP_QUERIES:
        for row in store.query(DECLARED + text):
            words[row["g"].value].append(row["word"].value)
    return {graph: " ".join(sorted(found)) for graph, found in words.items()}
