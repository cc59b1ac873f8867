"""The bulk loads that the documentation gives, as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from kg.cli import main
from kg.store import open_store
from kg.store.embedded import Store
from tests.support.made import stand_in, write_reports
from tests.support.places import PROJECT

BLOCK = r"^### {}\n.*?^```\n(.*?)^```$"


def documented(heading: str) -> list[str]:
    """Return the commands that the documentation of stores gives below a heading."""
    text = (PROJECT / "docs" / "stores.md").read_text(encoding="utf8")
    found = re.search(BLOCK.format(re.escape(heading)), text, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1].splitlines()


def exported(folder: Path, monkeypatch) -> Path:
    """Build some reports into ``folder / "graph"`` and export them to ``graph.nq`` beside it."""
    monkeypatch.chdir(folder)
    write_reports(folder / "reports")
    with stand_in(monkeypatch):
        assert main(["build", "reports", "--store", "graph"]) == 0
    assert main(["export", "--store", "graph", "-o", "graph.nq"]) == 0
    return folder / "graph"


def load(command: str, folder: Path, tools: Path) -> None:
    """Run a documented command in ``folder``; ``tools`` is where its program lies."""
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    done = subprocess.run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def same(address: str, store: Path) -> bool:
    """Say whether a server holds the quads of a store."""
    with open_store(address) as server, Store(store) as embedded:
        return set(server.quads()) == set(embedded.quads())
