"""The whole store as one file; a further format is a further entry of :data:`EXPORT_FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, serialize

from kg.export.links import write_catalogue, write_linkset, write_sssom
from kg.export.owl.document import write_rdf_xml, write_turtle
from kg.export.tables.acled import ACLED, write_acled
from kg.export.tables.csv_files import TableFormat
from kg.export.tables.ged import GED, write_ged
from kg.export.tables.geojson import write_geojson
from kg.namespaces import PREFIXES
from kg.store.base import GraphStore


def _n_quads(store: GraphStore, out: BinaryIO) -> None:
    """Every quad of the store, one a line."""
    serialize(store.quads(), out, format=RdfFormat.N_QUADS)


def _trig(store: GraphStore, out: BinaryIO) -> None:
    """Every quad of the store, with prefixes, graph by graph, sorted for people."""
    quads = (Quad(s, p, o, graph) for graph in store.graphs() for s, p, o in sorted(store.triples(graph), key=str))
    serialize(quads, out, format=RdfFormat.TRIG, prefixes=PREFIXES)


def _turtle(store: GraphStore, out: BinaryIO) -> None:
    """The union of all graphs, sorted for people; which article says what is lost."""
    triples = sorted({quad.triple for quad in store.quads()}, key=str)
    serialize(triples, out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


EXPORT_FORMATS: dict[str, Callable[[GraphStore, BinaryIO], None]] = {
    "nq": _n_quads,
    "trig": _trig,
    "ttl": _turtle,
    "owl": write_rdf_xml,
    "owl-ttl": write_turtle,
    "linkset": write_linkset,
    "sssom": write_sssom,
    "mixnmatch": write_catalogue,
    "acled-csv": write_acled,
    "ged-csv": write_ged,
    "geojson": write_geojson,
}
SUFFIXES = {".nq": "nq", ".trig": "trig", ".ttl": "ttl", ".owl": "owl", ".geojson": "geojson"}
DESCRIBED: dict[str, TableFormat] = {"acled-csv": ACLED, "ged-csv": GED}  # with CSV on the Web beside the file
