"""How much of the memory there is a build takes for what it is about to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.deposit import deposit_size
from kg.build.memory import memory_there_is

MIB = 2**20


@pytest.mark.parametrize(("memory", "size"), [(None, 32), (2048, 32), (8192, 64), (16384, 128), (65536, 192)])
def test_a_deposit_is_a_small_share_of_the_memory_there_is(memory: int | None, size: int) -> None:
    assert deposit_size(None if memory is None else memory * MIB) == size * MIB


def test_what_a_container_allows_is_the_memory_there_is(tmp_path: Path) -> None:
    machine = memory_there_is(tmp_path / "none")
    limit = tmp_path / "memory.max"
    assert machine is not None
    for text, expected in (("max\n", machine), ("1048576\n", MIB), (f"{machine + 1}\n", machine)):
        limit.write_text(text, encoding="ascii")
        assert memory_there_is(limit) == expected
