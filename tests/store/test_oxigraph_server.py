"""The store behind Oxigraph's own server."""

from __future__ import annotations

import pytest

from tests.support.same_store import *  # noqa: F403
from tests.support.sparql_servers import oxigraph_server


@pytest.fixture(scope="module")
def make_server():
    return oxigraph_server
