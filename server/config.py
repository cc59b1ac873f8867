"""What an administrator can set, each with its default and unit."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from kg.namespaces import DEFAULT_BASE

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one endpoint; sizes in bytes, times in seconds."""

    base: str = DEFAULT_BASE  # under which the store's own resources hang
    public_url: str | None = None  # how clients reach the server; None takes it from the request
    write_token: str | None = None  # None: nothing can be written
    validate_writes: bool = True
    allow_service: tuple[str, ...] = ()  # IRIs of endpoints that SERVICE may ask
    engine: Literal["memory", "disk"] = "memory"  # disk: workers read a snapshot, for stores larger than memory
    timeout: float = 10.0  # hard deadline of a query
    write_timeout: float = 120.0
    queue_timeout: float = 5.0  # how long a request waits for a free worker
    workers: int = 4 * (os.cpu_count() or 1)  # quick queries at the same time
    slow_workers: int = 2 * (os.cpu_count() or 1)  # queries at the same time that take longer than 0.1 s of a processor
    queue: int = 256  # requests that may wait for a worker, in each process
    per_client: int = 32  # requests of one address at the same time
    memory: int = 1024 * MIB  # what one query may allocate
    max_query: int = 64 * 1024
    max_update: int = 4 * MIB
    max_upload: int = 64 * MIB
    max_result: int = 16 * MIB  # a longer answer is cut, and says so
    answers: int = 16 * MIB  # answers kept for who asks the same again, in each web process; 0: none
    processes: int = 0  # web processes of `run`; 0: one a core, four at most
    access_log: str | None = None  # file for one JSON line a request; "-" is stderr

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON values, to hand them to another process."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Config:
        """Read what :meth:`as_json` wrote; raises TypeError on a name that is no setting."""
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
        return cls(**{**values, "allow_service": tuple(values.get("allow_service", ()))})
