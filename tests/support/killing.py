"""A command that is ended by SIGKILL, and the processes that outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

PATIENCE = 60  # seconds after which a process that is still there is one that stays
STEP = 0.02


def killed(command: Sequence[object], after: float) -> bool:
    """Start ``command``, end it by SIGKILL ``after`` seconds; False when it was done before."""
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert survivors(process.pid) == []
    return process.returncode == -signal.SIGKILL


def survivors(session: int) -> list[int]:
    """Return the processes of a session that are there for good."""
    end = time.monotonic() + PATIENCE
    while (alive := _alive(session)) and time.monotonic() < end:
        time.sleep(STEP)
    return alive


def _alive(session: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf8", errors="replace").rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(status.parent.name))
    return found
