"""How much memory there is for this process: that of the machine, or what its container allows."""

from __future__ import annotations

import os
from pathlib import Path

CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")  # Linux; "max" where there is none


def memory_there_is(limit: Path = CONTAINER_LIMIT) -> int | None:
    """Return the bytes of memory that there are, in use or not; None where the system does not tell."""
    try:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # no POSIX
        return None
    try:
        allowed = limit.read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(allowed)) if allowed.isdecimal() else machine
