"""The graph of the sample articles, as ``kg build`` makes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.places import PROJECT


def build_samples(store: Path) -> Path:
    """Build the sample articles into a store; return its folder."""
    articles = sorted(map(str, (PROJECT / "kg/samples").glob("*.txt")))
    command = [sys.executable, "-m", "kg.cli", "build", *articles, "--store", str(store)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return store
