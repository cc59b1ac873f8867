"""STORE: the graphs, in an embedded Oxigraph or behind any SPARQL 1.1 server."""

from pathlib import Path

from kg.settings import settings
from kg.store.base import GraphStore
from kg.store.credentials import credentials
from kg.store.embedded import DATA, Store
from kg.store.manifest import FILE
from kg.store.remote import RemoteStore
from kg.store.sparql_client import SparqlClient

__all__ = ["GraphStore", "RemoteStore", "Store", "exists", "holds_a_store", "is_address", "open_store"]


def open_store(location: str | Path, *, write: bool = False) -> GraphStore:
    """Open the store that ``location`` names: a folder, or the address of a SPARQL 1.1 server as the settings describe it."""
    if is_address(location):
        values = settings()
        client = SparqlClient(credentials(str(location), values), values["store_timeout"])
        return RemoteStore(str(location), values["update"], client)
    return Store(location, write=write)


def exists(location: str | Path) -> bool:
    """Say whether there is a store already; of a server, that there is one is taken for granted."""
    return is_address(location) or Path(location).is_dir()


def holds_a_store(folder: Path) -> bool:
    """Say whether a folder is that of a store, or of what is noted here of a server's."""
    return (folder / DATA).is_dir() or (folder / FILE).is_file()


def is_address(location: str | Path) -> bool:
    """Say whether a store's location is the address of a server, not a folder."""
    return str(location).startswith(("http://", "https://"))
