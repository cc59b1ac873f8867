"""Pictures of every page, in both languages and sizes, to be looked at: ``python -m tests.browser.screenshots FOLDER``."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.pages_check import PATHS
from tests.support.browsing import NARROW, WIDE, chromium, drawn
from tests.support.samples import build_samples
from tests.support.serving import running

SIZES = {"wide": WIDE, "narrow": NARROW}


def main(folder: Path) -> None:
    """Write ``PAGE-LANGUAGE-SIZE.png`` for all of them into a folder."""
    with TemporaryDirectory() as store, running(build_samples(Path(store) / "store")) as server, chromium() as browser:
        for path, language, (size, pixels) in product(PATHS, ("de", "en"), SIZES.items()):
            name = re.sub(r"\W+", "-", path).strip("-") or "overview"
            context = browser.new_context(locale=language, viewport=pixels)
            page = context.new_page()
            page.goto(server.url + path)
            drawn(page).wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}-{language}-{size}.png")
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
