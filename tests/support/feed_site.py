"""A news site on 127.0.0.1 that changes, lies, hangs and disappears as the test says."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.made import BODY

MOVED = 302


@dataclass
class Answer:
    """What stands under a path. ``etag`` is sent and compared; ``manner`` is how it is sent: whole, cut, endless, dripping."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    manner: str = "whole"
    kind: str = "text/html; charset=utf-8"


class FeedSite:
    """The site: ``pages`` by path; ``asked`` are the paths asked for, ``conditional`` those answered by 304."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.conditional: Counter[str] = Counter()
        self.before: Callable[[str], None] = lambda path: None
        self.release = threading.Event()
        self.address = ""

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def feed(self, *paths: str, path: str = "/feed.xml", etag: str = "", edited: int = 0) -> None:
        """Put up an RSS feed that names pages, by path or by whole address."""
        links = [one if one.startswith("http") or ":" in one else f"{self.address}{one}" for one in paths]
        items = "".join(
            f"<item><title>Bericht</title><link>{escape(link)}</link><description>Fassung {edited}</description></item>"
            for link in links
        )
        channel = f'<rss version="2.0"><channel><title>Bote</title><link>{self.address}</link>{items}</channel></rss>'
        self.pages[path] = Answer(f'<?xml version="1.0" encoding="utf-8"?>{channel}', etag=etag, kind="application/rss+xml")

    def article(self, path: str, says: str, etag: str = "", around: str = "") -> None:
        """Put up an article whose last sentence is ``says``; ``around`` stands beside it."""
        paragraphs = "".join(f"<p>{part}</p>" for part in [*BODY.split("\n\n"), f"{says} Das schrieb der Bote aus der Stadt."])
        page = f"<html lang='de'><head><title>Bericht</title></head><body><article>{paragraphs}</article>{around}</body></html>"
        self.pages[path] = Answer(page, etag=etag)

    def moved(self, path: str, to: str) -> None:
        self.pages[path] = Answer(status=MOVED, headers={"Location": to})


class _Handler(BaseHTTPRequestHandler):
    site: FeedSite

    def do_GET(self) -> None:
        site = self.site
        site.before(self.path)
        site.asked.append(self.path)
        site.agents.add(self.headers["User-Agent"])
        answer = site.pages.get(self.path, Answer("nicht da", 404))
        if answer.etag and self.headers["If-None-Match"] == answer.etag:
            site.conditional[self.path] += 1
            self.send_response(304)
            self.end_headers()
            return
        with suppress(OSError):
            self._send(answer, answer.body.encode())

    def _send(self, answer: Answer, body: bytes) -> None:
        if answer.manner == "silent":
            self.site.release.wait(20)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        for name, value in {**answer.headers, **({"ETag": answer.etag} if answer.etag else {})}.items():
            self.send_header(name, value)
        if answer.manner == "cut":
            self.send_header("Content-Length", str(len(body) + 500))
        elif answer.manner == "whole":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        while answer.manner == "endless":
            self.wfile.write(64 * 1024 * b"<p>mehr</p>")
        while answer.manner == "dripping" and not self.site.release.wait(0.1):
            self.wfile.write(b" ")

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def feed_site() -> Iterator[FeedSite]:
    """Yield a site that listens."""
    site = FeedSite()
    handler = type("Own", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        site.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield site
        finally:
            site.release.set()
            server.shutdown()
            thread.join()
