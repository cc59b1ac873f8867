"""Errors as RFC 9457 problem details: what went wrong, where in the query, and what to do."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

TYPE = "application/problem+json"
_POSITION = re.compile(r"\bat (\d+):(\d+)\b")


class Problem(Exception):  # noqa: N818 - named after the RFC's term
    """An answer that is an error; ``kind`` is a stable word that programs can rely on.

    ``told`` is the key of the text that says it on a page in the reader's language, with the values of its places.
    """

    def __init__(
        self, status: int, kind: str, detail: str, *, headers: dict[str, str] | None = None,
        told: tuple[str, dict[str, str]] | None = None, **extra: Any,
    ) -> None:  # fmt: skip
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = headers or {}
        self.told = told
        self.extra = extra

    @property
    def title(self) -> str:
        """The phrase of its status."""
        return HTTPStatus(self.status).phrase

    def body(self) -> bytes:
        """Return the JSON document."""
        members = {
            "type": f"urn:lagebild:problem:{self.kind}",
            "title": self.title,
            "status": self.status,
            "kind": self.kind,
            "detail": self.detail,
            **self.extra,
        }
        return json.dumps(members, ensure_ascii=False).encode()


def syntax(message: str, what: str = "query") -> Problem:
    """Return the 400 for a text that the parser refused; line and column are taken from its message."""
    found = _POSITION.search(message)
    place = {"line": int(found[1]), "column": int(found[2])} if found else {}
    return Problem(400, "syntax", f"The {what} can't be parsed: {message}", **place)  # type: ignore[arg-type]


def busy(detail: str, seconds: int = 1) -> Problem:
    """Return the 503 that asks the client to come back."""
    return Problem(503, "busy", detail, headers={"Retry-After": str(seconds)})
