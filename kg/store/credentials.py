"""What a SPARQL server is shown: from the environment, else from ``~/.netrc``; never from a command line, which others see."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import UsageError

WAYS = "KG_TOKEN, KG_USER and KG_PASSWORD, or a line for the host in ~/.netrc"


@dataclass(frozen=True)
class Credentials:
    """The value of the ``Authorization`` header, "" for none, and where it comes from."""

    header: str = field(default="", repr=False)
    origin: str = ""


def credentials(address: str, values: Mapping[str, Any]) -> Credentials:
    """Return what the server at ``address`` is shown, by the settings ``values``.

    Raises :class:`UsageError` for a password in the address, a user without one, and a broken netrc file.
    """
    parts = urlsplit(address)
    if "@" in parts.netloc:
        shown = address.replace(parts.netloc, parts.netloc.rpartition("@")[2])
        raise UsageError(f"{shown}: a password in an address is seen by others: leave it out, give it by {WAYS}")
    if values["token"]:
        return Credentials(f"Bearer {values['token']}", "KG_TOKEN")
    if values["user"]:
        if not values["password"]:
            raise UsageError("KG_USER without KG_PASSWORD: set both")
        return _basic(values["user"], values["password"], "KG_USER and KG_PASSWORD")
    return _of_netrc(parts.hostname or "")


def _of_netrc(host: str) -> Credentials:
    file = Path(os.environ.get("NETRC") or "~/.netrc").expanduser()
    try:
        found = netrc(str(file)).authenticators(host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, NetrcParseError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: can't be read for the password of {host}: {error}") from error
    return Credentials() if found is None else _basic(found[0], found[2] or "", str(file))


def _basic(user: str, password: str, origin: str) -> Credentials:
    return Credentials("Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii"), origin)
