"""What an administrator can set; what each means, its unit and its default stand in :mod:`kg.settings`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from kg.namespaces import DEFAULT_BASE
from kg.settings import server_defaults

_DEFAULTS = server_defaults()


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one endpoint; sizes in bytes, times in seconds."""

    base: str = DEFAULT_BASE  # under which the store's own resources hang
    public_url: str | None = _DEFAULTS["public_url"]
    write_token: str | None = _DEFAULTS["write_token"]
    validate_writes: bool = _DEFAULTS["validate_writes"]
    allow_service: tuple[str, ...] = _DEFAULTS["allow_service"]
    engine: Literal["memory", "disk"] = _DEFAULTS["engine"]
    timeout: float = _DEFAULTS["timeout"]
    write_timeout: float = _DEFAULTS["write_timeout"]
    queue_timeout: float = _DEFAULTS["queue_timeout"]
    workers: int = _DEFAULTS["workers"]
    slow_workers: int = _DEFAULTS["slow_workers"]
    queue: int = _DEFAULTS["queue"]
    per_client: int = _DEFAULTS["per_client"]
    memory: int = _DEFAULTS["memory"]
    max_query: int = _DEFAULTS["max_query"]
    max_update: int = _DEFAULTS["max_update"]
    max_upload: int = _DEFAULTS["max_upload"]
    max_result: int = _DEFAULTS["max_result"]
    answers: int = _DEFAULTS["answers"]
    processes: int = _DEFAULTS["processes"]
    access_log: str | None = _DEFAULTS["access_log"]

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
