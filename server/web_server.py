"""``kg serve``: the application under its HTTP server.

Granian with :mod:`server.web_process`, because it measured fastest: ``python -m tests.bench.wsgi`` compares it with Granian
calling Flask (0.8 of its requests a second for point look-ups), gunicorn (0.3 to 0.6) and waitress (0.3), all on two cores.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kg.errors import UsageError
from server.app import endpoint_of
from server.web_process import SETTINGS

_MOST = 4


def run(app: Flask, host: str, port: int) -> None:
    """Serve ``app`` until interrupted: its supervisor in this process, the requests in further ones.

    Raises :class:`UsageError` when the address can't be used.
    """
    endpoint = endpoint_of(app)
    _check_free(host, port)
    processes = endpoint.config.processes or min(_MOST, os.cpu_count() or 1)
    endpoint.pool.close()
    os.environ[SETTINGS] = json.dumps(
        {
            "store_path": str(endpoint.folder), "run_folder": str(endpoint.run_folder), "share": processes,
            "parent": os.getpid(), "settings": endpoint.config.as_json(),
        }
    )  # fmt: skip
    multiprocessing.set_start_method("spawn", force=True)  # a fork of this process would have copies of its channels
    print(f"Serving {endpoint.folder} at http://{host}:{port}/", file=sys.stderr)
    try:
        Granian(
            "server.web_process:create", address=host, port=port, interface=Interfaces.RSGI, workers=processes, factory=True,
            websockets=False, log_level=LogLevels.error, respawn_failed_workers=True, workers_kill_timeout=30,
        ).serve()  # fmt: skip
    finally:
        endpoint.close()


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UsageError(f"{host}:{port}: can't listen there: {error.strerror}; give another --port") from error
