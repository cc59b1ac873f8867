"""STORE: the graphs, in an embedded Oxigraph or behind any SPARQL 1.1 server."""

from pathlib import Path

from kg.store.base import GraphStore
from kg.store.embedded import Store
from kg.store.remote import RemoteStore

__all__ = ["GraphStore", "RemoteStore", "Store", "is_address", "open_store"]


def open_store(location: str | Path, *, write: bool = False) -> GraphStore:
    """Open the store that ``location`` names: a folder, or the address of a SPARQL 1.1 server."""
    if is_address(location):
        return RemoteStore(str(location))
    return Store(location, write=write)


def is_address(location: str | Path) -> bool:
    """Say whether a store's location is the address of a server, not a folder."""
    return str(location).startswith(("http://", "https://"))
