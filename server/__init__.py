"""The SPARQL endpoint and what stands around it: :func:`create_app` and :func:`run`.

The web framework is imported only when asked for: the processes that hold the data do without.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(store_path: str | Path, **settings: Any) -> Flask:
    """Return the application that serves a store; see :func:`server.app.create_app`."""
    from server.app import create_app as create

    return create(store_path, **settings)


def run(app: Flask, host: str, port: int) -> None:
    """Serve an application until interrupted; see :func:`server.web_server.run`."""
    from server.web_server import run as serve

    serve(app, host, port)
