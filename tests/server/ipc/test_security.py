"""The threat model names only tests that exist, and the fence is shut."""

from __future__ import annotations

import os
import re
import socket
import sys

import pytest

from server.ipc import sandbox
from tests.support.places import PROJECT

ROOT = PROJECT
PROMISES = re.findall(r"^\| (\d+) \|.*\|(.*)\|$", (ROOT / "SECURITY.md").read_text(encoding="utf8"), re.MULTILINE)
FILES = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "tests/browser").glob("*_check.py")]
SOURCES = "\n".join(file.read_text(encoding="utf8") for file in sorted(FILES))
TESTS = set(re.findall(r"^def (test_\w+)", SOURCES, re.MULTILINE))


@pytest.mark.parametrize(("number", "held_by"), PROMISES, ids=[number for number, _ in PROMISES])
def test_every_promise_is_held_by_a_test(number, held_by):
    named = set(re.findall(r"`(test_\w+)`", held_by))
    assert named
    assert named <= TESTS


def test_the_promises_are_numbered():
    assert [int(number) for number, _ in PROMISES] == list(range(1, len(PROMISES) + 1))
    assert PROMISES


def attempts(target: tuple[str, int]) -> dict[str, bool]:
    """Return what a fenced process could still do."""

    def works(action) -> bool:
        try:
            action()
        except (OSError, MemoryError):
            return False
        return True

    return {
        "open": works(lambda: os.open("/etc/hostname", os.O_RDONLY)),
        "connect": works(lambda: socket.create_connection(target, timeout=1)),
        "run": works(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
        "allocate": works(lambda: bytearray(512 << 20)),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="the full fence is Linux's")
def test_a_fenced_process_can_neither_open_nor_connect_nor_run():
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = server.getsockname()
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            try:
                own = sandbox.keep_only(theirs)
                sandbox.close(128 << 20)
                own.sendall(repr(attempts(target)).encode())
            finally:
                os._exit(0)
        theirs.close()
        ours.settimeout(20)
        told = ours.recv(10_000).decode()
        os.waitpid(pid, 0)
        ours.close()
    assert told == repr({"open": False, "connect": False, "run": False, "allocate": False})
