"""Libraries that only some formats need: they come with ``pip install 'lagebild[formats]'``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.reading.outcome import RefusedError


def library(module: str, kind: str) -> Any:
    """Return ``module``; raise :class:`RefusedError`, which says how to get it, where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise RefusedError("kind", f"{kind} needs a library: pip install 'lagebild[formats]'") from error
