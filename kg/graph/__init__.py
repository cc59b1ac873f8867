"""GRAPH: one article as one named graph, what it says, where it says it, and what read it."""

from kg.graph.context import GraphContext
from kg.graph.descriptions import Descriptions
from kg.graph.header import address_of, header, readable_path

__all__ = ["Descriptions", "GraphContext", "address_of", "header", "readable_path"]
