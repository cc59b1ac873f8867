"""Fetched pages on the disk: a WARC file each, with the address, the moment and the answer's own head."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from kg.errors import StoreError
from kg.reading import Article, Skipped, read_articles
from kg.reading.article import article_id
from kg.watching.fetching import Fetched

KEPT_HEADERS = ("content-type", "content-encoding", "content-language", "last-modified", "etag")


def page_file(folder: Path, address: str) -> Path:
    """Return where a page is put."""
    return folder / (urlsplit(address).hostname or "").replace(":", "-") / f"{article_id(address)}.warc.gz"


def write_page(file: Path, answer: Fetched) -> Path:
    """Write a page beside ``file``, to be renamed when it is to take that place; return where."""
    beside = file.with_name(f".{file.name}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(gzip.compress(_record(answer), mtime=0))
    except OSError as error:
        raise StoreError(f"{beside}: can't be written: {error.strerror or error}; is the disk full?") from error
    return beside


def _record(answer: Fetched) -> bytes:
    """Return a page as one record of a WARC file."""
    kept = [(name, answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers]
    told = _lines("HTTP/1.1 200 OK", [*kept, ("content-length", str(len(answer.body)))]) + answer.body
    head = [
        ("WARC-Type", "response"), ("WARC-Record-ID", f"<{uuid4().urn}>"), ("WARC-Target-URI", answer.address),
        ("WARC-Date", datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")),
        ("Content-Type", "application/http; msgtype=response"), ("Content-Length", str(len(told))),
    ]  # fmt: skip
    return _lines("WARC/1.0", head) + told + b"\r\n\r\n"


def _lines(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {' '.join(value.split())}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def what_is_said(file: Path) -> tuple[str, str]:
    """Return a word for what the article of a page says, "" for none, and why there is none."""
    outcomes = list(read_articles(str(file), root=None))
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    if articles:
        said = [f"{article.title}\n{article.published}\n{article.text}" for article in articles]
        return sha256("\f".join(said).encode("utf-8", "replace")).hexdigest()[:16], ""
    return "", next((outcome.detail for outcome in outcomes if isinstance(outcome, Skipped)), "no article in it")
