"""An endpoint over the store for pages."""

from __future__ import annotations

import pytest

from tests.support.portal import PORTAL
from tests.support.serving import make_store, served


@pytest.fixture(scope="package")
def portal(tmp_path_factory):
    """Return a client of an endpoint that only reads."""
    with served(make_store(tmp_path_factory.mktemp("portal") / "store", PORTAL)) as client:
        yield client
