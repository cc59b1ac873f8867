"""A browser before the pages, and a watch over what it must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
UNDRAWN = "[data-view]:not([data-state]), [aria-busy=true]"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium; a machine without one is told what to install."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.exit("The browser tests need Chromium, and none is here: apt-get install chromium", returncode=2)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went wrong on a page: errors of the console, and requests to anybody else."""

    host: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Begin to watch a page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._requested)

    def forgive(self, words: str) -> None:
        """Take out the errors that a test has provoked; there must be one."""
        kept = [error for error in self.errors if words not in error]
        assert kept != self.errors, f"nothing of {words}"
        self.errors = kept

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        self.asked.append(address.path)
        if address.scheme not in ("data", "blob") and address.netloc != self.host:
            self.foreign.append(request.url)


def drawn(page: Page) -> Page:
    """Wait until every view of a page is drawn."""
    page.wait_for_function(f"() => !document.querySelector('{UNDRAWN}')")
    return page
