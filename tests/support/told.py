"""A store of articles that report on the towns and sides of the shipped gazetteer, resolved."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.formats import EXPORT_FORMATS
from kg.knowledge.triples import load_shipped
from kg.namespaces import SCHEMA
from kg.resolution.resolver import read_anew, resolve
from kg.store.base import GraphStore
from kg.store.embedded import Store
from tests.support.made import triples
from tests.support.reported import article_triples

RESOLVED_QUERIES = frozenset(  # example queries that need several articles
    (
        "contested-places", "copies", "denied-events", "front-on-a-day", "held-on-a-day", "losses", "many-sources",
        "only-one-side-says", "place-with-its-parts", "renamed-events", "tolls-that-disagree", "who-fought-whom",
    )
)  # fmt: skip


def fill_with(
    store: Store,
    articles: Mapping[str, str],
    extra: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Put ``articles`` (see :func:`article_triples`) into ``store`` and resolve it.

    Each is published by the paper of its own name; ``extra`` is Turtle that the graph of an article of that name holds,
    ``texts`` are their texts.
    """
    store.load_shipped(load_shipped())
    for name, text in articles.items():
        graph, told = article_triples(name, text, (texts or {}).get(name, ""))
        told += [
            Triple(graph, NamedNode(SCHEMA.publisher), Literal(name.capitalize())),
            Triple(graph, NamedNode(SCHEMA.headline), Literal(f"{name.capitalize()} meldet", language="de")),
            *triples((extra or {}).get(name, "")),
        ]
        read_anew(store, [graph.value])
        store.replace({graph: told})
    resolve(store)


def said(name: str, event: str, factuality: str, source: str = "", sentence: str = "") -> str:
    """Return Turtle: how certain ``event`` is in article ``name``, who says so, and its sentence."""
    mention = f"<article/{name}#said-of-{event}>"
    parts = [f"lb:factuality lb:{factuality}", "nif:beginIndex 9"]
    parts += [f"lb:attributedTo <entity/{source}>"] if source else []
    parts += [f"nif:sentence <article/{name}#offset_0_20>"] if sentence else []
    turtle = f"<event/{event}> gaf:denotedBy {mention} . {mention} {' ; '.join(parts)} ."
    return turtle + (f' <article/{name}#offset_0_20> nif:anchorOf "{sentence}" .' if sentence else "")


def exported(store: GraphStore, name: str) -> str:
    """Return what an export in the format ``name`` writes."""
    out = io.BytesIO()
    EXPORT_FORMATS[name](store, out)
    return out.getvalue().decode()


def table_rows(store: GraphStore, name: str) -> list[dict[str, str]]:
    """Return the rows of an exported table, without their empty cells."""
    lines = io.StringIO(exported(store, name), newline="")
    return [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(lines)]
