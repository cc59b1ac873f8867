"""Every setting of ``kg`` and of its server: name, default, unit, help, where it is set. Defaults stand nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.namespaces import DEFAULT_BASE

WIKIDATA_RECONCILE = "https://wikidata.reconci.link/en/api"
WIKIDATA_SPARQL = "https://query.wikidata.org/sparql"
CORES = os.cpu_count() or 1
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; the default says its type, None that nothing is set.

    ``variable`` is the environment variable that sets it and ``commands`` those with an option of its name; where both
    are empty, it is a keyword of :func:`server.create_app` alone.
    """

    name: str
    default: Any
    help: str
    unit: str = ""
    variable: str = ""
    commands: tuple[str, ...] = ()


SETTINGS = (
    Setting(
        "store", "lagebild-store", "folder of the graph store, or the address of a SPARQL 1.1 server", "", "KG_STORE",
        ("build", "demo", "export", "link", "load", "query", "remove", "resolve", "serve", "status", "validate",
         "watch"),
    ),
    Setting("update", "", "where the SPARQL server of --store takes updates; empty: at the same address", "", "KG_UPDATE"),
    Setting("token", "", "bearer token for the SPARQL server of --store", "", "KG_TOKEN"),
    Setting("user", "", "user at the SPARQL server of --store, else that of ~/.netrc", "", "KG_USER"),
    Setting("password", "", "that user's password", "", "KG_PASSWORD"),
    Setting(
        "store_timeout", 600, "seconds that the SPARQL server of --store may give no sign of life", "seconds",
        "KG_STORE_TIMEOUT",
    ),
    Setting(
        "base", DEFAULT_BASE, "what the IRIs of articles, events and entities begin with", "", "KG_BASE",
        ("annotate", "build", "demo", "watch"),
    ),
    Setting("jobs", 1, "processes that annotate articles side by side", "", "KG_JOBS", ("annotate", "build", "eval", "watch")),
    Setting(
        "pipeline", "", "installed spaCy pipeline for German whose tags and names are used; empty: none needed", "",
        "KG_PIPELINE", ("annotate", "build", "eval", "watch"),
    ),
    Setting(
        "cache", "", "folder where analyses of words are kept; empty: lagebild in the user's cache; -: nowhere", "", "KG_CACHE",
    ),
    Setting(
        "reconcile", WIKIDATA_RECONCILE, "reconciliation service that kg link asks, only when told to ask", "",
        "KG_RECONCILE", ("link",),
    ),
    Setting(
        "wikidata", WIKIDATA_SPARQL, "SPARQL endpoint where kg link looks Wikipedia titles up; empty: it doesn't", "",
        "KG_WIKIDATA", ("link",),
    ),
    Setting("host", "127.0.0.1", "address that the server listens on", "", "KG_HOST", ("demo", "serve")),
    Setting("port", 8000, "port that the server listens on", "", "KG_PORT", ("demo", "serve")),
)  # fmt: skip
SERVER_SETTINGS = (
    Setting(
        "write_token", None, "let clients that show this bearer token write, also into a store that is yet to be made", "",
        "KG_WRITE_TOKEN", ("serve",),
    ),
    Setting("validate_writes", True, "check what clients write against the shapes", "", "", ("serve",)),
    Setting("allow_service", (), "let queries ask this endpoint with SERVICE", "", "", ("serve",)),
    Setting("timeout", 10.0, "deadline of a query", "seconds", "", ("serve",)),
    Setting(
        "engine", "memory", "disk: answer from a snapshot on disk, for stores larger than memory", "", "", ("serve",)
    ),
    Setting("public_url", None, "address by which clients reach it", "", "", ("serve",)),
    Setting("access_log", None, 'file for one JSON line a request, "-" for stderr', "", "", ("serve",)),
    Setting("write_timeout", 120.0, "deadline of an update", "seconds"),
    Setting("queue_timeout", 5.0, "how long a request waits for a free worker", "seconds"),
    Setting("workers", 4 * CORES, "quick queries at the same time; 4 a core"),
    Setting("slow_workers", 2 * CORES, "queries at the same time that take longer than 0.1 s of a processor; 2 a core"),
    Setting("queue", 256, "requests that may wait for a worker, in each process"),
    Setting("per_client", 32, "requests of one address at the same time"),
    Setting("memory", 1024 * MIB, "what one query may allocate", "bytes"),
    Setting("max_query", 64 * 1024, "the longest query", "bytes"),
    Setting("max_update", 4 * MIB, "the longest update", "bytes"),
    Setting("max_upload", 64 * MIB, "the longest graph that is written", "bytes"),
    Setting("max_result", 16 * MIB, "a longer answer is cut, and says so", "bytes"),
    Setting("answers", 16 * MIB, "answers kept for who asks the same again, in each web process; 0: none", "bytes"),
    Setting("processes", 0, "web processes; 0: one a core, four at most"),
)  # fmt: skip


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return the value of every setting that the environment can set, by name: the environment's, else the default."""
    return {s.name: _value(s, environment.get(s.variable)) for s in (*SETTINGS, *SERVER_SETTINGS) if s.variable}


def server_defaults() -> dict[str, Any]:
    """Return the default of every setting of the server by name."""
    return {setting.name: setting.default for setting in SERVER_SETTINGS}


def _value(setting: Setting, given: str | None) -> Any:
    if not given:
        return setting.default
    if not isinstance(setting.default, int):
        return given
    try:
        return int(given)
    except ValueError as error:
        raise UsageError(f"{setting.variable}={given} is no whole number: unset it or give one") from error
