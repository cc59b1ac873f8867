"""Files that never depend on the data."""

from __future__ import annotations

import gzip

import pytest

PORTAL = "/static/client/portal.js"


def test_a_file_is_sent_compressed_to_who_takes_it_and_as_it_is_to_others(client):
    plain = client.get(PORTAL, buffered=True)
    packed = client.get(PORTAL, headers={"Accept-Encoding": "br, gzip"}, buffered=True)
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Content-Type"] == packed.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert {plain.headers["Vary"], packed.headers["Vary"]} == {"Accept-Encoding"}
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_a_file_that_is_there_already_is_not_sent_again(client):
    tag = client.get(PORTAL, buffered=True).headers["ETag"]
    assert client.get(PORTAL, headers={"If-None-Match": tag}, buffered=True).status_code == 304


@pytest.mark.parametrize("path", ["/static/nothing.js", "/static/../app.py", "/static/%2e%2e/app.py", "/static/client/"])
def test_nothing_else_is_sent(client, path):
    assert client.get(path, buffered=True).status_code == 404
