"""All that a worker process needs, loaded when this is imported: only the process does that which workers are copies of."""

from __future__ import annotations

from kg.build.annotator import loaded_pipeline
from kg.knowledge.triples import load_shipped
from kg.namespaces import DEFAULT_BASE
from kg.resources import collect_rarely

collect_rarely()
load_shipped(DEFAULT_BASE)
loaded_pipeline("")
