"""What the system can hold a process to: no network, no files, bounded memory; Linux does it all, others a part."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import socket
import struct
import sys

CHANNEL = 3  # the one descriptor a worker keeps besides the three standard ones
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LONG = 256 * 1024  # bytes
_SIGKILL, _SECCOMP_FILTER = 9, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # refuse: the call fails with EPERM
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
# socket, connect, bind, listen, execve, execveat, ptrace, io_uring_setup
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 221, 281, 117, 425)),
}


def keep_only(channel: socket.socket) -> socket.socket:
    """Close every descriptor but the channel and silence the standard ones; return the channel under its new number."""
    null = os.open(os.devnull, os.O_RDWR)
    own = os.dup(channel.detach())
    os.dup2(own, CHANNEL)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(CHANNEL + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0] if sys.platform != "linux" else 65_536)
    return socket.socket(fileno=CHANNEL)


def close(memory: int) -> None:
    """Shut the fence: ``memory`` bytes may still be allocated, no descriptor opened, no connection made.

    Call it last, when everything that the process needs is open; there is no way back.
    """
    _bound_memory(memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    no_network()
    _no_descriptors()


def die_with(parent: int) -> None:
    """Have the kernel kill this process when ``parent``, which started it, ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os._exit(1)


def return_memory() -> None:
    """Have the C library give the memory of long answers back at once, rather than keep it for each thread (glibc)."""
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_MMAP_THRESHOLD, _LONG)
        libc.mallopt(_M_ARENA_MAX, 2)


def _bound_memory(memory: int) -> None:
    if sys.platform != "linux":
        return
    with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - no Path machinery in a forked worker
        pages = int(statm.read().split()[0])
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _no_descriptors() -> None:
    spare = os.open(os.devnull, os.O_RDONLY)
    os.close(spare)
    highest = _highest_descriptor()
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))
    with contextlib.suppress(OSError):
        while spare < highest:  # fill the holes below the limit
            os.dup(0)


def _highest_descriptor() -> int:
    if sys.platform == "linux":
        listed = os.listdir("/proc/self/fd")  # noqa: PTH208 - no Path machinery in a forked worker
        return max(fd for fd in map(int, listed) if _is_open(fd))
    return max(fd for fd in range(1024) if _is_open(fd))


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def no_network() -> None:
    """Have the kernel refuse every call that could reach out or start a program (Linux on x86-64 and ARM64)."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return
    architecture, calls = machine
    steps = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, 0)]
    steps += [(_JUMP_EQUAL, len(calls) - i, 0, call) for i, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = b"".join(struct.pack("HBBI", *step) for step in steps)
    code = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("HL", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.create_string_buffer(filter_), 0, 0)
