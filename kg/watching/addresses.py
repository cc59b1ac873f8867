"""Web addresses: as they are asked for, whose they are, and whether a listed host covers them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

STANDARD_PORTS = {"http": 80, "https": 443}
KEPT = "/%:=&?~+!$,;'@()*[]-._"  # what an address may hold as it is


def web_address(text: str) -> str:
    """Return an address as it is asked for: without fragment, umlauts and spaces quoted.

    Raises ValueError on what is no address of the web.
    """
    parts = urlsplit("".join(text.split()))
    if parts.scheme not in STANDARD_PORTS or not parts.hostname or parts.username is not None or parts.port == 0:
        raise ValueError(f"no web address: {text[:200]}")
    host = parts.netloc.encode("idna").decode("ascii")
    return urlunsplit((parts.scheme, host.lower(), quote(parts.path, KEPT) or "/", quote(parts.query, KEPT), ""))


def is_web_address(text: str) -> bool:
    """Say whether something given is an address, not a file."""
    return text.lower().startswith(("http://", "https://"))


def site(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def covers(listed: str, address: str) -> bool:
    """Whether a listed host, with or without a port, is that of the address, or one above it."""
    parts = urlsplit(address)
    name, _, given = listed.lower().partition(":")
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or STANDARD_PORTS[parts.scheme]
    return (host == name or host.endswith(f".{name}")) and (port == int(given) if given else port in STANDARD_PORTS.values())
