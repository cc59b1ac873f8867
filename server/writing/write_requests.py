"""Who may write, and the way of a write to the supervisor."""

from __future__ import annotations

import hmac
import socket
from pathlib import Path

from server.config import Config
from server.http import problem
from server.http.call import Call
from server.http.problem import Problem, busy
from server.ipc.messages import ChannelClosedError, Head, receive, send
from server.ipc.run_folder import WRITES

_MARGIN = 30.0


class WriteRequests:
    """The writing side of one web process."""

    def __init__(self, run_folder: Path, config: Config) -> None:
        self._address = str(run_folder / WRITES)
        self._config = config

    def may(self, authorization: str) -> bool:
        """Say whether an Authorization header holds the token."""
        scheme, _, given = authorization.partition(" ")
        right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), (self._config.write_token or "").encode())
        return bool(self._config.write_token) and scheme.casefold() == "bearer" and right

    def authorise(self, call: Call) -> None:
        """Raise the :class:`Problem` 403 where writing is off, 401 without the right token."""
        if not self._config.write_token:
            raise Problem(403, "read-only", "Writing is switched off: start kg serve with --write-token")
        if not self.may(call.headers.get("authorization", "")):
            challenge = {"WWW-Authenticate": 'Bearer realm="lagebild"'}
            raise Problem(401, "token", "Writing needs the header Authorization: Bearer TOKEN", headers=challenge)

    def do(self, head: Head, body: bytes) -> Head:
        """Have the supervisor do a write; returns its reply when the write is on disk and served.

        Raises the :class:`Problem` that says why nothing was written.
        """
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as supervisor:
                supervisor.settimeout(self._config.write_timeout + _MARGIN)
                supervisor.connect(self._address)
                send(supervisor, {**head, "validate": self._config.validate_writes}, body)
                reply, report = receive(supervisor)
        except (OSError, ChannelClosedError) as error:
            raise busy(f"The write did not come through: {error}") from None
        if "error" in reply:
            raise _refusal(reply, report)
        return reply


def _refusal(reply: Head, report: bytes) -> Problem:
    kind, message = reply["error"], reply.get("message", "")
    if kind == "syntax":
        return problem.syntax(message, "data")
    if kind == "invalid":
        detail = "What would be written does not conform to the shapes: mend what the report names"
        return Problem(422, "invalid", detail, report=report.decode())
    if kind in ("locked", "busy"):
        return busy(message or "Another write is under way: try again", 5)
    if kind == "timeout":
        return Problem(408, "timeout", "The write took too long; nothing was written")
    if kind == "crash":
        return Problem(400, "limit", "The write took more memory or nesting than it may; nothing was written")
    if kind == "store":
        return Problem(500, "store", message)
    return Problem(400, "engine", f"The write can't be done: {message}")
