"""Every setting: its name, default and help. The environment sets it as ``KG_`` and the name in capitals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import UsageError
from kg.namespaces import DEFAULT_BASE

WIKIDATA_RECONCILE = "https://wikidata.reconci.link/en/api"
WIKIDATA_SPARQL = "https://query.wikidata.org/sparql"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; the default says its type."""

    name: str
    default: str | int
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return "KG_" + self.name.upper()


SETTINGS = (
    Setting("store", "lagebild-store", "folder of the graph store, or the address of a SPARQL 1.1 server"),
    Setting("update", "", "where the SPARQL server of --store takes updates; empty: at the same address"),
    Setting("token", "", "what the SPARQL server of --store wants to be shown before anyone writes"),
    Setting("base", DEFAULT_BASE, "what the IRIs of articles, events and entities begin with"),
    Setting("jobs", 1, "processes that annotate articles side by side"),
    Setting("pipeline", "", "installed spaCy pipeline for German whose tags and names are used; empty: none needed"),
    Setting("reconcile", WIKIDATA_RECONCILE, "reconciliation service that kg link asks, only when told to ask"),
    Setting("wikidata", WIKIDATA_SPARQL, "SPARQL endpoint where kg link looks Wikipedia titles up; empty: it doesn't"),
    Setting("host", "127.0.0.1", "address that the server listens on"),
    Setting("port", 8000, "port that the server listens on"),
)


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, str | int]:
    """Return every setting's value by name: the environment's, else the default."""
    return {s.name: _value(s, environment.get(s.variable)) for s in SETTINGS}


def _value(setting: Setting, given: str | None) -> str | int:
    if not given:
        return setting.default
    if isinstance(setting.default, str):
        return given
    try:
        return int(given)
    except ValueError as error:
        raise UsageError(f"{setting.variable}={given} is no whole number: unset it or give one") from error
