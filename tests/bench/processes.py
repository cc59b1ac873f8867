"""What this process and those below it have used: processor time and memory, by Linux's /proc."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

MEBIBYTE = 1024  # what ru_maxrss and /proc count on Linux are KiB
TICKS = os.sysconf("SC_CLK_TCK")  # in a second


def peak() -> float:
    """Return the most memory this process has used so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def memory_below() -> float:
    """Return the memory of the processes below this one, in MiB; what they share counts once (the kernel's Pss)."""
    return sum(_shared_out(process) for process in _below(os.getpid())) / MEBIBYTE


def processor() -> float:
    """Return the processor time of this process and of all below it, those that have ended too, in seconds."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    below = (float(ticks) for process in _below(os.getpid()) for ticks in _stat(process)[11:15])
    return sum(each.ru_utime + each.ru_stime for each in used) + sum(below) / TICKS


def _below(process: int) -> Iterator[int]:
    parents = {int(each.name): int(_stat(int(each.name))[1]) for each in Path("/proc").glob("[0-9]*")}
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    yield from found[1:]


def _stat(process: int) -> list[str]:
    """Return the fields behind a process's name; zeros for one that has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf8", errors="replace").rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["0"] * 20


def _shared_out(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
