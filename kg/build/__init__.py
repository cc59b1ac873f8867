"""From files to a store: read, settle which article it is, annotate, graph, validate, store; all is accounted for."""

from kg.build.flow import build
from kg.build.inputs import find
from kg.build.options import Options
from kg.build.tally import Tally

__all__ = ["Options", "Tally", "build", "find"]
